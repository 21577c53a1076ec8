package io.cacheoperator.observe;

import io.cacheoperator.core.BulkRead;
import io.cacheoperator.core.ChangeFeed;
import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Fetcher;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Observation.Source;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.QueryFamily;
import io.cacheoperator.core.Reads;
import io.cacheoperator.core.Result;
import io.cacheoperator.core.Sightings;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads AWS for all resources at once, and keeps what was read. The account's size decides what it costs, not the number of
 * resources. {@link #start} begins to look by itself (the leader only); until then it answers what it is asked.
 */
public final class AwsPoller implements Reads, View, Sightings, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AwsPoller.class);

    private final Fetcher fetcher;
    private final Catalogue catalogue;
    private final PollCadence cadence;
    private final InstantSource clock;
    private final Interests interests;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Calls<Query<?>, Optional<Failure>> single = new Calls<>(executor);
    private final Calls<BulkKey, Optional<Failure>> bulk = new Calls<>(executor);
    private final Map<String, RegionBook> books = new ConcurrentHashMap<>();
    private final List<Consumer<Set<Query<?>>>> listeners = new CopyOnWriteArrayList<>();
    private final Rounds rounds;

    private record BulkKey(String region, BulkRead read) {}

    public AwsPoller(
            Fetcher fetcher,
            List<BulkRead> bulkReads,
            ChangeFeed feed,
            List<QueryFamily<?, ?>> families,
            PollCadence cadence,
            InstantSource clock) {
        this.fetcher = fetcher;
        this.catalogue = new Catalogue(bulkReads, families);
        this.cadence = cadence;
        this.clock = clock;
        this.interests = new Interests();
        this.rounds = new Rounds(this, feed, catalogue, cadence, interests, clock, executor);
    }

    /** Begins to look by itself. */
    public void start() {
        rounds.start();
    }

    /** Who wants to know what; fed by the event sources. */
    public Interests interests() {
        return interests;
    }

    /** Told which answers of interest changed, whoever asked. Must not block. */
    public void onChange(Consumer<Set<Query<?>>> listener) {
        listeners.add(listener);
    }

    @Override
    public View view() {
        return this;
    }

    @Override
    public <T> Observation<T> get(Query<T> query) {
        return book(query.region()).get(query);
    }

    @Override
    public <T> void present(Query<T> query, T state) {
        Instant now = clock.instant();
        book(query.region()).write(query, new Observation.Present<>(state, now, Source.OWN_WRITE));
        rounds.seen(query, Optional.of(state));
    }

    @Override
    public void absent(Query<?> query) {
        absentAs(query);
        rounds.gone(query);
    }

    private <T> void absentAs(Query<T> query) {
        book(query.region()).write(query, new Observation.Absent<>(clock.instant(), Source.OWN_WRITE));
    }

    @Override
    public void stale(Query<?> query) {
        book(query.region()).stale(query);
    }

    @Override
    public Map<Query<?>, Failure> read(Set<Query<?>> questions) {
        Map<Query<?>, CompletableFuture<Optional<Failure>>> asked = new HashMap<>();
        for (Query<?> query : questions) {
            asked.put(query, ask(query, questions));
        }
        Map<Query<?>, Failure> failures = new HashMap<>();
        asked.forEach((query, answer) -> await(query, answer).ifPresent(f -> failures.put(query, f)));
        return failures;
    }

    /** By the bulk read where that is what it takes, or where nothing has been read yet; else by a call of its own. */
    private CompletableFuture<Optional<Failure>> ask(Query<?> query, Set<Query<?>> together) {
        Optional<BulkRead> read = catalogue.bulkOf(query);
        RegionBook book = book(query.region());
        if (read.isEmpty()) {
            return fetch(query);
        }
        Optional<Snapshot> known = book.snapshot(read.get());
        if (known.isEmpty()) {
            return bulk.join(new BulkKey(query.region(), read.get()), () -> readAll(query.region(), read.get()));
        }
        long alike =
                together.stream().filter(q -> catalogue.bulkOf(q).equals(read)).count();
        long cost = Math.max(alike, single.underWay()) * catalogue.cost(query, this);
        boolean confirms = book.get(query) instanceof Observation.Absent<?>;
        return !confirms && cost >= known.get().answers().calls() ? shared(query.region(), read.get()) : fetch(query);
    }

    /** The bulk read of a family, begun from now on, together with all who want it now. */
    CompletableFuture<Optional<Failure>> shared(String region, BulkRead read) {
        return bulk.after(new BulkKey(region, read), () -> readAll(region, read));
    }

    /** One call for one question. */
    CompletableFuture<Optional<Failure>> fetch(Query<?> query) {
        return single.join(query, () -> fetchNow(query));
    }

    private <T> Optional<Failure> fetchNow(Query<T> query) {
        Instant askedAt = clock.instant();
        Result<Observation<T>> result = fetcher.fetch(query, this);
        if (result instanceof Result.Ok<Observation<T>>(Observation<T> answer)) {
            RegionBook book = book(query.region());
            if (book.read(query, answer, askedAt)) {
                catalogue.dependents(query).forEach(follower -> outdated(follower, askedAt));
                tell(Set.of(query));
            }
            rounds.seen(query, book.get(query).found());
        }
        return result.error();
    }

    /** What follows from a changed answer and was read before it is worth nothing. */
    private void outdated(Query<?> follower, Instant changeSeen) {
        RegionBook book = book(follower.region());
        boolean older = catalogue
                .bulkOf(follower)
                .flatMap(book::snapshot)
                .map(s -> s.startedAt().isBefore(changeSeen))
                .orElse(false);
        if (older && interests.any(follower)) {
            book.stale(follower);
        }
    }

    private Optional<Failure> readAll(String region, BulkRead read) {
        Instant startedAt = clock.instant();
        return switch (read.readAll(region)) {
            case Result.Failed<?>(Failure failure) -> {
                LOG.info("{} in {}: {} {}", read.name(), region, failure.code(), failure.message());
                yield Optional.of(failure);
            }
            case Result.Ok<io.cacheoperator.core.Answers>(var answers) -> {
                RegionBook book = book(region);
                Set<Query<?>> changed = book.publish(read, new Snapshot(answers, startedAt), interests.queries());
                Set<Query<?>> told = new HashSet<>(changed);
                for (Query<?> query : interests.queries()) {
                    if (query.region().equals(region) && read.answers().contains(query.getClass())) {
                        look(query, book);
                    }
                }
                changed.forEach(query -> catalogue.dependents(query).forEach(f -> outdated(f, startedAt)));
                tell(told);
                yield Optional.empty();
            }
        };
    }

    private <T> void look(Query<T> query, RegionBook book) {
        rounds.seen(query, book.get(query).found());
    }

    private void tell(Set<Query<?>> changed) {
        if (!changed.isEmpty()) {
            listeners.forEach(listener -> listener.accept(changed));
        }
    }

    /** Reads everything of every region in use, now, and returns when it is done. For tests and for the first look. */
    public void poll() {
        Set<String> regions = new HashSet<>(interests.regions());
        regions.addAll(books.keySet());
        regions.stream()
                .flatMap(region -> catalogue.bulkReads().stream().map(read -> shared(region, read)))
                .toList()
                .forEach(answer -> await("bulk", answer));
    }

    /** Takes one look at what is due by the clock; {@link #start} does so many times a second. For tests. */
    public void tick() {
        rounds.tick();
    }

    /** Reads a region for the first time before anybody needs it. */
    public void use(String region) {
        book(region);
        rounds.use(region);
    }

    /** Whether every region in use has been read whole. */
    public boolean ready() {
        return books.values().stream().allMatch(RegionBook::complete);
    }

    /** How old the oldest snapshot of each region is; regions not read yet are missing. */
    public Map<String, Duration> snapshotAges() {
        Map<String, Duration> ages = new TreeMap<>();
        books.forEach((region, book) ->
                book.oldest().ifPresent(at -> ages.put(region, Duration.between(at, clock.instant()))));
        return ages;
    }

    RegionBook book(String region) {
        return books.computeIfAbsent(region, r -> new RegionBook(catalogue, clock));
    }

    private static Optional<Failure> await(Object what, CompletableFuture<Optional<Failure>> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(
                    new Failure(Failure.Kind.UNAVAILABLE, "Read", "Interrupted", "the operator is stopping"));
        } catch (ExecutionException e) {
            throw new IllegalStateException("reading " + what + " failed unexpectedly", e.getCause());
        }
    }

    @Override
    public void close() {
        rounds.close();
        executor.shutdownNow();
    }
}
