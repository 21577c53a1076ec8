package io.cacheoperator.observe;

import io.cacheoperator.core.Answers;
import io.cacheoperator.core.BulkRead;
import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Result;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Makes bulk reads, one at a time per family and region, and publishes what they find whole or not at all. */
final class BulkDesk {

    private static final Logger LOG = LoggerFactory.getLogger(BulkDesk.class);

    private final Books books;
    private final Interests interests;
    private final PollStats stats;
    private final InstantSource clock;
    private final Executor executor;
    private final Calls<Key> calls;
    private final Backoff<Key> backoff;

    /** One bulk read of one region. */
    record Key(String region, BulkRead read) {
        @Override
        public String toString() {
            return read.name() + " in " + region;
        }
    }

    BulkDesk(Books books, Interests interests, PollStats stats, InstantSource clock, Executor executor) {
        this.books = books;
        this.interests = interests;
        this.stats = stats;
        this.clock = clock;
        this.executor = executor;
        this.calls = new Calls<>(this::begin);
        this.backoff = new Backoff<>(clock);
    }

    /** Completes when a read that began after {@code notBefore} has been published, or has failed. */
    CompletableFuture<Optional<Failure>> read(Key key, long notBefore, Thread by) {
        return calls.read(key, notBefore, by);
    }

    /** One that begins no earlier than now, whatever is under way. */
    CompletableFuture<Optional<Failure>> readAnew(Key key) {
        return calls.read(key, books.of(key.region()).nextOrder(), Thread.currentThread());
    }

    boolean underWay(Key key) {
        return calls.underWay(key);
    }

    /** The failure for which it should not be read again just yet. */
    Optional<Failure> holding(Key key) {
        return backoff.holding(key);
    }

    /** How AWS refuses it for want of permission, if that does not pass by itself. */
    Optional<Failure> refusal(Key key) {
        return backoff.refusal(key);
    }

    /** Whether its last read failed. */
    boolean failed(Key key) {
        return backoff.last(key).isPresent();
    }

    /** Whether it was read, or tried to, not long ago. */
    boolean attempted(Key key) {
        return last(key).isPresent() || failed(key);
    }

    Optional<Snapshot> last(Key key) {
        return books.of(key.region()).snapshot(key.read());
    }

    /** How many calls it takes, going by the last time. */
    int pages(Key key) {
        return Math.max(1, last(key).map(snapshot -> snapshot.answers().calls()).orElse(1));
    }

    private Calls.Started begin(Key key, Thread by) {
        long order = books.of(key.region()).nextOrder();
        Instant startedAt = clock.instant();
        CompletableFuture<Optional<Failure>> end =
                CompletableFuture.supplyAsync(() -> run(key, order, startedAt, by), executor);
        return new Calls.Started(
                order, end.exceptionally(thrown -> Optional.of(failed(key, bug(key.toString(), thrown)))));
    }

    private Optional<Failure> run(Key key, long order, Instant startedAt, Thread by) {
        Result<Answers> result = key.read().readAll(key.region());
        stats.count(PollStats.Lane.BULK, key.read().name(), result.error().isPresent());
        switch (result) {
            case Result.Ok<Answers>(Answers answers) -> {
                backoff.succeeded(key);
                Snapshot next = new Snapshot(answers, order, startedAt);
                books.tell(
                        books.of(key.region())
                                .publish(key.read(), next, interests.answeredBy(key.region(), key.read())),
                        by);
            }
            case Result.Failed<Answers>(Failure failure) -> failed(key, failure);
        }
        return result.error();
    }

    /** Said once: what goes on failing in the same way is no news each minute. */
    private Failure failed(Key key, Failure failure) {
        boolean known = backoff.last(key)
                .filter(last -> last.code().equals(failure.code()))
                .isPresent();
        Instant again = backoff.failed(key, failure);
        LOG.atLevel(known || failure.isStopping() ? Level.DEBUG : Level.WARN)
                .log("{} failed: {} {}; again at {}", key, failure.code(), failure.message(), again);
        return failure;
    }

    /** A reader that throws has a bug; looking goes on all the same. */
    static Failure bug(String what, Throwable thrown) {
        Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
        LOG.error("Reading {} failed unexpectedly", what, cause);
        return new Failure(
                Failure.Kind.UNAVAILABLE, what, cause.getClass().getSimpleName(), "the read failed; the log says why");
    }
}
