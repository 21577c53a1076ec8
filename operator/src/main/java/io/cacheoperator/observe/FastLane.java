package io.cacheoperator.observe;

import io.cacheoperator.core.BulkRead;
import io.cacheoperator.core.Query;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Looks every few seconds at what is on its way to another state: at each alone while that is cheaper than the bulk read of
 * its family, else by that.
 */
final class FastLane implements ChangeListener {

    /** A pass says what it waits for when it ends; until then what it wrote is looked at all the same. */
    private static final Duration UNCLAIMED = Duration.ofMinutes(1);

    private final Books books;
    private final Catalogue catalogue;
    private final Interests interests;
    private final ReadDesk desk;
    private final BulkDesk bulk;
    private final PollCadence cadence;
    private final InstantSource clock;
    private final Map<Query<?>, Track> moving = new ConcurrentHashMap<>();

    /**
     * Something in motion.
     *
     * @param since when it was first seen so
     * @param next when to look again
     */
    private record Track(Instant since, Instant next) {}

    FastLane(
            Books books,
            Catalogue catalogue,
            Interests interests,
            ReadDesk desk,
            BulkDesk bulk,
            PollCadence cadence,
            InstantSource clock) {
        this.books = books;
        this.catalogue = catalogue;
        this.interests = interests;
        this.desk = desk;
        this.bulk = bulk;
        this.cadence = cadence;
        this.clock = clock;
    }

    @Override
    public void changed(Set<Query<?>> queries, Thread by) {
        queries.forEach(this::follow);
    }

    /** Follows it if it moves, and no longer if it does not. What is unknown for the moment stays as it was. */
    void follow(Query<?> query) {
        var answer = books.get(query);
        if (answer.isUnknown()) {
            return;
        }
        if (answer.found().filter(state -> catalogue.moving(query, state)).isEmpty()) {
            moving.remove(query);
            return;
        }
        Instant now = clock.instant();
        moving.putIfAbsent(query, new Track(now, now.plus(cadence.firstLook())));
    }

    /** Our write set it in motion: what it did before is over. */
    void wrote(Query<?> query) {
        moving.remove(query);
        follow(query);
    }

    int following() {
        return moving.size();
    }

    void tick(Instant now) {
        moving.entrySet()
                .removeIf(e -> !interests.any(e.getKey())
                        && e.getValue().since().plus(UNCLAIMED).isBefore(now));
        Set<Query<?>> led = moving.keySet().stream()
                .flatMap(query -> catalogue.dependents(query).stream())
                .collect(Collectors.toSet());
        Map<Group, List<Query<?>>> groups = moving.keySet().stream()
                .filter(query -> !led.contains(query))
                .collect(Collectors.groupingBy(query -> new Group(query.region(), catalogue.bulkOf(query))));
        groups.forEach((group, queries) -> look(group, queries, now));
    }

    private record Group(String region, Optional<BulkRead> read) {}

    private void look(Group group, List<Query<?>> queries, Instant now) {
        List<Query<?>> due = queries.stream().filter(query -> due(query, now)).toList();
        if (due.isEmpty()) {
            return;
        }
        Optional<BulkDesk.Key> key = group.read().map(read -> new BulkDesk.Key(group.region(), read));
        int alone =
                queries.stream().mapToInt(query -> catalogue.cost(query, books)).sum();
        if (key.isPresent() && alone > bulk.pages(key.get())) {
            queries.forEach(query -> postpone(query, now));
            if (bulk.holding(key.get()).isEmpty() && !bulk.underWay(key.get())) {
                var unused = bulk.readAnew(key.get());
            }
        } else {
            due.forEach(query -> {
                postpone(query, now);
                var unused = desk.read(query, Thread.currentThread());
            });
        }
    }

    private boolean due(Query<?> query, Instant now) {
        Track track = moving.get(query);
        return track != null && !now.isBefore(track.next());
    }

    private void postpone(Query<?> query, Instant now) {
        moving.computeIfPresent(
                query,
                (q, track) ->
                        new Track(track.since(), now.plus(cadence.nextLook(Duration.between(track.since(), now)))));
    }
}
