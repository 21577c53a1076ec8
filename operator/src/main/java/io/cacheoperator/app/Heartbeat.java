package io.cacheoperator.app;

import io.cacheoperator.core.PassListener;
import io.cacheoperator.core.Query;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sees that passes end. One that does not for a quarter of an hour is stuck, and so may be the others. */
final class Heartbeat implements PassListener {

    private static final Duration LONGEST_PASS = Duration.ofMinutes(15);

    private final InstantSource clock;
    private final Map<String, Instant> running = new ConcurrentHashMap<>();

    Heartbeat(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void begins(HasMetadata primary) {
        running.put(key(primary), clock.instant());
    }

    @Override
    public void ended(HasMetadata primary, Set<Query<?>> interests) {
        // Counted when it is left, which it is in any case.
    }

    @Override
    public void left(HasMetadata primary) {
        running.remove(key(primary));
    }

    /** What is stuck, if anything is. */
    Optional<String> stuck() {
        Instant limit = clock.instant().minus(LONGEST_PASS);
        return running.entrySet().stream()
                .filter(pass -> pass.getValue().isBefore(limit))
                .min(Comparator.comparing(Map.Entry::getValue))
                .map(pass -> "the pass of " + pass.getKey() + " has not ended since " + pass.getValue());
    }

    private static String key(HasMetadata primary) {
        return primary.getKind() + " " + primary.getMetadata().getNamespace() + "/"
                + primary.getMetadata().getName();
    }
}
