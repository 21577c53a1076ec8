package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.aws.Queries;
import io.cacheoperator.aws.SubnetGroupState;
import io.cacheoperator.core.Plan;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.Step;
import io.cacheoperator.kinds.cachecluster.ClusterAction.AwsAction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for any spec and any world. */
class PlanningPropertiesTest {

    private static final int TRIES = 150;

    /** A valid spec as its parts, each of which may be left out. */
    record Written(String engine, List<String> parts) {
        String yaml() {
            return "engine: " + engine + "\n" + String.join("", parts);
        }
    }

    @Provide
    Arbitrary<Written> specs() {
        return Arbitraries.of("valkey", "redis", "memcached")
                .flatMap(engine -> engine.equals("memcached")
                        ? parts(engine, "nodes: %d\n", 3)
                        : parts(engine, "replicasPerShard: %d\n", 2));
    }

    private static Arbitrary<Written> parts(String engine, String shape, int most) {
        boolean memcached = engine.equals("memcached");
        List<Arbitrary<String>> choices = new ArrayList<>();
        choices.add(maybe(Arbitraries.integers().between(1, most).map(shape::formatted)));
        choices.add(maybe(Arbitraries.of(
                "maintenance: {window: \"mon:03:00-mon:04:00\"}\n",
                "maintenance: {window: \"SUN:22:00-sun:23:30\", autoMinorVersionUpgrade: false}\n",
                "maintenance: {notificationTopicArn: \"arn:aws:sns:eu-west-1:1:t\"}\n")));
        choices.add(maybe(Arbitraries.of("tags: {team: shop}\n", "tags: {team: web, cost: \"1\"}\n")));
        choices.add(maybe(Arbitraries.of("driftPolicy: Report\n")));
        if (memcached) {
            choices.add(maybe(Arbitraries.of("parameters: {max_item_size: 2048}\n")));
        } else {
            choices.add(maybe(Arbitraries.of(
                    "parameters: {timeout: 300}\n",
                    "parameters: {timeout: 0, maxmemory-policy: noeviction}\n",
                    "parameters: {maxmemory-policy: allkeys-lru}\n")));
            choices.add(maybe(Arbitraries.of(
                    "snapshots: {retentionDays: 0}\n",
                    "snapshots: {retentionDays: 3}\n",
                    "snapshots: {window: \"10:00-11:00\"}\n")));
            choices.add(maybe(Arbitraries.of("description: one\n", "description: two\n")));
            choices.add(maybe(Arbitraries.of("shards: 1\n", "shards: 2\n")));
            choices.add(maybe(Arbitraries.of("encryption: {inTransit: disabled}\n", "encryption: {atRest: false}\n")));
        }
        return Combinators.combine(choices).as(texts -> new Written(engine, texts));
    }

    private static Arbitrary<String> maybe(Arbitrary<String> text) {
        return Arbitraries.oneOf(Arbitraries.just(""), text);
    }

    @Property(tries = TRIES)
    void reachesAFixpointFromNothing(@ForAll("specs") Written spec) {
        RunningCache cache = new RunningCache(spec.yaml());

        Plan<ClusterAction> plan = cache.operator.run(cache.cr);

        assertThat(cache.operator.done).isEmpty();
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.problems()).isEmpty();
    }

    @Property(tries = TRIES)
    void reachesAFixpointFromAnyOtherSpec(@ForAll("specs") Written before, @ForAll("specs") Written after) {
        RunningCache cache = new RunningCache(before.yaml());
        cache.edit("engine: " + before.engine() + "\n" + String.join("", sameEngine(before, after)));

        cache.operator.run(cache.cr);

        assertThat(cache.operator.done).noneMatch(PlanningPropertiesTest::losesData);
        assertThat(cache.world.groups.size() + cache.world.memcached.size()).isEqualTo(1);
        int before2 = cache.operator.done.size();
        cache.operator.run(cache.cr);
        assertThat(cache.operator.done).hasSize(before2);
    }

    private static List<String> sameEngine(Written before, Written after) {
        boolean alike = before.engine().equals("memcached") == after.engine().equals("memcached");
        return alike ? after.parts() : List.of("description: other\n").subList(0, 0);
    }

    @Property(tries = TRIES)
    void neverMakesOrDeletesACacheThatExists(@ForAll("specs") Written spec, @ForAll("specs") Written drifted) {
        RunningCache cache = new RunningCache(spec.yaml());
        RunningCache other = new RunningCache(drifted.yaml());
        if (cache.world.groups.isEmpty() == other.world.groups.isEmpty()) {
            cache.world.groups.putAll(other.world.groups);
            cache.world.members.putAll(other.world.members);
            cache.world.memcached.putAll(other.world.memcached);
        }

        cache.forgetful().operator.run(cache.cr);

        assertThat(cache.operator.done).noneMatch(PlanningPropertiesTest::losesData);
    }

    private static boolean losesData(ClusterAction action) {
        return action instanceof ClusterAction.CreateGroup
                || action instanceof ClusterAction.CreateMemcached
                || action instanceof ClusterAction.DeleteGroup
                || action instanceof ClusterAction.DeleteFailedGroup
                || action instanceof ClusterAction.DeleteMemcached;
    }

    @Property(tries = TRIES)
    void writesNothingWhereDriftIsOnlyReported(@ForAll("specs") Written spec, @ForAll("specs") Written drifted) {
        RunningCache cache =
                new RunningCache(spec.yaml().replace("driftPolicy: Report\n", "") + "driftPolicy: Report\n");
        RunningCache other = new RunningCache(drifted.yaml());
        if (cache.world.groups.isEmpty() == other.world.groups.isEmpty()) {
            cache.world.groups.putAll(other.world.groups);
            cache.world.members.putAll(other.world.members);
            cache.world.memcached.putAll(other.world.memcached);
        }

        cache.operator.run(cache.cr);

        assertThat(cache.operator.done).noneMatch(action -> action instanceof AwsAction);
    }

    @Property(tries = TRIES)
    void plansNothingForAPermutation(@ForAll("specs") Written spec, @ForAll Random random) {
        RunningCache cache = new RunningCache(spec.yaml());
        cache.world.members.replaceAll((id, members) -> shuffled(members, random));
        cache.world.subnetGroups.replaceAll((name, group) -> new SubnetGroupState(
                group.name(), group.arn(), group.description(), group.vpcId(), shuffled(group.subnets(), random)));
        CacheCluster permuted =
                Clusters.ofWhole(Clusters.NETWORK.replace("[subnet-a, subnet-b]", "[subnet-b, subnet-a]")
                        + spec.yaml()
                                .replace("{team: web, cost: \"1\"}", "{cost: \"1\", team: web}")
                                .replace(
                                        "{timeout: 0, maxmemory-policy: noeviction}",
                                        "{maxmemory-policy: noeviction, timeout: 0}"));

        cache.edit(permuted).operator.run(cache.cr);

        assertThat(cache.operator.done).isEmpty();
    }

    private static <T> List<T> shuffled(List<T> list, Random random) {
        List<T> copy = new ArrayList<>(list);
        Collections.shuffle(copy, random);
        return copy;
    }

    @Provide
    Arbitrary<Class<? extends Query<?>>> questions() {
        return Arbitraries.of(
                Queries.ReplicationGroup.class,
                Queries.CacheCluster.class,
                Queries.Members.class,
                Queries.SubnetsById.class,
                Queries.SubnetGroup.class,
                Queries.SecurityGroupByName.class,
                Queries.ParameterGroup.class,
                Queries.UserParameters.class,
                Queries.FamilyParameters.class,
                Queries.EngineVersions.class,
                Queries.Tags.class,
                Queries.TagHint.class);
    }

    /** At each point of the way: what is not known is asked, or does not matter to the step that is taken. */
    @Property(tries = TRIES)
    void neverActsOnWhatIsUnknown(
            @ForAll("specs") Written before,
            @ForAll("specs") Written after,
            @ForAll("questions") Class<? extends Query<?>> unknown) {
        Convergence operator = new Convergence(new ModelWorld());
        CacheCluster made = Clusters.of(before.yaml());
        actsAsIfItKnew(operator, made, unknown);
        CacheCluster edited = Clusters.edited(
                made, Clusters.of("engine: " + before.engine() + "\n" + String.join("", sameEngine(before, after))));
        actsAsIfItKnew(operator, edited, unknown);
    }

    private static void actsAsIfItKnew(Convergence operator, CacheCluster cr, Class<? extends Query<?>> unknown) {
        for (int step = 0; step < 30; step++) {
            operator.world.hidden = unknown::isInstance;
            Optional<ClusterAction> blind = operator.plan(cr).next().map(Step::action);
            operator.world.hidden = query -> false;
            Optional<ClusterAction> seeing = operator.plan(cr).next().map(Step::action);
            if (blind.filter(AwsAction.class::isInstance).isPresent()) {
                assertThat(blind).isEqualTo(seeing);
            }
            seeing.ifPresentOrElse(operator.aws::apply, operator.aws::tick);
        }
    }

    @Property(tries = TRIES)
    void writesNothingToARunningCacheWhileNothingIsKnownOfIt(
            @ForAll("specs") Written spec, @ForAll("specs") Written after) {
        RunningCache cache = new RunningCache(spec.yaml());
        cache.edit("engine: " + spec.engine() + "\n" + String.join("", sameEngine(spec, after)));
        cache.world.hidden =
                query -> query instanceof Queries.ReplicationGroup || query instanceof Queries.CacheCluster;

        cache.operator.run(cache.cr);

        assertThat(cache.operator.done).isEmpty();
    }

    @Property(tries = TRIES)
    void deletesAllItMadeAndNothingElse(@ForAll("specs") Written spec) {
        RunningCache cache = new RunningCache(spec.yaml());
        cache.cr = Clusters.deleted(cache.cr);
        cache.forgetful();

        Plan<ClusterAction> end = cache.operator.run(cache.cr);

        assertThat(end.finished()).isTrue();
        assertThat(cache.world.groups).isEmpty();
        assertThat(cache.world.memcached).isEmpty();
        assertThat(cache.world.securityGroups).isEmpty();
        assertThat(cache.world.parameterGroups).isEmpty();
        assertThat(cache.world.subnetGroups).isEmpty();
        assertThat(cache.world.tags).isEmpty();
        assertThat(cache.world.snapshots).hasSize(spec.engine().equals("memcached") ? 0 : 1);
    }
}
