package io.cacheoperator.core;

import java.util.Map;

/**
 * One list call (all of its pages) that answers a whole family of questions for a region. It either returns
 * everything or fails: a read that broke on page two must never look like the absence of what page two held.
 *
 * @param <Q> the questions it answers
 * @param <T> their answers
 */
public interface BulkRead<Q extends Query<T>, T> {

    /** Name for metrics and logs: the AWS operation, such as {@code DescribeReplicationGroups}. */
    String name();

    /** The query class whose absence this read states. */
    Class<Q> answers();

    /** Everything there is in this region. */
    Result<Map<Q, T>> readAll(String region);
}
