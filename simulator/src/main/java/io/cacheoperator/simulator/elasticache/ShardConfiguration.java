package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Call;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupShardConfigurationRequest;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupShardConfigurationResponse;
import software.amazon.awssdk.services.elasticache.model.NodeGroup;
import software.amazon.awssdk.services.elasticache.model.NodeGroupMember;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroupPendingModifiedValues;
import software.amazon.awssdk.services.elasticache.model.ReshardingConfiguration;
import software.amazon.awssdk.services.elasticache.model.ReshardingStatus;
import software.amazon.awssdk.services.elasticache.model.SlotMigration;

/** ModifyReplicationGroupShardConfiguration: more shards, fewer shards, or the slots spread evenly again. */
final class ShardConfiguration {
    private final Context.Source contexts;

    ShardConfiguration(Context.Source contexts) {
        this.contexts = contexts;
    }

    ModifyReplicationGroupShardConfigurationResponse handle(
            ModifyReplicationGroupShardConfigurationRequest request, Call call) {
        Context c = contexts.of(call);
        if (request.nodeGroupCount() == null) {
            throw ElastiCacheErrors.missing("NodeGroupCount");
        }
        if (!Boolean.TRUE.equals(request.applyImmediately())) {
            throw AwsError.invalidParameterValue("ApplyImmediately must be true. False is not currently supported.");
        }
        GroupState group = DescribeReplicationGroups.group(c, request.replicationGroupId());
        if (!group.available()) {
            throw ElastiCacheErrors.replicationGroupState("Replication group must be in available state to modify.");
        }
        if (!group.clusterEnabled()) {
            throw AwsError.invalidParameterCombination(
                    "Shard configuration can only be modified for a replication group with cluster mode enabled.");
        }
        int wanted = request.nodeGroupCount();
        int present = group.shown().nodeGroups().size();
        if (wanted < 1) {
            throw AwsError.invalidParameterValue("NodeGroupCount must be at least 1.");
        }
        GroupState busy = wanted > present
                ? grow(c, group, request)
                : wanted < present ? shrink(c, group, request) : rebalance(c, group);
        return ModifyReplicationGroupShardConfigurationResponse.builder()
                .replicationGroup(new Views(c).group(busy))
                .build();
    }

    private static GroupState grow(
            Context c, GroupState group, ModifyReplicationGroupShardConfigurationRequest request) {
        if (!request.nodeGroupsToRemove().isEmpty()
                || !request.nodeGroupsToRetain().isEmpty()) {
            throw AwsError.invalidParameterCombination(
                    "NodeGroupsToRemove and NodeGroupsToRetain can only be given to remove node groups.");
        }
        List<NodeGroup> present = group.shown().nodeGroups();
        int added = request.nodeGroupCount() - present.size();
        int replicas = present.stream()
                .mapToInt(shard -> shard.nodeGroupMembers().size() - 1)
                .min()
                .orElse(0);
        Quotas.shards(c, (int) group.members().count() + added * (1 + replicas));
        Quotas.nodes(c, group.shown().cacheNodeType(), added * (1 + replicas));
        List<List<String>> zones = zones(request.reshardingConfiguration(), added, replicas);
        int last = present.stream()
                .mapToInt(shard -> Integer.parseInt(shard.nodeGroupId()))
                .max()
                .orElse(0);
        List<NodeGroup> all = new ArrayList<>(present);
        for (int i = 0; i < added; i++) {
            all.add(shard(c, group, "%04d".formatted(last + 1 + i), replicas, zones.get(i)));
        }
        return resharding(
                c,
                ReplicaChanges.resize(c, resharded(group), all, "Failed to reshard the replication group."),
                even(all));
    }

    private static List<List<String>> zones(List<ReshardingConfiguration> configured, int added, int replicas) {
        if (configured.isEmpty()) {
            return IntStream.range(0, added).mapToObj(i -> List.<String>of()).toList();
        }
        if (configured.size() != added) {
            throw AwsError.invalidParameterCombination(
                    "A resharding configuration must be given for each node group that is added.");
        }
        List<List<String>> zones = configured.stream()
                .map(ReshardingConfiguration::preferredAvailabilityZones)
                .toList();
        if (zones.stream().anyMatch(list -> !list.isEmpty() && list.size() != 1 + replicas)) {
            throw AwsError.invalidParameterCombination(
                    "Must specify the same number of preferred availability zones as requested number of nodes.");
        }
        return zones;
    }

    private static NodeGroup shard(Context c, GroupState group, String id, int replicas, List<String> zones) {
        List<NodeGroupMember> members = new ArrayList<>();
        for (int n = 0; n <= replicas; n++) {
            String zone = n < zones.size() ? zones.get(n) : ReplicaChanges.nextZone(c, group, members);
            members.add(GroupShape.member(GroupShape.memberId(group.id(), id, n + 1, true), zone, n == 0));
        }
        return NodeGroup.builder()
                .nodeGroupId(id)
                .status("creating")
                .nodeGroupMembers(members)
                .build();
    }

    private static GroupState shrink(
            Context c, GroupState group, ModifyReplicationGroupShardConfigurationRequest request) {
        List<String> removed = request.nodeGroupsToRemove();
        List<String> retained = request.nodeGroupsToRetain();
        if (removed.isEmpty() == retained.isEmpty()) {
            throw AwsError.invalidParameterCombination(
                    "Exactly one of NodeGroupsToRemove and NodeGroupsToRetain must be given to remove node groups.");
        }
        List<NodeGroup> present = group.shown().nodeGroups();
        Set<String> ids = present.stream().map(NodeGroup::nodeGroupId).collect(Collectors.toSet());
        List<String> unknown = (removed.isEmpty() ? retained : removed)
                .stream().filter(id -> !ids.contains(id)).toList();
        if (!unknown.isEmpty()) {
            throw AwsError.invalidParameterValue(
                    "The following node group ids are invalid: [%s]".formatted(String.join(", ", unknown)));
        }
        List<NodeGroup> kept = present.stream()
                .filter(shard -> removed.isEmpty()
                        ? retained.contains(shard.nodeGroupId())
                        : !removed.contains(shard.nodeGroupId()))
                .toList();
        if (kept.size() != request.nodeGroupCount()) {
            throw AwsError.invalidParameterCombination(
                    "The node groups given do not leave %d node groups.".formatted(request.nodeGroupCount()));
        }
        return progress(c, ReplicaChanges.shrink(c, resharded(group), even(kept)));
    }

    private static GroupState rebalance(Context c, GroupState group) {
        List<NodeGroup> present = group.shown().nodeGroups();
        Map<String, String> even =
                even(present).stream().collect(Collectors.toMap(NodeGroup::nodeGroupId, NodeGroup::slots));
        boolean uniform = present.stream().allMatch(shard -> shard.slots().equals(even.get(shard.nodeGroupId())));
        if (uniform) {
            throw ElastiCacheErrors.replicationGroupState(
                    "Slots in the replication group are uniformly distributed. Nothing to do.");
        }
        return progress(
                c,
                GroupLifecycle.modify(
                        c,
                        resharded(group),
                        c.durations().resize(),
                        "Failed to reshard the replication group.",
                        (then, now) ->
                                finished(now.withNodeGroups(even(now.shown().nodeGroups())))));
    }

    /** The node groups with even shares of the slots. */
    private static List<NodeGroup> even(List<NodeGroup> nodeGroups) {
        List<NodeGroup> sorted = nodeGroups.stream()
                .sorted(Comparator.comparing(NodeGroup::nodeGroupId))
                .toList();
        return IntStream.range(0, sorted.size())
                .mapToObj(i -> sorted.get(i).copy(b -> b.slots(GroupShape.slots(i, sorted.size()))))
                .toList();
    }

    /** Slots move during the operation: seen half-way, and done shortly before its end. */
    private static GroupState resharding(Context c, GroupState busy, List<NodeGroup> target) {
        Map<String, String> slots = target.stream().collect(Collectors.toMap(NodeGroup::nodeGroupId, NodeGroup::slots));
        long operation = busy.operation();
        c.after(
                c.durations().resize().multipliedBy(9).dividedBy(10),
                then -> GroupLifecycle.current(then, busy.id(), operation)
                        .ifPresent(now -> Members.save(
                                then,
                                now.withNodeGroups(now.shown().nodeGroups().stream()
                                        .map(shard -> shard.copy(b -> b.slots(slots.get(shard.nodeGroupId()))))
                                        .toList()))));
        return progress(c, busy);
    }

    private static GroupState progress(Context c, GroupState busy) {
        long operation = busy.operation();
        c.after(
                c.durations().resize().dividedBy(2),
                then -> GroupLifecycle.current(then, busy.id(), operation)
                        .ifPresent(now -> Members.save(then, now.show(b -> b.pendingModifiedValues(pending(50.0))))));
        c.after(
                c.durations().resize(),
                then -> then.state()
                        .groups
                        .find(busy.id())
                        .filter(now -> now.available()
                                && now.shown().pendingModifiedValues().resharding() != null)
                        .ifPresent(now -> Members.save(then, finished(now))));
        return busy;
    }

    private static GroupState resharded(GroupState group) {
        return group.show(b -> b.pendingModifiedValues(pending(0.0)));
    }

    private static GroupState finished(GroupState group) {
        return group.show(b -> b.pendingModifiedValues(
                ReplicationGroupPendingModifiedValues.builder().build()));
    }

    private static ReplicationGroupPendingModifiedValues pending(double percent) {
        return ReplicationGroupPendingModifiedValues.builder()
                .resharding(ReshardingStatus.builder()
                        .slotMigration(SlotMigration.builder()
                                .progressPercentage(percent)
                                .build())
                        .build())
                .build();
    }
}
