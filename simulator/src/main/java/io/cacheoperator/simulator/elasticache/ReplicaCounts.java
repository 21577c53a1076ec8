package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Call;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticache.model.ConfigureShard;
import software.amazon.awssdk.services.elasticache.model.DecreaseReplicaCountRequest;
import software.amazon.awssdk.services.elasticache.model.DecreaseReplicaCountResponse;
import software.amazon.awssdk.services.elasticache.model.IncreaseReplicaCountRequest;
import software.amazon.awssdk.services.elasticache.model.IncreaseReplicaCountResponse;
import software.amazon.awssdk.services.elasticache.model.NodeGroup;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;

/** IncreaseReplicaCount and DecreaseReplicaCount. */
final class ReplicaCounts {
    private final Context.Source contexts;

    ReplicaCounts(Context.Source contexts) {
        this.contexts = contexts;
    }

    IncreaseReplicaCountResponse increase(IncreaseReplicaCountRequest request, Call call) {
        Context c = contexts.of(call);
        checkSyntax(request.applyImmediately(), request.newReplicaCount(), request.replicaConfiguration(), false);
        GroupState group = DescribeReplicationGroups.group(c, request.replicationGroupId());
        checkState(group);
        Map<String, Integer> present = present(group);
        Map<String, Integer> wanted = wanted(group, request.newReplicaCount(), request.replicaConfiguration());
        wanted.values().forEach(GroupShape::checkReplicas);
        checkChanges(present, wanted);
        boolean fewer = wanted.entrySet().stream()
                .anyMatch(entry -> entry.getValue() < present.getOrDefault(entry.getKey(), 0));
        if (fewer) {
            throw AwsError.invalidParameterValue(
                    "The new replica count must be greater than the current number of replicas.");
        }
        Map<String, List<String>> zones = zones(c, group, request.replicaConfiguration());
        int added = wanted.entrySet().stream()
                .mapToInt(entry -> entry.getValue() - present.getOrDefault(entry.getKey(), 0))
                .sum();
        Quotas.shards(c, (int) group.members().count() + added);
        Quotas.nodes(c, group.shown().cacheNodeType(), added);
        GroupState busy = ReplicaChanges.add(c, group, wanted, zones);
        return IncreaseReplicaCountResponse.builder()
                .replicationGroup(shown(c, busy))
                .build();
    }

    DecreaseReplicaCountResponse decrease(DecreaseReplicaCountRequest request, Call call) {
        Context c = contexts.of(call);
        List<String> named = AccessRules.lower(request.replicasToRemove());
        checkSyntax(
                request.applyImmediately(),
                request.newReplicaCount(),
                request.replicaConfiguration(),
                !named.isEmpty());
        GroupState group = DescribeReplicationGroups.group(c, request.replicationGroupId());
        checkState(group);
        Map<String, Integer> present = present(group);
        Map<String, Integer> wanted = named.isEmpty()
                ? wanted(group, request.newReplicaCount(), request.replicaConfiguration())
                : withoutNamed(group, named);
        checkChanges(present, wanted);
        boolean more = wanted.entrySet().stream()
                .anyMatch(entry -> entry.getValue() > present.getOrDefault(entry.getKey(), 0));
        if (more) {
            throw AwsError.invalidParameterValue(
                    "The new replica count must be less than the current number of replicas.");
        }
        checkLeast(group, wanted);
        GroupState busy =
                named.isEmpty() ? ReplicaChanges.remove(c, group, wanted) : ReplicaChanges.removeNamed(c, group, named);
        return DecreaseReplicaCountResponse.builder()
                .replicationGroup(shown(c, busy))
                .build();
    }

    private static void checkSyntax(
            @Nullable Boolean immediately, @Nullable Integer count, List<ConfigureShard> shards, boolean named) {
        if (!Boolean.TRUE.equals(immediately)) {
            throw AwsError.invalidParameterValue("ApplyImmediately must be true. False is not currently supported.");
        }
        int ways = (count != null ? 1 : 0) + (shards.isEmpty() ? 0 : 1) + (named ? 1 : 0);
        boolean namedWithCount = named && count != null && shards.isEmpty();
        if (ways != 1 && !namedWithCount) {
            throw AwsError.invalidParameterCombination(
                    "Exactly one of NewReplicaCount and ReplicaConfiguration must be given.");
        }
    }

    private static void checkState(GroupState group) {
        if (!group.available()) {
            throw ElastiCacheErrors.replicationGroupState("Replication group must be in available state to modify.");
        }
    }

    private static Map<String, Integer> present(GroupState group) {
        return group.shown().nodeGroups().stream()
                .collect(Collectors.toMap(
                        NodeGroup::nodeGroupId,
                        shard -> shard.nodeGroupMembers().size() - 1));
    }

    private static Map<String, Integer> wanted(
            GroupState group, @Nullable Integer uniform, List<ConfigureShard> configured) {
        Map<String, Integer> wanted = present(group);
        if (uniform != null) {
            wanted.replaceAll((id, count) -> uniform);
            return wanted;
        }
        for (ConfigureShard shard : configured) {
            String id = Identifiers.text("NodeGroupId", shard.nodeGroupId());
            if (!wanted.containsKey(id)) {
                throw AwsError.invalidParameterValue("The following node group ids are invalid: [%s]".formatted(id));
            }
            if (shard.newReplicaCount() == null) {
                throw ElastiCacheErrors.missing("NewReplicaCount");
            }
            wanted.put(id, shard.newReplicaCount());
        }
        return wanted;
    }

    private static Map<String, Integer> withoutNamed(GroupState group, List<String> named) {
        Map<String, Integer> wanted = present(group);
        for (String id : named) {
            GroupState.Member member = group.members()
                    .filter(m -> m.clusterId().equals(id))
                    .findFirst()
                    .orElseThrow(() -> ElastiCacheErrors.cacheClusterNotFound(id));
            if (member.primary()) {
                throw AwsError.invalidParameterValue("The primary %s cannot be removed.".formatted(id));
            }
            wanted.merge(member.nodeGroup().nodeGroupId(), -1, Integer::sum);
        }
        return wanted;
    }

    private static void checkChanges(Map<String, Integer> present, Map<String, Integer> wanted) {
        if (present.equals(wanted)) {
            throw AwsError.badRequest(
                    "NoOperationFault", "Requested new replica count already matches current number of replicas.");
        }
    }

    private static void checkLeast(GroupState group, Map<String, Integer> wanted) {
        int least = wanted.values().stream().mapToInt(Integer::intValue).min().orElse(0);
        if (least < 0) {
            throw AwsError.invalidParameterValue("The number of replicas must not be negative.");
        }
        if (least > 0) {
            return;
        }
        if (group.multiAz()) {
            throw AwsError.invalidParameterValue("Must have at least 1 replica for Multi-AZ enabled Replication Group");
        }
        if (!group.clusterEnabled() && !"disabled".equals(group.shown().automaticFailoverAsString())) {
            throw AwsError.invalidParameterValue(
                    "Must have at least 1 replica when cluster mode is disabled with auto failover enabled.");
        }
    }

    private static Map<String, List<String>> zones(Context c, GroupState group, List<ConfigureShard> configured) {
        Map<String, List<String>> zones = new HashMap<>();
        Set<String> offered = Placement.subnetGroup(c, group.template().cacheSubnetGroupName()).stream()
                .flatMap(subnets -> subnets.zones().stream())
                .collect(Collectors.toSet());
        for (ConfigureShard shard : configured) {
            List<String> given = shard.preferredAvailabilityZones();
            if (given.isEmpty()) {
                continue;
            }
            if (given.size() != shard.newReplicaCount() + 1) {
                throw AwsError.invalidParameterCombination(
                        "Must specify the same number of preferred availability zones as requested number of nodes.");
            }
            given.stream().filter(zone -> !offered.contains(zone)).findFirst().ifPresent(zone -> {
                throw AwsError.invalidParameterValue("%s is not a valid availability zone.".formatted(zone));
            });
            zones.put(shard.nodeGroupId(), given);
        }
        return zones;
    }

    private static ReplicationGroup shown(Context c, GroupState group) {
        return new Views(c).group(group);
    }
}
