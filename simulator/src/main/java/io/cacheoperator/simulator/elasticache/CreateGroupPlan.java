package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.elasticache.EngineVersions.EngineVersion;
import io.cacheoperator.simulator.elasticache.NodeTypes.NodeType;
import io.cacheoperator.simulator.service.AwsError;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.elasticache.model.CreateReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.NodeGroupConfiguration;
import software.amazon.awssdk.services.elasticache.model.NodeSnapshot;

/**
 * What a CreateReplicationGroup refers to, looked up: its second stage.
 *
 * @param snapshot what it is restored from
 * @param adopted  the single redis cluster that becomes its primary
 */
record CreateGroupPlan(
        String id,
        EngineVersion version,
        NodeType nodeType,
        ParameterGroupState parameters,
        Placement placement,
        GroupShape shape,
        Optional<SnapshotState> snapshot,
        Optional<ClusterState> adopted) {
    static CreateGroupPlan of(Context c, CreateReplicationGroupRequest request, String id) {
        if (c.state().groups.contains(id)) {
            throw ElastiCacheErrors.replicationGroupExists();
        }
        if (request.globalReplicationGroupId() != null) {
            throw AwsError.notFound(
                    "GlobalReplicationGroupNotFoundFault",
                    "Global replication group %s not found.".formatted(request.globalReplicationGroupId()));
        }
        Optional<ClusterState> adopted = adopted(c, request);
        Optional<SnapshotState> snapshot = snapshot(c, request);
        String engine = engine(request, snapshot, adopted);
        EngineVersion version = version(request, engine, snapshot, adopted);
        NodeType nodeType = nodeType(request, snapshot, adopted);
        ParameterGroupState parameters = ParameterGroupLookup.find(
                c,
                request.cacheParameterGroupName(),
                version,
                wantsClusterMode(request)
                        || snapshot.filter(SnapshotState::clusterMode).isPresent());
        boolean clusterMode = parameters.clusterMode() && !"compatible".equals(request.clusterModeAsString());
        String subnetGroup = request.cacheSubnetGroupName() != null
                ? request.cacheSubnetGroupName()
                : adopted.map(cluster -> cluster.shown().cacheSubnetGroupName()).orElse("");
        Placement placement = Placement.of(c, subnetGroup, request.securityGroupIds());
        GroupShape shape = GroupShape.of(
                snapshot.filter(SnapshotState::clusterMode)
                        .map(from -> shapedAs(from, request))
                        .orElse(request),
                clusterMode);
        memberNames(c, id, shape, placement, adopted);
        return new CreateGroupPlan(id, version, nodeType, parameters, placement, shape, snapshot, adopted);
    }

    /** A request that says nothing of shards gets those that the snapshot was taken of. */
    private static CreateReplicationGroupRequest shapedAs(SnapshotState from, CreateReplicationGroupRequest request) {
        if (request.numNodeGroups() != null || !request.nodeGroupConfiguration().isEmpty()) {
            return request;
        }
        return request.copy(b -> b.nodeGroupConfiguration(from.shown().nodeSnapshots().stream()
                .map(NodeSnapshot::nodeGroupConfiguration)
                .map(shard -> NodeGroupConfiguration.builder()
                        .nodeGroupId(shard.nodeGroupId())
                        .slots(shard.slots())
                        .replicaCount(
                                request.replicasPerNodeGroup() == null
                                        ? shard.replicaCount()
                                        : request.replicasPerNodeGroup())
                        .build())
                .toList()));
    }

    /** Whether a request that names no parameter group is for cluster mode. */
    static boolean wantsClusterMode(CreateReplicationGroupRequest request) {
        String mode = request.clusterModeAsString();
        return mode != null
                ? mode.equals("enabled") || mode.equals("compatible")
                : request.numNodeGroups() != null && request.numNodeGroups() > 1
                        || request.nodeGroupConfiguration().size() > 1;
    }

    private static String engine(
            CreateReplicationGroupRequest request, Optional<SnapshotState> snapshot, Optional<ClusterState> adopted) {
        String engine = request.engine() == null
                ? snapshot.map(s -> s.shown().engine())
                        .or(() -> adopted.map(a -> a.shown().engine()))
                        .orElse("redis")
                : request.engine().toLowerCase(Locale.ROOT);
        if (!engine.equals("redis") && !engine.equals("valkey")) {
            throw AwsError.invalidParameterValue(
                    "Invalid engine: %s. Replication groups support redis and valkey.".formatted(request.engine()));
        }
        return engine;
    }

    private static EngineVersion version(
            CreateReplicationGroupRequest request,
            String engine,
            Optional<SnapshotState> snapshot,
            Optional<ClusterState> adopted) {
        if (request.engineVersion() == null) {
            Optional<String> from = adopted.map(a -> a.shown().engineVersion())
                    .or(() -> snapshot.filter(s -> s.shown().engine().equals(engine))
                            .map(s -> s.shown().engineVersion()));
            if (from.isPresent()) {
                return EngineVersions.reported(engine, from.get());
            }
        }
        return EngineVersions.resolve(engine, request.engineVersion());
    }

    private static NodeType nodeType(
            CreateReplicationGroupRequest request, Optional<SnapshotState> snapshot, Optional<ClusterState> adopted) {
        String name = Optional.ofNullable(request.cacheNodeType())
                .or(() -> snapshot.map(s -> s.shown().cacheNodeType()))
                .or(() -> adopted.map(a -> a.shown().cacheNodeType()))
                .orElseThrow(() -> ElastiCacheErrors.missing("CacheNodeType"));
        return NodeTypes.find(name)
                .orElseThrow(() -> AwsError.invalidParameterValue("Invalid cache node type: " + name));
    }

    private static Optional<SnapshotState> snapshot(Context c, CreateReplicationGroupRequest request) {
        if (request.serverlessCacheSnapshotName() != null) {
            throw AwsError.notFound(
                    "ServerlessCacheSnapshotNotFoundFault",
                    "Serverless cache snapshot %s not found.".formatted(request.serverlessCacheSnapshotName()));
        }
        if (request.snapshotName() == null) {
            return Optional.empty();
        }
        String name = Identifiers.required("SnapshotName", request.snapshotName());
        SnapshotState snapshot =
                c.state().snapshots.find(name).orElseThrow(() -> ElastiCacheErrors.snapshotNotFound(name));
        if (!snapshot.available()) {
            throw ElastiCacheErrors.snapshotNotFound(name);
        }
        return Optional.of(snapshot);
    }

    private static Optional<ClusterState> adopted(Context c, CreateReplicationGroupRequest request) {
        if (request.primaryClusterId() == null || request.primaryClusterId().isEmpty()) {
            return Optional.empty();
        }
        String id = Identifiers.required("PrimaryClusterId", request.primaryClusterId());
        ClusterState cluster =
                c.state().clusters.find(id).orElseThrow(() -> ElastiCacheErrors.cacheClusterNotFound(id));
        if (!cluster.available()) {
            throw ElastiCacheErrors.cacheClusterState("Cache cluster %s is not in available state.".formatted(id));
        }
        if (cluster.memcached() || cluster.replicationGroupId().isPresent()) {
            throw AwsError.invalidParameterCombination(
                    "Cache cluster %s cannot become the primary of a replication group.".formatted(id));
        }
        return Optional.of(cluster);
    }

    /** Members are clusters too, so their names must be free. */
    private static void memberNames(
            Context c, String id, GroupShape shape, Placement placement, Optional<ClusterState> adopted) {
        boolean taken = shape.nodeGroups(id, placement).stream()
                .flatMap(nodeGroup -> nodeGroup.nodeGroupMembers().stream())
                .anyMatch(member -> c.state().clusters.contains(member.cacheClusterId()));
        if (taken && adopted.isEmpty()) {
            throw ElastiCacheErrors.replicationGroupExists();
        }
    }
}
