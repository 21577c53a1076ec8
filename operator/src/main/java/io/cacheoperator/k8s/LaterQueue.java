package io.cacheoperator.k8s;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can wait until what matters is done: begun a while after it came, one thing after the other and forty a second at most, so
 * that a hundred caches made at once do not share the API server with what is told of them. The oldest goes first; what comes
 * to a full queue is dropped.
 */
final class LaterQueue {

    private static final Logger LOG = LoggerFactory.getLogger(LaterQueue.class);

    static final Duration APART = Duration.ofMillis(25);
    private static final int QUEUED = 2_000;

    private final Duration after;
    private final Timer timer;
    private final Queue<BooleanSupplier> queue = new ArrayDeque<>();
    private boolean scheduled;

    /** Has something run once, after a while, on one and the same thread. */
    @FunctionalInterface
    interface Timer {
        void after(Duration wait, Runnable what);
    }

    /** @param after from what comes to an empty queue to its begin */
    LaterQueue(Duration after, Timer timer) {
        this.after = after;
        this.timer = timer;
    }

    /** @param what says whether it cost anything: what did not makes nothing else wait */
    synchronized void add(BooleanSupplier what) {
        if (queue.size() < QUEUED) {
            queue.add(what);
            if (!scheduled) {
                scheduled = true;
                timer.after(after, this::next);
            }
        }
    }

    private void next() {
        Optional<BooleanSupplier> first = poll();
        while (first.isPresent() && !run(first.get())) {
            first = poll();
        }
        if (first.isPresent()) {
            timer.after(APART, this::next);
        }
    }

    private static boolean run(BooleanSupplier what) {
        try {
            return what.getAsBoolean();
        } catch (RuntimeException bug) {
            LOG.error("What was queued failed unexpectedly; going on with the next", bug);
            return true;
        }
    }

    private synchronized Optional<BooleanSupplier> poll() {
        scheduled = !queue.isEmpty();
        return Optional.ofNullable(queue.poll());
    }

    /** Runs all that is left, now and here, unless the thread is interrupted. */
    void drain() {
        Optional<BooleanSupplier> next = poll();
        while (next.isPresent() && !Thread.currentThread().isInterrupted()) {
            run(next.get());
            next = poll();
        }
    }
}
