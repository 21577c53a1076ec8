package io.cacheoperator.observe;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets each lane see what is due, many times a second. */
final class Rounds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration LONGEST_ROUND = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final List<Consumer<Instant>> lanes;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("aws-poller").factory());
    private final AtomicReference<Optional<Instant>> last = new AtomicReference<>(Optional.empty());

    Rounds(InstantSource clock, List<Consumer<Instant>> lanes) {
        this.clock = clock;
        this.lanes = List.copyOf(lanes);
    }

    void start() {
        last.set(Optional.of(clock.instant()));
        var unused = ticker.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** One lane's bug does not stop the others, nor itself the next time. */
    void tick() {
        Instant now = clock.instant();
        last.set(Optional.of(now));
        for (Consumer<Instant> lane : lanes) {
            try {
                lane.accept(now);
            } catch (RuntimeException bug) {
                LOG.error("A look at AWS failed unexpectedly; the next one comes in time", bug);
            }
        }
    }

    /** Since when no round has begun, where that is so long that none ever will. Nothing is stuck before the first. */
    Optional<Instant> stuckSince() {
        return last.get().filter(at -> at.plus(LONGEST_ROUND).isBefore(clock.instant()));
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }
}
