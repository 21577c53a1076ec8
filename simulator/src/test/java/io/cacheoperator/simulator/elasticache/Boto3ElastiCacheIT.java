package io.cacheoperator.simulator.elasticache;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.simulator.OtherClient;
import io.cacheoperator.simulator.OtherClient.Result;
import io.cacheoperator.simulator.Simulator;
import io.cacheoperator.simulator.world.SimulatorClock;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * ElastiCache through a client that shares nothing with the Java SDK. Beside what the scripts assert, every answer and every error is
 * held against botocore's model (clients/boto3_strict.py). Time passes when the scripts say so.
 */
class Boto3ElastiCacheIT {
    @BeforeEach
    void boto3() throws InterruptedException {
        OtherClient.needBoto3();
    }

    @Test
    void everyResourceGoesThroughItsLife() throws Exception {
        run("boto3_elasticache.py", "ok history");
    }

    @Test
    void everyAttributeIsReadBackAsWrittenAndNothingElseMoves() throws Exception {
        run("boto3_attributes.py", "ok single_node");
    }

    private static void run(String script, String lastLine) throws Exception {
        try (Simulator simulator = Simulator.builder()
                .clock(SimulatorClock.manual(Instant.parse("2026-01-07T12:00:00Z")))
                .durations(ElastiCacheDurations.fast())
                .build()
                .start()) {
            Result result = OtherClient.script(simulator, script);
            assertThat(result.code()).as(result.output()).isZero();
            assertThat(result.output()).endsWith(lastLine);
        }
    }
}
