package io.cacheoperator.core;

import java.time.Duration;

/**
 * How long a failed step waits before it is sent again, by what kind of failure it was. Every delay is jittered, so that
 * a hundred resources that failed together do not come back together.
 *
 * @param soonFirst first delay after throttling, 5xx and time-outs; doubled each time
 * @param soonMost longest of those
 * @param slowlyFirst first delay after quota and capacity errors; doubled each time
 * @param slowlyMost longest of those; such a step is never given up
 * @param waiting while a resource settles
 * @param user for what only an edit can mend, in case the world changed instead
 */
public record Pacing(
        Duration soonFirst,
        Duration soonMost,
        Duration slowlyFirst,
        Duration slowlyMost,
        Duration waiting,
        Duration user) {

    /** What the operator runs with. */
    public static final Pacing DEFAULT = new Pacing(
            Duration.ofMillis(500),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(15),
            Duration.ofSeconds(20),
            Duration.ofMinutes(10));

    /**
     * The delay before the next attempt.
     *
     * @param attempts how often it has failed so far; at least 1
     * @param jitter from 0 to 1: where in the range between three quarters and five quarters of the delay it falls
     */
    Duration delay(Failure.Retry retry, int attempts, double jitter) {
        Duration plain = switch (retry) {
            case SOON -> doubled(soonFirst, soonMost, attempts);
            case SLOWLY -> doubled(slowlyFirst, slowlyMost, attempts);
            case WAIT -> waiting;
            case USER -> user;
        };
        return Duration.ofMillis(Math.round(plain.toMillis() * (0.75 + jitter / 2)));
    }

    private static Duration doubled(Duration first, Duration most, int attempts) {
        double millis = first.toMillis() * Math.pow(2, attempts - 1.0);
        return Duration.ofMillis(Math.round(Math.min(millis, most.toMillis())));
    }
}
