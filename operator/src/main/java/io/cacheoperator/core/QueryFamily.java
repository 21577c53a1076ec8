package io.cacheoperator.core;

import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a reader must know of all questions of one class.
 *
 * @param maxAge how long the answer to a single read is good; after that it is unknown again. Does not concern answers
 *     of a {@link BulkRead}, which the next one replaces
 * @param refresh whether answers that a resource is interested in are read again one by one on a slow round: for what
 *     has no bulk read and still must be watched
 * @param moving whether a state is on its way to another, so that it is worth a look every few seconds
 * @param dependents questions whose answers follow from this one's: a change here, or our write to it, makes older
 *     answers to them worthless
 * @param cost how many calls one single read takes, given what is known; 1 for most
 */
public record QueryFamily<Q extends Query<T>, T>(
        Class<Q> type,
        Duration maxAge,
        boolean refresh,
        Predicate<T> moving,
        Function<Q, Set<Query<?>>> dependents,
        Cost<Q> cost) {

    /** How many calls a single read takes. */
    @FunctionalInterface
    public interface Cost<Q> {
        int calls(Q query, View known);
    }

    /** A family whose answers stand alone, never move, and cost one call each. */
    public static <Q extends Query<T>, T> QueryFamily<Q, T> of(Class<Q> type, Duration maxAge) {
        return new QueryFamily<>(type, maxAge, false, state -> false, query -> Set.of(), (query, known) -> 1);
    }

    public QueryFamily<Q, T> refreshed() {
        return new QueryFamily<>(type, maxAge, true, moving, dependents, cost);
    }

    public QueryFamily<Q, T> movingWhile(Predicate<T> predicate) {
        return new QueryFamily<>(type, maxAge, refresh, predicate, dependents, cost);
    }

    public QueryFamily<Q, T> leading(Function<Q, Set<Query<?>>> followers) {
        return new QueryFamily<>(type, maxAge, refresh, moving, followers, cost);
    }

    public QueryFamily<Q, T> costing(Cost<Q> calls) {
        return new QueryFamily<>(type, maxAge, refresh, moving, dependents, calls);
    }
}
