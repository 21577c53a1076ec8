package io.cacheoperator.observe;

import io.cacheoperator.core.Query;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Who wants to know what: from each question to the resources that look at its answer. Thread-safe. */
public final class Interests {

    /** A resource of some kind. */
    public record Subscriber(String kind, String namespace, String name) {}

    private final Map<Subscriber, Set<Query<?>>> bySubscriber = new ConcurrentHashMap<>();
    private final Map<Query<?>, Set<Subscriber>> byQuery = new ConcurrentHashMap<>();

    /** Replaces what a resource looks at. */
    public synchronized void set(Subscriber subscriber, Set<Query<?>> queries) {
        Set<Query<?>> before = bySubscriber.getOrDefault(subscriber, Set.of());
        if (before.equals(queries)) {
            return;
        }
        for (Query<?> query : before) {
            if (!queries.contains(query)) {
                byQuery.computeIfPresent(query, (q, who) -> without(who, subscriber));
            }
        }
        for (Query<?> query : queries) {
            byQuery.merge(query, Set.of(subscriber), Interests::union);
        }
        if (queries.isEmpty()) {
            bySubscriber.remove(subscriber);
        } else {
            bySubscriber.put(subscriber, Set.copyOf(queries));
        }
    }

    /** A resource is gone. */
    public void remove(Subscriber subscriber) {
        set(subscriber, Set.of());
    }

    boolean any(Query<?> query) {
        return byQuery.containsKey(query);
    }

    Set<Subscriber> of(Query<?> query) {
        return byQuery.getOrDefault(query, Set.of());
    }

    Set<Query<?>> queries() {
        return byQuery.keySet();
    }

    Set<String> regions() {
        return byQuery.keySet().stream().map(Query::region).collect(Collectors.toSet());
    }

    private static Set<Subscriber> union(Set<Subscriber> a, Set<Subscriber> b) {
        Set<Subscriber> both = new HashSet<>(a);
        both.addAll(b);
        return Set.copyOf(both);
    }

    @SuppressWarnings("NullAway") // null is how computeIfPresent takes an entry out
    private static Set<Subscriber> without(Set<Subscriber> who, Subscriber gone) {
        Set<Subscriber> rest = new HashSet<>(who);
        rest.remove(gone);
        return rest.isEmpty() ? null : Set.copyOf(rest);
    }
}
