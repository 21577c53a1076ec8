package io.cacheoperator.simulator.elasticache;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.CacheNode;
import software.amazon.awssdk.services.elasticache.model.Endpoint;
import software.amazon.awssdk.services.elasticache.model.NodeGroup;
import software.amazon.awssdk.services.elasticache.model.NodeGroupMember;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;

/** What Describe shows of caches: the stored state with endpoints, once there are any, and without what the mode hides. */
final class Views {
    private final Endpoints endpoints;

    Views(Context context) {
        this.endpoints = new Endpoints(context);
    }

    /** Endpoints and node groups are absent until the group is first available; roles and node group endpoints in cluster mode always. */
    ReplicationGroup group(GroupState group) {
        ReplicationGroup.Builder shown = group.shown().toBuilder();
        if (!group.reachable()) {
            return shown.nodeGroups((List<NodeGroup>) null).build();
        }
        String mode = group.shown().clusterModeAsString();
        if (!mode.equals("disabled")) {
            shown.configurationEndpoint(endpoints.configuration(group));
        }
        boolean hideRoles = mode.equals("enabled");
        return shown.nodeGroups(group.shown().nodeGroups().stream()
                        .map(nodeGroup -> hideRoles ? sharded(nodeGroup) : whole(group, nodeGroup))
                        .toList())
                .build();
    }

    private static NodeGroup sharded(NodeGroup nodeGroup) {
        return nodeGroup.copy(b -> b.nodeGroupMembers(nodeGroup.nodeGroupMembers().stream()
                .map(member -> member.copy(m -> m.currentRole(null)))
                .toList()));
    }

    private NodeGroup whole(GroupState group, NodeGroup nodeGroup) {
        List<NodeGroupMember> members = nodeGroup.nodeGroupMembers().stream()
                .map(member -> member.copy(m -> m.readEndpoint(endpoints.member(group, member.cacheClusterId()))))
                .toList();
        return nodeGroup.copy(b -> b.primaryEndpoint(endpoints.primary(group))
                .readerEndpoint(endpoints.reader(group))
                .slots(null)
                .nodeGroupMembers(members));
    }

    /** Nodes only where asked for. */
    CacheCluster cluster(ClusterState cluster, boolean showNodes) {
        CacheCluster.Builder shown = cluster.shown().toBuilder();
        if (cluster.memcached() && cluster.reachable()) {
            shown.configurationEndpoint(endpoints.configuration(cluster));
        }
        if (!showNodes) {
            return shown.cacheNodes((List<CacheNode>) null).build();
        }
        return shown.cacheNodes(cluster.shown().cacheNodes().stream()
                        .map(node -> node(cluster, node))
                        .toList())
                .build();
    }

    private CacheNode node(ClusterState cluster, CacheNode node) {
        Optional<Endpoint> endpoint = cluster.reachable() && !"creating".equals(node.cacheNodeStatus())
                ? Optional.of(endpoints.node(cluster, node.cacheNodeId()))
                : Optional.empty();
        return endpoint.map(e -> node.copy(b -> b.endpoint(e))).orElse(node);
    }
}
