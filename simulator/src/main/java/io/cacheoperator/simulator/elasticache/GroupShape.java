package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.elasticache.model.CreateReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.NodeGroup;
import software.amazon.awssdk.services.elasticache.model.NodeGroupConfiguration;
import software.amazon.awssdk.services.elasticache.model.NodeGroupMember;

/** The shards and replicas that a create asks for. */
record GroupShape(List<ShardPlan> shards, boolean clusterMode) {
    static final int SLOTS = 16_384;
    private static final int MOST_REPLICAS = 5;
    private static final Pattern NODE_GROUP_ID = Pattern.compile("[0-9]{1,4}");

    /**
     * One shard.
     *
     * @param zones of primary and replicas, empty for AWS to choose
     */
    record ShardPlan(String id, Optional<String> slots, int replicas, List<String> zones) {}

    GroupShape {
        shards = List.copyOf(shards);
    }

    static GroupShape of(CreateReplicationGroupRequest request, boolean clusterMode) {
        return new GroupShape(
                clusterMode || request.hasNodeGroupConfiguration() ? sharded(request) : List.of(single(request)),
                clusterMode);
    }

    int nodes() {
        return shards.stream().mapToInt(shard -> 1 + shard.replicas()).sum();
    }

    /** The least number of replicas that any shard has. */
    int replicas() {
        return shards.stream().mapToInt(ShardPlan::replicas).min().orElse(0);
    }

    List<String> zones() {
        return shards.stream()
                .flatMap(shard -> shard.zones().stream())
                .distinct()
                .toList();
    }

    private static ShardPlan single(CreateReplicationGroupRequest request) {
        int replicas = request.replicasPerNodeGroup() == null ? 0 : request.replicasPerNodeGroup();
        int nodes = request.numCacheClusters() == null ? 1 + replicas : request.numCacheClusters();
        List<String> zones = request.preferredCacheClusterAZs();
        if (!zones.isEmpty() && zones.size() != nodes) {
            throw AwsError.invalidParameterCombination(
                    "Must specify the same number of preferred availability zones as requested number of nodes.");
        }
        return new ShardPlan("0001", Optional.empty(), nodes - 1, zones);
    }

    private static List<ShardPlan> sharded(CreateReplicationGroupRequest request) {
        List<NodeGroupConfiguration> configured = request.nodeGroupConfiguration();
        int count = request.numNodeGroups() != null ? request.numNodeGroups() : Math.max(1, configured.size());
        if (!configured.isEmpty() && configured.size() != count) {
            throw AwsError.invalidParameterCombination(
                    "The number of node group configurations must be the number of node groups.");
        }
        List<ShardPlan> plans = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            NodeGroupConfiguration own =
                    configured.isEmpty() ? NodeGroupConfiguration.builder().build() : configured.get(i);
            plans.add(shard(request, own, i, count));
        }
        return plans;
    }

    private static ShardPlan shard(
            CreateReplicationGroupRequest request, NodeGroupConfiguration own, int index, int count) {
        int common = request.replicasPerNodeGroup() != null
                ? request.replicasPerNodeGroup()
                : request.numCacheClusters() != null ? request.numCacheClusters() - 1 : 0;
        int replicas = own.replicaCount() != null ? own.replicaCount() : common;
        checkReplicas(replicas);
        if (own.nodeGroupId() != null
                && !NODE_GROUP_ID.matcher(own.nodeGroupId()).matches()) {
            throw AwsError.invalidParameterValue("Invalid node group id: " + own.nodeGroupId());
        }
        String id = own.nodeGroupId() == null ? "%04d".formatted(index + 1) : own.nodeGroupId();
        String slots = own.slots() == null ? slots(index, count) : own.slots();
        return new ShardPlan(id, Optional.of(slots), replicas, zones(own, replicas));
    }

    private static List<String> zones(NodeGroupConfiguration own, int replicas) {
        List<String> replicaZones = own.replicaAvailabilityZones();
        if (!replicaZones.isEmpty() && replicaZones.size() != replicas) {
            throw AwsError.invalidParameterCombination(
                    "Must specify the same number of replica availability zones as replicas.");
        }
        List<String> zones = new ArrayList<>();
        if (own.primaryAvailabilityZone() != null) {
            zones.add(own.primaryAvailabilityZone());
            zones.addAll(replicaZones);
        }
        return zones;
    }

    static void checkReplicas(int replicas) {
        if (replicas < 0 || replicas > MOST_REPLICAS) {
            throw AwsError.invalidParameterValue(
                    "The number of replicas per node group must be between 0 and %d.".formatted(MOST_REPLICAS));
        }
    }

    /** An even share of the slots. */
    static String slots(int index, int count) {
        int from = (int) ((long) SLOTS * index / count);
        int to = (int) ((long) SLOTS * (index + 1) / count) - 1;
        return from + "-" + to;
    }

    /** The node groups of a new group: members named by shard and number, the first one the primary. */
    List<NodeGroup> nodeGroups(String groupId, Placement placement) {
        List<NodeGroup> nodeGroups = new ArrayList<>();
        for (int s = 0; s < shards.size(); s++) {
            ShardPlan shard = shards.get(s);
            List<NodeGroupMember> members = new ArrayList<>();
            for (int n = 0; n <= shard.replicas(); n++) {
                String zone = n < shard.zones().size() ? shard.zones().get(n) : placement.zone(s + n);
                members.add(member(memberId(groupId, shard.id(), n + 1, clusterMode), zone, n == 0));
            }
            nodeGroups.add(NodeGroup.builder()
                    .nodeGroupId(shard.id())
                    .status("creating")
                    .slots(shard.slots().orElse(null))
                    .nodeGroupMembers(members)
                    .build());
        }
        return nodeGroups;
    }

    static NodeGroupMember member(String clusterId, String zone, boolean primary) {
        return NodeGroupMember.builder()
                .cacheClusterId(clusterId)
                .cacheNodeId("0001")
                .preferredAvailabilityZone(zone)
                .currentRole(primary ? "primary" : "replica")
                .build();
    }

    /** Such as {@code orders-001}, or {@code orders-0002-001} in cluster mode. */
    static String memberId(String groupId, String nodeGroupId, int number, boolean clusterMode) {
        return clusterMode
                ? "%s-%s-%03d".formatted(groupId, nodeGroupId, number)
                : "%s-%03d".formatted(groupId, number);
    }
}
