package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.CacheClusterState;
import io.cacheoperator.aws.CacheClusterState.ParameterGroupStatus;
import io.cacheoperator.aws.CacheClusterState.SecurityGroupMembership;
import io.cacheoperator.aws.Endpoint;
import io.cacheoperator.aws.ReplicationGroupState;
import io.cacheoperator.aws.ReplicationGroupState.NodeGroup;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A cache as it is in AWS, put together from the two describe calls that each know a part of it.
 *
 * @param group the replication group; empty for memcached
 * @param members its members, or the memcached cluster alone; empty while they are not known
 */
public record ExistingCache(Optional<ReplicationGroupState> group, List<CacheClusterState> members) {

    public ExistingCache {
        members = members.stream()
                .sorted(Comparator.comparing(CacheClusterState::id))
                .toList();
    }

    public String id() {
        return group.map(ReplicationGroupState::id)
                .orElseGet(() -> members.getFirst().id());
    }

    public String arn() {
        return group.map(ReplicationGroupState::arn)
                .orElseGet(() -> members.getFirst().arn());
    }

    /** AWS's word, such as {@code available}, {@code creating} or {@code create-failed}. */
    public String status() {
        return group.map(ReplicationGroupState::status)
                .orElseGet(() -> members.getFirst().status());
    }

    /**
     * Whether it may be changed now. A node group's status may lag behind its group's, so the group counts as settled only
     * with all its node groups available and every member in one of them (aws-behaviour.md, 2.1).
     */
    public boolean settled() {
        return status().equals("available")
                && group.map(ExistingCache::shardsSettled).orElse(true);
    }

    private static boolean shardsSettled(ReplicationGroupState group) {
        int inShards = group.nodeGroups().stream()
                .mapToInt(shard -> shard.members().size())
                .sum();
        return group.nodeGroups().stream().allMatch(shard -> shard.status().equals("available"))
                && group.memberClusters().size() == inShards;
    }

    /** The member that speaks for all: the first that is available, else the first. */
    public Optional<CacheClusterState> speaker() {
        return members.stream()
                .filter(member -> member.status().equals("available"))
                .findFirst()
                .or(() -> members.stream().findFirst());
    }

    /** Full, such as {@code 8.0.1}. Empty while no member is known. */
    public Optional<String> engineVersion() {
        return speaker().map(CacheClusterState::engineVersion);
    }

    public Optional<String> engine() {
        return group.map(ReplicationGroupState::engine).or(() -> speaker().map(CacheClusterState::engine));
    }

    public Optional<String> parameterGroup() {
        return speaker().flatMap(CacheClusterState::parameterGroup).map(ParameterGroupStatus::name);
    }

    public Optional<String> subnetGroup() {
        return speaker().flatMap(CacheClusterState::subnetGroupName);
    }

    public List<String> securityGroups() {
        return speaker().map(CacheClusterState::securityGroups).orElse(List.of()).stream()
                .map(SecurityGroupMembership::id)
                .toList();
    }

    /** The availability zones that a memcached cluster has nodes in. */
    static Set<String> zones(CacheClusterState cluster) {
        return cluster.nodes().stream()
                .flatMap(node -> node.availabilityZone().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    public int shards() {
        return group.map(g -> g.nodeGroups().size()).orElse(1);
    }

    /** Per shard. AWS has no such field; CurrentRole is absent in cluster mode enabled, so nodes are counted. */
    public int replicasPerShard() {
        return group.flatMap(g -> g.nodeGroups().stream()
                        .map(shard -> shard.members().size() - 1)
                        .max(Comparator.naturalOrder()))
                .map(replicas -> Math.max(0, replicas))
                .orElse(0);
    }

    /** Where applications connect: configuration endpoint where there is one, else the primary's, else a node's. */
    public Optional<Endpoint> endpoint() {
        return group.map(g -> g.configurationEndpoint()
                        .filter(e -> !g.clusterMode().equals("compatible"))
                        .or(() -> g.nodeGroups().stream().findFirst().flatMap(NodeGroup::primaryEndpoint)))
                .orElseGet(() -> speaker().flatMap(CacheClusterState::configurationEndpoint));
    }
}
