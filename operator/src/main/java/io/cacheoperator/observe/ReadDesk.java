package io.cacheoperator.observe;

import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Fetcher;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Observation.Absent;
import io.cacheoperator.core.Observation.Source;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.Result;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Has single questions answered: each asked once however many wait, by a call of its own while that is cheaper than the
 * family's bulk read, and by that when many ask at the same time.
 */
final class ReadDesk {

    private final Fetcher fetcher;
    private final Catalogue catalogue;
    private final Books books;
    private final BulkDesk bulk;
    private final PollStats stats;
    private final Executor executor;
    private final Calls<Query<?>> calls;
    private final Backoff<Query<?>> backoff;
    private final Backoff<Kind> refused;
    private final Map<BulkDesk.Key, Integer> load = new HashMap<>();

    /** All questions of one class in one region: who may not ask one of them may hardly ask another. */
    private record Kind(String region, Class<?> type) {
        static Kind of(Query<?> query) {
            return new Kind(query.region(), query.getClass());
        }
    }

    ReadDesk(
            Fetcher fetcher,
            Catalogue catalogue,
            Books books,
            BulkDesk bulk,
            PollStats stats,
            InstantSource clock,
            Executor executor) {
        this.fetcher = fetcher;
        this.catalogue = catalogue;
        this.books = books;
        this.bulk = bulk;
        this.stats = stats;
        this.executor = executor;
        this.calls = new Calls<>(this::begin);
        this.backoff = new Backoff<>(clock);
        this.refused = new Backoff<>(clock);
    }

    /** Completes when an answer newer than all we know of the question is in the view, or with why there is none. */
    CompletableFuture<Optional<Failure>> read(Query<?> query, Thread by) {
        Optional<BulkDesk.Key> key = catalogue.bulkOf(query).map(read -> new BulkDesk.Key(query.region(), read));
        Optional<Failure> held = backoff.holding(query).or(() -> key.flatMap(k -> refused(k, query)));
        if (held.isPresent()) {
            return CompletableFuture.completedFuture(held);
        }
        if (key.isEmpty() || needsProof(query) || bulk.holding(key.get()).isPresent()) {
            return alone(query, by);
        }
        int cost = catalogue.cost(query, books);
        if (bulk.last(key.get()).isPresent() && reserve(key.get(), cost)) {
            return alone(query, by).whenComplete((end, thrown) -> release(key.get(), cost));
        }
        return bulk.read(key.get(), books.of(query).notBefore(query), by)
                .thenCompose(failure ->
                        deniedInBulk(failure) ? alone(query, by) : CompletableFuture.completedFuture(failure));
    }

    /** Why the last read of it failed, if it did. */
    Optional<Failure> lastFailure(Query<?> query) {
        return backoff.last(query);
    }

    void prune() {
        backoff.prune();
    }

    /** That it is missing from a list is a hint: only a call that names it settles that. */
    private boolean needsProof(Query<?> query) {
        return books.get(query) instanceof Absent<?> absent && absent.source() == Source.BULK;
    }

    /** Takes calls from what single reads under way may cost together, which is one bulk read. */
    private boolean reserve(BulkDesk.Key key, int cost) {
        int pages = bulk.pages(key);
        synchronized (load) {
            int taken = load.getOrDefault(key, 0);
            if (taken + cost > pages) {
                return false;
            }
            load.put(key, taken + cost);
            return true;
        }
    }

    private void release(BulkDesk.Key key, int cost) {
        synchronized (load) {
            int left = load.getOrDefault(key, 0) - cost;
            if (left > 0) {
                load.put(key, left);
            } else {
                load.remove(key);
            }
        }
    }

    /** Where neither the list nor one thing of it may be read, a thousand that wait for it ask once, not each. */
    private Optional<Failure> refused(BulkDesk.Key key, Query<?> query) {
        return bulk.refusal(key).flatMap(list -> refused.holding(Kind.of(query)));
    }

    /** A policy may allow one resource and not the list. */
    private static boolean deniedInBulk(Optional<Failure> failure) {
        return failure.filter(f -> f.kind() == Failure.Kind.ACCESS).isPresent();
    }

    private CompletableFuture<Optional<Failure>> alone(Query<?> query, Thread by) {
        return calls.read(query, books.of(query).notBefore(query), by);
    }

    private Calls.Started begin(Query<?> query, Thread by) {
        long order = books.of(query).nextOrder();
        CompletableFuture<Optional<Failure>> end =
                CompletableFuture.supplyAsync(() -> fetch(query, order, by), executor);
        return new Calls.Started(order, end.exceptionally(thrown -> {
            Failure bug = BulkDesk.bug(query.toString(), thrown);
            backoff.failed(query, bug);
            return Optional.of(bug);
        }));
    }

    private <T> Optional<Failure> fetch(Query<T> query, long order, Thread by) {
        Result<Observation<T>> result = fetcher.fetch(query, books);
        stats.count(
                PollStats.Lane.SINGLE,
                query.getClass().getSimpleName(),
                result.error().isPresent());
        switch (result) {
            case Result.Ok<Observation<T>>(Observation<T> answer) -> {
                backoff.succeeded(query);
                refused.succeeded(Kind.of(query));
                books.tell(books.of(query).read(query, answer, order), by);
            }
            case Result.Failed<Observation<T>>(Failure failure) -> {
                backoff.failed(query, failure);
                if (failure.kind() == Failure.Kind.ACCESS) {
                    refused.failed(Kind.of(query), failure);
                }
            }
        }
        return result.error();
    }
}
