package io.cacheoperator.aws;

import java.time.Instant;

/** An entry of DescribeEvents. @param sourceType such as {@code replication-group} or {@code cache-cluster} */
public record EventState(String sourceId, String sourceType, String message, Instant date) {}
