package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.CacheClusterState;
import io.cacheoperator.aws.EngineVersionState;
import io.cacheoperator.aws.EventState;
import io.cacheoperator.aws.ParameterDefinition;
import io.cacheoperator.aws.ParameterGroupState;
import io.cacheoperator.aws.ReplicationGroupState;
import io.cacheoperator.aws.SecurityGroupState;
import io.cacheoperator.aws.SnapshotState;
import io.cacheoperator.aws.SubnetGroupState;
import io.cacheoperator.aws.SubnetState;
import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Ownership;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Everything that is known of one cluster in AWS when a pass begins, frozen.
 *
 * @param group the replication group; not asked for memcached
 * @param members the replication group's members; not asked for memcached
 * @param memcached the memcached cluster; not asked for valkey and redis
 * @param tags the cache's live tags: what proves whose it is
 * @param tagHint what the tagging API's bulk answer says: enough to show a status, never enough to write
 * @param subnetGroup the subnet group given by name, or the shared one of the subnets
 * @param subnets the subnets by id or selector; not asked where a subnet group is given by name
 * @param securityGroup the security group that the operator makes, looked up by name within the VPC
 * @param ownedSecurityGroups all security groups that carry this cluster's owner tag; asked for a deletion
 * @param parameterGroup the parameter group that the operator makes for the family in use
 * @param ownParameterGroups every parameter group that the operator may have made, by name; asked for a deletion
 * @param finalSnapshot the snapshot that precedes a deletion
 * @param events what AWS says happened to the cache lately; asked where it took a change back
 */
public record ObservedCluster(
        String region,
        ClusterNames names,
        Fact<ReplicationGroupState> group,
        Fact<List<CacheClusterState>> members,
        Fact<CacheClusterState> memcached,
        Fact<Map<String, String>> tags,
        Fact<Map<String, String>> tagHint,
        Fact<SubnetGroupState> subnetGroup,
        Fact<Map<String, String>> subnetGroupTags,
        Fact<List<String>> subnetGroupUsers,
        Fact<List<SubnetState>> subnets,
        Fact<SecurityGroupState> securityGroup,
        Fact<List<SecurityGroupState>> ownedSecurityGroups,
        Fact<ParameterGroupState> parameterGroup,
        Fact<Map<String, String>> parameterGroupTags,
        Fact<Map<String, String>> parameterGroupTagHint,
        Fact<Map<String, String>> userParameters,
        Fact<Map<String, ParameterDefinition>> familyParameters,
        Fact<List<EngineVersionState>> engineVersions,
        List<OwnParameterGroup> ownParameterGroups,
        Fact<SnapshotState> finalSnapshot,
        Fact<List<EventState>> events) {

    public ObservedCluster {
        ownParameterGroups = List.copyOf(ownParameterGroups);
    }

    /** The cache, if it is known to exist. Its members may be unknown still. */
    public Optional<ExistingCache> cache() {
        return cacheOf(group, members, memcached);
    }

    /** The question whether the cache exists. */
    public Fact<?> existence() {
        return group.query().isPresent() ? group : memcached;
    }

    static Optional<ExistingCache> cacheOf(
            Fact<ReplicationGroupState> group,
            Fact<List<CacheClusterState>> members,
            Fact<CacheClusterState> memcached) {
        return group.found()
                .map(g -> new ExistingCache(Optional.of(g), members.found().orElse(List.of())))
                .or(() -> memcached.found().map(c -> new ExistingCache(Optional.empty(), List.of(c))));
    }

    /** Whose the cache is, by its live tags. */
    public Ownership ownership() {
        return Owners.proven(tags, names.owner().tagValue());
    }

    /**
     * Whether {@link #ownership} was read from AWS a moment ago, as deleting and taking over need it: in between, another
     * Kubernetes cluster may have taken the cache over.
     */
    boolean ownershipIsFresh(Instant now) {
        return tags.answer() instanceof Observation.Present<Map<String, String>> present
                && present.source() == Observation.Source.TARGETED
                && !present.asOf().plus(DeletePlanner.FRESH).isBefore(now);
    }

    /** Whether it is ours as far as anyone can tell: proven, or hinted at, or recorded in status. Never enough to write. */
    public boolean looksOurs(Optional<String> recordedArn) {
        return switch (ownership()) {
            case Ownership.Ours() -> true;
            case Ownership.Foreign(String owner) -> false;
            case Ownership.Nobody() -> false;
            case Ownership.OwnerUnknown(String why) ->
                switch (Owners.hinted(tagHint, names.owner().tagValue())) {
                    case Ownership.Ours() -> true;
                    case Ownership.Foreign(String owner) -> false;
                    case Ownership.Nobody() -> recorded(recordedArn);
                    case Ownership.OwnerUnknown(String neither) -> recorded(recordedArn);
                };
        };
    }

    /** What AWS refuses to say of what is compared with the spec, for want of permission; each operation once. */
    public List<Failure> refusals() {
        Map<String, Failure> byOperation = new TreeMap<>();
        Stream.<Fact<?>>of(
                        group,
                        members,
                        memcached,
                        tags,
                        tagHint,
                        subnetGroup,
                        securityGroup,
                        parameterGroup,
                        userParameters)
                .flatMap(fact -> fact.refusal().stream())
                .forEach(failure -> byOperation.put(failure.operation(), failure));
        return List.copyOf(byOperation.values());
    }

    private boolean recorded(Optional<String> arn) {
        return arn.isPresent() && arn.equals(cache().map(ExistingCache::arn));
    }

    /** A parameter group that bears a name of ours, and its tags. */
    public record OwnParameterGroup(String name, Fact<ParameterGroupState> group, Fact<Map<String, String>> tags) {}
}
