package io.cacheoperator.observe;

import io.cacheoperator.core.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reads again, one by one on a slow round, what has no bulk read and still must be watched: the oldest answers first. */
final class RefreshLane {

    /** Younger answers are left alone. */
    private static final Duration OLD = Duration.ofMinutes(10);

    private final Catalogue catalogue;
    private final Books books;
    private final Interests interests;
    private final ReadDesk desk;
    private final PollCadence cadence;
    private final Map<String, Instant> next = new ConcurrentHashMap<>();

    RefreshLane(Catalogue catalogue, Books books, Interests interests, ReadDesk desk, PollCadence cadence) {
        this.catalogue = catalogue;
        this.books = books;
        this.interests = interests;
        this.desk = desk;
        this.cadence = cadence;
    }

    void tick(Instant now) {
        for (String region : interests.regions()) {
            Instant due = next.computeIfAbsent(region, r -> now.plus(cadence.bulk()));
            if (!now.isBefore(due)) {
                next.put(region, now.plus(cadence.bulk()));
                refresh(books.of(region), region, now);
            }
        }
    }

    private void refresh(RegionBook book, String region, Instant now) {
        interests.queries().stream()
                .filter(query -> query.region().equals(region) && catalogue.refreshed(query))
                .filter(query -> at(book, query).plus(OLD).isBefore(now))
                .sorted(Comparator.<Query<?>, Instant>comparing(query -> at(book, query)))
                .limit(cadence.refreshes())
                .forEach(query -> {
                    var unused = desk.read(query, Thread.currentThread());
                });
    }

    private static Instant at(RegionBook book, Query<?> query) {
        return book.answeredAt(query).orElse(Instant.EPOCH);
    }
}
