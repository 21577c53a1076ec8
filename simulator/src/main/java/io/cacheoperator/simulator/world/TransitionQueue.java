package io.cacheoperator.simulator.world;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** Due transitions in order of time, and of scheduling where the time is the same. Guarded by the region's lock. */
final class TransitionQueue {
    private record Due(Instant at, long order, Transition transition) {}

    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::order));
    private long scheduled;

    void add(Instant at, Transition transition) {
        queue.add(new Due(at, scheduled++, transition));
    }

    /** Lets everything happen that is due by {@code now}, also what is scheduled meanwhile. */
    void settle(Instant now) {
        for (Due next = queue.peek(); next != null && !next.at().isAfter(now); next = queue.peek()) {
            queue.remove();
            next.transition().happen(next.at());
        }
    }

    Optional<Instant> nextDue() {
        return Optional.ofNullable(queue.peek()).map(Due::at);
    }
}
