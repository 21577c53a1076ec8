package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.CacheClusterState;
import io.cacheoperator.aws.CacheClusterState.Node;
import io.cacheoperator.aws.CacheClusterState.Notification;
import io.cacheoperator.aws.CacheClusterState.ParameterGroupStatus;
import io.cacheoperator.aws.CacheClusterState.SecurityGroupMembership;
import io.cacheoperator.aws.CreateCacheCluster;
import io.cacheoperator.aws.CreateReplicationGroup;
import io.cacheoperator.aws.Endpoint;
import io.cacheoperator.aws.ModifyCacheCluster;
import io.cacheoperator.aws.ModifyReplicationGroup;
import io.cacheoperator.aws.ParameterGroupState;
import io.cacheoperator.aws.ReplicationGroupState;
import io.cacheoperator.aws.ReplicationGroupState.Member;
import io.cacheoperator.aws.ReplicationGroupState.NodeGroup;
import io.cacheoperator.aws.SecurityGroupState;
import io.cacheoperator.aws.SecurityGroupState.IngressRule;
import io.cacheoperator.aws.SecurityGroupState.Rule;
import io.cacheoperator.aws.SnapshotState;
import io.cacheoperator.aws.SubnetGroupState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What each action does to the {@link ModelWorld}, and what time does. Refuses what AWS refuses. */
final class ModelAws {

    private final ModelWorld world;
    private int nextId = 1;

    ModelAws(ModelWorld world) {
        this.world = world;
    }

    void apply(ClusterAction action) {
        switch (action) {
            case ClusterAction.CreateSecurityGroup a -> {
                String id = "sg-" + nextId++;
                world.securityGroups.put(
                        id, new SecurityGroupState(id, a.name(), a.vpcId(), a.description(), a.tags(), List.of()));
            }
            case ClusterAction.AuthorizeIngress a -> authorize(a);
            case ClusterAction.RevokeIngress a ->
                rules(
                        a.groupId(),
                        rules -> rules.stream().filter(r -> !a.ruleIds().contains(r.id())));
            case ClusterAction.DescribeIngress a ->
                rules(
                        a.groupId(),
                        rules -> rules.stream()
                                .map(r -> a.rules().stream()
                                        .filter(named -> named.id().equals(r.id()))
                                        .findFirst()
                                        .orElse(r)));
            case ClusterAction.TagSecurityGroup a -> {
                SecurityGroupState g = securityGroup(a.groupId());
                Map<String, String> tags = new HashMap<>(g.tags());
                tags.putAll(a.set());
                tags.keySet().removeAll(a.removed());
                world.securityGroups.put(
                        g.id(),
                        new SecurityGroupState(g.id(), g.name(), g.vpcId(), g.description(), tags, g.ingress()));
            }
            case ClusterAction.DeleteSecurityGroup a ->
                refuse(world.securityGroups.remove(a.groupId()) == null, action);
            case ClusterAction.CreateSubnetGroup a -> createSubnetGroup(a);
            case ClusterAction.DeleteSubnetGroup a -> {
                world.tags.remove(arn("subnetgroup", a.name()));
                refuse(world.subnetGroups.remove(a.name()) == null, action);
            }
            case ClusterAction.CreateParameterGroup a -> {
                String arn = arn("parametergroup", a.name());
                refuse(world.parameterGroups.containsKey(a.name()), action);
                world.parameterGroups.put(
                        a.name(), new ParameterGroupState(a.name(), arn, a.family(), a.description()));
                world.parameters.put(a.name(), Map.of());
                world.tags.put(arn, a.tags());
            }
            case ClusterAction.ModifyParameters a -> {
                refuse(a.values().size() > 20, action);
                Map<String, String> values = new HashMap<>(values(a.groupName()));
                values.putAll(a.values());
                world.parameters.put(a.groupName(), values);
            }
            case ClusterAction.ResetParameters a -> {
                refuse(a.names().size() > 20, action);
                Map<String, String> values = new HashMap<>(values(a.groupName()));
                values.keySet().removeAll(a.names());
                world.parameters.put(a.groupName(), values);
            }
            case ClusterAction.DeleteParameterGroup a -> {
                world.tags.remove(arn("parametergroup", a.name()));
                refuse(world.parameterGroups.remove(a.name()) == null, action);
            }
            case ClusterAction.CreateGroup a -> createGroup(a.request());
            case ClusterAction.ModifyGroup a -> modify(a.request());
            case ClusterAction.DeleteGroup a -> status(a.id(), "deleting");
            case ClusterAction.DeleteFailedGroup a -> status(a.id(), "deleting");
            case ClusterAction.CreateMemcached a -> createMemcached(a.request());
            case ClusterAction.ModifyMemcached a -> modify(a.request());
            case ClusterAction.DeleteMemcached a -> status(a.id(), "deleting");
            case ClusterAction.TakeSnapshot a -> {
                refuse(world.snapshots.containsKey(a.name()), action);
                world.snapshots.put(a.name(), snapshot(a.name(), "creating"));
                status(a.replicationGroupId(), "snapshotting");
            }
            case ClusterAction.AddTags a -> tag(a.arn(), a.tags(), List.of());
            case ClusterAction.TakeOver a -> tag(a.arn(), a.tags(), List.of());
            case ClusterAction.RemoveTags a -> tag(a.arn(), Map.of(), a.keys());
            case ClusterAction.WriteTokenSecret a ->
                world.token = Optional.of(ModelWorld.generated(
                        a.secretName(), Optional.of(a.current()), Optional.of(TokenHash.of(a.current(), "uid-1"))));
            case ClusterAction.KeepTokenHash a -> world.keep(a);
            case ClusterAction.DeleteTokenSecret a -> {
                refuse(world.token.isEmpty() && world.kept.isEmpty(), action);
                world.token = world.token.filter(t -> !t.ours());
                world.kept = Optional.empty();
            }
            case ClusterAction.DeleteConnectionSecret a -> refuse(!world.leftSecrets.remove(a.name()), action);
            case ClusterAction.WriteConnectionSecret a ->
                world.connection = Optional.of(new ConnectionSecretState(
                        true,
                        ConnectionData.secretType(a.details()),
                        ConnectionData.of(a.details()),
                        a.details().labels(),
                        a.details().annotations()));
            case ClusterAction.AdoptSecrets a -> adopt();
            case ClusterAction.ReleaseSecrets a -> release(a.secretNames());
            case ClusterAction.Await a -> refuse(true, action);
            case ClusterAction.Unsupported a -> refuse(true, action);
        }
    }

    /** A while later: what was under way is done. @return whether anything was */
    boolean tick() {
        boolean moved = false;
        for (ReplicationGroupState g : List.copyOf(world.groups.values())) {
            if (g.status().equals("deleting")) {
                world.groups.remove(g.id());
                world.members.remove(g.id());
                world.tags.remove(g.arn());
                moved = true;
            } else if (!List.of("available", "create-failed").contains(g.status())) {
                status(g.id(), "available");
                moved = true;
            }
        }
        for (CacheClusterState c : List.copyOf(world.memcached.values())) {
            if (c.status().equals("deleting")) {
                world.memcached.remove(c.id());
                world.tags.remove(c.arn());
                moved = true;
            } else if (!c.status().equals("available")) {
                status(c.id(), "available");
                moved = true;
            }
        }
        for (SnapshotState s : List.copyOf(world.snapshots.values())) {
            if (s.status().equals("creating")) {
                world.snapshots.put(s.name(), snapshot(s.name(), "available"));
                moved = true;
            }
        }
        return moved;
    }

    static String arn(String type, String id) {
        return "arn:aws:elasticache:" + Clusters.REGION + ":123456789012:" + type + ":" + id;
    }

    /** A change of the status alone. */
    void status(String id, String status) {
        ReplicationGroupState group = world.groups.get(id);
        if (group != null) {
            world.groups.put(id, States.withStatus(group, status));
            world.members.computeIfPresent(
                    id,
                    (k, members) -> members.stream()
                            .map(m -> States.withStatus(m, status))
                            .toList());
        } else {
            CacheClusterState cluster = world.memcached.get(id);
            refuse(cluster == null, "status of " + id);
            world.memcached.computeIfPresent(id, (k, c) -> States.withStatus(c, status));
        }
    }

    private static SnapshotState snapshot(String name, String status) {
        return new SnapshotState(
                name, arn("snapshot", name), status, "manual", Optional.empty(), Optional.empty(), Optional.empty());
    }

    private void authorize(ClusterAction.AuthorizeIngress a) {
        for (IngressRule rule : a.rules()) {
            refuse(securityGroup(a.groupId()).ingress().stream().anyMatch(r -> IngressRules.same(r.rule(), rule)), a);
        }
        List<Rule> added = a.rules().stream()
                .map(rule -> new Rule("sgr-" + nextId++, rule))
                .toList();
        rules(a.groupId(), rules -> Stream.concat(rules.stream(), added.stream()));
    }

    private void rules(String groupId, Function<List<Rule>, Stream<Rule>> edit) {
        SecurityGroupState g = securityGroup(groupId);
        world.securityGroups.put(
                groupId,
                new SecurityGroupState(
                        g.id(),
                        g.name(),
                        g.vpcId(),
                        g.description(),
                        g.tags(),
                        edit.apply(g.ingress()).toList()));
    }

    private SecurityGroupState securityGroup(String id) {
        return Optional.ofNullable(world.securityGroups.get(id)).orElseThrow();
    }

    private Map<String, String> values(String group) {
        return world.parameters.getOrDefault(group, Map.of());
    }

    private void createSubnetGroup(ClusterAction.CreateSubnetGroup a) {
        refuse(world.subnetGroups.containsKey(a.name()), a);
        String arn = arn("subnetgroup", a.name());
        List<SubnetGroupState.Subnet> subnets = a.subnetIds().stream()
                .map(id -> new SubnetGroupState.Subnet(
                        id,
                        Optional.ofNullable(world.subnets.get(id)).orElseThrow().availabilityZone()))
                .toList();
        world.subnetGroups.put(a.name(), new SubnetGroupState(a.name(), arn, a.description(), "vpc-1", subnets));
        world.tags.put(arn, a.tags());
    }

    private void createGroup(CreateReplicationGroup r) {
        refuse(world.groups.containsKey(r.id()), r);
        boolean clustered = r.clusterMode().equals("enabled");
        int port = r.port().orElse(6379);
        List<NodeGroup> shards = new ArrayList<>();
        List<CacheClusterState> members = new ArrayList<>();
        for (int s = 1; s <= r.shards(); s++) {
            String shard = "%04d".formatted(s);
            String prefix = clustered ? r.id() + "-" + shard : r.id();
            List<Member> nodes = IntStream.rangeClosed(1, 1 + r.replicasPerShard())
                    .mapToObj(n -> new Member(
                            "%s-%03d".formatted(prefix, n),
                            "0001",
                            Optional.of("eu-west-1a"),
                            clustered ? Optional.empty() : Optional.of(n == 1 ? "primary" : "replica"),
                            Optional.empty()))
                    .toList();
            nodes.forEach(n -> members.add(States.member(r, n.cacheClusterId())));
            shards.add(new NodeGroup(
                    shard,
                    "available",
                    Optional.empty(),
                    clustered ? Optional.empty() : Optional.of(new Endpoint(r.id() + ".primary", port)),
                    clustered ? Optional.empty() : Optional.of(new Endpoint(r.id() + ".reader", port)),
                    nodes));
        }
        world.groups.put(r.id(), States.group(r, shards));
        world.members.put(r.id(), List.copyOf(members));
        world.tags.put(arn("replicationgroup", r.id()), r.tags());
    }

    private void createMemcached(CreateCacheCluster r) {
        refuse(world.memcached.containsKey(r.id()), r);
        List<Node> nodes = IntStream.rangeClosed(1, r.nodes())
                .mapToObj(n -> new Node(
                        "%04d".formatted(n),
                        "available",
                        Optional.of(new Endpoint(r.id() + "." + n, r.port().orElse(11211))),
                        Optional.of(r.crossAz() && n % 2 == 0 ? "eu-west-1b" : "eu-west-1a")))
                .toList();
        world.memcached.put(r.id(), States.memcached(r, nodes));
        world.tags.put(arn("cluster", r.id()), r.tags());
    }

    private void modify(ModifyReplicationGroup m) {
        ReplicationGroupState g = Optional.ofNullable(world.groups.get(m.id())).orElseThrow();
        refuse(!g.status().equals("available"), m);
        refuse(m.equals(States.unmodified(m.id())), "no modifications were requested: " + m);
        world.groups.put(m.id(), States.modified(g, m));
        world.members.computeIfPresent(
                m.id(),
                (k, members) -> members.stream()
                        .map(c -> States.modified(
                                c,
                                m.maintenanceWindow(),
                                m.securityGroupIds(),
                                m.notificationTopicArn(),
                                m.notificationTopicStatus(),
                                m.autoMinorVersionUpgrade(),
                                m.parameterGroupName()))
                        .map(c -> States.withIpDiscovery(c, m.ipDiscovery()))
                        .toList());
    }

    private void modify(ModifyCacheCluster m) {
        CacheClusterState c = Optional.ofNullable(world.memcached.get(m.id())).orElseThrow();
        refuse(!c.status().equals("available"), m);
        CacheClusterState modified = States.modified(
                c,
                m.maintenanceWindow(),
                m.securityGroupIds(),
                m.notificationTopicArn(),
                m.notificationTopicStatus(),
                m.autoMinorVersionUpgrade(),
                m.parameterGroupName());
        world.memcached.put(m.id(), States.withIpDiscovery(modified, m.ipDiscovery()));
    }

    private void tag(String arn, Map<String, String> set, List<String> removed) {
        Map<String, String> tags = new HashMap<>(world.tags.getOrDefault(arn, Map.of()));
        refuse(!tags.keySet().containsAll(removed), "TagNotFound " + removed);
        tags.putAll(set);
        tags.keySet().removeAll(removed);
        world.tags.put(arn, tags);
        world.groups.values().stream()
                .filter(g -> g.arn().equals(arn))
                .findFirst()
                .ifPresent(g -> status(g.id(), "modifying"));
    }

    private void adopt() {
        world.connection = world.connection.map(
                c -> new ConnectionSecretState(c.ours(), true, c.type(), c.data(), c.labels(), c.annotations()));
    }

    private void release(List<String> names) {
        world.token = world.token.map(t -> names.contains(t.name()) ? referenced(t, false) : t);
        world.kept = world.kept.map(t -> names.contains(t.name()) ? referenced(t, false) : t);
        world.connection = world.connection.map(c -> names.stream().anyMatch(name -> !name.endsWith("-auth"))
                ? new ConnectionSecretState(c.ours(), false, c.type(), c.data(), c.labels(), c.annotations())
                : c);
    }

    private static TokenSecret referenced(TokenSecret t, boolean referenced) {
        return new TokenSecret(
                t.name(), t.ours(), referenced, t.watched(), t.current(), t.previous(), t.pending(), t.applied());
    }

    private static void refuse(boolean when, Object what) {
        if (when) {
            throw new AssertionError("AWS would refuse " + what);
        }
    }

    static List<SecurityGroupMembership> attached(List<String> ids) {
        return ids.stream().map(id -> new SecurityGroupMembership(id, "active")).toList();
    }

    static Optional<ParameterGroupStatus> inSync(String group) {
        return Optional.of(new ParameterGroupStatus(group, "in-sync", List.of()));
    }

    static Optional<Notification> topic(Optional<String> arn) {
        return arn.map(a -> new Notification(a, "active"));
    }
}
