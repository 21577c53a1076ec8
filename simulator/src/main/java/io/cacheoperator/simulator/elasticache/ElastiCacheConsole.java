package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.world.RegionState;
import io.cacheoperator.simulator.world.SimulatorClock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.CacheParameterGroup;
import software.amazon.awssdk.services.elasticache.model.CacheSubnetGroup;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;
import software.amazon.awssdk.services.elasticache.model.Snapshot;

/**
 * What someone sees and does in the AWS console while a program under test works: looks that no call log shows, and changes that the
 * program did not make. One region of one account. Thread-safe.
 */
public final class ElastiCacheConsole {
    private final RegionState region;
    private final ElastiCacheConfig config;
    private final SimulatorClock clock;

    ElastiCacheConsole(RegionState region, ElastiCacheConfig config, SimulatorClock clock) {
        this.region = region;
        this.config = config;
        this.clock = clock;
    }

    /** As Describe shows it now. */
    public Optional<ReplicationGroup> replicationGroup(String id) {
        return look(c -> c.state().groups.find(id).map(new Views(c)::group));
    }

    /** The ids of all replication groups, sorted. */
    public List<String> replicationGroups() {
        return look(c -> c.state().groups.values().stream().map(GroupState::id).toList());
    }

    /** With its nodes; also members of replication groups. */
    public Optional<CacheCluster> cacheCluster(String id) {
        return look(c -> c.state().clusters.find(id).map(cluster -> new Views(c).cluster(cluster, true)));
    }

    /** The ids of all cache clusters, members of replication groups included, sorted. */
    public List<String> cacheClusters() {
        return look(
                c -> c.state().clusters.values().stream().map(ClusterState::id).toList());
    }

    public Optional<CacheParameterGroup> parameterGroup(String name) {
        return look(c -> c.state().parameterGroups.find(name).map(ParameterGroupState::shown));
    }

    /** The names of the parameter groups that users made, sorted. */
    public List<String> parameterGroups() {
        return look(c -> c.state().parameterGroups.values().stream()
                .filter(group -> !group.isDefault())
                .map(ParameterGroupState::name)
                .toList());
    }

    /** What was set in a parameter group, by name; empty if there is no such group. */
    public Map<String, String> parameters(String group) {
        return look(c -> c.state()
                .parameterGroups
                .find(group)
                .map(ParameterGroupState::values)
                .orElse(Map.of()));
    }

    public Optional<CacheSubnetGroup> subnetGroup(String name) {
        return look(c -> Placement.subnetGroup(c, name).map(SubnetGroupState::shown));
    }

    /** The names of the subnet groups that users made, sorted. */
    public List<String> subnetGroups() {
        return look(c -> c.state().subnetGroups.values().stream()
                .map(SubnetGroupState::name)
                .toList());
    }

    public Optional<Snapshot> snapshot(String name) {
        return look(c -> c.state().snapshots.find(name).map(snapshot -> snapshot.view(true)));
    }

    /** The names of all snapshots, sorted. */
    public List<String> snapshots() {
        return look(c ->
                c.state().snapshots.values().stream().map(SnapshotState::name).toList());
    }

    /** The tags of any resource, by ARN, whatever state it is in; empty if it has none. */
    public Map<String, String> tags(String arn) {
        return look(c -> Tags.of(c, arn));
    }

    /** Whether a replication group's nodes accept a token now. */
    public boolean acceptsToken(String replicationGroup, String token) {
        return look(c -> c.state()
                .groups
                .find(replicationGroup)
                .filter(group -> group.tokens().accepted().contains(token))
                .isPresent());
    }

    /** Whether a replication group's nodes let in clients without a token now. */
    public boolean acceptsNoToken(String replicationGroup) {
        return look(c -> c.state()
                .groups
                .find(replicationGroup)
                .filter(group -> group.tokens().open())
                .isPresent());
    }

    /** A cache is gone at once, with its members; what it used is released as after any delete. */
    public void deleteReplicationGroup(String id) {
        act(c -> c.state().groups.find(id).ifPresent(group -> GroupLifecycle.remove(c, group)));
    }

    /** As {@link #deleteReplicationGroup}, for a cluster that is no member of a group. */
    public void deleteCacheCluster(String id) {
        act(c -> c.state()
                .clusters
                .find(id)
                .filter(cluster -> cluster.replicationGroupId().isEmpty())
                .ifPresent(cluster -> ClusterLifecycle.remove(c, cluster)));
    }

    /** Changes what Describe shows of a group, status included. */
    public void changeReplicationGroup(String id, Consumer<ReplicationGroup.Builder> change) {
        act(c -> c.state().groups.find(id).ifPresent(group -> Members.save(c, group.show(change))));
    }

    /** Changes what the members of a group have in common: security groups, parameter group, windows and the like. */
    public void changeMembers(String replicationGroup, Consumer<CacheCluster.Builder> change) {
        act(c -> c.state().groups.find(replicationGroup).ifPresent(group -> Members.save(c, group.share(change))));
    }

    /** Changes what Describe shows of a cluster that is no member of a group. */
    public void changeCacheCluster(String id, Consumer<CacheCluster.Builder> change) {
        act(c -> c.state().clusters.find(id).ifPresent(cluster -> ClusterLifecycle.save(c, cluster.show(change))));
    }

    /** Makes a replica the primary of its node group. */
    public void failOver(String replicationGroup, String clusterId) {
        act(c -> c.state()
                .groups
                .find(replicationGroup)
                .ifPresent(group -> Members.save(c, Failovers.promote(group, clusterId))));
    }

    /** AWS replaces a node of a group: another member id takes its place. */
    public void replaceNode(String replicationGroup, String clusterId) {
        act(c -> c.state().groups.find(replicationGroup).ifPresent(group -> Incidents.replace(c, group, clusterId)));
    }

    /** An availability zone fails, such as {@code us-east-1a}: primaries in it fail over where that is automatic. */
    public void failZone(String zone) {
        act(c -> Incidents.failZone(c, zone));
    }

    /** Sets a parameter, without asking whether AWS would allow the value. */
    public void setParameter(String group, String name, String value) {
        changeParameters(group, values -> {
            values.put(name, value);
            return values;
        });
    }

    /** Brings a parameter back to its default. */
    public void resetParameter(String group, String name) {
        changeParameters(group, values -> {
            values.remove(name);
            return values;
        });
    }

    private void changeParameters(String group, UnaryOperator<Map<String, String>> change) {
        act(c -> c.state()
                .parameterGroups
                .find(group)
                .ifPresent(found -> ParameterApplication.apply(c, found, change.apply(new TreeMap<>(found.values())))));
    }

    /** Replaces the tags of one resource, by ARN; its state stays as it is. */
    public void setTags(String arn, Map<String, String> tags) {
        act(c -> Tags.replace(c, arn, tags));
    }

    /** Removes a parameter group that is in no use. */
    public void deleteParameterGroup(String name) {
        act(c -> c.state().parameterGroups.remove(name, c.now()).ifPresent(group -> Tags.remove(c, group.arn())));
    }

    /** Removes a snapshot. */
    public void deleteSnapshot(String name) {
        act(c -> c.state()
                .snapshots
                .remove(name, c.now())
                .ifPresent(snapshot -> Tags.remove(c, snapshot.shown().arn())));
    }

    private void act(Consumer<Context> action) {
        look(c -> {
            action.accept(c);
            return true;
        });
    }

    private <T> T look(Function<Context, T> question) {
        return region.locked(() -> {
            Context c = Context.in(region, config, clock.instant());
            region.settle(c.now());
            return question.apply(c);
        });
    }
}
