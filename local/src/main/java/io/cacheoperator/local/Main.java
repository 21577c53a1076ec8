package io.cacheoperator.local;

import java.io.Console;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/** What {@code make local} starts. See {@link LocalOptions#USAGE}. */
public final class Main {
    private static final int FAILED = 1;
    private static final Duration TIME_TO_END = Duration.ofSeconds(20);

    private final PrintStream out;
    private final PrintStream err;
    private final Ending ending = new Ending();

    private Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Ends with code 0 where all went well, 1 after a failure that it has explained. */
    @SuppressWarnings("SystemOut") // Its output is for the one who started it on a terminal.
    public static void main(String[] args) throws InterruptedException {
        if (List.of(args).contains("--help")) {
            System.out.print(LocalOptions.USAGE);
            return;
        }
        System.exit(new Main(System.out, System.err).start(List.of(args)));
    }

    /** Runs in a thread of its own, so that a signal can wait until all is closed. */
    private int start(List<String> arguments) throws InterruptedException {
        AtomicInteger code = new AtomicInteger(FAILED);
        Thread work = new Thread(() -> code.set(run(arguments)), "local");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(work), "end"));
        work.start();
        work.join();
        return code.get();
    }

    private int run(List<String> arguments) {
        try {
            LocalOptions options = LocalOptions.parse(Path.of("").toAbsolutePath(), arguments);
            endWithParent(options.parent());
            new LocalRun(options, screen(), ending).run();
            return 0;
        } catch (LocalFailure failure) {
            fail(failure.sentence(), failure.details());
        } catch (RuntimeException failure) {
            if (!ending.isAsked()) {
                fail("make local failed: " + failure, List.of());
                failure.printStackTrace(err);
            }
        }
        return FAILED;
    }

    private void fail(String sentence, List<String> details) {
        err.println();
        err.println(sentence);
        details.forEach(line -> err.println("  " + line));
    }

    private Screen screen() {
        Console console = System.console();
        boolean terminal = console != null
                && console.isTerminal()
                && !Optional.ofNullable(System.getenv("TERM")).orElse("dumb").equals("dumb");
        return terminal ? new Screen.Terminal(out) : new Screen.Plain(out);
    }

    /** What a killed make or a closed shell leaves behind must not be us. */
    private static void endWithParent(OptionalLong expected) {
        Optional<ProcessHandle> parent = ProcessHandle.current().parent();
        boolean gone = expected.isPresent()
                && parent.filter(p -> p.pid() == expected.getAsLong()).isEmpty();
        if (gone) {
            throw new LocalFailure("The process that started make local is gone.");
        }
        // A thread of its own: what ends processes needs the one that this callback runs in.
        parent.ifPresent(p -> p.onExit().thenRun(() -> new Thread(() -> System.exit(FAILED), "orphaned").start()));
    }

    private void end(Thread work) {
        if (!work.isAlive()) {
            return;
        }
        out.println("Stopping");
        ending.ask();
        work.interrupt();
        try {
            work.join(TIME_TO_END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
