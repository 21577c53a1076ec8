package io.cacheoperator.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private final ConfigMap resource = new ConfigMapBuilder()
            .withNewMetadata()
            .withName("a")
            .withNamespace("n")
            .endMetadata()
            .build();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Heartbeat heartbeat = new Heartbeat(() -> now);

    @Test
    void aPassThatDoesNotEndIsStuck() {
        heartbeat.begins(resource);
        now = now.plus(Duration.ofMinutes(14));
        assertThat(heartbeat.stuck()).isEmpty();
        now = now.plus(Duration.ofMinutes(2));
        assertThat(heartbeat.stuck())
                .hasValueSatisfying(what -> assertThat(what).contains("n/a"));
    }

    @Test
    void aPassThatEndedIsNot() {
        heartbeat.begins(resource);
        heartbeat.left(resource);
        now = now.plus(Duration.ofHours(1));
        assertThat(heartbeat.stuck()).isEmpty();
    }

    @Test
    void nothingToDoIsNotStuck() {
        now = now.plus(Duration.ofDays(1));
        assertThat(heartbeat.stuck()).isEmpty();
    }
}
