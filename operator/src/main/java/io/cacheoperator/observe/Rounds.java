package io.cacheoperator.observe;

import io.cacheoperator.core.BulkRead;
import io.cacheoperator.core.ChangeFeed;
import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is looked at when: everything now and then, what moves often, what the event feed names at once. */
final class Rounds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration FEED_OVERLAP = Duration.ofMinutes(2);

    private final AwsPoller poller;
    private final ChangeFeed feed;
    private final Catalogue catalogue;
    private final PollCadence cadence;
    private final Interests interests;
    private final InstantSource clock;
    private final Executor executor;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("aws-poller").factory());
    private final Map<String, Region> regions = new ConcurrentHashMap<>();
    private final Map<Query<?>, Track> moving = new ConcurrentHashMap<>();

    /** Something in motion. @param since when it was first seen so @param next when to look again */
    private record Track(Instant since, Instant next) {}

    /** The timetable of one region; only the ticker changes it. */
    private static final class Region {
        private volatile Instant nextBulk;
        private volatile Instant nextEvents;
        private volatile Instant eventsFrom;
        private volatile int failures;
        private final AtomicBoolean reading = new AtomicBoolean();
        private final Map<BulkRead, Instant> sharedAt = new HashMap<>();
        private final Set<String> seenEvents = ConcurrentHashMap.newKeySet();

        Region(Instant now, Duration events) {
            this.nextBulk = now;
            this.nextEvents = now.plus(events);
            this.eventsFrom = now;
        }
    }

    Rounds(
            AwsPoller poller,
            ChangeFeed feed,
            Catalogue catalogue,
            PollCadence cadence,
            Interests interests,
            InstantSource clock,
            Executor executor) {
        this.poller = poller;
        this.feed = feed;
        this.catalogue = catalogue;
        this.cadence = cadence;
        this.interests = interests;
        this.clock = clock;
        this.executor = executor;
    }

    void start() {
        ticker.scheduleWithFixedDelay(this::tickSafely, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    void use(String region) {
        regions.computeIfAbsent(region, r -> new Region(clock.instant(), cadence.events()));
    }

    /** An answer was had: keep an eye on it while it moves. */
    <T> void seen(Query<T> query, Optional<T> state) {
        if (state.isEmpty() || !catalogue.moving(query, state.get())) {
            gone(query);
            return;
        }
        Instant now = clock.instant();
        moving.compute(
                query,
                (q, track) -> track == null
                        ? new Track(now, now.plus(cadence.firstLook()))
                        : new Track(track.since(), now.plus(cadence.nextLook(Duration.between(track.since(), now)))));
    }

    void gone(Query<?> query) {
        moving.remove(query);
    }

    private void tickSafely() {
        try {
            tick();
        } catch (RuntimeException bug) {
            LOG.error("A look at AWS failed unexpectedly; the next one comes in time", bug);
        }
    }

    void tick() {
        interests.regions().forEach(this::use);
        Instant now = clock.instant();
        regions.forEach((name, region) -> {
            if (!now.isBefore(region.nextBulk) && region.reading.compareAndSet(false, true)) {
                everything(name, region);
            }
            if (!now.isBefore(region.nextEvents)) {
                region.nextEvents = now.plus(cadence.events());
                executor.execute(() -> events(name, region));
            }
        });
        lookAtWhatMoves(now);
    }

    private void everything(String name, Region region) {
        region.nextBulk = clock.instant()
                .plus(cadence.nextBulk(ThreadLocalRandom.current().nextDouble()));
        List<CompletableFuture<Optional<Failure>>> reads = catalogue.bulkReads().stream()
                .map(read -> poller.shared(name, read))
                .toList();
        CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new)).whenComplete((done, thrown) -> {
            boolean failed =
                    thrown != null || reads.stream().anyMatch(r -> r.join().isPresent());
            region.failures = failed ? region.failures + 1 : 0;
            if (failed) {
                region.nextBulk = clock.instant().plus(cadence.retryBulk(region.failures));
            }
            region.reading.set(false);
        });
        refreshOldest(name);
    }

    /** What has no bulk read is read again in turn, the oldest answers first. */
    private void refreshOldest(String name) {
        interests.queries().stream()
                .filter(q -> q.region().equals(name) && catalogue.refreshed(q))
                .filter(q -> poller.book(name).notedAt(q).isPresent())
                .sorted(Comparator.comparing(q -> poller.book(name).notedAt(q).orElse(Instant.MIN)))
                .limit(cadence.refreshes())
                .forEach(poller::fetch);
    }

    private void lookAtWhatMoves(Instant now) {
        moving.keySet().removeIf(query -> !interests.any(query));
        Set<Query<?>> led = moving.keySet().stream()
                .flatMap(query -> catalogue.dependents(query).stream())
                .collect(Collectors.toSet());
        Map<String, List<Query<?>>> due = moving.entrySet().stream()
                .filter(e -> !led.contains(e.getKey()))
                .filter(e -> !now.isBefore(e.getValue().next()))
                .map(Map.Entry::getKey)
                .collect(Collectors.groupingBy(Query::region));
        due.forEach((region, queries) -> look(region, queries, now));
    }

    /** One by one while they are fewer than the pages of the bulk read. */
    private void look(String regionName, List<Query<?>> due, Instant now) {
        use(regionName);
        Region region = regions.get(regionName);
        Map<Optional<BulkRead>, List<Query<?>>> byRead = due.stream().collect(Collectors.groupingBy(catalogue::bulkOf));
        byRead.forEach((read, queries) -> {
            int calls = read.flatMap(poller.book(regionName)::snapshot)
                    .map(s -> s.answers().calls())
                    .orElse(Integer.MAX_VALUE);
            int cost = queries.stream().mapToInt(q -> catalogue.cost(q, poller)).sum();
            if (read.isEmpty() || cost < calls || region == null) {
                queries.forEach(query -> {
                    postpone(query, now);
                    poller.fetch(query);
                });
            } else if (lately(region, read.get(), now)) {
                region.sharedAt.put(read.get(), now);
                queries.forEach(query -> postpone(query, now));
                poller.shared(regionName, read.get());
            }
        });
    }

    /** Things that began to move within a second share one look. */
    private static boolean lately(Region region, BulkRead read, Instant now) {
        Instant last = region.sharedAt.get(read);
        return last == null || !now.isBefore(last.plus(PollCadence.SHARED_LOOK));
    }

    private void postpone(Query<?> query, Instant now) {
        moving.computeIfPresent(
                query,
                (q, track) ->
                        new Track(track.since(), now.plus(cadence.nextLook(Duration.between(track.since(), now)))));
    }

    private void events(String name, Region region) {
        Instant asked = clock.instant();
        if (!(feed.since(name, region.eventsFrom) instanceof Result.Ok<List<ChangeFeed.Change>>(var changes))) {
            return;
        }
        Set<Query<?>> about = new HashSet<>();
        for (ChangeFeed.Change change : changes) {
            if (region.seenEvents.add(change.key())) {
                change.about().stream().filter(interests::any).forEach(about::add);
            }
        }
        region.seenEvents.retainAll(changes.stream().map(ChangeFeed.Change::key).collect(Collectors.toSet()));
        region.eventsFrom = asked.minus(FEED_OVERLAP);
        about.forEach(poller::fetch);
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }
}
