package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.aws.CacheClusterState;
import io.cacheoperator.aws.ReplicationGroupState;
import io.cacheoperator.core.Condition;
import io.cacheoperator.core.Plan;
import io.cacheoperator.core.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A cache that was made from a spec and is in sync with it; then something is edited, or somebody changes AWS. */
final class RunningCache {

    final ModelWorld world;
    final Convergence operator;
    CacheCluster cr;

    RunningCache(String spec) {
        this(Clusters.of(spec));
    }

    RunningCache(CacheCluster made) {
        this(made, new ModelWorld());
    }

    RunningCache(CacheCluster made, ModelWorld in) {
        this(made, in, Clusters.SETTINGS);
    }

    RunningCache(CacheCluster made, ModelWorld in, ClusterSettings settings) {
        world = in;
        operator = new Convergence(world);
        operator.settings = settings;
        cr = made;
        operator.run(cr);
        synced();
        operator.done.clear();
    }

    /** The status as it stands after a pass in which nothing was left to do. */
    void synced() {
        ClusterInputs in = world.inputs(cr, operator.settings);
        ExistingCache cache = in.observed().cache().orElseThrow();
        cr = Clusters.withStatus(
                cr,
                CacheClusterStatus.builder()
                        .observedGeneration(cr.getMetadata().getGeneration())
                        .id(cache.id())
                        .arn(cache.arn())
                        .phase(Phase.AVAILABLE)
                        .applied(AppliedValues.of(cr, in, cache))
                        .conditions(List.of(new Condition(
                                "Synced",
                                Condition.Status.TRUE,
                                "InSync",
                                "",
                                ModelWorld.NOW,
                                cr.getMetadata().getGeneration())))
                        .build());
    }

    /** The status as the operator writes it now, whatever is left to do. */
    RunningCache looked() {
        cr = Clusters.withStatus(cr, status(plan()));
        return this;
    }

    CacheClusterStatus status(Plan<ClusterAction> plan) {
        return ClusterStatusMapper.status(
                cr, world.inputs(cr, operator.settings), plan, Optional.empty(), operator.now);
    }

    /** What the status lists as drift, in one line each. */
    List<String> drift() {
        ClusterInputs in = world.inputs(cr, operator.settings);
        return ClusterDiff.drift(cr, in, in.observed().cache().orElseThrow()).stream()
                .map(entry -> entry.field() + " " + Objects.requireNonNullElse(entry.desired(), "") + " "
                        + Objects.requireNonNullElse(entry.actual(), ""))
                .toList();
    }

    /** Fails unless exactly one step shows this field and that it is not made. */
    Step<ClusterAction> onlyRefused() {
        List<Step<ClusterAction>> steps = plan().steps();
        assertThat(steps)
                .singleElement()
                .satisfies(step -> assertThat(step.state()).isEqualTo(Step.State.Refused));
        return steps.getFirst();
    }

    /** As after a restart of the operator: only what a bulk read shows is known. */
    RunningCache forgetful() {
        world.asked.clear();
        return this;
    }

    RunningCache edit(String spec) {
        cr = Clusters.edited(cr, Clusters.of(spec));
        return this;
    }

    RunningCache edit(CacheCluster to) {
        cr = Clusters.edited(cr, to);
        return this;
    }

    boolean exists() {
        return !world.groups.isEmpty() || !world.memcached.isEmpty();
    }

    String id() {
        return new ArrayList<>(world.groups.isEmpty() ? world.memcached.keySet() : world.groups.keySet()).getFirst();
    }

    String arn() {
        return Optional.ofNullable(world.groups.get(id())).orElseThrow().arn();
    }

    /** Of the replication group, or of the memcached cluster. */
    String cacheArn() {
        return Optional.ofNullable(world.groups.get(id()))
                .map(ReplicationGroupState::arn)
                .orElseGet(() -> Optional.ofNullable(world.memcached.get(id()))
                        .orElseThrow()
                        .arn());
    }

    CacheClusterState member() {
        return world.members.getOrDefault(id(), List.of()).getFirst();
    }

    /** Somebody changes the replication group in AWS. */
    RunningCache group(UnaryOperator<ReplicationGroupState> change) {
        world.groups.computeIfPresent(id(), (id, group) -> change.apply(group));
        return this;
    }

    /** Somebody changes all members in AWS. */
    RunningCache members(UnaryOperator<CacheClusterState> change) {
        world.members.computeIfPresent(
                id(), (id, members) -> members.stream().map(change).toList());
        world.memcached.computeIfPresent(id(), (id, cluster) -> change.apply(cluster));
        return this;
    }

    /** All side effects until nothing is left to do. */
    List<ClusterAction> actions() {
        operator.run(cr);
        return List.copyOf(operator.done);
    }

    Plan<ClusterAction> plan() {
        return operator.plan(cr);
    }
}
