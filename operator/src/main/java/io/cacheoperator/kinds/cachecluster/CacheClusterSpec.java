package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.cacheoperator.core.UnknownAsNull;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is wanted of one cache. A component that is null was not given; blocks and collections are never null. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CacheClusterSpec(
        @JsonPropertyDescription(
                "Engine: valkey, redis or memcached. valkey and redis always make a replication group, also "
                        + "without replicas; memcached makes a cache cluster. Immutable once the cache exists. Only "
                        + "redis may become valkey. Example: valkey")
        @Required
        @UnknownAsNull
        Engine engine,

        @JsonPropertyDescription(
                "Version of the engine. valkey, and redis from 6 on: major.minor, for AWS chooses the patch "
                        + "and may upgrade it by itself, which is no drift; memcached: all three numbers. Never goes "
                        + "down. Default: what AWS offers as newest. Example: \"8.1\"")
        @Size(max = 32)
        @Nullable
        String engineVersion,

        @JsonPropertyDescription(
                "Node type of every node, as AWS writes it: it fixes memory, network and price. Example: "
                        + "cache.t4g.small")
        @Required
        String nodeType,

        @JsonPropertyDescription(
                "Free text that AWS shows beside the replication group (valkey, redis). Default: a text that "
                        + "names the CacheCluster. Example: sessions of the shop")
        @Size(max = 255)
        @Nullable
        String description,

        @JsonPropertyDescription("Id in AWS: lower-case letters, digits and single hyphens, a letter first, at most 40 "
                + "characters (memcached 50). Default: namespace and name, made unique by a hash. Immutable "
                + "once the cache exists. Example: shop-sessions")
        @Size(max = 50)
        @Nullable
        String id,

        @JsonPropertyDescription(
                "AWS region. Default: the one of the operator. Immutable once the cache exists. Example: "
                        + "eu-west-1")
        @Size(max = 32)
        @Nullable
        String region,

        @JsonPropertyDescription(
                "Whether keys are spread over shards (valkey, redis): disabled, compatible (the step between "
                        + "the two) or enabled. Default: enabled if shards > 1, else disabled. Example: enabled")
        @UnknownAsNull
        @Nullable
        ClusterMode clusterMode,

        @JsonPropertyDescription(
                "Number of shards (valkey, redis), 1 to 500; AWS allows 90 unless the quota is raised. More "
                        + "than one needs cluster mode enabled. Default: 1. Example: 3")
        @Min(1)
        @Max(500)
        @Nullable
        Integer shards,

        @JsonPropertyDescription(
                "Replicas of each shard (valkey, redis), 0 to 5. `kubectl scale` changes it. Default: 1. "
                        + "Example: 2")
        @Min(0)
        @Max(5)
        @Nullable
        Integer replicasPerShard,

        @JsonPropertyDescription(
                "Whether the nodes of a shard are put into several availability zones (valkey, redis). Needs "
                        + "a replica. Default: true if there are replicas. Example: true")
        @Nullable
        Boolean multiAz,

        @JsonPropertyDescription(
                "Whether AWS promotes a replica when a primary fails (valkey, redis). Needs a replica, and "
                        + "cannot be off with cluster mode enabled. Default: as multiAz; true with cluster mode "
                        + "enabled. Example: true")
        @Nullable
        Boolean automaticFailover,

        @JsonPropertyDescription(
                "Availability zones, used on create only. Cluster mode disabled: one per node, the primary's "
                        + "first (1 + replicasPerShard); enabled: a pool, taken round robin; memcached: one per node. "
                        + "Default: AWS chooses. Example: [eu-west-1a, eu-west-1b]")
        @Size(max = 60)
        List<String> availabilityZones,

        @JsonPropertyDescription(
                "Whether keys that are rarely used move from memory to the local disk; needs an r6gd node "
                        + "type, which in turn needs it. Default: true for r6gd node types, else false. Immutable once "
                        + "the cache exists. Example: true")
        @Nullable
        Boolean dataTiering,

        @JsonPropertyDescription(
                "Number of nodes (memcached), 1 to 60; above 40 AWS asks for a higher quota. Default: 1. "
                        + "Example: 3")
        @Min(1)
        @Max(60)
        @Nullable
        Integer nodes,

        @JsonPropertyDescription(
                "Whether the nodes are put into several availability zones (memcached). Needs more than one "
                        + "node. Default: true if there is more than one node. Example: true")
        @Nullable
        Boolean crossAz,

        @JsonPropertyDescription(
                "Where the cache lives and who may reach it. Some source must name subnets, and allowFrom or "
                        + "securityGroupIds must be given here or by the operator's defaults: else nothing is created.")
        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = EmptyBlock.class)
        NetworkSpec network,

        @JsonPropertyDescription("Encryption on disk and on the wire.")
        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = EmptyBlock.class)
        EncryptionSpec encryption,

        @JsonPropertyDescription("How clients prove who they are (valkey, redis).")
        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = EmptyBlock.class)
        AuthSpec auth,

        @JsonPropertyDescription(
                "Parameters of the engine, each an int or a string. The operator makes a parameter group for "
                        + "them and owns it; names and values are checked against AWS before anything is created. "
                        + "Excludes parameterGroupName. Default: AWS's default parameter group. Example: "
                        + "{maxmemory-policy: allkeys-lru, timeout: 300}")
        @Size(max = 200)
        Map<String, IntOrString> parameters,

        @JsonPropertyDescription("An existing parameter group to use, of the family of engine and version. Excludes "
                + "parameters. Default: AWS's default parameter group. Example: team-valkey8")
        @Size(min = 1, max = 255)
        @Nullable
        String parameterGroupName,

        @JsonPropertyDescription("When AWS maintains the cache and whom it tells.")
        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = EmptyBlock.class)
        MaintenanceSpec maintenance,

        @JsonPropertyDescription("Automatic daily snapshots by AWS (valkey, redis).")
        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = EmptyBlock.class)
        SnapshotsSpec snapshots,

        @JsonPropertyDescription(
                "The Secret that applications connect with: host, port, password and uri. The operator writes "
                        + "it and makes it anew if it is removed.")
        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = EmptyBlock.class)
        ConnectionSecretSpec connectionSecret,

        @JsonPropertyDescription(
                "What becomes of the cache when this object is deleted. Snapshot: a snapshot is taken, "
                        + "awaited and kept, then the cache is deleted. Delete: the cache and its contents are lost. "
                        + "Retain: nothing is deleted in AWS. May be changed while the deletion is under way. Default: "
                        + "Snapshot; memcached, which has no snapshots: Delete. Example: Retain")
        @UnknownAsNull
        @Nullable
        DeletionPolicy deletionPolicy,

        @JsonPropertyDescription(
                "true: this object's deletion is refused until it is set to false. Default: false. Example: " + "true")
        @Nullable
        Boolean deletionProtection,

        @JsonPropertyDescription(
                "What is done about changes made in AWS by others. Correct: they are undone. Report: they are "
                        + "shown in status.drift and left alone. Default: Correct. Example: Report")
        @UnknownAsNull
        @Nullable
        DriftPolicy driftPolicy,

        @JsonPropertyDescription(
                "Tags of the cache and of everything the operator makes for it alone (not of the subnet group, "
                        + "which caches share), at most 45 beside those of the operator. Keys that start with aws: or cacheoperator.io/ are reserved. Default: those of "
                        + "the operator's defaults. Example: {team: shop}")
        @Size(max = 45)
        Map<String, String> tags) {

    public CacheClusterSpec {
        availabilityZones = Given.orEmpty(availabilityZones);
        network = network == null ? NetworkSpec.NONE : network;
        encryption = encryption == null ? EncryptionSpec.NONE : encryption;
        auth = auth == null ? AuthSpec.NONE : auth;
        parameters = Given.orEmpty(parameters);
        maintenance = maintenance == null ? MaintenanceSpec.NONE : maintenance;
        snapshots = snapshots == null ? SnapshotsSpec.NONE : snapshots;
        connectionSecret = connectionSecret == null ? ConnectionSecretSpec.NONE : connectionSecret;
        tags = Given.orEmpty(tags);
    }
}
