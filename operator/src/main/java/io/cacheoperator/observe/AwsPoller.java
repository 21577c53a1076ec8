package io.cacheoperator.observe;

import io.cacheoperator.core.BulkRead;
import io.cacheoperator.core.ChangeFeed;
import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Fetcher;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.QueryFamily;
import io.cacheoperator.core.Reads;
import io.cacheoperator.core.Sightings;
import io.cacheoperator.core.SteadyClock;
import io.cacheoperator.core.View;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads AWS for all resources at once, and keeps what was read. The account's size decides what it costs, not the number of
 * resources. {@link #start} begins to look by itself (the leader only); until then it answers what it is asked.
 */
public final class AwsPoller implements Reads, View, Sightings, AutoCloseable {

    private final Catalogue catalogue;
    private final InstantSource clock;
    private final Interests interests = new Interests();
    private final PollStats stats = new PollStats();
    private final Books books;
    private final BulkDesk bulk;
    private final ReadDesk desk;
    private final Refusals refusals;
    private final FastLane fastLane;
    private final BulkLane bulkLane;
    private final Rounds rounds;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Runnable onClose;

    /** @param clock may jump: what is due stays due */
    public AwsPoller(
            Fetcher fetcher,
            List<BulkRead> bulkReads,
            ChangeFeed feed,
            List<QueryFamily<?, ?>> families,
            PollCadence cadence,
            InstantSource clock) {
        this(
                fetcher,
                feed,
                new Catalogue(bulkReads, families),
                cadence,
                clock,
                Executors.newVirtualThreadPerTaskExecutor());
    }

    private AwsPoller(
            Fetcher fetcher,
            ChangeFeed feed,
            Catalogue catalogue,
            PollCadence cadence,
            InstantSource clock,
            ExecutorService executor) {
        this(fetcher, feed, catalogue, cadence, clock, executor, executor::shutdownNow);
    }

    /** For tests: reads run where {@code threads} says. */
    AwsPoller(
            Fetcher fetcher,
            ChangeFeed feed,
            Catalogue catalogue,
            PollCadence cadence,
            InstantSource clock,
            Executor threads,
            Runnable onClose) {
        Executor executor = read -> {
            underWay.incrementAndGet();
            threads.execute(() -> {
                try {
                    read.run();
                } finally {
                    underWay.decrementAndGet();
                }
            });
        };
        this.catalogue = catalogue;
        this.clock = new SteadyClock(clock);
        this.onClose = onClose;
        this.books = new Books(catalogue, this.clock);
        this.bulk = new BulkDesk(books, interests, stats, this.clock, executor);
        this.desk = new ReadDesk(fetcher, catalogue, books, bulk, stats, this.clock, executor);
        this.refusals = new Refusals(catalogue, books, interests, bulk, cadence, this.clock);
        this.fastLane = new FastLane(books, catalogue, interests, desk, bulk, cadence, this.clock);
        this.bulkLane = new BulkLane(
                catalogue,
                interests,
                bulk,
                cadence,
                () -> ThreadLocalRandom.current().nextDouble());
        FeedLane feedLane = new FeedLane(feed, books, interests, desk, stats, cadence, this.clock, executor);
        RefreshLane refreshLane = new RefreshLane(catalogue, books, interests, desk, cadence);
        AtomicReference<Instant> nextPrune = new AtomicReference<>(this.clock.instant());
        this.rounds = new Rounds(
                this.clock,
                List.of(
                        bulkLane::tick,
                        fastLane::tick,
                        feedLane::tick,
                        refreshLane::tick,
                        refusals::tick,
                        now -> prune(nextPrune, now)));
        books.listen(fastLane);
        interests.onNew(fresh -> fresh.forEach(fastLane::follow));
    }

    /** Begins to look by itself. */
    public void start() {
        rounds.start();
    }

    /** Who wants to know what; fed by the event sources. */
    public Interests interests() {
        return interests;
    }

    /** Told which answers changed, whoever asked. */
    public void onChange(ChangeListener listener) {
        books.listen(listener);
    }

    @Override
    public View view() {
        return this;
    }

    @Override
    public <T> Observation<T> get(Query<T> query) {
        Observation<T> answer = books.get(query);
        return answer.isUnknown() || refusals.outdated(query, answer)
                ? desk.lastFailure(query)
                        .or(() -> refusals.of(query))
                        .<Observation<T>>map(Observation::unknown)
                        .orElse(answer)
                : answer;
    }

    @Override
    public <T> void present(Query<T> query, T state) {
        Set<Query<?>> changed = books.of(query).present(query, state);
        fastLane.wrote(query);
        tell(changed);
    }

    @Override
    public void absent(Query<?> query) {
        Set<Query<?>> changed = books.of(query).absent(query);
        fastLane.wrote(query);
        tell(changed);
    }

    @Override
    public void stale(Query<?> query) {
        tell(books.of(query).stale(query));
    }

    private void tell(Set<Query<?>> changed) {
        books.tell(changed, Thread.currentThread());
    }

    @Override
    public Map<Query<?>, Failure> read(Set<Query<?>> questions) {
        Map<Query<?>, CompletableFuture<Optional<Failure>>> asked = new HashMap<>();
        questions.forEach(query -> asked.put(query, desk.read(query, Thread.currentThread())));
        Map<Query<?>, Failure> failures = new HashMap<>();
        asked.forEach((query, answer) -> await(answer).ifPresent(failure -> failures.put(query, failure)));
        return failures;
    }

    /** Reads everything that anybody waits for, now, and returns when it is done. For tests. */
    public void poll() {
        Set<String> regions = new HashSet<>(interests.regions());
        regions.addAll(books.regions());
        List<CompletableFuture<Optional<Failure>>> reads = regions.stream()
                .flatMap(region -> catalogue.bulkReads().stream().map(read -> new BulkDesk.Key(region, read)))
                .filter(bulkLane::wanted)
                .map(bulk::readAnew)
                .toList();
        reads.forEach(AwsPoller::await);
    }

    /** Takes one look at what is due by the clock; {@link #start} does so many times a second. For tests. */
    public void tick() {
        rounds.tick();
    }

    /** Reads a region for the first time before anybody needs it. */
    public void use(String region) {
        bulkLane.use(region);
    }

    /** Whether the first reads of every region in use have ended, and AWS answered any of them. */
    public boolean ready() {
        return bulkLane.ready();
    }

    /** How old the oldest snapshot that anybody waits for is, by region; regions not read yet are missing. */
    public Map<String, Duration> snapshotAges() {
        Map<String, Duration> ages = new TreeMap<>();
        for (String region : interests.regions()) {
            catalogue.bulkReads().stream()
                    .map(read -> new BulkDesk.Key(region, read))
                    .filter(bulkLane::wanted)
                    .flatMap(key -> bulk.last(key).stream())
                    .map(Snapshot::startedAt)
                    .min(Instant::compareTo)
                    .ifPresent(at -> ages.put(region, Duration.between(at, clock.instant())));
        }
        return ages;
    }

    /** How often what was read. */
    public PollStats stats() {
        return stats;
    }

    /** How many things are looked at every few seconds because they are on their way to another state. */
    public int moving() {
        return fastLane.following();
    }

    /** How many reads wait for AWS. */
    public int readsUnderWay() {
        return underWay.get();
    }

    /** What no longer looks at AWS, if anything, though it should: only a restart mends that. */
    public Optional<String> stuck() {
        return rounds.stuckSince().map(at -> "AWS has not been looked at since " + at);
    }

    private void prune(AtomicReference<Instant> next, Instant now) {
        if (!now.isBefore(next.get())) {
            next.set(now.plus(Duration.ofMinutes(1)));
            books.regions().forEach(region -> books.of(region).prune(interests::any));
            desk.prune();
        }
    }

    private static Optional<Failure> await(CompletableFuture<Optional<Failure>> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(Failure.stopping("Read"));
        } catch (ExecutionException e) {
            throw new IllegalStateException("a read ended with an exception", e.getCause());
        }
    }

    @Override
    public void close() {
        rounds.close();
        onClose.run();
    }
}
