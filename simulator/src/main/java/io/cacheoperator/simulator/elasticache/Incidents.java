package io.cacheoperator.simulator.elasticache;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticache.model.NodeGroup;
import software.amazon.awssdk.services.elasticache.model.NodeGroupMember;

/** What happens to replication groups without a call: nodes are replaced, and zones fail. */
final class Incidents {
    private Incidents() {}

    /**
     * A node is replaced by another one, in the same zone and under the next number that the shard has not had yet. Where it is the
     * primary and there is a replica, that one takes over first. The group is {@code modifying} meanwhile.
     */
    static void replace(Context c, GroupState group, String clusterId) {
        GroupState safe = group.members()
                .filter(member -> member.clusterId().equals(clusterId) && member.primary())
                .findFirst()
                .flatMap(primary -> successor(primary.nodeGroup(), ""))
                .map(replica -> Failovers.promote(group, replica))
                .orElse(group);
        String successor = safe.members()
                .filter(member -> member.clusterId().equals(clusterId))
                .findFirst()
                .map(member -> next(safe, member.nodeGroup()))
                .orElse(clusterId);
        List<NodeGroup> nodeGroups = safe.shown().nodeGroups().stream()
                .map(nodeGroup -> nodeGroup.copy(b -> b.nodeGroupMembers(nodeGroup.nodeGroupMembers().stream()
                        .map(member -> renamed(member, clusterId, successor))
                        .toList())))
                .toList();
        GroupState snapshotted = clusterId.equals(safe.shown().snapshottingClusterId())
                ? safe.show(b -> b.snapshottingClusterId(successor))
                : safe;
        ReplicaChanges.resize(c, snapshotted, nodeGroups, "Failed replacing node " + clusterId);
        c.event("cache-cluster", clusterId, "Recovering cache nodes 0001");
    }

    private static NodeGroupMember renamed(NodeGroupMember member, String from, String to) {
        return member.cacheClusterId().equals(from) ? member.copy(b -> b.cacheClusterId(to)) : member;
    }

    private static String next(GroupState group, NodeGroup nodeGroup) {
        int last = nodeGroup.nodeGroupMembers().stream()
                .map(member -> member.cacheClusterId().replaceAll(".*-", ""))
                .filter(number -> number.matches("[0-9]{1,6}"))
                .mapToInt(Integer::parseInt)
                .max()
                .orElse(0);
        return GroupShape.memberId(group.id(), nodeGroup.nodeGroupId(), last + 1, group.clusterEnabled());
    }

    /** Primaries in a zone hand over to replicas in others, where failover is automatic. The nodes come back later, as replicas. */
    static void failZone(Context c, String zone) {
        for (GroupState group : c.state().groups.values()) {
            if (group.reachable() && group.failover()) {
                failZone(c, group, zone);
            }
        }
    }

    private static void failZone(Context c, GroupState group, String zone) {
        List<GroupState.Member> lost = group.members()
                .filter(member ->
                        member.primary() && zone.equals(member.member().preferredAvailabilityZone()))
                .toList();
        GroupState after = group;
        for (GroupState.Member primary : lost) {
            Optional<String> replica = successor(primary.nodeGroup(), zone);
            if (replica.isPresent()) {
                after = Failovers.promote(after, replica.get());
                c.event(
                        "replication-group",
                        group.id(),
                        "Failover from primary node %s to replica node %s completed"
                                .formatted(primary.clusterId(), replica.get()));
            }
            c.event("cache-cluster", primary.clusterId(), "Recovering cache nodes 0001");
        }
        if (after != group) {
            Members.save(c, after);
        }
    }

    private static Optional<String> successor(NodeGroup nodeGroup, String lostZone) {
        return nodeGroup.nodeGroupMembers().stream()
                .filter(member ->
                        !"primary".equals(member.currentRole()) && !lostZone.equals(member.preferredAvailabilityZone()))
                .map(NodeGroupMember::cacheClusterId)
                .findFirst();
    }
}
