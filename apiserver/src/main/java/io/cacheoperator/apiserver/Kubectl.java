package io.cacheoperator.apiserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs the real {@code kubectl} with a given kubeconfig, away from the user's own configuration and caches. */
public final class Kubectl {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Path binary;
    private final Path kubeconfig;
    private final Path home;

    Kubectl(Path binary, Path kubeconfig, Path home) {
        this.binary = binary;
        this.kubeconfig = kubeconfig;
        this.home = home;
    }

    /** The program itself. */
    public Path binary() {
        return binary;
    }

    /** What a run left: the exit code and both outputs as text. */
    public record Result(int exitCode, String stdout, String stderr) {
        public boolean succeeded() {
            return exitCode == 0;
        }

        /** The standard output of a run that must have succeeded. */
        public String expectSuccess() {
            if (!succeeded()) {
                throw new IllegalStateException("kubectl ended with %d: %s%s".formatted(exitCode, stdout, stderr));
            }
            return stdout;
        }
    }

    /** Runs kubectl with these arguments and no input; ends it after three minutes. */
    public Result run(String... arguments) {
        return runWithInput("", arguments);
    }

    /** {@code kubectl apply -f -} of a manifest. */
    public Result apply(String manifest) {
        return runWithInput(manifest, "apply", "-f", "-");
    }

    /** Runs kubectl with these arguments and a text on its standard input; ends it after three minutes. */
    public Result runWithInput(String input, String... arguments) {
        var command = new ArrayList<>(List.of(binary.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        builder.environment().put("HOME", home.toString());
        try {
            return finish(builder.start(), input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Result finish(Process process, String input) throws IOException {
        var stdout = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
        var stderr = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
        try {
            feed(process, input);
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("kubectl did not end within " + LIMIT);
            }
            return new Result(process.exitValue(), stdout.join(), stderr.join());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while kubectl runs", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void feed(Process process, String input) {
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException endedWithoutReading) {
            // Its exit code and its error output tell the caller why.
            process.onExit().join();
        }
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
