package io.cacheoperator.simulator;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Runs programs that share nothing with the Java SDK, which the simulator is made of, against a simulator: boto3 and the AWS CLI.
 * Where one is missing its tests are skipped with one loud line; with the system property {@code clients.required=true} they fail.
 */
public final class OtherClient {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** How a program ended, and what it said. */
    public record Result(int code, String output) {}

    private OtherClient() {}

    /** Skips, or fails, the test if boto3 is missing. */
    public static void needBoto3() throws InterruptedException {
        need("boto3", "python3", "-c", "import boto3");
    }

    /** Skips, or fails, the test if the AWS CLI is missing. */
    public static void needCommandLine() throws InterruptedException {
        need("awscli", "aws", "--version");
    }

    private static void need(String what, String... command) throws InterruptedException {
        boolean works;
        try {
            works = finish(new ProcessBuilder(command)).code() == 0;
        } catch (IOException missing) {
            works = false;
        }
        if (works) {
            return;
        }
        String words = what + " is missing: PATH=\"$(hack/python-clients.sh):$PATH\" gets it";
        if (Boolean.getBoolean("clients.required")) {
            throw new AssertionError(words);
        }
        System.err.println(words + ". The simulator is not tried with it: tests are SKIPPED.");
        Assumptions.abort(words);
    }

    /** Runs one of the scripts beside the tests. */
    public static Result script(Simulator simulator, String name) throws IOException, InterruptedException {
        try {
            Path script = Path.of(Objects.requireNonNull(OtherClient.class.getResource("/clients/" + name))
                    .toURI());
            return run(simulator, "python3", script.toString());
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Runs a program whose AWS is the simulator. */
    public static Result run(Simulator simulator, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .putAll(Map.of(
                        "AWS_ENDPOINT_URL", simulator.endpoint().toString(),
                        "AWS_REGION", "us-east-1",
                        "AWS_DEFAULT_REGION", "us-east-1",
                        "AWS_ACCESS_KEY_ID", "test",
                        "AWS_SECRET_ACCESS_KEY", "test",
                        "AWS_EC2_METADATA_DISABLED", "true",
                        "AWS_PAGER", "",
                        "AWS_MAX_ATTEMPTS", "1",
                        "PYTHONDONTWRITEBYTECODE", "1"));
        return finish(builder);
    }

    private static Result finish(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after " + LIMIT + ": " + builder.command());
        }
        return new Result(process.exitValue(), output.strip());
    }
}
