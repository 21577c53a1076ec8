package io.cacheoperator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteadyClockTest {

    private final ManualClock beneath = new ManualClock();
    private final SteadyClock clock = new SteadyClock(beneath);

    @Test
    void goesOnFromWhereItWasWhenTheClockBeneathGoesBack() {
        Instant before = clock.instant();
        beneath.back(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo(before);

        beneath.forward(Duration.ofSeconds(5));

        assertThat(clock.instant()).isEqualTo(before.plusSeconds(5));
    }

    @Test
    void followsAJumpAhead() {
        Instant before = clock.instant();
        beneath.forward(Duration.ofHours(1));

        assertThat(clock.instant()).isEqualTo(before.plusSeconds(3600));
    }
}
