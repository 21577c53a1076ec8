package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.elasticache.Nodes.Deployment;
import io.cacheoperator.simulator.elasticache.Nodes.Node;
import io.cacheoperator.simulator.elasticache.Nodes.Shard;
import io.cacheoperator.simulator.elasticache.Nodes.Tls;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.elasticache.model.NodeGroup;

/** What is to run for a cache, by its state. */
final class Deployments {
    private Deployments() {}

    static Deployment of(Context c, GroupState group) {
        // Servers cannot do both at once: those of a group in compatible mode run without cluster mode still.
        boolean clusterMode = group.clusterEnabled();
        return new Deployment(
                c.cacheKey(group.id()),
                group.engine(),
                clusterMode,
                tls(group),
                group.tokens().accepted(),
                group.tokens().open(),
                parameters(c, group.template().cacheParameterGroup().cacheParameterGroupName()),
                group.shown().nodeGroups().stream().map(Deployments::shard).toList());
    }

    static Deployment of(Context c, ClusterState cluster) {
        List<Node> nodes = cluster.nodeIds().stream()
                .map(id -> new Node(cluster.id(), id, true))
                .toList();
        return new Deployment(
                c.cacheKey(cluster.id()),
                cluster.shown().engine(),
                false,
                Boolean.TRUE.equals(cluster.shown().transitEncryptionEnabled()) ? Tls.REQUIRED : Tls.OFF,
                List.of(),
                true,
                parameters(c, cluster.parameterGroup()),
                List.of(new Shard("0001", Optional.empty(), nodes)));
    }

    private static Shard shard(NodeGroup nodeGroup) {
        return new Shard(
                nodeGroup.nodeGroupId(),
                Optional.ofNullable(nodeGroup.slots()),
                nodeGroup.nodeGroupMembers().stream()
                        .map(member -> new Node(
                                member.cacheClusterId(), member.cacheNodeId(), "primary".equals(member.currentRole())))
                        .toList());
    }

    private static Tls tls(GroupState group) {
        if (!group.encrypted()) {
            return Tls.OFF;
        }
        return "preferred".equals(group.shown().transitEncryptionModeAsString()) ? Tls.PREFERRED : Tls.REQUIRED;
    }

    private static Map<String, String> parameters(Context c, String group) {
        return c.state()
                .parameterGroups
                .find(group)
                .map(ParameterGroupState::values)
                .orElse(Map.of());
    }
}
