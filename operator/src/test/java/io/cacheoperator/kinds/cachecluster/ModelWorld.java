package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.AuthToken;
import io.cacheoperator.aws.CacheClusterState;
import io.cacheoperator.aws.EngineVersionState;
import io.cacheoperator.aws.EventState;
import io.cacheoperator.aws.ParameterDefinition;
import io.cacheoperator.aws.ParameterGroupState;
import io.cacheoperator.aws.Queries;
import io.cacheoperator.aws.ReplicationGroupState;
import io.cacheoperator.aws.SecurityGroupState;
import io.cacheoperator.aws.SnapshotState;
import io.cacheoperator.aws.SubnetGroupState;
import io.cacheoperator.aws.SubnetState;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Observation.Source;
import io.cacheoperator.core.Owner;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.View;
import io.cacheoperator.probe.Reachability;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A small model of what is outside: AWS as the questions show it, and two Secrets. Lists are known at once, as from a bulk
 * read; what has no bulk read is unknown until it was asked.
 */
final class ModelWorld implements View {

    static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    final Map<String, ReplicationGroupState> groups = new TreeMap<>();
    final Map<String, List<CacheClusterState>> members = new TreeMap<>();
    final Map<String, CacheClusterState> memcached = new TreeMap<>();
    final Map<String, SubnetGroupState> subnetGroups = new TreeMap<>();
    final Map<String, ParameterGroupState> parameterGroups = new TreeMap<>();
    final Map<String, Map<String, String>> parameters = new TreeMap<>();
    final Map<String, SecurityGroupState> securityGroups = new TreeMap<>();
    final Map<String, SnapshotState> snapshots = new TreeMap<>();
    final Map<String, Map<String, String>> tags = new TreeMap<>();
    final Map<String, SubnetState> subnets = new TreeMap<>();
    final Map<String, List<EngineVersionState>> versions = new HashMap<>();
    final Map<String, Map<String, ParameterDefinition>> families = new HashMap<>();
    final Set<Query<?>> asked = new HashSet<>();
    final List<EventState> events = new ArrayList<>();

    Optional<TokenSecret> token = Optional.empty();
    /** The operator's own Secret where the token is the user's. */
    Optional<TokenSecret> kept = Optional.empty();

    final Set<String> leftSecrets = new TreeSet<>();
    Optional<ConnectionSecretState> connection = Optional.empty();
    Predicate<Query<?>> hidden = query -> false;

    /** When what is asked is asked. */
    Instant now = NOW;

    ModelWorld() {
        subnet("subnet-a", "vpc-1", "eu-west-1a");
        subnet("subnet-b", "vpc-1", "eu-west-1b");
        versions.put("valkey", offers("valkey", "7.2:valkey7", "8.0:valkey8", "8.1:valkey8"));
        versions.put("redis", offers("redis", "5.0.6:redis5.0", "6.2:redis6.x", "7.0:redis7", "7.1:redis7"));
        versions.put("memcached", offers("memcached", "1.6.6:memcached1.6", "1.6.22:memcached1.6"));
        Map<String, ParameterDefinition> redis = new TreeMap<>();
        define(redis, "maxmemory-policy", "string", "volatile-lru,allkeys-lru,allkeys-lfu,noeviction", true);
        define(redis, "timeout", "integer", "0,20-", true);
        define(redis, "hash-max-listpack-entries", "integer", "0-", true);
        define(redis, "notify-keyspace-events", "string", "", true);
        define(redis, "cluster-enabled", "string", "yes,no", true);
        define(redis, "maxmemory", "integer", "", false);
        define(redis, "appendonly", "string", "yes,no", false);
        define(redis, "repl-timeout", "integer", "", false);
        for (int i = 0; i < 45; i++) {
            define(redis, "tuning-" + i, "integer", "1-100", true);
        }
        List.of("valkey7", "valkey8", "redis5.0", "redis6.x", "redis7").forEach(family -> families.put(family, redis));
        Map<String, ParameterDefinition> memcachedParameters = new TreeMap<>();
        define(memcachedParameters, "max_item_size", "integer", "1024-1073741824", true);
        families.put("memcached1.6", memcachedParameters);
    }

    void subnet(String id, String vpc, String zone) {
        subnets.put(id, new SubnetState(id, vpc, zone));
    }

    private static void define(
            Map<String, ParameterDefinition> into, String name, String type, String allowed, boolean modifiable) {
        into.put(
                name,
                new ParameterDefinition(
                        name,
                        Optional.empty(),
                        type,
                        Optional.of(allowed).filter(a -> !a.isEmpty()),
                        modifiable,
                        Optional.of("immediate")));
    }

    private static List<EngineVersionState> offers(String engine, String... versionsAndFamilies) {
        return List.of(versionsAndFamilies).stream()
                .map(text -> text.split(":", -1))
                .map(parts -> new EngineVersionState(engine, parts[0], parts[1]))
                .toList();
    }

    ClusterInputs inputs(CacheCluster cr, ClusterSettings settings) {
        return new ClusterInputs(
                settings,
                ClusterObserver.owner(cr, settings),
                ClusterObserver.observe(cr, settings, this),
                known(token),
                known(token.filter(TokenSecret::ours).or(() -> kept)),
                known(connection),
                List.copyOf(leftSecrets),
                new AuthToken("Fresh0" + "x".repeat(58)),
                Optional.empty(),
                false,
                new Reachability.NotKnown(),
                Instant.EPOCH,
                new AttemptLog().of(cr),
                NOW);
    }

    static TokenSecret generated(String name, Optional<AuthToken> current, Optional<TokenHash> applied) {
        return new TokenSecret(name, true, false, true, current, Optional.empty(), Optional.empty(), applied);
    }

    void keep(ClusterAction.KeepTokenHash action) {
        Optional<TokenSecret> generated = token.filter(TokenSecret::ours);
        TokenSecret next =
                generated(action.secretName(), generated.flatMap(TokenSecret::current), Optional.of(action.applied()));
        if (generated.isPresent()) {
            token = Optional.of(next);
        } else {
            kept = Optional.of(next);
        }
    }

    private static <T> Observation<T> known(Optional<T> state) {
        return state.<Observation<T>>map(s -> new Observation.Present<>(s, NOW, Source.TARGETED))
                .orElseGet(() -> new Observation.Absent<>(NOW, Source.TARGETED));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Observation<T> get(Query<T> query) {
        if (hidden.test(query)) {
            return Observation.unknown("hidden");
        }
        Source source = asked.contains(query) ? Source.TARGETED : Source.BULK;
        if (source == Source.BULK && !listed(query)) {
            return Observation.unknown("not asked yet");
        }
        Optional<?> answer = answer(query);
        if (answer.isEmpty() && query instanceof Queries.Tags) {
            return Observation.unknown("tags cannot be read while it is busy");
        }
        return answer.<Observation<T>>map(state -> new Observation.Present<>((T) state, now, source))
                .orElseGet(() -> new Observation.Absent<>(now, source));
    }

    private static boolean listed(Query<?> query) {
        return query instanceof Queries.ReplicationGroup
                || query instanceof Queries.Members
                || query instanceof Queries.CacheCluster
                || query instanceof Queries.SubnetGroup
                || query instanceof Queries.ParameterGroup
                || query instanceof Queries.SubnetGroupUsers
                || query instanceof Queries.TagHint;
    }

    private Optional<?> answer(Query<?> query) {
        return switch (query) {
            case Queries.ReplicationGroup q -> Optional.ofNullable(groups.get(q.id()));
            case Queries.Members q -> Optional.ofNullable(members.get(q.replicationGroupId()));
            case Queries.CacheCluster q -> Optional.ofNullable(memcached.get(q.id()));
            case Queries.SubnetGroup q -> Optional.ofNullable(subnetGroups.get(q.name()));
            case Queries.ParameterGroup q -> Optional.ofNullable(parameterGroups.get(q.name()));
            case Queries.UserParameters q -> Optional.ofNullable(parameters.get(q.parameterGroupName()));
            case Queries.FamilyParameters q -> Optional.ofNullable(families.get(q.family()));
            case Queries.EngineVersions q -> Optional.ofNullable(versions.get(q.engine()));
            case Queries.SecurityGroupByName q ->
                securityGroups.values().stream()
                        .filter(g -> g.name().equals(q.name()) && g.vpcId().equals(q.vpcId()))
                        .findFirst();
            case Queries.OwnedSecurityGroups q ->
                Optional.of(securityGroups.values().stream()
                        .filter(g -> q.owner().equals(g.tags().get(Owner.TAG)))
                        .toList());
            case Queries.SubnetsById q ->
                subnets.keySet().containsAll(q.ids())
                        ? Optional.of(q.ids().stream().map(this::subnet).toList())
                        : Optional.empty();
            case Queries.SubnetsBySelector q ->
                Optional.of(subnets.values().stream()
                        .filter(s -> q.vpcId().isEmpty() || q.vpcId().equals(Optional.of(s.vpcId())))
                        .toList());
            case Queries.SubnetGroupUsers q -> Optional.of(users(q.subnetGroupName()));
            case Queries.Snapshot q -> Optional.ofNullable(snapshots.get(q.name()));
            case Queries.Tags q -> readable(q.arn()) ? Optional.ofNullable(tags.get(q.arn())) : Optional.empty();
            case Queries.TagHint q -> Optional.ofNullable(tags.get(q.arn()));
            case Queries.Events q -> Optional.of(events);
            default -> throw new IllegalArgumentException("unknown question: " + query);
        };
    }

    private SubnetState subnet(String id) {
        return Optional.ofNullable(subnets.get(id)).orElseThrow();
    }

    private List<String> users(String subnetGroup) {
        return Stream.concat(members.values().stream().flatMap(List::stream), memcached.values().stream())
                .filter(c -> c.subnetGroupName().equals(Optional.of(subnetGroup)))
                .map(CacheClusterState::id)
                .toList();
    }

    /** Tags of a cache can be read only while it is available. */
    private boolean readable(String arn) {
        return groups.values().stream()
                        .noneMatch(g -> g.arn().equals(arn) && !g.status().equals("available"))
                && memcached.values().stream()
                        .noneMatch(c -> c.arn().equals(arn) && !c.status().equals("available"));
    }
}
