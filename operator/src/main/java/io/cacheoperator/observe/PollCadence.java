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

    /** Between two bulk reads of one family that only things in motion ask for. */
    static final Duration SHARED_LOOK = Duration.ofMillis(1000);

    private static final double JITTER = 0.2;

    /** What a real account gets: everything once a minute. */
    public static PollCadence standard() {
        return everyBulk(Duration.ofMinutes(1));
    }

    /** Everything once in this time; what moves, every few seconds. */
    public static PollCadence everyBulk(Duration bulk) {
        return new PollCadence(bulk, Duration.ofMinutes(1), Duration.ofMillis(5500), Duration.ofSeconds(15), 2);
    }

    /** The next bulk read, spread by a tenth to both sides so that operators do not march in step. */
    Duration nextBulk(double random) {
        return scaled(bulk, 1 - JITTER / 2 + JITTER * random);
    }

    /** The next look at something that has been moving for so long: soon at first, then less and less often. */
    Duration nextLook(Duration movingFor) {
        Duration tenth = movingFor.dividedBy(10);
        Duration next = tenth.compareTo(firstLook) < 0 ? firstLook : tenth;
        return next.compareTo(longestLook) > 0 ? longestLook : next;
    }

    /** After so many bulk reads in a row have failed. */
    Duration retryBulk(int failures) {
        Duration wait = Duration.ofSeconds(1L << Math.min(failures, 5));
        return wait.compareTo(bulk) > 0 ? bulk : wait;
    }

    private static Duration scaled(Duration duration, double factor) {
        return Duration.ofNanos((long) (duration.toNanos() * factor));
    }
}
