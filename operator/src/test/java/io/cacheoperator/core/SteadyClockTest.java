package io.cacheoperator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteadyClockTest {

    private Instant beneath = Instant.parse("2026-01-01T00:00:00Z");
    private final SteadyClock clock = new SteadyClock(() -> beneath);

    private void jump(Duration by) {
        beneath = beneath.plus(by);
    }

    @Test
    void goesOnFromWhereItWasWhenTheClockBeneathGoesBack() {
        Instant before = clock.instant();
        jump(Duration.ofHours(-1));
        assertThat(clock.instant()).isEqualTo(before);

        jump(Duration.ofSeconds(5));
        assertThat(clock.instant()).isEqualTo(before.plusSeconds(5));
    }

    @Test
    void goesForwardWithTheClockBeneath() {
        Instant before = clock.instant();
        jump(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo(before.plusSeconds(3600));
    }

    @Test
    void aRetryIsDueInASecondWhateverTheWallClockDoes() {
        Tempo tempo = Tempo.of(() -> beneath, 1);
        Instant due = tempo.steady().instant().plusSeconds(1);

        jump(Duration.ofHours(-1));
        assertThat(tempo.waitUntil(due)).isEqualTo(Duration.ofSeconds(1));

        jump(Duration.ofHours(2));
        assertThat(tempo.waitUntil(due)).isLessThan(Duration.ofSeconds(1)).isPositive();
    }

    @Test
    void timeThatRunsFastIsWaitedForLess() {
        Tempo tempo = Tempo.of(() -> beneath, 20);
        assertThat(tempo.waitUntil(tempo.steady().instant().plusSeconds(60))).isEqualTo(Duration.ofSeconds(3));
    }
}
