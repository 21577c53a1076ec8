package io.cacheoperator.aws;

import java.util.List;
import java.util.Optional;

/**
 * A cache cluster as DescribeCacheClusters with ShowCacheNodeInfo shows it: a memcached cluster, or one member of a
 * replication group.
 *
 * @param replicationGroupId the group it is a member of; empty for memcached
 * @param engineVersion the full version, such as {@code 8.0.1}
 * @param maintenanceWindow lower-case, such as {@code sun:05:00-sun:06:00}
 */
public record CacheClusterState(
        String id,
        String arn,
        String status,
        String engine,
        String engineVersion,
        String nodeType,
        int numCacheNodes,
        Optional<String> replicationGroupId,
        Optional<ParameterGroupStatus> parameterGroup,
        Optional<String> subnetGroupName,
        List<SecurityGroupMembership> securityGroups,
        Optional<String> maintenanceWindow,
        Optional<Notification> notification,
        Optional<Boolean> autoMinorVersionUpgrade,
        Optional<String> availabilityZone,
        boolean transitEncryption,
        Optional<String> networkType,
        Optional<String> ipDiscovery,
        List<Node> nodes,
        Optional<Endpoint> configurationEndpoint,
        boolean pendingChanges) {

    public CacheClusterState {
        securityGroups = List.copyOf(securityGroups);
        nodes = List.copyOf(nodes);
    }

    /** With the nodes as they were seen before, where an answer does not tell them: only reads do, and only if asked to. */
    public CacheClusterState withNodesOf(CacheClusterState before) {
        return nodes.isEmpty() ? withNodes(before.nodes) : this;
    }

    private CacheClusterState withNodes(List<Node> others) {
        return new CacheClusterState(
                id,
                arn,
                status,
                engine,
                engineVersion,
                nodeType,
                numCacheNodes,
                replicationGroupId,
                parameterGroup,
                subnetGroupName,
                securityGroups,
                maintenanceWindow,
                notification,
                autoMinorVersionUpgrade,
                availabilityZone,
                transitEncryption,
                networkType,
                ipDiscovery,
                others,
                configurationEndpoint,
                pendingChanges);
    }

    /** @param applyStatus {@code in-sync | applying | pending-reboot} */
    public record ParameterGroupStatus(String name, String applyStatus, List<String> nodeIdsToReboot) {
        public ParameterGroupStatus {
            nodeIdsToReboot = List.copyOf(nodeIdsToReboot);
        }
    }

    /** @param status {@code active}, or a transitional word */
    public record SecurityGroupMembership(String id, String status) {}

    /** @param status {@code active | inactive}; inactive means the same as not set */
    public record Notification(String topicArn, String status) {}

    /** One node of the cluster; members of a replication group have exactly one, {@code 0001}. */
    public record Node(String id, String status, Optional<Endpoint> endpoint, Optional<String> availabilityZone) {}
}
