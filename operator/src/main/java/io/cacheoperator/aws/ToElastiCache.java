package io.cacheoperator.aws;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticache.model.AZMode;
import software.amazon.awssdk.services.elasticache.model.CreateCacheClusterRequest;
import software.amazon.awssdk.services.elasticache.model.CreateReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.ModifyCacheClusterRequest;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.NodeGroupConfiguration;
import software.amazon.awssdk.services.elasticache.model.Tag;

/**
 * From our records to the SDK's requests: only what is set, and never an empty list, which the query protocol would send
 * as an explicit empty value.
 */
final class ToElastiCache {

    private ToElastiCache() {}

    static CreateReplicationGroupRequest create(CreateReplicationGroup c) {
        CreateReplicationGroupRequest.Builder r = CreateReplicationGroupRequest.builder()
                .replicationGroupId(c.id())
                .replicationGroupDescription(c.description().isEmpty() ? c.id() : c.description())
                .engine(c.engine())
                .cacheNodeType(c.nodeType())
                .clusterMode(c.clusterMode())
                .multiAZEnabled(c.multiAz())
                .automaticFailoverEnabled(c.automaticFailover())
                .atRestEncryptionEnabled(c.atRestEncryption())
                // Valkey wants it said, also where it is off (aws-behaviour.md, 1.1).
                .transitEncryptionEnabled(c.transitEncryption())
                .tags(tags(c.tags()));
        shape(c, r);
        c.engineVersion().ifPresent(r::engineVersion);
        c.subnetGroupName().ifPresent(r::cacheSubnetGroupName);
        c.parameterGroupName().ifPresent(r::cacheParameterGroupName);
        c.port().ifPresent(r::port);
        c.networkType().ifPresent(r::networkType);
        c.ipDiscovery().ifPresent(r::ipDiscovery);
        c.kmsKeyId().ifPresent(r::kmsKeyId);
        c.transitEncryptionMode().ifPresent(r::transitEncryptionMode);
        c.authToken().ifPresent(t -> r.authToken(t.value()));
        c.maintenanceWindow().ifPresent(r::preferredMaintenanceWindow);
        c.autoMinorVersionUpgrade().ifPresent(r::autoMinorVersionUpgrade);
        c.notificationTopicArn().ifPresent(r::notificationTopicArn);
        c.snapshotRetentionDays().ifPresent(r::snapshotRetentionLimit);
        c.snapshotWindow().ifPresent(r::snapshotWindow);
        if (!c.securityGroupIds().isEmpty()) {
            r.securityGroupIds(c.securityGroupIds());
        }
        if (c.dataTiering()) {
            r.dataTieringEnabled(true);
        }
        return r.build();
    }

    /** NumCacheClusters and the shard fields exclude each other; only NodeGroupConfiguration places shards in zones. */
    private static void shape(CreateReplicationGroup c, CreateReplicationGroupRequest.Builder r) {
        if (!"enabled".equals(c.clusterMode())) {
            r.numCacheClusters(1 + c.replicasPerShard());
            if (!c.preferredZones().isEmpty()) {
                r.preferredCacheClusterAZs(c.preferredZones());
            }
            return;
        }
        r.numNodeGroups(c.shards()).replicasPerNodeGroup(c.replicasPerShard());
        if (!c.shardZones().isEmpty()) {
            r.nodeGroupConfiguration(c.shardZones().stream()
                    .map(z -> zones(z, c.replicasPerShard()))
                    .toList());
        }
    }

    private static NodeGroupConfiguration zones(CreateReplicationGroup.ShardZones zones, int replicas) {
        NodeGroupConfiguration.Builder n = NodeGroupConfiguration.builder()
                .primaryAvailabilityZone(zones.primaryZone())
                .replicaCount(replicas);
        if (!zones.replicaZones().isEmpty()) {
            n.replicaAvailabilityZones(zones.replicaZones());
        }
        return n.build();
    }

    static ModifyReplicationGroupRequest modify(ModifyReplicationGroup m) {
        ModifyReplicationGroupRequest.Builder r = ModifyReplicationGroupRequest.builder()
                .replicationGroupId(m.id())
                .applyImmediately(true);
        m.description().ifPresent(r::replicationGroupDescription);
        m.maintenanceWindow().ifPresent(r::preferredMaintenanceWindow);
        m.snapshotWindow().ifPresent(r::snapshotWindow);
        m.snapshotRetentionDays().ifPresent(r::snapshotRetentionLimit);
        m.snapshottingClusterId().ifPresent(r::snapshottingClusterId);
        m.notificationTopicArn().ifPresent(r::notificationTopicArn);
        m.notificationTopicStatus().ifPresent(r::notificationTopicStatus);
        m.autoMinorVersionUpgrade().ifPresent(r::autoMinorVersionUpgrade);
        m.parameterGroupName().ifPresent(r::cacheParameterGroupName);
        m.ipDiscovery().ifPresent(r::ipDiscovery);
        if (!m.securityGroupIds().isEmpty()) {
            r.securityGroupIds(m.securityGroupIds());
        }
        return r.build();
    }

    static CreateCacheClusterRequest create(CreateCacheCluster c) {
        CreateCacheClusterRequest.Builder r = CreateCacheClusterRequest.builder()
                .cacheClusterId(c.id())
                .engine(c.engine())
                .cacheNodeType(c.nodeType())
                .numCacheNodes(c.nodes())
                .tags(tags(c.tags()));
        if (c.nodes() > 1) {
            r.azMode(c.crossAz() ? AZMode.CROSS_AZ : AZMode.SINGLE_AZ);
        }
        if (!c.preferredZones().isEmpty()) {
            r.preferredAvailabilityZones(c.preferredZones());
        }
        if (!c.securityGroupIds().isEmpty()) {
            r.securityGroupIds(c.securityGroupIds());
        }
        if (c.transitEncryption()) {
            r.transitEncryptionEnabled(true);
        }
        c.engineVersion().ifPresent(r::engineVersion);
        c.subnetGroupName().ifPresent(r::cacheSubnetGroupName);
        c.parameterGroupName().ifPresent(r::cacheParameterGroupName);
        c.port().ifPresent(r::port);
        c.networkType().ifPresent(r::networkType);
        c.ipDiscovery().ifPresent(r::ipDiscovery);
        c.maintenanceWindow().ifPresent(r::preferredMaintenanceWindow);
        c.autoMinorVersionUpgrade().ifPresent(r::autoMinorVersionUpgrade);
        c.notificationTopicArn().ifPresent(r::notificationTopicArn);
        return r.build();
    }

    static ModifyCacheClusterRequest modify(ModifyCacheCluster m) {
        ModifyCacheClusterRequest.Builder r =
                ModifyCacheClusterRequest.builder().cacheClusterId(m.id()).applyImmediately(true);
        m.maintenanceWindow().ifPresent(r::preferredMaintenanceWindow);
        m.notificationTopicArn().ifPresent(r::notificationTopicArn);
        m.notificationTopicStatus().ifPresent(r::notificationTopicStatus);
        m.autoMinorVersionUpgrade().ifPresent(r::autoMinorVersionUpgrade);
        m.parameterGroupName().ifPresent(r::cacheParameterGroupName);
        m.ipDiscovery().ifPresent(r::ipDiscovery);
        if (!m.securityGroupIds().isEmpty()) {
            r.securityGroupIds(m.securityGroupIds());
        }
        return r.build();
    }

    static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
                .toList();
    }
}
