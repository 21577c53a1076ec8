package io.cacheoperator.core;

/** Asks the outside world one question: one targeted call, or a few pages of one. */
public interface Fetcher {

    /** A present value, an absence that the service itself stated, or why neither could be had. */
    <T> Result<Observation<T>> fetch(Query<T> query);
}
