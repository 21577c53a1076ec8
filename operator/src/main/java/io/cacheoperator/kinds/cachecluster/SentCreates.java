package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * When the call that makes a cache can have been sent last, as far as this process knows: whatever a process before it sent
 * was sent before this one's first pass, for one works at a time. Tells a deletion how long AWS may still deny a cache that
 * exists.
 */
final class SentCreates {

    /** Longer than any answer that denies a new cache is believed in. */
    private static final Duration REMEMBERED = DeletePlanner.HIDDEN.multipliedBy(2);

    private final InstantSource clock;
    private final Map<String, Instant> sent = new ConcurrentHashMap<>();
    private @Nullable Instant firstPass;

    SentCreates(InstantSource clock) {
        this.clock = clock;
    }

    /** @param uid of the CacheCluster */
    Instant latest(String uid) {
        Instant before = begun();
        return Optional.ofNullable(sent.get(uid)).orElse(before);
    }

    private synchronized Instant begun() {
        if (firstPass == null) {
            firstPass = clock.instant();
        }
        return firstPass;
    }

    /** Sends one. What AWS refused had no effect; of everything else the effect is possible. */
    Outcome sending(String uid, Supplier<Outcome> call) {
        Instant now = clock.instant();
        sent.values().removeIf(at -> at.plus(REMEMBERED).isBefore(now));
        Optional<Instant> before = Optional.ofNullable(sent.put(uid, now));
        Outcome outcome = call.get();
        if (refused(outcome)) {
            before.ifPresentOrElse(at -> sent.put(uid, at), () -> sent.remove(uid));
        } else {
            sent.put(uid, clock.instant());
        }
        return outcome;
    }

    private static boolean refused(Outcome outcome) {
        return outcome instanceof Outcome.Failed(Failure cause)
                && switch (cause.kind()) {
                    case INVALID, QUOTA, ACCESS, THROTTLED, GONE, BUSY, IN_USE -> true;
                    case EXISTS, UNAVAILABLE, UNCLASSIFIED -> false;
                };
    }
}
