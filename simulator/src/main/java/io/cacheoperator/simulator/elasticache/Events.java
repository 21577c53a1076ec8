package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.elasticache.model.DescribeEventsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeEventsResponse;

/** DescribeEvents: the account's events, newest first. */
final class Events {
    private static final Duration STANDARD = Duration.ofMinutes(60);
    private static final Set<String> TYPES = Set.of(
            "cache-cluster",
            "cache-parameter-group",
            "cache-security-group",
            "cache-subnet-group",
            "replication-group",
            "serverless-cache",
            "serverless-cache-snapshot",
            "user",
            "user-group");
    private final Context.Source contexts;

    Events(Context.Source contexts) {
        this.contexts = contexts;
    }

    DescribeEventsResponse describe(DescribeEventsRequest request, Call call) {
        Context c = contexts.of(call);
        String type = request.sourceTypeAsString();
        String source = request.sourceIdentifier();
        if (type != null && !TYPES.contains(type)) {
            throw AwsError.invalidParameterValue("Invalid source type: " + type);
        }
        if (source != null && type == null) {
            throw AwsError.invalidParameterCombination("Cannot specify source identifier without source type.");
        }
        if (request.duration() != null && (request.startTime() != null || request.endTime() != null)) {
            throw AwsError.invalidParameterCombination("Duration cannot be given together with StartTime or EndTime.");
        }
        Instant end = request.endTime() == null ? call.readAt() : request.endTime();
        Instant start = start(request, call, end);
        List<ElastiCacheEvent> events = c.state()
                .events(call.readAt())
                .filter(event -> !event.date().isBefore(start) && !event.date().isAfter(end))
                .filter(event -> type == null || event.sourceType().equals(type))
                .filter(event -> source == null || event.sourceId().equalsIgnoreCase(source))
                .sorted(Comparator.comparing(ElastiCacheEvent::newestFirst))
                .toList();
        Page<ElastiCacheEvent> page =
                Paging.page(events, ElastiCacheEvent::newestFirst, request.marker(), request.maxRecords());
        return DescribeEventsResponse.builder()
                .events(page.items().stream().map(ElastiCacheEvent::shown).toList())
                .marker(page.next().orElse(null))
                .build();
    }

    private static Instant start(DescribeEventsRequest request, Call call, Instant end) {
        if (request.duration() != null) {
            if (request.duration() < 1
                    || Duration.ofMinutes(request.duration()).compareTo(ElastiCacheState.EVENTS_KEPT) > 0) {
                throw AwsError.invalidParameterValue("Duration must be between 1 and %d minutes."
                        .formatted(ElastiCacheState.EVENTS_KEPT.toMinutes()));
            }
            return end.minus(Duration.ofMinutes(request.duration()));
        }
        if (request.startTime() == null) {
            return end.minus(STANDARD);
        }
        if (request.startTime().isAfter(end)) {
            throw AwsError.invalidParameterCombination("StartTime must not be after EndTime.");
        }
        if (request.startTime().isBefore(call.now().minus(ElastiCacheState.EVENTS_KEPT))) {
            throw AwsError.invalidParameterValue("StartTime must be within the last 14 days.");
        }
        return request.startTime();
    }
}
