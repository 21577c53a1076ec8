package io.cacheoperator.aws;

import io.cacheoperator.aws.CacheClusterState.Node;
import io.cacheoperator.aws.CacheClusterState.Notification;
import io.cacheoperator.aws.CacheClusterState.ParameterGroupStatus;
import io.cacheoperator.aws.CacheClusterState.SecurityGroupMembership;
import io.cacheoperator.aws.ReplicationGroupState.Member;
import io.cacheoperator.aws.ReplicationGroupState.NodeGroup;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.CacheNode;
import software.amazon.awssdk.services.elasticache.model.CacheParameterGroup;
import software.amazon.awssdk.services.elasticache.model.CacheSubnetGroup;
import software.amazon.awssdk.services.elasticache.model.NodeGroupMember;
import software.amazon.awssdk.services.elasticache.model.Parameter;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;
import software.amazon.awssdk.services.elasticache.model.Snapshot;
import software.amazon.awssdk.services.elasticache.model.Tag;

/** From the SDK's shapes to our records. Half-made resources have most members missing: every one may be null. */
final class FromElastiCache {

    private FromElastiCache() {}

    static ReplicationGroupState replicationGroup(ReplicationGroup g) {
        return new ReplicationGroupState(
                lower(g.replicationGroupId()),
                text(g.arn()),
                text(g.status()),
                text(g.description()),
                lower(g.engine()),
                text(g.cacheNodeType()),
                clusterMode(g),
                text(g.automaticFailoverAsString()),
                "enabled".equals(g.multiAZAsString()),
                list(g.memberClusters()).stream().sorted().toList(),
                list(g.nodeGroups()).stream().map(FromElastiCache::nodeGroup).toList(),
                endpoint(g.configurationEndpoint()),
                g.snapshotRetentionLimit() == null ? 0 : g.snapshotRetentionLimit(),
                optional(g.snapshotWindow()),
                optional(g.snapshottingClusterId()),
                yes(g.transitEncryptionEnabled()),
                optional(g.transitEncryptionModeAsString()),
                yes(g.atRestEncryptionEnabled()),
                optional(g.kmsKeyId()),
                yes(g.authTokenEnabled()),
                Optional.ofNullable(g.authTokenLastModifiedDate()),
                list(g.userGroupIds()),
                Optional.ofNullable(g.autoMinorVersionUpgrade()),
                "enabled".equals(g.dataTieringAsString()),
                optional(g.networkTypeAsString()),
                optional(g.ipDiscoveryAsString()),
                g.pendingModifiedValues() != null && !g.pendingModifiedValues().equals(EMPTY_PENDING),
                g.globalReplicationGroupInfo() == null
                        ? Optional.empty()
                        : optional(g.globalReplicationGroupInfo().globalReplicationGroupId()),
                Optional.ofNullable(g.replicationGroupCreateTime()));
    }

    private static final software.amazon.awssdk.services.elasticache.model.ReplicationGroupPendingModifiedValues
            EMPTY_PENDING =
                    software.amazon.awssdk.services.elasticache.model.ReplicationGroupPendingModifiedValues.builder()
                            .build();

    private static final software.amazon.awssdk.services.elasticache.model.PendingModifiedValues EMPTY_CLUSTER_PENDING =
            software.amazon.awssdk.services.elasticache.model.PendingModifiedValues.builder()
                    .build();

    private static String clusterMode(ReplicationGroup g) {
        if (g.clusterModeAsString() != null) {
            return g.clusterModeAsString();
        }
        return yes(g.clusterEnabled()) ? "enabled" : "disabled";
    }

    private static NodeGroup nodeGroup(software.amazon.awssdk.services.elasticache.model.NodeGroup n) {
        return new NodeGroup(
                text(n.nodeGroupId()),
                text(n.status()),
                optional(n.slots()),
                endpoint(n.primaryEndpoint()),
                endpoint(n.readerEndpoint()),
                list(n.nodeGroupMembers()).stream().map(FromElastiCache::member).toList());
    }

    private static Member member(NodeGroupMember m) {
        return new Member(
                lower(m.cacheClusterId()),
                text(m.cacheNodeId()),
                optional(m.preferredAvailabilityZone()),
                optional(m.currentRole()),
                endpoint(m.readEndpoint()));
    }

    static CacheClusterState cacheCluster(CacheCluster c) {
        return new CacheClusterState(
                lower(c.cacheClusterId()),
                text(c.arn()),
                text(c.cacheClusterStatus()),
                lower(c.engine()),
                text(c.engineVersion()),
                text(c.cacheNodeType()),
                c.numCacheNodes() == null ? 0 : c.numCacheNodes(),
                optional(c.replicationGroupId()).map(FromElastiCache::lower),
                Optional.ofNullable(c.cacheParameterGroup())
                        .map(p -> new ParameterGroupStatus(
                                text(p.cacheParameterGroupName()),
                                text(p.parameterApplyStatus()),
                                list(p.cacheNodeIdsToReboot()))),
                optional(c.cacheSubnetGroupName()),
                list(c.securityGroups()).stream()
                        .map(s -> new SecurityGroupMembership(text(s.securityGroupId()), text(s.status())))
                        .toList(),
                optional(c.preferredMaintenanceWindow()).map(FromElastiCache::lower),
                Optional.ofNullable(c.notificationConfiguration())
                        .map(n -> new Notification(text(n.topicArn()), text(n.topicStatus()))),
                Optional.ofNullable(c.autoMinorVersionUpgrade()),
                optional(c.preferredAvailabilityZone()),
                yes(c.transitEncryptionEnabled()),
                optional(c.networkTypeAsString()),
                optional(c.ipDiscoveryAsString()),
                list(c.cacheNodes()).stream().map(FromElastiCache::node).toList(),
                endpoint(c.configurationEndpoint()),
                c.pendingModifiedValues() != null && !c.pendingModifiedValues().equals(EMPTY_CLUSTER_PENDING));
    }

    private static Node node(CacheNode n) {
        return new Node(
                text(n.cacheNodeId()),
                text(n.cacheNodeStatus()),
                endpoint(n.endpoint()),
                optional(n.customerAvailabilityZone()));
    }

    static SubnetGroupState subnetGroup(CacheSubnetGroup g) {
        return new SubnetGroupState(
                lower(g.cacheSubnetGroupName()),
                text(g.arn()),
                text(g.cacheSubnetGroupDescription()),
                text(g.vpcId()),
                list(g.subnets()).stream()
                        .map(s -> new SubnetGroupState.Subnet(
                                text(s.subnetIdentifier()),
                                s.subnetAvailabilityZone() == null
                                        ? ""
                                        : text(s.subnetAvailabilityZone().name())))
                        .toList());
    }

    static ParameterGroupState parameterGroup(CacheParameterGroup g) {
        return new ParameterGroupState(
                lower(g.cacheParameterGroupName()),
                text(g.arn()),
                text(g.cacheParameterGroupFamily()),
                text(g.description()));
    }

    static ParameterDefinition parameter(Parameter p) {
        return new ParameterDefinition(
                text(p.parameterName()),
                Optional.ofNullable(p.parameterValue()),
                text(p.dataType()),
                optional(p.allowedValues()),
                yes(p.isModifiable()),
                optional(p.changeTypeAsString()));
    }

    static SnapshotState snapshot(Snapshot s) {
        return new SnapshotState(
                lower(s.snapshotName()),
                text(s.arn()),
                text(s.snapshotStatus()),
                text(s.snapshotSource()),
                optional(s.replicationGroupId()).map(FromElastiCache::lower),
                optional(s.cacheClusterId()).map(FromElastiCache::lower),
                list(s.nodeSnapshots()).stream()
                        .flatMap(n -> Optional.ofNullable(n.snapshotCreateTime()).stream())
                        .min(Comparator.naturalOrder()));
    }

    static Map<String, String> tags(@Nullable Collection<Tag> tags) {
        Map<String, String> byKey = new TreeMap<>();
        if (tags != null) {
            tags.forEach(t -> byKey.put(t.key(), text(t.value())));
        }
        return byKey;
    }

    static Optional<Endpoint> endpoint(software.amazon.awssdk.services.elasticache.model.@Nullable Endpoint e) {
        return e == null || e.address() == null || e.port() == null
                ? Optional.empty()
                : Optional.of(new Endpoint(e.address(), e.port()));
    }

    static <T> List<T> list(@Nullable Collection<T> values) {
        return values == null ? List.of() : List.copyOf(values);
    }

    static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    static String lower(@Nullable String value) {
        return text(value).toLowerCase(Locale.ROOT);
    }

    static Optional<String> optional(@Nullable String value) {
        return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    private static boolean yes(@Nullable Boolean value) {
        return Boolean.TRUE.equals(value);
    }
}
