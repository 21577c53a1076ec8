package io.cacheoperator.core;

/** Asks the outside world one question: one targeted call, or a few pages of one. */
public interface Fetcher {

    /**
     * A present value, an absence that the service itself stated, or why neither could be had.
     *
     * @param known what has been read already, for questions that can be asked cheaper by who knows more (the members
     *     of a replication group have no call of their own)
     */
    <T> Result<Observation<T>> fetch(Query<T> query, View known);
}
