package io.cacheoperator.core;

/** Answers questions from what has been read already. Never blocks, never calls out. */
@FunctionalInterface
public interface View {

    /** The best answer known now; {@link Observation.Unknown} if nobody has looked, or the answer is too old. */
    <T> Observation<T> get(Query<T> query);
}
