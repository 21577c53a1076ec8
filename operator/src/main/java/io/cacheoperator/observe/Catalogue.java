package io.cacheoperator.observe;

import io.cacheoperator.core.BulkRead;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.QueryFamily;
import io.cacheoperator.core.View;
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

    private Optional<QueryFamily<?, ?>> family(Query<?> query) {
        return Optional.ofNullable(families.get(query.getClass()));
    }

    /** How long the answer of a single read is good. */
    Duration maxAge(Query<?> query) {
        return family(query).map(QueryFamily::maxAge).orElse(DEFAULT_AGE);
    }

    boolean refreshed(Query<?> query) {
        return family(query).map(QueryFamily::refresh).orElse(false);
    }

    /** Whether a state of this question is on its way to another. */
    boolean moving(Query<?> query, Object state) {
        return typed(query).map(family -> family.moving().test(state)).orElse(false);
    }

    /** Questions whose answers follow from this one's. */
    Set<Query<?>> dependents(Query<?> query) {
        return typed(query)
                .map(family -> family.dependents().apply(typedQuery(query)))
                .orElse(Set.of());
    }

    /** How many calls one single read takes. */
    int cost(Query<?> query, View known) {
        return typed(query)
                .map(family -> family.cost().calls(typedQuery(query), known))
                .orElse(1);
    }

    /** Families are kept under the class of their questions, and a question names the type of its states. */
    @SuppressWarnings("unchecked")
    private Optional<QueryFamily<Query<Object>, Object>> typed(Query<?> query) {
        return family(query).map(family -> (QueryFamily<Query<Object>, Object>) family);
    }

    @SuppressWarnings("unchecked")
    private static Query<Object> typedQuery(Query<?> query) {
        return (Query<Object>) query;
    }
}
