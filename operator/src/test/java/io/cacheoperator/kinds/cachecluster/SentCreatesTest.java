package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SentCreatesTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Instant now = START;
    private final SentCreates creates = new SentCreates(() -> now);

    private static Outcome failed(Failure.Kind kind) {
        return new Outcome.Failed(new Failure(kind, "CreateReplicationGroup", "Code", "words"));
    }

    private void anHourLater() {
        now = now.plus(Duration.ofHours(1));
    }

    @Test
    void whatAProcessBeforeThisOneSentWasSentBeforeTheFirstPass() {
        assertThat(creates.latest("u")).isEqualTo(START);
        anHourLater();
        assertThat(creates.latest("u")).isEqualTo(START);
        assertThat(creates.latest("another")).isEqualTo(START);
    }

    @Test
    void aCallThatMayHaveHadItsEffectCountsFromItsEnd() {
        creates.latest("u");
        anHourLater();
        creates.sending("u", () -> {
            now = now.plusSeconds(40);
            return new Outcome.Done();
        });
        assertThat(creates.latest("u"))
                .isEqualTo(START.plus(Duration.ofHours(1)).plusSeconds(40));
        assertThat(creates.latest("another")).isEqualTo(START);
    }

    @ParameterizedTest
    @EnumSource(
            value = Failure.Kind.class,
            names = {"EXISTS", "UNAVAILABLE", "UNCLASSIFIED"},
            mode = EnumSource.Mode.EXCLUDE)
    void aCallThatAwsRefusedDoesNotCount(Failure.Kind kind) {
        creates.latest("u");
        anHourLater();
        creates.sending("u", () -> failed(kind));
        assertThat(creates.latest("u")).isEqualTo(START);

        creates.sending("u", () -> failed(Failure.Kind.UNAVAILABLE));
        Instant doubtful = now;
        now = now.plusSeconds(10);
        creates.sending("u", () -> failed(kind));
        assertThat(creates.latest("u"))
                .as("nor does it take away the doubt about one before it")
                .isEqualTo(doubtful);
    }

    @ParameterizedTest
    @EnumSource(
            value = Failure.Kind.class,
            names = {"EXISTS", "UNAVAILABLE", "UNCLASSIFIED"})
    void aCallWhoseEffectIsNotKnownCounts(Failure.Kind kind) {
        creates.latest("u");
        anHourLater();
        creates.sending("u", () -> failed(kind));
        assertThat(creates.latest("u")).isEqualTo(now);
    }

    @Test
    void aCallThatEndsInAnExceptionCounts() {
        creates.latest("u");
        anHourLater();
        assertThatThrownBy(() -> creates.sending("u", () -> {
                    throw new IllegalStateException("a bug");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(creates.latest("u")).isEqualTo(now);
    }
}
