package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.AwsError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.NodeGroupConfiguration;
import software.amazon.awssdk.services.elasticache.model.NodeGroupMember;
import software.amazon.awssdk.services.elasticache.model.NodeSnapshot;
import software.amazon.awssdk.services.elasticache.model.Snapshot;

/** Taking snapshots: what they hold, and the states they go through. */
final class Snapshots {
    private static final String SIZE = "5 MB";
    private static final Duration DAY = Duration.ofHours(24);

    private Snapshots() {}

    /** What a snapshot is taken of: a whole group, or one cluster. */
    record Source(Optional<GroupState> group, ClusterState cluster) {
        static Source of(Context c, GroupState group) {
            String id = Optional.ofNullable(group.shown().snapshottingClusterId())
                    .or(() -> group.primary().map(GroupState.Member::clusterId))
                    .orElse("");
            ClusterState cluster =
                    c.state().clusters.find(id).orElseThrow(() -> ElastiCacheErrors.cacheClusterNotFound(id));
            return new Source(Optional.of(group), cluster);
        }

        boolean clusterMode() {
            return group.map(GroupState::clusterEnabled).orElse(false);
        }

        String id() {
            return group.map(GroupState::id).orElseGet(cluster::id);
        }
    }

    /** Refuses a name that is in use. */
    static void checkNew(Context c, String name) {
        if (c.state().snapshots.contains(name)) {
            throw ElastiCacheErrors.snapshotExists(name);
        }
    }

    /** Refuses more manual snapshots than a node may have in 24 hours, and counts this one. */
    static void countManual(Context c, Source source) {
        int limit = c.config().knobs().limit("SnapshotQuotaExceededFault", Quotas.SNAPSHOTS_PER_DAY);
        if (!c.state().countWithin("snapshots/" + source.id(), c.now(), DAY, limit)) {
            throw AwsError.badRequest(
                    "SnapshotQuotaExceededFault",
                    "You have exceeded the maximum number of manual snapshots in 24 hours: " + limit);
        }
    }

    /** Begins a snapshot. Its source's status is the caller's business. */
    static SnapshotState start(
            Context c, Source source, String name, String kind, Optional<String> kmsKeyId, Map<String, String> tags) {
        SnapshotState snapshot = new SnapshotState(
                shown(c, source, name, kind, kmsKeyId),
                source.clusterMode(),
                Boolean.TRUE.equals(source.cluster().shown().atRestEncryptionEnabled()),
                c.now());
        c.state().snapshots.put(name, snapshot, c.now());
        Tags.create(c, snapshot.shown().arn(), tags);
        c.after(c.durations().snapshot(), then -> complete(then, name, source.id()));
        return snapshot;
    }

    private static void complete(Context c, String name, String source) {
        boolean failed = c.config().knobs().takeSnapshotFailure(source);
        c.state()
                .snapshots
                .find(name)
                .filter(s -> s.status().equals("creating"))
                .ifPresent(s -> {
                    SnapshotState done =
                            failed ? s.withStatus("failed") : sized(c, s).withStatus("available");
                    c.state().snapshots.put(name, done, c.now());
                    c.event(
                            s.replicationGroupId().isPresent() ? "replication-group" : "cache-cluster",
                            source,
                            failed
                                    ? "Snapshot failed for snapshot with ID '%s'".formatted(name)
                                    : "Snapshot succeeded for snapshot with ID '%s'".formatted(name));
                });
    }

    /** Sizes and times of the node snapshots are known at the end. */
    private static SnapshotState sized(Context c, SnapshotState snapshot) {
        List<NodeSnapshot> nodes = snapshot.shown().nodeSnapshots().stream()
                .map(node -> node.copy(b -> b.cacheSize(SIZE).snapshotCreateTime(c.now())))
                .toList();
        return new SnapshotState(
                snapshot.shown().copy(b -> b.nodeSnapshots(nodes)),
                snapshot.clusterMode(),
                snapshot.encrypted(),
                snapshot.taken());
    }

    /** A snapshot is {@code restoring} while a cache is made from it. */
    static void restoring(Context c, String name, boolean begins) {
        c.state()
                .snapshots
                .update(
                        name,
                        c.now(),
                        snapshot -> snapshot.status().equals(begins ? "available" : "restoring")
                                ? snapshot.withStatus(begins ? "restoring" : "available")
                                : snapshot);
    }

    private static Snapshot shown(Context c, Source source, String name, String kind, Optional<String> kmsKeyId) {
        CacheCluster from = source.cluster().shown();
        Snapshot.Builder snapshot = Snapshot.builder()
                .snapshotName(name)
                .snapshotStatus("creating")
                .snapshotSource(kind)
                .cacheNodeType(from.cacheNodeType())
                .engine(from.engine())
                .engineVersion(from.engineVersion())
                .preferredMaintenanceWindow(from.preferredMaintenanceWindow())
                .port(source.cluster().port())
                .cacheParameterGroupName(source.cluster().parameterGroup())
                .cacheSubnetGroupName(from.cacheSubnetGroupName())
                .vpcId(Placement.subnetGroup(c, from.cacheSubnetGroupName())
                        .map(SubnetGroupState::vpcId)
                        .orElse(null))
                .autoMinorVersionUpgrade(from.autoMinorVersionUpgrade())
                .snapshotRetentionLimit(source.group()
                        .map(g -> g.shown().snapshotRetentionLimit())
                        .orElse(from.snapshotRetentionLimit()))
                .snapshotWindow(
                        source.group().map(g -> g.shown().snapshotWindow()).orElse(from.snapshotWindow()))
                .dataTiering(
                        source.group().map(g -> g.shown().dataTieringAsString()).orElse("disabled"))
                .arn(c.arn("snapshot", name))
                .kmsKeyId(kmsKeyId.or(() -> source.group().map(g -> g.shown().kmsKeyId()))
                        .orElse(null));
        if (from.notificationConfiguration() != null) {
            snapshot.topicArn(from.notificationConfiguration().topicArn());
        }
        source.group()
                .filter(g -> g.clusterEnabled())
                .ifPresentOrElse(group -> ofGroup(c, snapshot, group), () -> ofCluster(snapshot, source));
        return snapshot.build();
    }

    private static void ofGroup(Context c, Snapshot.Builder snapshot, GroupState group) {
        snapshot.replicationGroupId(group.id())
                .replicationGroupDescription(group.shown().description())
                .numNodeGroups(group.shown().nodeGroups().size())
                .automaticFailover(group.shown().automaticFailoverAsString())
                .nodeSnapshots(group.shown().nodeGroups().stream()
                        .map(nodeGroup -> {
                            NodeGroupMember member =
                                    nodeGroup.nodeGroupMembers().getLast();
                            return NodeSnapshot.builder()
                                    .cacheClusterId(member.cacheClusterId())
                                    .nodeGroupId(nodeGroup.nodeGroupId())
                                    .cacheNodeId("0001")
                                    .nodeGroupConfiguration(configuration(
                                            nodeGroup.nodeGroupId(), nodeGroup.slots(), nodeGroup.nodeGroupMembers()))
                                    .cacheSize("")
                                    .cacheNodeCreateTime(c.state()
                                            .clusters
                                            .find(member.cacheClusterId())
                                            .map(cluster -> cluster.shown().cacheClusterCreateTime())
                                            .orElse(null))
                                    .build();
                        })
                        .toList());
    }

    private static NodeGroupConfiguration configuration(String id, String slots, List<NodeGroupMember> members) {
        return NodeGroupConfiguration.builder()
                .nodeGroupId(id)
                .slots(slots)
                .replicaCount(members.size() - 1)
                .primaryAvailabilityZone(members.getFirst().preferredAvailabilityZone())
                .replicaAvailabilityZones(members.stream()
                        .skip(1)
                        .map(NodeGroupMember::preferredAvailabilityZone)
                        .toList())
                .build();
    }

    private static void ofCluster(Snapshot.Builder snapshot, Source source) {
        CacheCluster from = source.cluster().shown();
        snapshot.cacheClusterId(from.cacheClusterId())
                .numCacheNodes(from.numCacheNodes())
                .preferredAvailabilityZone(from.preferredAvailabilityZone())
                .cacheClusterCreateTime(from.cacheClusterCreateTime())
                .nodeSnapshots(NodeSnapshot.builder()
                        .cacheNodeId("0001")
                        .cacheSize("")
                        .cacheNodeCreateTime(from.cacheClusterCreateTime())
                        .build());
        source.group()
                .ifPresent(group -> snapshot.replicationGroupId(group.id())
                        .replicationGroupDescription(group.shown().description())
                        .automaticFailover(group.shown().automaticFailoverAsString()));
    }

    /** The manual and automatic snapshots of a group or cluster. */
    static Stream<SnapshotState> of(Context c, String id) {
        return c.state().snapshots.values().stream()
                .filter(s -> id.equals(s.shown().replicationGroupId())
                        || s.shown().replicationGroupId() == null
                                && id.equals(s.shown().cacheClusterId()));
    }
}
