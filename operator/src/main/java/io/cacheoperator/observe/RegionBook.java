package io.cacheoperator.observe;

import io.cacheoperator.core.BulkRead;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Observation.Absent;
import io.cacheoperator.core.Observation.Present;
import io.cacheoperator.core.Observation.Source;
import io.cacheoperator.core.Observation.Unknown;
import io.cacheoperator.core.Query;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * All that is known of one region: the latest snapshot of each bulk read, and above it what single calls and our own writes
 * taught, until a later snapshot covers it. Readers never wait; writers take turns.
 *
 * <p>Order is a counter, not a clock: of two things it says which came first even if the clock jumped between them.
 */
final class RegionBook {

    private final Catalogue catalogue;
    private final InstantSource clock;
    private final AtomicLong order = new AtomicLong();
    private final Map<BulkRead, Snapshot> snapshots = new ConcurrentHashMap<>();
    private final Map<Query<?>, Sighting> sightings = new ConcurrentHashMap<>();
    private final Object writing = new Object();

    RegionBook(Catalogue catalogue, InstantSource clock) {
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /** Take one before a read begins. */
    long nextOrder() {
        return order.incrementAndGet();
    }

    <T> Observation<T> get(Query<T> query) {
        Sighting sighting = sightings.get(query);
        if (sighting != null && !expired(query, sighting)) {
            return answer(sighting);
        }
        return snapshotOf(query)
                .map(snapshot -> snapshot.observe(query))
                .orElseGet(() -> Observation.unknown(sighting == null ? "not read yet" : "read too long ago"));
    }

    /** Sightings are put under questions of their type. */
    @SuppressWarnings("unchecked")
    private static <T> Observation<T> answer(Sighting sighting) {
        return (Observation<T>) sighting.answer();
    }

    /** What a bulk read covers is as old as the last one at worst; all else has an age of its own. */
    private boolean expired(Query<?> query, Sighting sighting) {
        return catalogue.bulkOf(query).isEmpty()
                && sighting.at().plus(catalogue.maxAge(query)).isBefore(clock.instant());
    }

    private Optional<Snapshot> snapshotOf(Query<?> query) {
        return catalogue.bulkOf(query).flatMap(this::snapshot);
    }

    Optional<Snapshot> snapshot(BulkRead read) {
        return Optional.ofNullable(snapshots.get(read));
    }

    /** Reads that began before this are worth nothing for this question. */
    long notBefore(Query<?> query) {
        return Optional.ofNullable(sightings.get(query))
                .map(Sighting::notBefore)
                .orElse(-1L);
    }

    /** When a question without a bulk read was last answered. */
    Optional<Instant> answeredAt(Query<?> query) {
        return Optional.ofNullable(sightings.get(query)).map(Sighting::at);
    }

    /** How many answers stand above the snapshots. */
    int sightings() {
        return sightings.size();
    }

    /** Our write answered with this state. @return the questions whose answers changed */
    <T> Set<Query<?>> present(Query<T> query, T state) {
        return wrote(query, new Present<>(state, clock.instant(), Source.OWN_WRITE));
    }

    /** Our write, or a call that named it, showed that it is not there. */
    <T> Set<Query<?>> absent(Query<T> query) {
        return wrote(query, new Absent<>(clock.instant(), Source.TARGETED));
    }

    /** We wrote, and what is true now is not known. */
    <T> Set<Query<?>> stale(Query<T> query) {
        return wrote(query, Observation.unknown("written to, and not read since"));
    }

    private <T> Set<Query<?>> wrote(Query<T> query, Observation<T> seen) {
        return change(Set.of(query), before -> {
            Instant now = clock.instant();
            long at = nextOrder();
            Optional<Object> known = get(query).found().map(Object.class::cast);
            OwnWrite write = new OwnWrite(at, now, known, seen, false);
            sightings.put(query, new Sighting(seen, at, now, Optional.of(write)));
            forgetDependents(query, at, now);
        });
    }

    /**
     * Takes in the answer of a single read.
     *
     * @param began the read's order
     * @return the questions whose answers changed
     */
    <T> Set<Query<?>> read(Query<T> query, Observation<T> answer, long began) {
        return change(Set.of(query), before -> {
            Instant now = clock.instant();
            Sighting last = sightings.get(query);
            boolean older = last != null && last.order() > began;
            if (older || !believed(query, answer.found(), began, now)) {
                return;
            }
            sightings.put(query, new Sighting(answer, began, now, standing(query, answer.found(), now)));
            forgetDependentsOfChanged(before, began, now);
        });
    }

    /**
     * Takes in a whole bulk read.
     *
     * @param wanted the questions that anybody waits for; of any family and region
     * @return the questions whose answers changed
     */
    Set<Query<?>> publish(BulkRead read, Snapshot next, Set<Query<?>> wanted) {
        Set<Query<?>> touched = new HashSet<>(wanted);
        touched.addAll(sightings.keySet());
        touched.removeIf(query -> !read.answers().contains(query.getClass()));
        return change(touched, before -> {
            Instant now = clock.instant();
            snapshots.put(read, next);
            touched.forEach(query -> settle(query, next, now));
            forgetDependentsOfChanged(before, next.order(), now);
        });
    }

    /** What becomes of an answer that stands above the snapshot when a new one has come. */
    private void settle(Query<?> query, Snapshot next, Instant now) {
        Sighting above = sightings.get(query);
        Observation<?> seen = next.observe(query);
        if (above == null || above.order() > next.order() || !believed(query, seen.found(), next.order(), now)) {
            return;
        }
        if (seen.isAbsent() && above.answer().isConfirmedAbsent()) {
            return; // The call that named it is the stronger proof, and nothing has changed.
        }
        Optional<OwnWrite> write = standing(query, seen.found(), now);
        if (write.isPresent()) {
            sightings.put(query, new Sighting(seen, next.order(), now, write));
        } else {
            sightings.remove(query);
        }
    }

    private boolean believed(Query<?> query, Optional<?> state, long began, Instant now) {
        return Optional.ofNullable(sightings.get(query))
                .flatMap(Sighting::write)
                .map(write -> write.lets(state, began, now, moving(query)))
                .orElse(true);
    }

    /** The last write to it, if it still says what not to believe once this was believed. */
    private Optional<OwnWrite> standing(Query<?> query, Optional<?> believed, Instant now) {
        return Optional.ofNullable(sightings.get(query))
                .flatMap(Sighting::write)
                .filter(write -> write.standsAt(now))
                .map(write -> write.having(believed, moving(query)));
    }

    private void forgetDependentsOfChanged(Map<Query<?>, Observation<?>> before, long since, Instant now) {
        before.forEach((query, was) -> {
            if (!was.isUnknown() && differ(was, get(query))) {
                forgetDependents(query, since, now);
            }
        });
    }

    /** What follows from something and was read before it changed is worth nothing. */
    private void forgetDependents(Query<?> query, long since, Instant now) {
        for (Query<?> dependent : catalogue.dependents(query)) {
            long lastOrder = Optional.ofNullable(sightings.get(dependent))
                    .map(Sighting::order)
                    .or(() -> snapshotOf(dependent).map(Snapshot::order))
                    .orElse(Long.MAX_VALUE);
            if (lastOrder < since) {
                sightings.put(
                        dependent,
                        new Sighting(Observation.unknown("not read since a change"), since, now, Optional.empty()));
            }
        }
    }

    /** Drops answers that nobody waits for and that are too old to matter. */
    void prune(Predicate<Query<?>> wanted) {
        Instant now = clock.instant();
        synchronized (writing) {
            sightings
                    .entrySet()
                    .removeIf(entry -> !wanted.test(entry.getKey())
                            && entry.getValue()
                                    .at()
                                    .plus(catalogue.maxAge(entry.getKey()))
                                    .isBefore(now)
                            && entry.getValue()
                                    .write()
                                    .filter(w -> w.standsAt(now))
                                    .isEmpty());
        }
    }

    private Predicate<Object> moving(Query<?> query) {
        return state -> catalogue.moving(query, state);
    }

    private Set<Query<?>> change(Set<Query<?>> touched, Consumer<Map<Query<?>, Observation<?>>> how) {
        Set<Query<?>> changed = new HashSet<>();
        synchronized (writing) {
            Map<Query<?>, Observation<?>> before = new HashMap<>();
            touched.forEach(query -> before.put(query, get(query)));
            how.accept(before);
            before.forEach((query, was) -> {
                if (differ(was, get(query))) {
                    changed.add(query);
                }
            });
        }
        return changed;
    }

    /** Whether somebody who knew the one must be told the other. That nothing is known any more is no news. */
    private static boolean differ(Observation<?> before, Observation<?> after) {
        return switch (after) {
            case Present<?> present ->
                before.found().filter(was -> was.equals(present.state())).isEmpty();
            case Absent<?> absent -> !before.isAbsent();
            case Unknown<?> unknown -> false;
        };
    }
}
