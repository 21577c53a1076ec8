package io.cacheoperator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.aws.CallBudget.Use;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** How many calls may leave when. */
class CallBudgetTest {

    private final AtomicLong nanos = new AtomicLong(1);
    private final CallBudget budget = new CallBudget(nanos::get);

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private int leaveNow(Use use, int wanted) {
        int left = 0;
        while (left < wanted && budget.take(use).isZero()) {
            left++;
        }
        return left;
    }

    @Test
    void aHundredWritesLeaveAtOnceWhereNothingThrottles() {
        assertThat(leaveNow(Use.WRITE, 1_000)).isGreaterThanOrEqualTo(100);
    }

    @Test
    void writesLeaveWhereReadsMustWait() {
        leaveNow(Use.READ, 1_000);

        assertThat(budget.take(Use.READ)).isPositive();
        assertThat(budget.take(Use.WRITE)).isZero();
    }

    @Test
    void halvesOnAThrottleAndOnceForAllCallsUnderWay() {
        double before = budget.rate();
        for (int i = 0; i < 20; i++) {
            budget.throttled();
        }

        assertThat(budget.rate()).isEqualTo(before / 2);
    }

    @Test
    void nothingLeavesRightAfterAThrottle() {
        budget.throttled();

        assertThat(budget.take(Use.WRITE)).isPositive();
    }

    @Test
    void neverStopsAltogether() {
        for (int i = 0; i < 100; i++) {
            pass(Duration.ofSeconds(2));
            budget.throttled();
        }
        assertThat(budget.rate()).isEqualTo(CallBudget.MIN_RATE);

        pass(Duration.ofSeconds(5));

        assertThat(budget.take(Use.WRITE)).isZero();
        pass(Duration.ofSeconds(5));
        assertThat(budget.take(Use.READ)).isZero();
    }

    @Test
    void growsSlowlyWhileAllGoesWell() {
        budget.throttled();
        double halved = budget.rate();

        for (int i = 0; i < 100; i++) {
            budget.succeeded();
        }

        assertThat(budget.rate()).isBetween(halved + 5, halved + 20);
        for (int i = 0; i < 100_000; i++) {
            budget.succeeded();
        }
        assertThat(budget.rate()).isEqualTo(CallBudget.MAX_RATE);
    }

    @Test
    void theWaitThatItNamesIsLongEnough() {
        leaveNow(Use.READ, 1_000);
        Duration wait = budget.take(Use.READ);

        pass(wait);

        assertThat(budget.take(Use.READ)).isZero();
    }

    /** In no stretch of time do more leave than the burst and the rate allow. */
    @Property(tries = 1000)
    void neverExceedsItsRate(@ForAll @Size(min = 1, max = 200) List<@IntRange(max = 50) Integer> gapsInMillis) {
        AtomicLong now = new AtomicLong(1);
        CallBudget fresh = new CallBudget(now::get);
        long left = 0;
        for (int gap : gapsInMillis) {
            now.addAndGet(Duration.ofMillis(gap).toNanos());
            while (fresh.take(Use.WRITE).isZero()) {
                left++;
            }
            double elapsedSeconds = (now.get() - 1) / 1e9;
            assertThat((double) left)
                    .isLessThanOrEqualTo(CallBudget.INITIAL_RATE + elapsedSeconds * CallBudget.INITIAL_RATE + 1);
        }
    }
}
