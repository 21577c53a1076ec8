package io.cacheoperator.observe;

import io.cacheoperator.core.BulkRead;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Observation.Source;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.QueryFamily;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All that is known of one region: the latest snapshot of each bulk read, and above it the notes of single calls and of our
 * own writes, each until a later snapshot covers it. Thread-safe; reading takes no lock.
 */
final class RegionBook {

    private final InstantSource clock;
    private final Catalogue catalogue;
    private final Map<BulkRead, Snapshot> snapshots = new ConcurrentHashMap<>();
    private final Map<Query<?>, Note> notes = new ConcurrentHashMap<>();

    RegionBook(Catalogue catalogue, InstantSource clock) {
        this.catalogue = catalogue;
        this.clock = clock;
    }

    <T> Observation<T> get(Query<T> query) {
        Optional<Observation<T>> bulk = catalogue
                .bulkOf(query)
                .flatMap(read -> Optional.ofNullable(snapshots.get(read)))
                .map(snapshot -> snapshot.observe(query));
        Note note = notes.get(query);
        if (note == null) {
            return bulk.orElseGet(() -> Observation.unknown("not read yet"));
        }
        if (bulk.isEmpty()) {
            return fresh(query, note) ? answer(note) : Observation.unknown("read too long ago");
        }
        return asOf(bulk.get()).isAfter(note.at()) && !note.contradicts(bulk.get(), clock.instant())
                ? bulk.get()
                : answer(note);
    }

    /** Only {@link #write} and {@link #read} fill the map, and pair each question with an answer of its type. */
    @SuppressWarnings("unchecked")
    private static <T> Observation<T> answer(Note note) {
        return (Observation<T>) note.answer();
    }

    private boolean fresh(Query<?> query, Note note) {
        return catalogue.bulkOf(query).isPresent()
                || note.at()
                        .plus(catalogue.family(query).map(QueryFamily::maxAge).orElse(Catalogue.DEFAULT_AGE))
                        .isAfter(clock.instant());
    }

    private static Instant asOf(Observation<?> observation) {
        return switch (observation) {
            case Observation.Present<?> present -> present.asOf();
            case Observation.Absent<?> absent -> absent.asOf();
            case Observation.Unknown<?> unknown -> Instant.MIN;
        };
    }

    /** What our own write taught. */
    <T> void write(Query<T> query, Observation<T> answer) {
        Observation<T> before = get(query);
        notes.put(query, new Note(answer, clock.instant(), true, before.found().map(Object.class::cast)));
    }

    /** Our write made what was known worthless. */
    void stale(Query<?> query) {
        notes.put(
                query,
                new Note(Observation.unknown("written, not read since"), clock.instant(), true, Optional.empty()));
    }

    /**
     * What a single call answered.
     *
     * @param askedAt when it was sent
     * @return whether that is news
     */
    <T> boolean read(Query<T> query, Observation<T> answer, Instant askedAt) {
        Observation<T> before = get(query);
        notes.compute(query, (q, known) -> {
            boolean older = known != null && known.at().isAfter(askedAt);
            boolean past = known != null && known.contradicts(answer, clock.instant());
            return known != null && (older || past) ? known : new Note(answer, askedAt, false, Optional.empty());
        });
        return !same(before, get(query));
    }

    /** Takes in a bulk read. @return the questions of interest whose answers it changed */
    Set<Query<?>> publish(BulkRead read, Snapshot next, Set<Query<?>> interesting) {
        Set<Query<?>> affected = new HashSet<>();
        Map<Query<?>, Observation<?>> before = new java.util.HashMap<>();
        for (Query<?> query : interesting) {
            if (read.answers().contains(query.getClass())) {
                before.put(query, get(query));
            }
        }
        snapshots.put(read, next);
        before.forEach((query, was) -> {
            if (!same(was, get(query))) {
                affected.add(query);
            }
        });
        notes.entrySet()
                .removeIf(entry -> read.answers().contains(entry.getKey().getClass())
                        && covered(entry.getKey(), entry.getValue(), next));
        return affected;
    }

    private <T> boolean covered(Query<T> query, Note note, Snapshot next) {
        return next.startedAt().isAfter(note.at()) && !note.contradicts(next.observe(query), clock.instant());
    }

    Optional<Snapshot> snapshot(BulkRead read) {
        return Optional.ofNullable(snapshots.get(read));
    }

    /** Whether every bulk read has succeeded once. */
    boolean complete() {
        return snapshots.size() == catalogue.bulkReads().size();
    }

    Optional<Instant> oldest() {
        return complete()
                ? snapshots.values().stream().map(Snapshot::startedAt).min(Instant::compareTo)
                : Optional.empty();
    }

    /** When a question without a bulk read was last answered. */
    Optional<Instant> notedAt(Query<?> query) {
        return Optional.ofNullable(notes.get(query)).map(Note::at);
    }

    /** Whether the answer is an absence that only a list call stated. */
    boolean isHintOfAbsence(Query<?> query) {
        return get(query) instanceof Observation.Absent<?>(Instant asOf, Source source) && source == Source.BULK;
    }

    private static boolean same(Observation<?> a, Observation<?> b) {
        return a.getClass() == b.getClass() && a.found().equals(b.found());
    }
}
