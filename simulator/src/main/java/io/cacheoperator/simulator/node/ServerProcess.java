package io.cacheoperator.simulator.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server process that ends with this JVM, however that ends: it runs under a small shell that watches its standard input, which
 * the operating system closes with us, and that also removes the server's directory.
 */
final class ServerProcess implements Backend {
    private static final Logger log = LoggerFactory.getLogger(ServerProcess.class);
    private static final String WATCH = """
            dir=$1; shift; "$@" </dev/null >/dev/null 2>&1 & child=$!
            cat >/dev/null
            kill -9 $child 2>/dev/null; wait $child 2>/dev/null; rm -rf "$dir"
            """;
    private static final int TRIES = 3;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final int PROBE_MILLIS = 500;
    private static final int PAUSE_MILLIS = 15;
    private static final int END_SECONDS = 5;
    private final Process shell;
    private final int port;
    private final Path directory;

    private ServerProcess(Process shell, int port, Path directory) {
        this.shell = shell;
        this.port = port;
        this.directory = directory;
    }

    /**
     * Starts a server and waits until it accepts connections.
     *
     * @param directory its own, made and removed with it
     * @param command   the command line for a port
     * @throws IOException if it does not come up
     */
    static ServerProcess start(Path directory, IntFunction<List<String>> command) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            Files.createDirectories(directory);
            List<String> line = new ArrayList<>(List.of("sh", "-c", WATCH, "node", directory.toString()));
            line.addAll(command.apply(port));
            Process shell = new ProcessBuilder(line)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            ServerProcess server = new ServerProcess(shell, port, directory);
            if (server.awaitListening()) {
                return server;
            }
            server.close();
            if (attempt == TRIES) {
                throw new IOException("did not come up: " + line.get(5));
            }
        }
    }

    /** A port that was free a moment ago. */
    static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    @Override
    public int port() {
        return port;
    }

    private boolean awaitListening() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (shell.isAlive() && System.nanoTime() < end) {
            try (Socket probe = new Socket()) {
                probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PROBE_MILLIS);
                return true;
            } catch (IOException notYet) {
                if (!pause()) {
                    return false;
                }
            }
        }
        return false;
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        try {
            shell.getOutputStream().close();
            if (!shell.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                log.warn("a server did not end in time: pid {}", shell.pid());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot end the server in " + directory, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
