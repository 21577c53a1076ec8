package io.cacheoperator.observe;

import io.cacheoperator.core.BulkRead;
import io.cacheoperator.core.Query;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Who wants to know what: from each question to the resources that look at its answer. Thread-safe. */
public final class Interests {

    /** A resource of some kind. */
    public record Subscriber(String kind, String namespace, String name) {}

    /** All questions of one class in one region. */
    private record Family(String region, Class<?> type) {
        static Family of(Query<?> query) {
            return new Family(query.region(), query.getClass());
        }
    }

    private final Map<Subscriber, Set<Query<?>>> bySubscriber = new HashMap<>();
    private final Map<Query<?>, Set<Subscriber>> byQuery = new HashMap<>();
    private final Map<Family, Set<Query<?>>> byFamily = new HashMap<>();
    private final List<Consumer<Set<Query<?>>>> listeners = new CopyOnWriteArrayList<>();

    /** Told of questions that nobody was interested in before. */
    void onNew(Consumer<Set<Query<?>>> listener) {
        listeners.add(listener);
    }

    /** Replaces what a resource looks at. */
    public void set(Subscriber subscriber, Set<Query<?>> queries) {
        Set<Query<?>> fresh = replace(subscriber, Set.copyOf(queries));
        if (!fresh.isEmpty()) {
            listeners.forEach(listener -> listener.accept(fresh));
        }
    }

    /** A resource is gone. */
    public void remove(Subscriber subscriber) {
        set(subscriber, Set.of());
    }

    private synchronized Set<Query<?>> replace(Subscriber subscriber, Set<Query<?>> queries) {
        Set<Query<?>> before =
                queries.isEmpty() ? bySubscriber.remove(subscriber) : bySubscriber.put(subscriber, queries);
        Set<Query<?>> fresh = new HashSet<>();
        for (Query<?> query : queries) {
            if (byFamily.computeIfAbsent(Family.of(query), f -> new HashSet<>()).add(query)) {
                fresh.add(query);
            }
            byQuery.computeIfAbsent(query, q -> new HashSet<>()).add(subscriber);
        }
        if (before != null) {
            before.stream().filter(query -> !queries.contains(query)).forEach(query -> drop(subscriber, query));
        }
        return fresh;
    }

    private void drop(Subscriber subscriber, Query<?> query) {
        Set<Subscriber> who = byQuery.getOrDefault(query, Set.of());
        who.remove(subscriber);
        if (who.isEmpty()) {
            byQuery.remove(query);
            Set<Query<?>> family = byFamily.getOrDefault(Family.of(query), Set.of());
            family.remove(query);
            if (family.isEmpty()) {
                byFamily.remove(Family.of(query));
            }
        }
    }

    synchronized boolean any(Query<?> query) {
        return byQuery.containsKey(query);
    }

    /** What a resource looks at. */
    synchronized Set<Query<?>> of(Subscriber subscriber) {
        return bySubscriber.getOrDefault(subscriber, Set.of());
    }

    /** Whoever looks at one of these. */
    synchronized Set<Subscriber> of(Set<Query<?>> queries) {
        return queries.stream()
                .flatMap(query -> byQuery.getOrDefault(query, Set.of()).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    synchronized Set<Query<?>> queries() {
        return Set.copyOf(byQuery.keySet());
    }

    synchronized Set<String> regions() {
        return byFamily.keySet().stream().map(Family::region).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether anybody waits for what this bulk read answers. */
    synchronized boolean anyAnsweredBy(String region, BulkRead read) {
        return read.answers().stream().anyMatch(type -> byFamily.containsKey(new Family(region, type)));
    }

    /** The questions of this region that this bulk read answers. */
    synchronized Set<Query<?>> answeredBy(String region, BulkRead read) {
        return read.answers().stream()
                .flatMap(type -> byFamily.getOrDefault(new Family(region, type), Set.of()).stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
