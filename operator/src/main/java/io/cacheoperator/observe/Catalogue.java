package io.cacheoperator.observe;

import io.cacheoperator.core.BulkRead;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.QueryFamily;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known of each class of question: its family, and the bulk read that answers it, if one does. */
final class Catalogue {

    static final Duration DEFAULT_AGE = Duration.ofMinutes(5);

    private final List<BulkRead> bulkReads;
    private final Map<Class<?>, BulkRead> bulkOf = new HashMap<>();
    private final Map<Class<?>, QueryFamily<?, ?>> families = new HashMap<>();

    Catalogue(List<BulkRead> bulkReads, List<QueryFamily<?, ?>> families) {
        this.bulkReads = List.copyOf(bulkReads);
        bulkReads.forEach(read -> read.answers().forEach(type -> bulkOf.put(type, read)));
        families.forEach(family -> this.families.put(family.type(), family));
    }

    List<BulkRead> bulkReads() {
        return bulkReads;
    }

    Optional<BulkRead> bulkOf(Query<?> query) {
        return Optional.ofNullable(bulkOf.get(query.getClass()));
    }

    Optional<QueryFamily<?, ?>> family(Query<?> query) {
        return Optional.ofNullable(families.get(query.getClass()));
    }

    /** Whether a state is on its way to another. A family's predicate takes the states of its own questions only. */
    @SuppressWarnings("unchecked")
    <T> boolean moving(Query<T> query, T state) {
        return family(query)
                .map(family -> ((QueryFamily<Query<T>, T>) family).moving().test(state))
                .orElse(false);
    }

    /** Questions whose answers follow from this one's. */
    @SuppressWarnings("unchecked")
    <T> Set<Query<?>> dependents(Query<T> query) {
        return family(query)
                .map(family -> ((QueryFamily<Query<T>, T>) family).dependents().apply(query))
                .orElse(Set.of());
    }

    /** How many calls one single read takes. */
    @SuppressWarnings("unchecked")
    <T> int cost(Query<T> query, io.cacheoperator.core.View known) {
        return family(query)
                .map(family -> ((QueryFamily<Query<T>, T>) family).cost().calls(query, known))
                .orElse(1);
    }

    boolean refreshed(Query<?> query) {
        return family(query).map(QueryFamily::refresh).orElse(false);
    }
}
