package io.cacheoperator.observe;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Runs each call once for all who want its answer at the same time. */
final class Calls<K, V> {

    private final Executor executor;
    private final Map<K, CompletableFuture<V>> running = new ConcurrentHashMap<>();
    private final Map<K, CompletableFuture<V>> next = new ConcurrentHashMap<>();

    Calls(Executor executor) {
        this.executor = executor;
    }

    /** Joins the call under way, or begins one. */
    CompletableFuture<V> join(K key, Supplier<V> call) {
        CompletableFuture<V> mine = new CompletableFuture<>();
        CompletableFuture<V> theirs = running.putIfAbsent(key, mine);
        return theirs == null ? begin(key, mine, call) : theirs;
    }

    /** A call that begins from now on: one under way may have looked before what its caller wants to see. */
    synchronized CompletableFuture<V> after(K key, Supplier<V> call) {
        CompletableFuture<V> underWay = running.get(key);
        if (underWay == null) {
            return join(key, call);
        }
        return next.computeIfAbsent(
                key,
                k -> underWay.handle((value, thrown) -> key)
                        .thenComposeAsync(
                                k2 -> {
                                    next.remove(key);
                                    return join(key, call);
                                },
                                executor));
    }

    int underWay() {
        return running.size();
    }

    private CompletableFuture<V> begin(K key, CompletableFuture<V> mine, Supplier<V> call) {
        executor.execute(() -> {
            try {
                V value = call.get();
                running.remove(key, mine);
                mine.complete(value);
            } catch (RuntimeException | Error thrown) {
                running.remove(key, mine);
                mine.completeExceptionally(thrown);
            }
        });
        return mine;
    }
}
