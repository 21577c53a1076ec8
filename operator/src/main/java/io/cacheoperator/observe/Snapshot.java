package io.cacheoperator.observe;

import io.cacheoperator.core.Answers;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Observation.Source;
import io.cacheoperator.core.Query;
import java.time.Instant;

/**
 * What one bulk read of one region found. Immutable.
 *
 * @param order when the read began, in the order of all reads and writes of its region
 * @param startedAt when the read began: what we wrote after that is not in it
 */
record Snapshot(Answers answers, long order, Instant startedAt) {

    <T> Observation<T> observe(Query<T> query) {
        return answers.get(query)
                .<Observation<T>>map(state -> new Observation.Present<>(state, startedAt, Source.BULK))
                .orElseGet(() -> new Observation.Absent<>(startedAt, Source.BULK));
    }
}
