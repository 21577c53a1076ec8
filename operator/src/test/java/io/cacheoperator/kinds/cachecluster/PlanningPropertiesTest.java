package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.aws.Queries;
import io.cacheoperator.aws.SecurityGroupState;
import io.cacheoperator.aws.SubnetGroupState;
import io.cacheoperator.core.Plan;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.Step;
import io.cacheoperator.kinds.cachecluster.AnySpec.Spec;
import io.cacheoperator.kinds.cachecluster.ClusterAction.AwsAction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple.Tuple2;

/** What holds for any spec, from nothing and from any other: the way there is short, right, and the same in any order. */
class PlanningPropertiesTest {

    @Provide
    Arbitrary<Spec> specs() {
        return AnySpec.any();
    }

    @Provide
    Arbitrary<Tuple2<Spec, Spec>> pairs() {
        return AnySpec.pairs();
    }

    @Provide
    Arbitrary<Class<? extends Query<?>>> questions() {
        return AnyWorldPropertiesTest.anyQuestion();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void reachesAFixpointFromNothing(@ForAll("specs") Spec spec) {
        RunningCache cache = new RunningCache(spec.cluster());

        Plan<ClusterAction> plan = cache.operator.run(cache.cr);

        assertThat(cache.operator.done).isEmpty();
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.problems()).isEmpty();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void reachesAFixpointFromAnyOtherSpec(@ForAll("pairs") Tuple2<Spec, Spec> specs) {
        RunningCache cache = new RunningCache(specs.get1().cluster());
        cache.edit(specs.get2().cluster());

        cache.operator.run(cache.cr);

        assertThat(cache.operator.done).noneMatch(PlanningPropertiesTest::losesData);
        assertThat(cache.world.groups.size() + cache.world.memcached.size()).isEqualTo(1);
        int before = cache.operator.done.size();
        cache.operator.run(cache.cr);
        assertThat(cache.operator.done).hasSize(before);
    }

    /** An edit of what can be changed is made, whatever else the spec says: its last plan has nothing to say of it any more. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void leavesOnlyWhatItSaysItDoesNotMake(@ForAll("pairs") Tuple2<Spec, Spec> specs) {
        RunningCache cache = new RunningCache(specs.get1().cluster());
        cache.edit(specs.get2().cluster());

        Plan<ClusterAction> end = cache.operator.run(cache.cr);

        assertThat(end.reads()).isEmpty();
        assertThat(end.steps()).allMatch(step -> step.state() == Step.State.Refused);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void neverMakesOrDeletesACacheThatExists(@ForAll("pairs") Tuple2<Spec, Spec> specs) {
        RunningCache cache = drifted(specs.get1(), specs.get2());

        cache.forgetful().operator.run(cache.cr);

        assertThat(cache.operator.done).noneMatch(PlanningPropertiesTest::losesData);
    }

    /** Made from the one spec, and in AWS as if it had been made from the other. */
    private static RunningCache drifted(Spec spec, Spec actual) {
        RunningCache cache = new RunningCache(spec.cluster());
        RunningCache other = new RunningCache(actual.cluster());
        cache.world.groups.putAll(other.world.groups);
        cache.world.members.putAll(other.world.members);
        cache.world.memcached.putAll(other.world.memcached);
        return cache;
    }

    private static boolean losesData(ClusterAction action) {
        return action instanceof ClusterAction.CreateGroup
                || action instanceof ClusterAction.CreateMemcached
                || action instanceof ClusterAction.DeleteGroup
                || action instanceof ClusterAction.DeleteFailedGroup
                || action instanceof ClusterAction.DeleteMemcached;
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void correctsAllThatItCan(@ForAll("pairs") Tuple2<Spec, Spec> specs) {
        RunningCache cache = drifted(specs.get1().with("driftPolicy", "Correct"), specs.get2());

        cache.operator.run(cache.cr);

        ClusterInputs in = cache.world.inputs(cache.cr, cache.operator.settings);
        assertThat(ClusterDiff.of(cache.cr, in, in.observed().cache().orElseThrow()))
                .filteredOn(change -> change.how() == Change.How.MADE)
                .isEmpty();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void writesNothingWhereDriftIsOnlyReported(@ForAll("pairs") Tuple2<Spec, Spec> specs) {
        RunningCache cache = drifted(specs.get1().with("driftPolicy", "Report"), specs.get2());

        cache.operator.run(cache.cr);

        assertThat(cache.operator.done).noneMatch(action -> action instanceof AwsAction);
    }

    /** Neither the order of what is written in the spec means anything, nor that of what AWS answers. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void plansNothingForAPermutation(@ForAll("specs") Spec spec, @ForAll Random random) {
        RunningCache cache = new RunningCache(spec.cluster());
        permute(cache.world, random);

        cache.edit(spec.permuted(random).cluster());
        Plan<ClusterAction> plan = cache.operator.run(cache.cr);

        assertThat(cache.operator.done).isEmpty();
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.problems()).isEmpty();
    }

    private static void permute(ModelWorld world, Random random) {
        world.members.replaceAll((id, members) -> shuffled(members, random));
        world.subnetGroups.replaceAll((name, group) -> new SubnetGroupState(
                group.name(), group.arn(), group.description(), group.vpcId(), shuffled(group.subnets(), random)));
        world.securityGroups.replaceAll((id, group) -> new SecurityGroupState(
                group.id(),
                group.name(),
                group.vpcId(),
                group.description(),
                group.tags(),
                shuffled(group.ingress(), random)));
        world.versions.replaceAll((engine, versions) -> shuffled(versions, random));
    }

    private static <T> List<T> shuffled(List<T> list, Random random) {
        List<T> copy = new ArrayList<>(list);
        Collections.shuffle(copy, random);
        return copy;
    }

    /** At each point of the way: what is not known is asked, or does not matter to the step that is taken. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void neverActsOnWhatIsUnknown(
            @ForAll("pairs") Tuple2<Spec, Spec> specs, @ForAll("questions") Class<? extends Query<?>> unknown) {
        Convergence operator = new Convergence(new ModelWorld());
        CacheCluster made = specs.get1().cluster();
        actsAsIfItKnew(operator, made, unknown);
        actsAsIfItKnew(operator, Clusters.edited(made, specs.get2().cluster()), unknown);
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

    @Property(edgeCases = EdgeCasesMode.NONE)
    void writesNothingToARunningCacheWhileNothingIsKnownOfIt(@ForAll("pairs") Tuple2<Spec, Spec> specs) {
        RunningCache cache = new RunningCache(specs.get1().cluster());
        cache.edit(specs.get2().cluster());
        cache.world.hidden =
                query -> query instanceof Queries.ReplicationGroup || query instanceof Queries.CacheCluster;

        cache.operator.run(cache.cr);

        assertThat(cache.operator.done).isEmpty();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void deletesAllItMadeAndNothingElse(@ForAll("specs") Spec spec) {
        RunningCache cache = new RunningCache(spec.cluster());
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
        boolean snapshot = !spec.memcached() && !"Delete".equals(spec.values().get("deletionPolicy"));
        assertThat(cache.world.snapshots).hasSize(snapshot ? 1 : 0);
    }
}
