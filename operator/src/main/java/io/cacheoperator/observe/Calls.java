package io.cacheoperator.observe;

import io.cacheoperator.core.Failure;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Has each thing read once for all who want it at the same time. Who needs an answer newer than the read under way shares
 * the one after it.
 *
 * @param <K> what is read
 */
final class Calls<K> {

    private final Map<K, Call> calls = new HashMap<>();
    private final Starter<K> starter;

    /** Begins a read. */
    @FunctionalInterface
    interface Starter<K> {
        /** @param by the thread that first asked for it */
        Started start(K key, Thread by);
    }

    /**
     * A read under way.
     *
     * @param order when it began
     * @param end completes with the failure, if any; never exceptionally
     */
    record Started(long order, CompletableFuture<Optional<Failure>> end) {}

    /** @param next begins when this has ended; null if nobody needs it */
    private record Call(Started started, @Nullable CompletableFuture<Optional<Failure>> next) {
        boolean ended() {
            return started.end().isDone();
        }
    }

    Calls(Starter<K> starter) {
        this.starter = starter;
    }

    /** The end of a read that began after {@code notBefore}, or begins now. */
    CompletableFuture<Optional<Failure>> read(K key, long notBefore, Thread by) {
        synchronized (calls) {
            Call call = calls.get(key);
            if (call == null || call.ended()) {
                return start(key, by);
            }
            if (call.started().order() > notBefore) {
                return call.started().end();
            }
            if (call.next() != null) {
                return call.next();
            }
            CompletableFuture<Optional<Failure>> next = call.started().end().thenCompose(ended -> after(key, by));
            calls.put(key, new Call(call.started(), next));
            return next;
        }
    }

    /** Whether a read is under way. */
    boolean underWay(K key) {
        synchronized (calls) {
            Call call = calls.get(key);
            return call != null && !call.ended();
        }
    }

    private CompletableFuture<Optional<Failure>> after(K key, Thread by) {
        synchronized (calls) {
            Call newer = calls.get(key);
            return newer != null && !newer.ended() ? newer.started().end() : start(key, by);
        }
    }

    private CompletableFuture<Optional<Failure>> start(K key, Thread by) {
        Started started = starter.start(key, by);
        calls.put(key, new Call(started, null));
        var unused = started.end().thenRun(() -> forget(key, started));
        return started.end();
    }

    private void forget(K key, Started started) {
        synchronized (calls) {
            Call call = calls.get(key);
            if (call != null && call.started() == started && call.next() == null) {
                calls.remove(key);
            }
        }
    }
}
