package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.CacheClusterState;
import io.cacheoperator.aws.ModifyReplicationGroup;
import io.cacheoperator.aws.ReplicationGroupState;
import io.cacheoperator.aws.SecurityGroupState;
import io.cacheoperator.aws.SecurityGroupState.IngressRule;
import io.cacheoperator.aws.SecurityGroupState.Rule;
import io.cacheoperator.core.Owner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Something that others do to a running cache, to what it stands on, or to what is known of it. */
record Incident(String name, Consumer<RunningCache> happens) {

    static final Incident FOREIGN =
            tags("another owner's tag is written", tags -> with(tags, Owner.TAG, "staging/shop/sessions"));

    private static final List<Incident> ALL = List.of(
            status("modifying"),
            status("snapshotting"),
            status("rebooting cluster nodes"),
            status("deleting"),
            members("a member is maintained", m -> States.withStatus(m, "modifying")),
            new Incident("AWS could not make it", cache -> onGroup(cache, g -> States.withStatus(g, "create-failed"))),
            new Incident("the cache is gone", Incident::gone),
            new Incident(
                    "it joins a global datastore", cache -> onGroup(cache, g -> States.inGlobalDatastore(g, "global"))),
            new Incident(
                    "the description is edited", cache -> modified(cache, Optional.of("drifted"), Optional.empty())),
            new Incident("the retention is edited", cache -> modified(cache, Optional.empty(), Optional.of(21))),
            members("the window is moved", Optional.of("wed:01:00-wed:02:00"), List.of(), Optional.empty()),
            members("security groups are swapped", Optional.empty(), List.of("sg-stranger"), Optional.empty()),
            members("another parameter group is attached", Optional.empty(), List.of(), Optional.of("default.other")),
            new Incident("the security group is gone", cache -> cache.world.securityGroups.clear()),
            rules("its rules are gone", rules -> List.of()),
            rules("a rule is added", rules -> {
                List<Rule> more = new ArrayList<>(rules);
                more.add(new Rule(
                        "sgr-stranger",
                        new IngressRule(
                                "tcp",
                                22,
                                22,
                                new SecurityGroupState.Source.Ipv4("192.168.0.0/16"),
                                Optional.empty())));
                return more;
            }),
            rules(
                    "a rule is described otherwise",
                    rules -> rules.stream()
                            .map(r -> new Rule(
                                    r.id(),
                                    new IngressRule(
                                            r.rule().protocol(),
                                            r.rule().fromPort(),
                                            r.rule().toPort(),
                                            r.rule().source(),
                                            Optional.of("edited"))))
                            .toList()),
            new Incident("the subnet group is gone", cache -> cache.world.subnetGroups.clear()),
            new Incident("a subnet is gone", cache -> cache.world.subnets.remove("subnet-a")),
            new Incident("the parameter group is gone", cache -> {
                cache.world.parameterGroups.clear();
                cache.world.parameters.clear();
            }),
            new Incident(
                    "a parameter is edited",
                    cache -> cache.world.parameters.replaceAll((group, values) -> with(values, "tuning-3", "99"))),
            new Incident(
                    "all parameters are reset", cache -> cache.world.parameters.replaceAll((group, v) -> Map.of())),
            tags("a tag is added", tags -> with(tags, "stranger", "1")),
            tags("a tag is edited", tags -> with(tags, "team", "drifted")),
            tags("all tags are gone", tags -> Map.of()),
            FOREIGN,
            new Incident("the token's Secret is gone", cache -> cache.world.token = Optional.empty()),
            new Incident(
                    "the token's Secret is somebody else's",
                    cache -> cache.world.token = cache.world.token.map(
                            t -> new TokenSecret(t.name(), false, t.current(), t.previous(), t.pending()))),
            new Incident(
                    "the token's Secret is emptied",
                    cache -> cache.world.token = cache.world.token.map(t ->
                            new TokenSecret(t.name(), t.ours(), Optional.empty(), Optional.empty(), Optional.empty()))),
            new Incident("the connection Secret is gone", cache -> cache.world.connection = Optional.empty()),
            connection(
                    "the connection Secret is somebody else's",
                    c -> new ConnectionSecretState(false, c.type(), c.data(), c.labels(), c.annotations())),
            connection(
                    "the connection Secret is of another type",
                    c -> new ConnectionSecretState(true, "Opaque", c.data(), c.labels(), c.annotations())),
            connection(
                    "the connection Secret is edited",
                    c -> new ConnectionSecretState(
                            true, c.type(), with(c.data(), "host", "elsewhere"), c.labels(), c.annotations())),
            new Incident("nothing is offered", cache -> cache.world.versions.replaceAll((engine, v) -> List.of())),
            new Incident("the operator restarts", RunningCache::forgetful),
            new Incident("the status is lost", cache -> cache.cr = Clusters.withoutStatus(cache.cr)),
            new Incident(
                    "it is paused",
                    cache -> cache.cr = Clusters.annotated(cache.cr, "cacheoperator.io/paused", "true")),
            new Incident(
                    "somebody wants to take it over",
                    cache -> cache.cr =
                            Clusters.annotated(cache.cr, RunningPlanner.TAKE_OVER_FROM, "staging/shop/sessions")));

    /** Up to four of them, one after the other. */
    static Arbitrary<List<Incident>> some() {
        return Arbitraries.of(ALL).list().ofMaxSize(4);
    }

    private static void gone(RunningCache cache) {
        cache.world.groups.clear();
        cache.world.members.clear();
        cache.world.memcached.clear();
    }

    private static Incident status(String status) {
        return new Incident("it is " + status, cache -> {
            if (cache.exists()) {
                cache.operator.aws.status(cache.id(), status);
            }
        });
    }

    private static void onGroup(RunningCache cache, UnaryOperator<ReplicationGroupState> change) {
        cache.world.groups.replaceAll((id, group) -> change.apply(group));
    }

    private static void modified(RunningCache cache, Optional<String> description, Optional<Integer> retention) {
        onGroup(
                cache,
                g -> States.modified(
                        g,
                        new ModifyReplicationGroup(
                                g.id(),
                                description,
                                Optional.empty(),
                                Optional.empty(),
                                retention,
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())));
    }

    private static Incident members(
            String name, Optional<String> window, List<String> securityGroups, Optional<String> parameterGroup) {
        return members(
                name,
                c -> States.modified(
                        c,
                        window,
                        securityGroups,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        parameterGroup));
    }

    private static Incident members(String name, UnaryOperator<CacheClusterState> change) {
        return new Incident(name, cache -> {
            if (cache.exists()) {
                cache.members(change);
            }
        });
    }

    private static Incident rules(String name, UnaryOperator<List<Rule>> change) {
        return new Incident(
                name,
                cache -> cache.world.securityGroups.replaceAll((id, g) -> new SecurityGroupState(
                        g.id(), g.name(), g.vpcId(), g.description(), g.tags(), change.apply(g.ingress()))));
    }

    private static Incident tags(String name, UnaryOperator<Map<String, String>> change) {
        return new Incident(name, cache -> {
            if (cache.exists()) {
                cache.world.tags.computeIfPresent(cache.cacheArn(), (arn, tags) -> change.apply(tags));
                cache.forgetful();
            }
        });
    }

    private static Incident connection(String name, UnaryOperator<ConnectionSecretState> change) {
        return new Incident(name, cache -> cache.world.connection = cache.world.connection.map(change));
    }

    private static Map<String, String> with(Map<String, String> map, String key, String value) {
        Map<String, String> more = new HashMap<>(map);
        more.put(key, value);
        return more;
    }

    @Override
    public String toString() {
        return name;
    }
}
