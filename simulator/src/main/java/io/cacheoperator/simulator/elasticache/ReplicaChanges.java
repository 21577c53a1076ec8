package io.cacheoperator.simulator.elasticache;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticache.model.NodeGroup;
import software.amazon.awssdk.services.elasticache.model.NodeGroupMember;

/** Adds and removes replicas of a replication group. */
final class ReplicaChanges {
    private ReplicaChanges() {}

    /** A replica with a name of its own, without cluster mode. */
    static void addNamed(Context c, GroupState group, String clusterId, Optional<String> zone) {
        List<NodeGroup> nodeGroups = group.shown().nodeGroups().stream()
                .map(nodeGroup -> nodeGroup.copy(b -> {
                    List<NodeGroupMember> members = new ArrayList<>(nodeGroup.nodeGroupMembers());
                    members.add(GroupShape.member(clusterId, zone.orElseGet(() -> nextZone(c, group, members)), false));
                    b.nodeGroupMembers(members);
                }))
                .toList();
        resize(c, group, nodeGroups, "Failed adding replicas");
    }

    /**
     * Brings each node group to its number of replicas.
     *
     * @param replicas by node group id
     * @param zones    of primary and replicas by node group id, where asked for
     */
    static GroupState add(Context c, GroupState group, Map<String, Integer> replicas, Map<String, List<String>> zones) {
        List<NodeGroup> nodeGroups = group.shown().nodeGroups().stream()
                .map(nodeGroup -> grown(
                        c,
                        group,
                        nodeGroup,
                        replicas.getOrDefault(
                                nodeGroup.nodeGroupId(),
                                nodeGroup.nodeGroupMembers().size() - 1),
                        zones.getOrDefault(nodeGroup.nodeGroupId(), List.of())))
                .toList();
        return resize(c, group, nodeGroups, "Failed adding replicas");
    }

    private static NodeGroup grown(Context c, GroupState group, NodeGroup nodeGroup, int replicas, List<String> zones) {
        List<NodeGroupMember> members = new ArrayList<>(nodeGroup.nodeGroupMembers());
        while (members.size() <= replicas) {
            String id = freeId(group, nodeGroup.nodeGroupId(), members);
            String zone = members.size() < zones.size() ? zones.get(members.size()) : nextZone(c, group, members);
            members.add(GroupShape.member(id, zone, false));
        }
        return nodeGroup.copy(b -> b.nodeGroupMembers(members));
    }

    private static String freeId(GroupState group, String nodeGroupId, List<NodeGroupMember> members) {
        Set<String> taken =
                members.stream().map(NodeGroupMember::cacheClusterId).collect(Collectors.toSet());
        for (int number = 1; ; number++) {
            String id = GroupShape.memberId(group.id(), nodeGroupId, number, group.clusterEnabled());
            if (!taken.contains(id)) {
                return id;
            }
        }
    }

    /** A zone of the subnet group that the fewest members are in. */
    static String nextZone(Context c, GroupState group, List<NodeGroupMember> members) {
        List<String> used =
                members.stream().map(NodeGroupMember::preferredAvailabilityZone).toList();
        return Placement.leastUsed(c, group.template().cacheSubnetGroupName(), used)
                .orElseGet(used::getFirst);
    }

    /** Removes replicas by name. */
    static GroupState removeNamed(Context c, GroupState group, List<String> clusterIds) {
        Set<String> gone = new HashSet<>(clusterIds);
        List<NodeGroup> nodeGroups = group.shown().nodeGroups().stream()
                .map(nodeGroup -> nodeGroup.copy(b -> b.nodeGroupMembers(nodeGroup.nodeGroupMembers().stream()
                        .filter(member -> !gone.contains(member.cacheClusterId()))
                        .toList())))
                .toList();
        return shrink(c, group, nodeGroups);
    }

    /** Removes the last replicas of each node group that has more than it shall have. */
    static GroupState remove(Context c, GroupState group, Map<String, Integer> replicas) {
        List<NodeGroup> nodeGroups = group.shown().nodeGroups().stream()
                .map(nodeGroup -> shrunk(nodeGroup, replicas.getOrDefault(nodeGroup.nodeGroupId(), Integer.MAX_VALUE)))
                .toList();
        return shrink(c, group, nodeGroups);
    }

    private static NodeGroup shrunk(NodeGroup nodeGroup, int replicas) {
        List<NodeGroupMember> members = new ArrayList<>(nodeGroup.nodeGroupMembers());
        for (int i = members.size() - 1; i >= 0 && members.size() - 1 > replicas; i--) {
            if (!"primary".equals(members.get(i).currentRole())) {
                members.remove(i);
            }
        }
        return nodeGroup.copy(b -> b.nodeGroupMembers(members));
    }

    /** New members are there at once, in {@code creating}; the group is available when they are. */
    static GroupState resize(Context c, GroupState group, List<NodeGroup> nodeGroups, String failure) {
        List<NodeGroup> before = group.shown().nodeGroups();
        Set<String> old = group.members().map(GroupState.Member::clusterId).collect(Collectors.toSet());
        GroupState busy = GroupLifecycle.begin(
                c, group.withNodeGroups(nodeGroups), "modifying", c.durations().resize(), (then, now) -> {
                    if (then.config().knobs().takeRollback(now.id())) {
                        then.event("replication-group", now.id(), failure);
                        GroupLifecycle.finish(then, now.withNodeGroups(before));
                    } else {
                        GroupLifecycle.finish(then, now);
                    }
                });
        Map<String, String> tags = Tags.of(c, group.shown().arn());
        busy.members()
                .filter(member -> !old.contains(member.clusterId()))
                .forEach(member -> Tags.create(c, c.arn("cluster", member.clusterId()), tags));
        return busy;
    }

    /** Members to go are {@code deleting} until the end. */
    static GroupState shrink(Context c, GroupState group, List<NodeGroup> nodeGroups) {
        Set<String> kept = nodeGroups.stream()
                .flatMap(nodeGroup -> nodeGroup.nodeGroupMembers().stream())
                .map(NodeGroupMember::cacheClusterId)
                .collect(Collectors.toSet());
        GroupState busy = GroupLifecycle.modify(
                c,
                group,
                c.durations().resize(),
                "Failed removing replicas",
                (then, now) -> snapshotSource(now.withNodeGroups(nodeGroups), kept));
        Members.status(c, busy, "deleting", cluster -> !kept.contains(cluster.id()));
        return busy;
    }

    /** If the member that snapshots are taken of has gone, another one takes over. */
    private static GroupState snapshotSource(GroupState group, Set<String> kept) {
        String source = group.shown().snapshottingClusterId();
        if (source == null || kept.contains(source)) {
            return group;
        }
        return group.show(
                b -> b.snapshottingClusterId(group.shown().memberClusters().getLast()));
    }
}
