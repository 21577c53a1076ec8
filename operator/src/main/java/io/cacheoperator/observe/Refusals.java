package io.cacheoperator.observe;

import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Observation.Absent;
import io.cacheoperator.core.Observation.Present;
import io.cacheoperator.core.Observation.Unknown;
import io.cacheoperator.core.Query;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lists that AWS refuses to give, for want of permission. What was on them would get older without anybody noticing: it is
 * believed for two more periods, then counts as unknown, and whoever waits for it is told.
 */
final class Refusals {

    private final Catalogue catalogue;
    private final Books books;
    private final Interests interests;
    private final BulkDesk bulk;
    private final PollCadence cadence;
    private final InstantSource clock;
    private final Set<BulkDesk.Key> told = ConcurrentHashMap.newKeySet();

    Refusals(
            Catalogue catalogue,
            Books books,
            Interests interests,
            BulkDesk bulk,
            PollCadence cadence,
            InstantSource clock) {
        this.catalogue = catalogue;
        this.books = books;
        this.interests = interests;
        this.bulk = bulk;
        this.cadence = cadence;
        this.clock = clock;
    }

    /** How AWS refuses the list that answers this question, if it does. */
    Optional<Failure> of(Query<?> query) {
        return key(query).flatMap(bulk::refusal);
    }

    /** Whether this answer is too old to be believed, where no newer one is to be had. */
    boolean outdated(Query<?> query, Observation<?> answer) {
        return switch (answer) {
            case Unknown<?> unknown -> false;
            case Absent<?> absent -> outdated(query, absent.asOf());
            case Present<?> present -> outdated(query, present.asOf());
        };
    }

    private boolean outdated(Query<?> query, Instant asOf) {
        return key(query)
                .filter(key -> bulk.refusal(key).isPresent() && outdated(key, asOf, clock.instant()))
                .isPresent();
    }

    private boolean outdated(BulkDesk.Key key, Instant asOf, Instant now) {
        Duration period = cadence.bulk().multipliedBy(key.read().everyPeriods() + 1L);
        return asOf.plus(period).isBefore(now);
    }

    private Optional<BulkDesk.Key> key(Query<?> query) {
        return catalogue.bulkOf(query).map(read -> new BulkDesk.Key(query.region(), read));
    }

    /** Tells whoever waits for it, once when a list is believed no longer, and once when it is had again. */
    void tick(Instant now) {
        for (String region : interests.regions()) {
            for (var read : catalogue.bulkReads()) {
                BulkDesk.Key key = new BulkDesk.Key(region, read);
                boolean lost = bulk.refusal(key).isPresent()
                        && bulk.last(key)
                                .filter(last -> !outdated(key, last.startedAt(), now))
                                .isEmpty();
                if (lost ? told.add(key) : told.remove(key)) {
                    books.tell(interests.answeredBy(region, read), Thread.currentThread());
                }
            }
        }
    }
}
