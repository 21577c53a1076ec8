package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.View;
import java.util.Optional;

/**
 * A question and the answer that was known when this pass began.
 *
 * @param query what to ask to know more; empty where the question cannot even be put yet
 */
public record Fact<T>(Optional<Query<T>> query, Observation<T> answer) {

    static <T> Fact<T> of(Query<T> query, View view) {
        return new Fact<>(Optional.of(query), view.get(query));
    }

    /** A question that cannot be put yet, or need not be. */
    static <T> Fact<T> unasked(String why) {
        return new Fact<>(Optional.empty(), Observation.unknown(why));
    }

    public boolean isUnknown() {
        return answer.isUnknown();
    }

    /** How AWS refused to say, where the operator lacks the permission. */
    public Optional<Failure> refusal() {
        return answer.refusal();
    }

    public boolean isAbsent() {
        return answer.isAbsent();
    }

    public boolean isConfirmedAbsent() {
        return answer.isConfirmedAbsent();
    }

    /** The state if present. Use only where unknown and absent mean the same. */
    public Optional<T> found() {
        return answer.found();
    }
}
