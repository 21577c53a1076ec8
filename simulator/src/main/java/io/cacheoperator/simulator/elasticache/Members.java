package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.ec2.NetworkUse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.CacheNode;
import software.amazon.awssdk.services.elasticache.model.SecurityGroupMembership;

/** Keeps the member clusters of a replication group, their network interfaces and their nodes in step with the group. */
final class Members {
    private static final String NODE = "0001";

    private Members() {}

    /** Stores a group, and makes its members, as clusters of their own, agree with it. */
    static GroupState save(Context c, GroupState group) {
        List<ClusterState> before = of(c, group.id());
        c.state().groups.put(group.id(), group, c.now());
        Set<String> wanted = group.members().map(GroupState.Member::clusterId).collect(Collectors.toSet());
        group.members().forEach(member -> saveMember(c, group, member));
        before.stream().filter(cluster -> !wanted.contains(cluster.id())).forEach(gone -> remove(c, gone));
        c.config().nodes().deploy(Deployments.of(c, group));
        return group;
    }

    /** The member clusters that exist, sorted by id. */
    static List<ClusterState> of(Context c, String groupId) {
        return c.state().groups.find(groupId).stream()
                .flatMap(group -> group.members().map(GroupState.Member::clusterId))
                .distinct()
                .flatMap(id -> c.state().clusters.find(id).stream())
                .filter(cluster ->
                        cluster.replicationGroupId().filter(groupId::equals).isPresent())
                .toList();
    }

    /** Gives the members that match a status. */
    static void status(Context c, GroupState group, String status, Predicate<ClusterState> which) {
        change(c, group, which, cluster -> cluster.withStatus(status));
    }

    /** Changes the members that match. */
    static void change(Context c, GroupState group, Predicate<ClusterState> which, UnaryOperator<ClusterState> change) {
        of(c, group.id()).stream()
                .filter(which)
                .forEach(cluster -> c.state().clusters.put(cluster.id(), change.apply(cluster), c.now()));
    }

    private static void saveMember(Context c, GroupState group, GroupState.Member member) {
        Optional<ClusterState> existing = c.state().clusters.find(member.clusterId());
        ClusterState saved =
                existing.map(cluster -> updated(group, member, cluster)).orElseGet(() -> created(c, group, member));
        boolean hidden = existing.isEmpty() && !group.reachable();
        Instant visible = hidden ? c.now().plus(c.durations().memberHidden()) : c.now();
        if (!existing.equals(Optional.of(saved))) {
            c.state().clusters.put(saved.id(), attached(c, saved), visible);
        }
    }

    private static ClusterState created(Context c, GroupState group, GroupState.Member member) {
        String zone = member.member().preferredAvailabilityZone();
        CacheNode node = CacheNode.builder()
                .cacheNodeId(NODE)
                .cacheNodeStatus("creating")
                .cacheNodeCreateTime(c.now())
                .parameterGroupStatus("in-sync")
                .customerAvailabilityZone(zone)
                .build();
        CacheCluster shown = group.template()
                .copy(b -> b.cacheClusterId(member.clusterId())
                        .arn(c.arn("cluster", member.clusterId()))
                        .cacheClusterStatus("creating")
                        .preferredAvailabilityZone(zone)
                        .cacheClusterCreateTime(c.now())
                        .cacheNodes(node));
        return snapshotting(group, new ClusterState(shown, group.port(), false, Map.of(), 0, Optional.empty()));
    }

    private static ClusterState updated(GroupState group, GroupState.Member member, ClusterState cluster) {
        CacheCluster old = cluster.shown();
        boolean sameParameters = cluster.parameterGroup()
                .equals(group.template().cacheParameterGroup().cacheParameterGroupName());
        CacheCluster shown = group.template()
                .copy(b -> b.cacheClusterId(old.cacheClusterId())
                        .arn(old.arn())
                        .cacheClusterStatus(old.cacheClusterStatus())
                        .preferredAvailabilityZone(member.member().preferredAvailabilityZone())
                        .cacheClusterCreateTime(old.cacheClusterCreateTime())
                        .cacheNodes(old.cacheNodes())
                        .cacheParameterGroup(
                                sameParameters
                                        ? old.cacheParameterGroup()
                                        : group.template().cacheParameterGroup()));
        return snapshotting(
                group,
                new ClusterState(
                        shown,
                        cluster.port(),
                        cluster.reachable(),
                        cluster.interfaces(),
                        cluster.operation(),
                        cluster.deferred()));
    }

    /** Without cluster mode, retention and window show on the member that snapshots are taken of. */
    private static ClusterState snapshotting(GroupState group, ClusterState cluster) {
        String source = group.shown().snapshottingClusterId();
        boolean shows = group.clusterEnabled() || cluster.id().equals(source);
        return cluster.show(b -> b.snapshotRetentionLimit(shows ? group.shown().snapshotRetentionLimit() : 0)
                .snapshotWindow(group.shown().snapshotWindow()));
    }

    /** A cluster whose nodes all have a network interface with its security groups. */
    static ClusterState attached(Context c, ClusterState cluster) {
        NetworkUse network = c.config().network();
        List<String> groups = cluster.shown().securityGroups().stream()
                .map(SecurityGroupMembership::securityGroupId)
                .toList();
        Map<String, String> interfaces = new HashMap<>();
        for (CacheNode node : cluster.shown().cacheNodes()) {
            String present = cluster.interfaces().get(node.cacheNodeId());
            if (present == null) {
                interfaces.put(node.cacheNodeId(), attach(c, cluster, node, groups));
            } else {
                network.changeGroups(c.region(), present, groups, c.now());
                interfaces.put(node.cacheNodeId(), present);
            }
        }
        cluster.interfaces().forEach((node, id) -> {
            if (!interfaces.containsKey(node)) {
                network.detach(c.region(), id, c.now());
            }
        });
        return cluster.withInterfaces(interfaces);
    }

    private static String attach(Context c, ClusterState cluster, CacheNode node, List<String> groups) {
        SubnetGroupState subnets = Placement.subnetGroup(c, cluster.shown().cacheSubnetGroupName())
                .orElseThrow(() -> new IllegalStateException("no subnet group for " + cluster.id()));
        String subnet =
                Placement.subnetIn(subnets, node.customerAvailabilityZone()).subnetId();
        return c.config()
                .network()
                .attach(
                        c.region(),
                        new NetworkUse.InterfaceRequest(
                                subnet, groups, "amazon-elasticache", "ElastiCache " + cluster.id()),
                        c.now())
                .interfaceId();
    }

    /** Removes a cluster for good. What it used is released a while later. */
    static void remove(Context c, ClusterState cluster) {
        c.state().clusters.remove(cluster.id(), c.now());
        Tags.remove(c, cluster.shown().arn());
        c.state()
                .linger(
                        cluster.shown().cacheSubnetGroupName(),
                        cluster.parameterGroup(),
                        c.now().plus(c.durations().release()));
        c.after(
                c.durations().release(),
                then -> cluster.interfaces()
                        .values()
                        .forEach(id -> then.config().network().detach(then.region(), id, then.now())));
    }
}
