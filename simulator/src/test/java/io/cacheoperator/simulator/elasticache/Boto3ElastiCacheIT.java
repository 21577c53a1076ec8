package io.cacheoperator.simulator.elasticache;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.simulator.Simulator;
import io.cacheoperator.simulator.world.SimulatorClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Every kind of resource, from create to delete, through a client that shares nothing with the Java SDK. */
class Boto3ElastiCacheIT {
    private static final double SPEED = 20;

    @Test
    void everyResourceGoesThroughItsLife() throws Exception {
        assumeBoto3();
        try (Simulator simulator = Simulator.builder()
                .clock(SimulatorClock.scaled(SPEED))
                .durations(ElastiCacheDurations.fast())
                .build()
                .start()) {
            Path script = Path.of(Boto3ElastiCacheIT.class
                    .getResource("/clients/boto3_elasticache.py")
                    .toURI());
            ProcessBuilder builder = new ProcessBuilder("python3", script.toString()).redirectErrorStream(true);
            builder.environment()
                    .putAll(Map.of(
                            "AWS_ENDPOINT_URL", simulator.endpoint().toString(),
                            "AWS_DEFAULT_REGION", "us-east-1",
                            "AWS_ACCESS_KEY_ID", "test",
                            "AWS_SECRET_ACCESS_KEY", "test",
                            "AWS_EC2_METADATA_DISABLED", "true",
                            "AWS_MAX_ATTEMPTS", "1"));
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(output).isZero();
            assertThat(output).contains("ok deletion", "ok history");
        }
    }

    private static void assumeBoto3() throws InterruptedException {
        boolean works;
        try {
            works = new ProcessBuilder("python3", "-c", "import boto3").start().waitFor() == 0;
        } catch (IOException missing) {
            works = false;
        }
        if (!works) {
            System.err.println("SKIPPED: boto3 is missing, so ElastiCache is not tried with it (pip install boto3)");
        }
        Assumptions.assumeTrue(works, "boto3 is missing");
    }
}
