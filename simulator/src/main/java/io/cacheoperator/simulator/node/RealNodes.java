package io.cacheoperator.simulator.node;

import io.cacheoperator.simulator.elasticache.Nodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a real server for each node of a simulated cache, on loopback. Close it, or end the JVM in whatever way: no process and no
 * file stays behind.
 */
public final class RealNodes implements Nodes, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RealNodes.class);
    private static final int END_SECONDS = 5;
    private final Programs programs;
    private final Path root;
    private final Process janitor;
    private final Backends backends;
    private final Map<String, RunningCache> caches = new ConcurrentHashMap<>();
    private final Supplier<NodeCertificate> certificate;

    private RealNodes(Programs programs, Path root, Process janitor) {
        this.programs = programs;
        this.root = root;
        this.janitor = janitor;
        this.backends = new Backends(programs, root);
        this.certificate = new Once<>(() -> NodeCertificate.create(root));
    }

    /** With the servers of this machine; where one is missing, one inside this JVM serves. */
    public static RealNodes create() {
        return create(Programs.find());
    }

    /** With servers inside this JVM only. */
    public static RealNodes embedded() {
        return create(Programs.NONE);
    }

    private static RealNodes create(Programs programs) {
        try {
            Path root = Files.createTempDirectory("elasticache-nodes-");
            Process janitor = new ProcessBuilder(
                            "sh", "-c", "cat >/dev/null; sleep 1; rm -rf \"$1\"", "janitor", root.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            RealNodes nodes = new RealNodes(programs, root, janitor);
            log.info("nodes are real: {}", programs.description());
            return nodes;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare a place for the nodes", e);
        }
    }

    /** One line on which programs serve. */
    public String description() {
        return programs.description();
    }

    /** The certificate, as a PEM file, that clients of caches with TLS have to trust. */
    public Path certificateFile() {
        return certificate.get().file();
    }

    @Override
    public void deploy(Deployment deployment) {
        caches.computeIfAbsent(deployment.cache(), unused -> new RunningCache(deployment, backends, certificate))
                .deploy(deployment);
    }

    @Override
    public void reboot(String cache, String clusterId, List<String> nodeIds) {
        find(cache).ifPresent(running -> running.reboot(clusterId, nodeIds));
    }

    @Override
    public void remove(String cache) {
        RunningCache running = caches.remove(cache);
        if (running != null) {
            Thread.ofVirtual().start(running::close);
        }
    }

    @Override
    public Optional<Address> address(String cache, String clusterId, String nodeId) {
        return find(cache).flatMap(running -> running.address(clusterId, nodeId));
    }

    @Override
    public Optional<Address> primary(String cache) {
        return find(cache).flatMap(RunningCache::primary);
    }

    @Override
    public Optional<Address> reader(String cache) {
        return find(cache).flatMap(RunningCache::reader);
    }

    private Optional<RunningCache> find(String cache) {
        return Optional.ofNullable(caches.get(cache));
    }

    @Override
    public void close() {
        caches.keySet().forEach(cache -> {
            RunningCache running = caches.remove(cache);
            if (running != null) {
                running.close();
            }
        });
        try {
            deleteRoot();
            janitor.getOutputStream().close();
            if (!janitor.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                janitor.destroyForcibly();
            }
        } catch (IOException e) {
            log.warn("cannot remove {}", root, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deleteRoot() throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Makes a value when it is first asked for. */
    private static final class Once<T> implements Supplier<T> {
        private final Supplier<T> maker;
        private Optional<T> value = Optional.empty();

        private Once(Supplier<T> maker) {
            this.maker = maker;
        }

        @Override
        public synchronized T get() {
            T made = value.orElseGet(maker);
            value = Optional.of(made);
            return made;
        }
    }
}
