package io.cacheoperator.core;

import java.util.Set;

/**
 * One list call (all of its pages) that answers one or more whole families of questions for a region. It either
 * returns everything or fails: a read that broke on page two must never look like the absence of what page two held.
 */
public interface BulkRead {

    /** Name for metrics and logs: the AWS operation, such as {@code DescribeReplicationGroups}. */
    String name();

    /** The query classes whose absence this read states: what they ask for and it does not hold is not there. */
    Set<Class<? extends Query<?>>> answers();

    /** How often it is worth its calls, as a multiple of the poller's bulk period. At least 1. */
    int everyPeriods();

    /** Everything there is in this region. */
    Result<Answers> readAll(String region);
}
