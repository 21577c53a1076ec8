package io.cacheoperator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollCadenceTest {

    private static final PollCadence STANDARD = PollCadence.standard();

    @ParameterizedTest
    @CsvSource({"0, 5500", "10, 5500", "55, 5500", "100, 10000", "150, 15000", "3600, 15000"})
    void looksLessOftenAtWhatMovesForLonger(long movingForSeconds, long nextLookMillis) {
        assertThat(STANDARD.nextLook(Duration.ofSeconds(movingForSeconds))).hasMillis(nextLookMillis);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "6, 32", "7, 60", "1000, 60"})
    void triesAgainLaterWithEachFailure(int failures, long seconds) {
        assertThat(PollCadence.retry(failures)).hasSeconds(seconds);
    }

    @Test
    void spreadsBulkReadsByATenth() {
        assertThat(STANDARD.nextBulk(1, 0)).hasSeconds(54);
        assertThat(STANDARD.nextBulk(1, 0.5)).hasSeconds(60);
        assertThat(STANDARD.nextBulk(1, 0.999)).isLessThan(Duration.ofSeconds(66));
        assertThat(STANDARD.nextBulk(5, 0.5)).hasSeconds(300);
    }
}
