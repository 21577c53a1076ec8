package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.cacheoperator.core.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of one cache. A component that is null is not known; lists are never null. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CacheClusterStatus(
        @Nullable Long observedGeneration,
        @Nullable Phase phase,
        @Nullable String summary,
        @Nullable String shape,
        @Nullable String endpoint,
        @Nullable Integer driftCount,
        @Nullable String id,
        @Nullable String arn,
        @Nullable String region,
        @Nullable String engineVersion,
        @Nullable EndpointsStatus endpoints,
        @Nullable Integer shards,
        @Nullable Integer replicas,
        @Nullable Integer nodes,
        @Nullable CacheClusterSpec effective,
        @Nullable AppliedStatus applied,
        List<AttemptStatus> attempts,
        @Nullable LastHandled lastHandled,
        @Nullable ResourcesStatus resources,
        @Nullable NetworkStatus network,
        @Nullable PlanStatus plan,
        List<DriftEntry> drift,
        @Nullable AuthStatus auth,
        @Nullable Binding binding,
        @Nullable LastSnapshot lastSnapshot,
        List<Condition> conditions) {

    public CacheClusterStatus {
        attempts = Given.orEmpty(attempts);
        drift = Given.orEmpty(drift);
        conditions = Given.orEmpty(conditions);
    }

    /** A builder that starts from nothing. A status is always sent whole: what is left out is removed. */
    public static CacheClusterStatusBuilder builder() {
        return new CacheClusterStatusBuilder();
    }

    /** A builder that starts from this status. */
    public CacheClusterStatusBuilder toBuilder() {
        return new CacheClusterStatusBuilder(this);
    }

    /** The condition of this type, if it is set. */
    public Optional<Condition> condition(String type) {
        return conditions.stream().filter(c -> c.type().equals(type)).findFirst();
    }

    /** The values of annotations that trigger something once, as they were when they were acted upon. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record LastHandled(@Nullable String reconcileAt) {}

    /** What the Service Binding specification calls a provisioned service. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Binding(@Nullable String name) {}

    /** The newest snapshot that is known. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record LastSnapshot(
            @Nullable String name,

            @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
            Instant time) {}
}
