package io.cacheoperator.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The operator as it ships, in a process of its own. */
final class OperatorProcess implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final int KIB = 1024;

    private final Process process;
    private final int port;
    private final Duration startToReady;
    private final HttpClient http = HttpClient.newHttpClient();

    private OperatorProcess(Process process, int port, long begun) {
        this.process = process;
        this.port = port;
        awaitReady(begun);
        this.startToReady = Duration.ofNanos(System.nanoTime() - begun);
    }

    /** What starts it, and where. */
    record Command(Path directory, List<String> words) {}

    /** Starts it and waits until it is ready. */
    static OperatorProcess start(Command command, int port, Map<String, String> environment, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command.words())
                .directory(command.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        long begun = System.nanoTime();
        try {
            return new OperatorProcess(builder.start(), port, begun);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady(long begun) {
        while (System.nanoTime() - begun < LONGEST_START.toNanos()) {
            if (!process.isAlive()) {
                throw new IllegalStateException("the operator ended with " + process.exitValue() + "; see its log");
            }
            if (get("/readyz").isPresent()) {
                return;
            }
            Waiting.pause(Duration.ofMillis(10));
        }
        process.destroyForcibly();
        throw new IllegalStateException("the operator was not ready after " + LONGEST_START);
    }

    Duration startToReady() {
        return startToReady;
    }

    /** Resident memory in MiB. */
    long rss() {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sum of all series of a meter. */
    double metric(String name) {
        return get("/metrics")
                .orElse("")
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private Optional<String> get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException notYet) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** As a node that fails would end it. */
    void kill() {
        process.destroyForcibly();
        await();
    }

    @Override
    public void close() {
        process.destroy();
        await();
        http.close();
    }

    private void await() {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
