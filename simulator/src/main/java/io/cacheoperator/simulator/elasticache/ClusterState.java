package io.cacheoperator.simulator.elasticache;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.CacheNode;

/**
 * A cache cluster: a memcached cache, a single redis node, or a member of a replication group.
 *
 * @param shown      what Describe shows but for endpoints
 * @param port       of every node
 * @param reachable  whether it was ever available: from then on it has endpoints
 * @param interfaces network interface ids by node id
 * @param operation  a number that changes with each long-running operation, so that one that was overtaken has no effect
 * @param deferred   what waits for the maintenance window
 */
record ClusterState(
        CacheCluster shown,
        int port,
        boolean reachable,
        Map<String, String> interfaces,
        long operation,
        Optional<ClusterWork> deferred) {
    ClusterState {
        interfaces = Map.copyOf(interfaces);
    }

    String id() {
        return shown.cacheClusterId();
    }

    String status() {
        return shown.cacheClusterStatus();
    }

    boolean available() {
        return shown.cacheClusterStatus().equals("available");
    }

    boolean memcached() {
        return shown.engine().equals("memcached");
    }

    Optional<String> replicationGroupId() {
        return Optional.ofNullable(shown.replicationGroupId());
    }

    List<String> nodeIds() {
        return shown.cacheNodes().stream().map(CacheNode::cacheNodeId).toList();
    }

    String parameterGroup() {
        return shown.cacheParameterGroup().cacheParameterGroupName();
    }

    ClusterState show(Consumer<CacheCluster.Builder> change) {
        return new ClusterState(shown.copy(change::accept), port, reachable, interfaces, operation, deferred);
    }

    ClusterState withStatus(String status) {
        String nodeStatus = switch (status) {
            case "creating", "deleting", "available" -> status;
            case "rebooting cluster nodes" -> "rebooting";
            default -> "available";
        };
        return show(cluster -> cluster.cacheClusterStatus(status)
                .cacheNodes(shown.cacheNodes().stream()
                        .map(node -> node.copy(b -> b.cacheNodeStatus(nodeStatus)))
                        .toList()));
    }

    ClusterState withReachable() {
        return new ClusterState(shown, port, true, interfaces, operation, deferred);
    }

    ClusterState withInterfaces(Map<String, String> attached) {
        return new ClusterState(shown, port, reachable, attached, operation, deferred);
    }

    ClusterState withOperation(long number) {
        return new ClusterState(shown, port, reachable, interfaces, number, deferred);
    }

    ClusterState withDeferred(Optional<ClusterWork> work) {
        return new ClusterState(shown, port, reachable, interfaces, operation, work);
    }
}
