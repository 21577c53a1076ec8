package io.cacheoperator.observe;

import io.cacheoperator.core.ChangeFeed;
import io.cacheoperator.core.ChangeFeed.Change;
import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Asks each region's feed what happened, and has what it names read again, unless that was read since. */
final class FeedLane {

    private static final Logger LOG = LoggerFactory.getLogger(FeedLane.class);

    /** Entries may show up late: so far back the feed is asked again. */
    private static final Duration OVERLAP = Duration.ofMinutes(2);

    private final ChangeFeed feed;
    private final Books books;
    private final Interests interests;
    private final ReadDesk desk;
    private final PollStats stats;
    private final PollCadence cadence;
    private final InstantSource clock;
    private final Executor executor;
    private final Backoff<String> backoff;
    private final Map<String, Channel> channels = new ConcurrentHashMap<>();

    /**
     * How far a region's feed has been read.
     *
     * @param next when to ask again
     * @param asked when it was last asked, or first seen
     * @param seen the keys of entries in the overlap
     */
    private record Channel(Instant next, Instant asked, Set<String> seen) {}

    FeedLane(
            ChangeFeed feed,
            Books books,
            Interests interests,
            ReadDesk desk,
            PollStats stats,
            PollCadence cadence,
            InstantSource clock,
            Executor executor) {
        this.feed = feed;
        this.books = books;
        this.interests = interests;
        this.desk = desk;
        this.stats = stats;
        this.cadence = cadence;
        this.clock = clock;
        this.executor = executor;
        this.backoff = new Backoff<>(clock);
    }

    /** The first look comes half a period after a region's first bulk read, so that the two take turns. */
    void tick(Instant now) {
        for (String region : interests.regions()) {
            Channel channel = channels.computeIfAbsent(
                    region, r -> new Channel(now.plus(cadence.events().dividedBy(2)), now, Set.of()));
            if (!now.isBefore(channel.next()) && backoff.holding(region).isEmpty()) {
                Channel later = new Channel(now.plus(cadence.events()), channel.asked(), channel.seen());
                channels.put(region, later);
                executor.execute(() -> ask(region, later));
            }
        }
    }

    private void ask(String region, Channel channel) {
        Instant asked = clock.instant();
        Result<List<Change>> result =
                feed.lately(region, Duration.between(channel.asked(), asked).plus(OVERLAP));
        stats.count(PollStats.Lane.FEED, "DescribeEvents", result.error().isPresent());
        switch (result) {
            case Result.Ok<List<Change>>(List<Change> changes) -> {
                backoff.succeeded(region);
                wake(changes.stream()
                        .filter(change -> !channel.seen().contains(change.key()))
                        .toList());
                Set<String> seen = changes.stream().map(Change::key).collect(Collectors.toUnmodifiableSet());
                channels.put(region, new Channel(channel.next(), asked, seen));
            }
            case Result.Failed<List<Change>>(Failure failure) -> {
                boolean known = backoff.last(region)
                        .filter(last -> last.code().equals(failure.code()))
                        .isPresent();
                backoff.failed(region, failure);
                LOG.atLevel(known || failure.isStopping() ? Level.DEBUG : Level.WARN)
                        .log("No events of {}: {} {}", region, failure.code(), failure.message());
            }
        }
    }

    private void wake(List<Change> fresh) {
        Set<Query<?>> about = new HashSet<>();
        for (Change change : fresh) {
            change.about().stream()
                    .filter(interests::any)
                    .filter(query -> !readSince(query, change.at()))
                    .forEach(about::add);
        }
        about.forEach(query -> {
            var unused = desk.read(query, Thread.currentThread());
        });
    }

    private boolean readSince(Query<?> query, Instant at) {
        return switch (books.get(query)) {
            case Observation.Present<?> present -> present.asOf().isAfter(at);
            case Observation.Absent<?> absent -> absent.asOf().isAfter(at);
            case Observation.Unknown<?> unknown -> false;
        };
    }
}
