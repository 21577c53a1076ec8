package io.cacheoperator.apiserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The two processes of an {@link ApiServer}. */
final class RunningPlane implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int STARTS = 3;

    private final ControlPlane layout;
    private final ApiServer.Options options;
    private final TokenUser admin;
    private final TiedProcess etcd;
    private TiedProcess server;

    private RunningPlane(ControlPlane layout, ApiServer.Options options) throws IOException {
        this.layout = layout;
        this.options = options;
        this.admin = TokenUser.named("admin", "system:masters");
        layout.prepare(Stream.concat(Stream.of(admin), options.users().stream()).toList());
        this.etcd = TiedProcess.start(layout.directory(), layout.etcdLog(), layout.etcdCommand());
        this.server = startProcess(layout, options);
    }

    /** Starts both and waits until the server is ready; again, elsewhere, where somebody took one of the ports meanwhile. */
    static RunningPlane start(ApiServerBinaries binaries, Path directory, ApiServer.Options options)
            throws IOException, InterruptedException {
        for (int start = 1; ; start++) {
            List<Integer> ports = LoopbackPorts.free(3);
            Path own = Files.createDirectory(directory.resolve("start-" + start));
            var plane = new RunningPlane(
                    new ControlPlane(binaries, own, ports.get(0), ports.get(1), ports.get(2)), options);
            if (plane.becomesReady()) {
                return plane;
            }
            plane.close();
            if (start == STARTS) {
                throw new IllegalStateException("kube-apiserver does not become ready:\n" + plane.logTail());
            }
        }
    }

    private static TiedProcess startProcess(ControlPlane layout, ApiServer.Options options) throws IOException {
        return TiedProcess.start(layout.directory(), layout.apiServerLog(), layout.apiServerCommand(options.flags()));
    }

    /** False when a process ended or time ran out before the server was ready. */
    private boolean becomesReady() throws InterruptedException {
        long deadline = System.nanoTime() + options.startupTimeout().toNanos();
        while (!Files.exists(layout.privateKey())) {
            if (System.nanoTime() > deadline || !etcd.isAlive() || server.endsWithin(POLL)) {
                return false;
            }
        }
        try (AdminClient client = client()) {
            while (!client.isReady()) {
                if (System.nanoTime() > deadline || !etcd.isAlive() || server.endsWithin(POLL)) {
                    return false;
                }
            }
            return true;
        }
    }

    String url() {
        return layout.url();
    }

    TokenUser admin() {
        return admin;
    }

    ApiServerBinaries binaries() {
        return layout.binaries();
    }

    byte[] certificates() {
        try {
            return Files.readAllBytes(layout.certificates());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    AdminClient client() {
        return new AdminClient(url(), certificates(), admin.token());
    }

    String logTail() {
        return layout.logTail();
    }

    synchronized void stopServer() {
        server.close();
    }

    synchronized void startServer() throws IOException, InterruptedException {
        if (server.isAlive()) {
            return;
        }
        server = startProcess(layout, options);
        if (!becomesReady()) {
            server.close();
            throw new IllegalStateException("kube-apiserver does not become ready again:\n" + logTail());
        }
    }

    @Override
    public synchronized void close() {
        try (etcd) {
            server.close();
        }
    }
}
