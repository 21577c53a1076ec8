package io.cacheoperator.observe;

import io.cacheoperator.core.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which reads failed lately and are not to be tried again yet: a short time that grows. */
final class Backoff<K> {

    /** After so long a new failure is the first again. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    private final Map<K, Held> held = new ConcurrentHashMap<>();
    private final InstantSource clock;

    /** @param failures in a row */
    private record Held(Failure failure, Instant until, int failures) {}

    Backoff(InstantSource clock) {
        this.clock = clock;
    }

    /** The failure that still keeps it from being tried. */
    Optional<Failure> holding(K key) {
        return Optional.ofNullable(held.get(key))
                .filter(h -> clock.instant().isBefore(h.until()))
                .map(Held::failure);
    }

    /** Why there is no answer, whether or not it may be tried again. */
    Optional<Failure> last(K key) {
        return Optional.ofNullable(held.get(key)).map(Held::failure);
    }

    void succeeded(K key) {
        held.remove(key);
    }

    /** @return when it may be tried again */
    Instant failed(K key, Failure failure) {
        Instant now = clock.instant();
        return held.merge(key, new Held(failure, now.plus(PollCadence.retry(1)), 1), (old, first) -> {
                    int failures = old.failures() + 1;
                    return new Held(failure, now.plus(PollCadence.retry(failures)), failures);
                })
                .until();
    }

    /** Forgets failures so old that a new one would be the first again. */
    void prune() {
        Instant old = clock.instant().minus(FORGOTTEN);
        held.values().removeIf(h -> h.until().isBefore(old));
    }
}
