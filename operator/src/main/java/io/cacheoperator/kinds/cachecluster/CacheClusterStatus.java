package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.cacheoperator.core.Condition;
import io.cacheoperator.core.UnknownAsNull;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of one cache. A component that is null is not known; lists are never null. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CacheClusterStatus(
        @JsonPropertyDescription(
                "Generation of the spec that this status speaks about; -1 before the operator has looked.")
        @Nullable
        Long observedGeneration,

        @JsonPropertyDescription(
                "Where the cache is in its life: Pending, Creating, Available, Modifying, Snapshotting, "
                        + "Deleting or Failed. For people; programs read the conditions.")
        @UnknownAsNull
        @Nullable
        Phase phase,

        @JsonPropertyDescription("What is going on, in one line. Example: step 2/4 scale up; waits for sun:05:00")
        @Size(max = 32768)
        @Nullable
        String summary,

        @JsonPropertyDescription("Shards x replicas of each; memcached: the number of nodes. Example: 3x2")
        @Size(max = 32)
        @Nullable
        String shape,

        @JsonPropertyDescription("Host and port to connect to: the configuration endpoint where there is one, else the "
                + "primary's. Example: master.shop-sessions.abc123.euw1.cache.amazonaws.com:6379")
        @Size(max = 1024)
        @Nullable
        String endpoint,

        @JsonPropertyDescription("Number of entries in drift.") @Nullable
        Integer driftCount,

        @JsonPropertyDescription(
                "Id in AWS. Written right after the create call; from then on the immutable fields of spec "
                        + "are frozen.")
        @Nullable
        String id,

        @JsonPropertyDescription("ARN of the replication group or cache cluster.") @Size(max = 2048) @Nullable
        String arn,

        @JsonPropertyDescription("AWS region that the cache is in.") @Nullable
        String region,

        @JsonPropertyDescription("Version that runs, with its patch. Example: 8.1.0") @Nullable
        String engineVersion,

        @JsonPropertyDescription("All addresses of the cache.") @Nullable
        EndpointsStatus endpoints,

        @JsonPropertyDescription("Number of shards that AWS reports.") @Nullable
        Integer shards,

        @JsonPropertyDescription("Replicas of each shard that AWS reports; what `kubectl scale` shows.") @Nullable
        Integer replicas,

        @JsonPropertyDescription("Number of nodes that AWS reports; valkey and redis: primaries and replicas together.")
        @Nullable
        Integer nodes,

        @JsonPropertyDescription(
                "The spec with every value that applies now: given, of the operator's defaults, built in, or "
                        + "of AWS. What is derived stands here and never in spec.")
        @Nullable
        CacheClusterSpec effective,

        @JsonPropertyDescription(
                "What the operator wrote to AWS, so that what is taken out of the spec can be taken out in " + "AWS.")
        @Nullable
        AppliedStatus applied,

        @JsonPropertyDescription(
                "How often steps were tried. A step that AWS reverted twice in one generation is not sent " + "again.")
        @Size(max = 100)
        List<AttemptStatus> attempts,

        @JsonPropertyDescription(
                "Values of the annotations that trigger something once, as they were when they were acted " + "upon.")
        @Nullable
        LastHandled lastHandled,

        @JsonPropertyDescription("AWS resources beside the cache that the operator made for it.") @Nullable
        ResourcesStatus resources,

        @JsonPropertyDescription("Where the cache is, as AWS tells it.") @Nullable
        NetworkStatus network,

        @JsonPropertyDescription("What the operator is about to do, in order.") @Nullable
        PlanStatus plan,

        @JsonPropertyDescription("Fields whose value in AWS is not the wanted one.") @Size(max = 500)
        List<DriftEntry> drift,

        @JsonPropertyDescription("How clients prove who they are now.") @Nullable
        AuthStatus auth,

        @JsonPropertyDescription(
                "The connection Secret, as a provisioned service of the Service Binding specification.")
        @Nullable
        Binding binding,

        @JsonPropertyDescription("The newest snapshot of the cache that is known.") @Nullable
        LastSnapshot lastSnapshot,

        @JsonPropertyDescription(
                "Ready: endpoint and Secret are usable. Synced: the spec of observedGeneration is fully "
                        + "applied. Reconciling: a step is running. Stalled: only the user can help. PlanPending: a "
                        + "step waits for a window or an approval. Drifted, DataPlaneReachable, SecretWritten, "
                        + "DeletionBlocked: as their names say.")
        @Size(max = 20)
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
    public record LastHandled(
            @JsonPropertyDescription("Value of annotation cacheoperator.io/reconcile-at.") @Size(max = 1024) @Nullable
            String reconcileAt) {}

    /** What the Service Binding specification calls a provisioned service. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Binding(
            @JsonPropertyDescription("Name of the connection Secret.") @Size(max = 253) @Nullable
            String name) {}

    /** The newest snapshot that is known. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record LastSnapshot(
            @JsonPropertyDescription("Name of the snapshot in AWS.") @Nullable
            String name,

            @JsonPropertyDescription("When it was made.") @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
            Instant time) {}
}
