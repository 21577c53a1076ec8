package io.cacheoperator.chart;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What a run of a program left.
 *
 * @param exitCode 0 where it succeeded
 */
record Program(int exitCode, String stdout, String stderr) {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    boolean succeeded() {
        return exitCode == 0;
    }

    /** The standard output of a run that must have succeeded. */
    String expectSuccess() {
        if (!succeeded()) {
            throw new AssertionError("ended with %d: %s%s".formatted(exitCode, stdout, stderr));
        }
        return stdout;
    }

    /** Runs a program to its end, at most three minutes, with no input. */
    static Program run(Path directory, Map<String, String> environment, List<String> command) {
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            var stdout = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
            var stderr = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
            try {
                if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                    throw new AssertionError(command + " did not end within " + LIMIT);
                }
                return new Program(process.exitValue(), stdout.join(), stderr.join());
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a program runs", e);
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
