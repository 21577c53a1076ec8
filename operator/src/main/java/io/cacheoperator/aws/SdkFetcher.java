package io.cacheoperator.aws;

import io.cacheoperator.aws.Pages.All;
import io.cacheoperator.core.Fetcher;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Observation.Source;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.Result;
import io.cacheoperator.core.View;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Answers each class of question by the call that fits it. A new question is one line in {@link #SdkFetcher}. */
final class SdkFetcher implements Fetcher {

    private final InstantSource clock;
    private final Function<String, RegionReads> regions;
    private final Map<Class<?>, Answerer<?, ?>> answerers = new HashMap<>();

    /** The reads of one region. */
    record RegionReads(ElastiCacheReads elastiCache, Ec2Reads ec2, TaggingReads tagging) {}

    /** Asks one question. */
    @FunctionalInterface
    private interface Answerer<Q extends Query<T>, T> {
        Result<Observation<T>> ask(Q query, RegionReads aws, View known);
    }

    SdkFetcher(InstantSource clock, Function<String, RegionReads> regions) {
        this.clock = clock;
        this.regions = regions;
        named(Queries.ReplicationGroup.class, (q, aws) -> aws.elastiCache().replicationGroup(q.id()));
        named(Queries.CacheCluster.class, (q, aws) -> aws.elastiCache().cacheCluster(q.id()));
        on(Queries.Members.class, this::members);
        named(Queries.SubnetGroup.class, (q, aws) -> aws.elastiCache().subnetGroup(q.name()));
        named(
                Queries.SubnetGroupUsers.class,
                (q, aws) -> aws.elastiCache()
                        .cacheClusters()
                        .map(all -> all.items().stream()
                                .filter(c -> c.subnetGroupName()
                                        .filter(q.subnetGroupName()::equals)
                                        .isPresent())
                                .map(CacheClusterState::id)
                                .sorted()
                                .toList()));
        named(Queries.ParameterGroup.class, (q, aws) -> aws.elastiCache().parameterGroup(q.name()));
        named(
                Queries.UserParameters.class,
                (q, aws) ->
                        aws.elastiCache().userParameters(q.parameterGroupName()).map(SdkFetcher::values));
        named(
                Queries.FamilyParameters.class,
                (q, aws) -> aws.elastiCache().familyParameters(q.family()).map(SdkFetcher::byName));
        named(
                Queries.EngineVersions.class,
                (q, aws) -> aws.elastiCache().engineVersions(q.engine()).map(All::items));
        listed(
                Queries.SecurityGroupByName.class,
                (q, aws) -> aws.ec2().groupNamed(q.vpcId(), q.name()),
                found -> found.stream().findFirst());
        listed(
                Queries.OwnedSecurityGroups.class,
                (q, aws) -> aws.ec2().groupsOf(q.owner()),
                found -> Optional.of(found).filter(groups -> !groups.isEmpty()));
        named(Queries.SecurityGroups.class, (q, aws) -> aws.ec2().groups(q.ids()));
        named(Queries.SubnetsById.class, (q, aws) -> aws.ec2().subnets(q.ids()));
        named(Queries.SubnetsBySelector.class, (q, aws) -> aws.ec2().subnets(q.vpcId(), q.tags()));
        named(Queries.Tags.class, (q, aws) -> aws.elastiCache().tags(q.arn()));
        named(Queries.Events.class, (q, aws) -> aws.elastiCache().eventsOf(q.sourceType(), q.sourceId()));
        named(Queries.Snapshot.class, (q, aws) -> aws.elastiCache().snapshot(q.name()));
        on(Queries.TagHint.class, (q, aws, known) -> hint(q, aws));
    }

    private <Q extends Query<T>, T> void on(Class<Q> type, Answerer<Q, T> answerer) {
        answerers.put(type, answerer);
    }

    private <Q extends Query<T>, T> void named(Class<Q> type, BiFunction<Q, RegionReads, Result<T>> call) {
        on(type, (query, aws, known) -> {
            Instant askedAt = clock.instant();
            return Gone.observe(call.apply(query, aws), askedAt);
        });
    }

    /** Where a list call is filtered by what is asked: none is absence, as the bulk read has it. */
    private <Q extends Query<T>, T, S> void listed(
            Class<Q> type, BiFunction<Q, RegionReads, Result<All<S>>> call, Function<List<S>, Optional<T>> answer) {
        on(type, (query, aws, known) -> {
            Instant askedAt = clock.instant();
            return call.apply(query, aws)
                    .map(all -> answer.apply(all.items())
                            .<Observation<T>>map(state -> new Observation.Present<>(state, askedAt, Source.TARGETED))
                            .orElseGet(() -> new Observation.Absent<>(askedAt, Source.TARGETED)));
        });
    }

    /** Only {@link #on} fills the map, and pairs each class with an answerer of its type. */
    @Override
    @SuppressWarnings("unchecked")
    public <T> Result<Observation<T>> fetch(Query<T> query, View known) {
        Answerer<Query<T>, T> answerer = (Answerer<Query<T>, T>) answerers.get(query.getClass());
        if (answerer == null) {
            throw new IllegalArgumentException(
                    "nothing answers " + query.getClass().getSimpleName());
        }
        return answerer.ask(query, regions.apply(query.region()), known);
    }

    /**
     * No call names the members of a group. Where the group is known and has few, each is asked for; else one list call
     * finds them.
     */
    private Result<Observation<List<CacheClusterState>>> members(Queries.Members query, RegionReads aws, View known) {
        Instant askedAt = clock.instant();
        List<String> ids = memberIds(query, known);
        Result<List<CacheClusterState>> found = ids.isEmpty() || ids.size() > MEMBERS_ONE_BY_ONE
                ? aws.elastiCache().cacheClusters().map(all -> membersOf(query, all.items()))
                : oneByOne(ids, aws);
        return found.map(members -> members.isEmpty()
                ? new Observation.Absent<>(askedAt, Source.TARGETED)
                : new Observation.Present<>(members, askedAt, Source.TARGETED));
    }

    /** Who asks has weighed the family's cost against the bulk read; this only bounds it. */
    private static final int MEMBERS_ONE_BY_ONE = 20;

    static List<String> memberIds(Queries.Members query, View known) {
        return known.get(new Queries.ReplicationGroup(query.region(), query.replicationGroupId()))
                .found()
                .map(ReplicationGroupState::memberClusters)
                .orElse(List.of());
    }

    private static List<CacheClusterState> membersOf(Queries.Members query, List<CacheClusterState> clusters) {
        return clusters.stream()
                .filter(c -> c.replicationGroupId()
                        .filter(query.replicationGroupId()::equals)
                        .isPresent())
                .sorted(java.util.Comparator.comparing(CacheClusterState::id))
                .toList();
    }

    private static Result<List<CacheClusterState>> oneByOne(List<String> ids, RegionReads aws) {
        List<CacheClusterState> found = new ArrayList<>();
        for (String id : ids) {
            switch (aws.elastiCache().cacheCluster(id)) {
                case Result.Ok<CacheClusterState>(CacheClusterState state) -> found.add(state);
                case Result.Failed<CacheClusterState>(var failure)
                when failure.kind() == io.cacheoperator.core.Failure.Kind.GONE -> {
                    // A member is listed by its group before it can be described (aws-behaviour.md, 4.3).
                }
                case Result.Failed<CacheClusterState>(var failure) -> {
                    return Result.failed(failure);
                }
            }
        }
        return Result.ok(List.copyOf(found));
    }

    /** What the tagging API's list says is a hint only, whoever asked for it. */
    private Result<Observation<Map<String, String>>> hint(Queries.TagHint query, RegionReads aws) {
        Instant askedAt = clock.instant();
        return aws.tagging()
                .owned()
                .map(all -> all.items().stream()
                        .filter(t -> t.arn().equals(query.arn()))
                        .findFirst()
                        .<Observation<Map<String, String>>>map(
                                t -> new Observation.Present<>(t.tags(), askedAt, Source.BULK))
                        .orElseGet(() -> new Observation.Absent<>(askedAt, Source.BULK)));
    }

    private static Map<String, String> values(All<ParameterDefinition> parameters) {
        Map<String, String> values = new TreeMap<>();
        parameters.items().forEach(p -> p.value().ifPresent(v -> values.put(p.name(), v)));
        return Map.copyOf(values);
    }

    private static Map<String, ParameterDefinition> byName(All<ParameterDefinition> parameters) {
        Map<String, ParameterDefinition> byName = new TreeMap<>();
        parameters.items().forEach(p -> byName.put(p.name(), p));
        return Map.copyOf(byName);
    }
}
