package io.cacheoperator.apiserver;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that cannot outlive this JVM. Its parent is a small shell that holds the reading end of a pipe from us: the pipe
 * ends when we close it or when this JVM ends, however it ends, and then the shell kills the process. Terminal signals (Ctrl-C)
 * do not reach it, so that the JVM decides the order in which things stop. Needs a POSIX {@code sh}.
 */
public final class TiedProcess implements AutoCloseable {
    // A background command of a shell reads /dev/null, hence the pipe moves to descriptor 3, which only the watcher
    // keeps.
    private static final String SUPERVISOR = """
            trap '' INT QUIT HUP TERM
            exec 3<&0 </dev/null
            session=$(command -v setsid) || session=
            $session "$@" 3<&- &
            child=$!
            { read -r end <&3; kill -9 "$child"; } 2>/dev/null &
            watcher=$!
            exec 3<&-
            wait "$child"
            code=$?
            kill -9 "$watcher" 2>/dev/null
            exit "$code"
            """;

    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);

    private final Process supervisor;

    private TiedProcess(Process supervisor) {
        this.supervisor = supervisor;
    }

    /**
     * Starts a command with the environment of this JVM.
     *
     * @param log receives standard output and error, appended
     */
    public static TiedProcess start(Path workingDirectory, Path log, List<String> command) throws IOException {
        return start(workingDirectory, log, Map.of(), command);
    }

    /**
     * Starts a command.
     *
     * @param log receives standard output and error, appended
     * @param environment what differs from that of this JVM
     */
    public static TiedProcess start(
            Path workingDirectory, Path log, Map<String, String> environment, List<String> command) throws IOException {
        var line = new ArrayList<>(List.of("sh", "-c", SUPERVISOR, "sh"));
        line.addAll(command);
        var builder = new ProcessBuilder(line)
                .directory(workingDirectory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return new TiedProcess(builder.start());
    }

    /** Waits at most this long for the process to end by itself; true when it has ended. */
    public boolean endsWithin(Duration wait) throws InterruptedException {
        return supervisor.waitFor(wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** False once it has ended. */
    public boolean isAlive() {
        return supervisor.isAlive();
    }

    /** Kills the process and waits until it is gone; no more when it has ended already. */
    @Override
    public void close() {
        closePipe(supervisor.getOutputStream());
        Interrupts.defer(() -> {
            if (!endsWithin(KILL_TIMEOUT)) {
                throw new IllegalStateException("process " + supervisor.pid() + " does not end");
            }
        });
    }

    private static void closePipe(OutputStream pipe) {
        try {
            pipe.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
