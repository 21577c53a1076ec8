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

    /** New permissions and new credentials take seconds to reach every part of AWS: one refusal says little. */
    private static final int REFUSED = 3;

    private final Map<K, Held> held = new ConcurrentHashMap<>();
    private final InstantSource clock;

    /**
     * What is known of a read that fails.
     *
     * @param failures in a row
     * @param refusals in a row, up to the last
     */
    private record Held(Failure failure, Instant until, int failures, int refusals) {
        static Held of(Failure failure, Instant now, int failures, int refusals) {
            boolean refused = failure.kind() == Failure.Kind.ACCESS;
            return new Held(failure, now.plus(PollCadence.retry(failures)), failures, refused ? refusals + 1 : 0);
        }
    }

    Backoff(InstantSource clock) {
        this.clock = clock;
    }

    /** The failure that still keeps it from being tried. */
    Optional<Failure> holding(K key) {
        return Optional.ofNullable(held.get(key))
                .filter(h -> clock.instant().isBefore(h.until()))
                .map(Held::failure);
    }

    /** The failure that has come so often in a row, each time for want of permission, that it does not pass by itself. */
    Optional<Failure> refusal(K key) {
        return Optional.ofNullable(held.get(key))
                .filter(h -> h.refusals() >= REFUSED)
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
        return held.merge(
                        key,
                        Held.of(failure, now, 1, 0),
                        (old, first) -> Held.of(failure, now, old.failures() + 1, old.refusals()))
                .until();
    }

    /** Forgets failures so old that a new one would be the first again. */
    void prune() {
        Instant old = clock.instant().minus(FORGOTTEN);
        held.values().removeIf(h -> h.until().isBefore(old));
    }
}
