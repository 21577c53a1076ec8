package io.cacheoperator.observe;

import java.time.Duration;

/**
 * How often things are looked at.
 *
 * @param bulk between two reads of everything, before jitter
 * @param events between two looks at the feed of events
 * @param firstLook after our write, or after something was first seen moving
 * @param longestLook at something that moves for long
 * @param refreshes how many answers without a bulk read are read again per bulk
 */
public record PollCadence(Duration bulk, Duration events, Duration firstLook, Duration longestLook, int refreshes) {

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(60);
    private static final double JITTER = 0.2;

    /** What a real account gets: everything once a minute. */
    public static PollCadence standard() {
        return everyBulk(Duration.ofMinutes(1));
    }

    /** Everything once in this time; what moves, every few seconds. */
    public static PollCadence everyBulk(Duration bulk) {
        return new PollCadence(bulk, Duration.ofMinutes(1), Duration.ofMillis(5500), Duration.ofSeconds(15), 2);
    }

    /**
     * From one bulk read to the next, spread by a tenth to both sides so that operators do not march in step.
     *
     * @param everyPeriods how many periods the family's read is worth
     * @param random in [0, 1)
     */
    Duration nextBulk(int everyPeriods, double random) {
        return scaled(bulk.multipliedBy(everyPeriods), 1 - JITTER / 2 + JITTER * random);
    }

    /** The next look at something that has been moving for so long: soon at first, then less and less often. */
    Duration nextLook(Duration movingFor) {
        Duration tenth = movingFor.dividedBy(10);
        Duration next = tenth.compareTo(firstLook) < 0 ? firstLook : tenth;
        return next.compareTo(longestLook) > 0 ? longestLook : next;
    }

    /** From a read that failed, for the so-manyth time in a row, to the next try. */
    static Duration retry(int failures) {
        Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, 10));
        return wait.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : wait;
    }

    private static Duration scaled(Duration duration, double factor) {
        return Duration.ofNanos((long) (duration.toNanos() * factor));
    }
}
