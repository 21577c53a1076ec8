package io.cacheoperator.aws;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many calls per second one service's API takes in one region: a token bucket that grows slowly while all goes well and shrinks
 * at once when AWS throttles, shared by everything that calls. Writes go before reads: a read leaves a reserve.
 *
 * <p>AWS publishes no rates for ElastiCache (aws-behaviour.md, 4.2), so the bucket begins generous and learns. It goes by a
 * clock that cannot be set: a wall clock that jumps back would stop all calls until it has caught up.
 */
public final class CallBudget {

    /** Calls per second at the start; a burst of as many may leave at once. */
    static final double INITIAL_RATE = 100;

    static final double MAX_RATE = 200;
    /** What any account takes (aws-behaviour.md, 4.2): a lower floor starves a deletion where throttling is not our doing. */
    static final double MIN_RATE = 5;

    private static final double MIN_BURST = 2;
    private static final double GROWTH_PER_CALL = 0.1;
    private static final double SHRINK = 0.5;
    private static final double SECOND = 1e9;
    private static final double READ_RESERVE = 0.2;
    private static final Duration SHRINK_ONCE_PER = Duration.ofSeconds(1);

    /** What a call is for. */
    public enum Use {
        READ,
        WRITE
    }

    private final LongSupplier nanos;
    private double rate = INITIAL_RATE;
    private double tokens = INITIAL_RATE;
    private long refilledAt;
    private long shrunkAt;

    /** @param nanos such as {@link System#nanoTime} */
    public CallBudget(LongSupplier nanos) {
        this.nanos = nanos;
        this.refilledAt = nanos.getAsLong();
        this.shrunkAt = refilledAt - SHRINK_ONCE_PER.toNanos();
    }

    /**
     * Takes a place, or says how long to wait before asking again.
     *
     * @return zero where the call may leave now
     */
    public synchronized Duration take(Use use) {
        refill();
        double needed = use == Use.WRITE ? 1 : 1 + Math.min(READ_RESERVE * rate, 1);
        if (tokens >= needed) {
            tokens -= 1;
            return Duration.ZERO;
        }
        return Duration.ofNanos((long) Math.ceil((needed - tokens) / rate * SECOND) + 1);
    }

    /** AWS throttled: half the rate, at most once a second however many calls were under way. */
    public synchronized void throttled() {
        refill();
        long now = nanos.getAsLong();
        if (now - shrunkAt >= SHRINK_ONCE_PER.toNanos()) {
            rate = Math.max(MIN_RATE, rate * SHRINK);
            shrunkAt = now;
        }
        tokens = Math.min(tokens, 0);
    }

    /** AWS answered: a little more. */
    public synchronized void succeeded() {
        rate = Math.min(MAX_RATE, rate + GROWTH_PER_CALL);
    }

    /** Calls per second that are allowed now. */
    public synchronized double rate() {
        return rate;
    }

    private void refill() {
        long now = nanos.getAsLong();
        tokens = Math.min(Math.max(rate, MIN_BURST), tokens + (now - refilledAt) / SECOND * rate);
        refilledAt = now;
    }
}
