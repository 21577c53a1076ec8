package io.cacheoperator.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What CreateReplicationGroup is sent; an empty optional or list is not sent. */
public record CreateReplicationGroup(
        String id,
        String description,
        String engine,
        Optional<String> engineVersion,
        String nodeType,
        String clusterMode,
        int shards,
        int replicasPerShard,
        boolean multiAz,
        boolean automaticFailover,
        List<ShardZones> shardZones,
        List<String> preferredZones,
        boolean dataTiering,
        Optional<String> subnetGroupName,
        List<String> securityGroupIds,
        Optional<String> parameterGroupName,
        Optional<Integer> port,
        Optional<String> networkType,
        Optional<String> ipDiscovery,
        boolean atRestEncryption,
        Optional<String> kmsKeyId,
        boolean transitEncryption,
        Optional<String> transitEncryptionMode,
        Optional<AuthToken> authToken,
        Optional<String> maintenanceWindow,
        Optional<Boolean> autoMinorVersionUpgrade,
        Optional<String> notificationTopicArn,
        Optional<Integer> snapshotRetentionDays,
        Optional<String> snapshotWindow,
        Map<String, String> tags) {

    public CreateReplicationGroup {
        shardZones = List.copyOf(shardZones);
        preferredZones = List.copyOf(preferredZones);
        securityGroupIds = List.copyOf(securityGroupIds);
        tags = Map.copyOf(tags);
    }

    /** Zones of one shard in cluster mode enabled: NodeGroupConfiguration is the only way to place them. */
    public record ShardZones(String primaryZone, List<String> replicaZones) {
        public ShardZones {
            replicaZones = List.copyOf(replicaZones);
        }
    }
}
