package io.cacheoperator.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time that the operator goes by.
 *
 * @param wall what time it is, for people to read; it may jump
 * @param steady the same, but it never goes back: what was seen, what is due and how old something is go by this one, or a
 *     clock that jumps back an hour would hold a retry of a second for an hour
 * @param speed how many of its seconds pass in a real one: 1, but for tests that put hours into seconds
 */
public record Tempo(InstantSource wall, InstantSource steady, double speed) {

    private static final Duration SHORTEST = Duration.ofMillis(20);

    public Tempo {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("time must pass: " + speed);
        }
    }

    /** Goes by this clock, which runs at so many times the speed of real time. */
    public static Tempo of(InstantSource clock, double speed) {
        return new Tempo(clock, new SteadyClock(clock), speed);
    }

    /** For how long to really wait until an instant of the steady clock; a moment at least, also where it is over. */
    public Duration waitUntil(Instant at) {
        Duration shown = Duration.between(steady.instant(), at);
        Duration real = speed == 1 ? shown : Duration.ofMillis((long) (shown.toMillis() / speed));
        return real.compareTo(SHORTEST) < 0 ? SHORTEST : real;
    }
}
