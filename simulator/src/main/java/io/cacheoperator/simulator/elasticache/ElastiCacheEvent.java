package io.cacheoperator.simulator.elasticache;

import java.time.Instant;
import software.amazon.awssdk.services.elasticache.model.Event;

/**
 * Something that happened to a resource, as DescribeEvents tells it.
 *
 * @param number counts up in a region
 */
record ElastiCacheEvent(long number, Instant date, String sourceType, String sourceId, String message) {
    /** A key in whose order the newest event comes first. */
    String newestFirst() {
        return "%019d-%019d".formatted(Long.MAX_VALUE - date.toEpochMilli(), Long.MAX_VALUE - number);
    }

    Event shown() {
        return Event.builder()
                .date(date)
                .sourceType(sourceType)
                .sourceIdentifier(sourceId)
                .message(message)
                .build();
    }
}
