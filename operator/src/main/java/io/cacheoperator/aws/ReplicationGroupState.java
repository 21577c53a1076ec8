package io.cacheoperator.aws;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A replication group as DescribeReplicationGroups shows it. Engine version, parameter group, security groups, subnet
 * group, maintenance window and notification topic are only on its members: see {@link CacheClusterState}.
 *
 * @param id lower-case, as the service stores it
 * @param clusterMode {@code enabled | disabled | compatible}
 * @param automaticFailover {@code enabled | disabled | enabling | disabling}
 * @param transitEncryptionMode {@code preferred | required}; empty where TLS is off
 * @param snapshotRetentionDays 0 where automatic snapshots are off (also where AWS leaves the field out)
 */
public record ReplicationGroupState(
        String id,
        String arn,
        String status,
        String description,
        String engine,
        String nodeType,
        String clusterMode,
        String automaticFailover,
        boolean multiAz,
        List<String> memberClusters,
        List<NodeGroup> nodeGroups,
        Optional<Endpoint> configurationEndpoint,
        int snapshotRetentionDays,
        Optional<String> snapshotWindow,
        Optional<String> snapshottingClusterId,
        boolean transitEncryption,
        Optional<String> transitEncryptionMode,
        boolean atRestEncryption,
        Optional<String> kmsKeyId,
        boolean authTokenEnabled,
        Optional<Instant> authTokenLastModified,
        List<String> userGroupIds,
        Optional<Boolean> autoMinorVersionUpgrade,
        boolean dataTiering,
        Optional<String> networkType,
        Optional<String> ipDiscovery,
        boolean pendingChanges,
        Optional<String> globalReplicationGroupId,
        Optional<Instant> createTime) {

    public ReplicationGroupState {
        memberClusters = List.copyOf(memberClusters);
        nodeGroups = List.copyOf(nodeGroups);
        userGroupIds = List.copyOf(userGroupIds);
    }

    /** A shard. Node group ids are not contiguous after a scale-in: never compute them. */
    public record NodeGroup(
            String id,
            String status,
            Optional<String> slots,
            Optional<Endpoint> primaryEndpoint,
            Optional<Endpoint> readerEndpoint,
            List<Member> members) {

        public NodeGroup {
            members = List.copyOf(members);
        }
    }

    /** A node of a shard; role and read endpoint only in cluster mode disabled. */
    public record Member(
            String cacheClusterId,
            String cacheNodeId,
            Optional<String> availabilityZone,
            Optional<String> role,
            Optional<Endpoint> readEndpoint) {}
}
