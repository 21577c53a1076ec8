package io.cacheoperator.probe;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every Ready cache now and then how it is, away from the threads that reconcile. Tells who listens when what it says of
 * a cache changes, and only then.
 */
public final class Prober implements Reachabilities, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Prober.class);

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(3);

    /** After a start all caches are asked within this time, or within one interval where that is shorter. */
    private static final Duration FIRST_LOOKS = Duration.ofSeconds(5);

    /** A result that would change what is said is confirmed after this time, or one interval where that is shorter. */
    private static final Duration SECOND_LOOK = Duration.ofSeconds(10);

    /** Of the interval: so much earlier or later, so that caches do not march in step. */
    private static final double JITTER = 0.1;

    /**
     * Threads of the platform, not virtual ones: resolving a name blocks the thread that carries a virtual one, and where
     * DNS is broken all other virtual threads of the operator would stand still with it.
     */
    private static final int AT_A_TIME = 16;

    private final Duration interval;
    private final NodeLines lines;
    private final InstantSource clock;
    private final DoubleSupplier random;
    private final ProbeListener meters;
    private final List<Consumer<CacheKey>> listeners = new CopyOnWriteArrayList<>();
    private final Map<CacheKey, Watched> watched = new ConcurrentHashMap<>();
    private final ExecutorService threads = pool();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(threads("probe-ticker"));
    private final AtomicBoolean closed = new AtomicBoolean();

    /** One cache. Its connections are used by the round that {@code underWay} stands for, and by nobody else. */
    private static final class Watched {

        private final CacheLines lines;
        private final AtomicBoolean underWay = new AtomicBoolean();
        private volatile Instant due;
        private volatile Debounce debounce = Debounce.start();

        Watched(CacheLines lines, Instant due) {
            this.lines = lines;
            this.due = due;
        }
    }

    Prober(Duration interval, NodeLines lines, InstantSource clock, DoubleSupplier random, ProbeListener meters) {
        this.interval = interval;
        this.lines = lines;
        this.clock = clock;
        this.random = random;
        this.meters = meters;
    }

    /**
     * One that really connects.
     *
     * @param interval between two rounds of one cache
     * @param tls asked when a node with TLS is first connected to
     * @param random from 0 to 1
     */
    public static Prober connecting(
            Duration interval,
            Supplier<SSLSocketFactory> tls,
            InstantSource clock,
            DoubleSupplier random,
            ProbeListener meters) {
        NodeSockets sockets = new NodeSockets(CONNECT, ANSWER, tls);
        return new Prober(interval, (target, node) -> open(sockets, target, node), clock, random, meters);
    }

    private static NodeLine open(NodeSockets sockets, ProbeTarget target, ProbeNode node) throws ProbeException {
        return switch (target.protocol()) {
            case REDIS -> RedisLine.open(sockets, node, target.tls(), target.login());
            case MEMCACHED -> MemcachedLine.open(sockets, node, target.tls());
        };
    }

    /** Told when what {@link #of} says of a cache has changed. Must not block. */
    public void onChange(Consumer<CacheKey> listener) {
        listeners.add(listener);
    }

    /** Begins to look by itself (the leader only). */
    public void start(ProbeSource source) {
        long millis = Math.clamp(interval.toMillis() / 10, 20, 1_000);
        ticker.scheduleWithFixedDelay(() -> safely(() -> tick(source)), millis, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public Reachability of(CacheKey cache) {
        Watched state = watched.get(cache);
        return state == null ? new Reachability.NotKnown() : state.debounce.said();
    }

    /** Sends off the rounds that are due. */
    void tick(ProbeSource source) {
        Set<CacheKey> caches = source.caches();
        Instant now = clock.instant();
        for (CacheKey cache : caches) {
            Watched state = watched.computeIfAbsent(cache, key -> new Watched(new CacheLines(lines), firstLook(now)));
            if (!now.isBefore(state.due) && state.underWay.compareAndSet(false, true)) {
                state.due = now.plus(scaled(interval, 1 + JITTER * (2 * random.getAsDouble() - 1)));
                threads.execute(() -> round(cache, state, source));
            }
        }
        watched.forEach((cache, state) -> {
            if (!caches.contains(cache) && state.underWay.compareAndSet(false, true)) {
                watched.remove(cache);
                state.lines.close();
                meters.gone(cache);
            }
        });
    }

    private Instant firstLook(Instant now) {
        return now.plus(scaled(shorter(interval, FIRST_LOOKS), random.getAsDouble()));
    }

    private void round(CacheKey cache, Watched state, ProbeSource source) {
        try {
            safely(() -> {
                Optional<ProbeTarget> target = source.target(cache);
                if (target.isPresent() && !target.get().nodes().isEmpty()) {
                    probed(cache, state, state.lines.round(target.get()));
                } else {
                    state.lines.close();
                    meters.gone(cache);
                }
            });
        } finally {
            if (closed.get()) {
                state.lines.close();
            }
            state.underWay.set(false);
        }
    }

    private void probed(CacheKey cache, Watched state, List<NodeResult> results) {
        Instant at = clock.instant();
        meters.probed(cache, results);
        Debounce before = state.debounce;
        Debounce after = before.next(Reachability.of(results));
        state.debounce = after;
        if (after.undecided()) {
            state.due = at.plus(shorter(interval, SECOND_LOOK));
        }
        if (!after.said().equals(before.said())) {
            LOG.info("{}: {}", cache, after.said());
            listeners.forEach(listener -> listener.accept(cache));
        }
    }

    /** A bug in one round must not end all others. */
    private static void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException unexpected) {
            LOG.error("A probe failed unexpectedly", unexpected);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration scaled(Duration duration, double factor) {
        return Duration.ofMillis(Math.round(duration.toMillis() * factor));
    }

    private static ExecutorService pool() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                AT_A_TIME, AT_A_TIME, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads("probe-"));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory threads(String name) {
        return Thread.ofPlatform().daemon().name(name, 0).factory();
    }

    @Override
    public void close() {
        closed.set(true);
        ticker.shutdownNow();
        threads.shutdownNow();
        watched.values().forEach(state -> {
            if (state.underWay.compareAndSet(false, true)) {
                state.lines.close();
            }
        });
    }
}
