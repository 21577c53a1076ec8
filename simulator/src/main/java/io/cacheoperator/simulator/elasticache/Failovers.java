package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Call;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticache.model.NodeGroup;
import software.amazon.awssdk.services.elasticache.model.NodeGroupMember;
import software.amazon.awssdk.services.elasticache.model.TestFailoverRequest;
import software.amazon.awssdk.services.elasticache.model.TestFailoverResponse;

/** TestFailover, and what any failover does: roles change, names do not. */
final class Failovers {
    private static final int MOST_PER_DAY = 15;
    private final Context.Source contexts;

    Failovers(Context.Source contexts) {
        this.contexts = contexts;
    }

    TestFailoverResponse test(TestFailoverRequest request, Call call) {
        Context c = contexts.of(call);
        String nodeGroupId = Identifiers.text("NodeGroupId", request.nodeGroupId());
        GroupState group = DescribeReplicationGroups.group(c, request.replicationGroupId());
        NodeGroup nodeGroup = group.shown().nodeGroups().stream()
                .filter(shard -> shard.nodeGroupId().equals(nodeGroupId))
                .findFirst()
                .orElseThrow(() ->
                        AwsError.notFound("NodeGroupNotFoundFault", "Node group %s not found.".formatted(nodeGroupId)));
        if (!group.available()) {
            throw ElastiCacheErrors.replicationGroupState(
                    "Replication group %s is not in available state.".formatted(group.id()));
        }
        if (!group.failover()) {
            throw ElastiCacheErrors.replicationGroupState("Automatic failover must be enabled to test a failover.");
        }
        String replica = replica(nodeGroup)
                .orElseThrow(() -> AwsError.badRequest(
                        "TestFailoverNotAvailableFault", "The node group has no replica to fail over to."));
        int limit = c.config().knobs().limit("APICallRateForCustomerExceeded", MOST_PER_DAY);
        if (!c.state().countWithin("failovers", c.now(), Duration.ofHours(24), limit)) {
            throw AwsError.badRequest(
                    "APICallRateForCustomerExceeded", "The customer has exceeded the allowed rate of API calls.");
        }
        start(c, group, nodeGroupId, replica);
        return TestFailoverResponse.builder()
                .replicationGroup(new Views(c).group(DescribeReplicationGroups.group(c, group.id())))
                .build();
    }

    /** The group stays available; only events and, without cluster mode, roles tell. */
    private static void start(Context c, GroupState group, String nodeGroupId, String replica) {
        c.event("replication-group", group.id(), "Test Failover API called for node group " + nodeGroupId);
        c.after(
                c.durations().failover(),
                then -> then.state().groups.find(group.id()).ifPresent(now -> {
                    if (now.members().noneMatch(member -> member.clusterId().equals(replica))) {
                        return;
                    }
                    String primary = now.members()
                            .filter(member -> member.primary()
                                    && member.nodeGroup().nodeGroupId().equals(nodeGroupId))
                            .map(GroupState.Member::clusterId)
                            .findFirst()
                            .orElse("");
                    Members.save(then, promote(now, replica));
                    then.event(
                            "replication-group",
                            now.id(),
                            "Failover from primary node %s to replica node %s completed".formatted(primary, replica));
                    then.event("cache-cluster", primary, "Recovering cache nodes 0001");
                    then.event("cache-cluster", primary, "Finished recovery for cache nodes 0001");
                }));
    }

    private static Optional<String> replica(NodeGroup nodeGroup) {
        return nodeGroup.nodeGroupMembers().stream()
                .filter(member -> !"primary".equals(member.currentRole()))
                .map(NodeGroupMember::cacheClusterId)
                .findFirst();
    }

    /** The group with another primary in the node group of that member. */
    static GroupState promote(GroupState group, String clusterId) {
        List<NodeGroup> nodeGroups = group.shown().nodeGroups().stream()
                .map(nodeGroup -> contains(nodeGroup, clusterId) ? promoted(nodeGroup, clusterId) : nodeGroup)
                .toList();
        return group.withNodeGroups(nodeGroups);
    }

    private static boolean contains(NodeGroup nodeGroup, String clusterId) {
        return nodeGroup.nodeGroupMembers().stream()
                .anyMatch(member -> member.cacheClusterId().equals(clusterId));
    }

    private static NodeGroup promoted(NodeGroup nodeGroup, String clusterId) {
        return nodeGroup.copy(b -> b.nodeGroupMembers(nodeGroup.nodeGroupMembers().stream()
                .map(member -> member.copy(
                        m -> m.currentRole(member.cacheClusterId().equals(clusterId) ? "primary" : "replica")))
                .toList()));
    }
}
