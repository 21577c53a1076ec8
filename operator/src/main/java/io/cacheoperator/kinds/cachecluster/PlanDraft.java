package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Impact;
import io.cacheoperator.core.Plan;
import io.cacheoperator.core.Problem;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers a plan. Confined to one call of the planner. */
final class PlanDraft {

    private final Set<Query<?>> reads = new LinkedHashSet<>();
    private final List<Step<ClusterAction>> steps = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private @Nullable Instant wakeAt;

    /** Asks for an answer that is missing or not proof enough. A question that cannot be put yet is left out. */
    void read(Fact<?> fact) {
        fact.query().ifPresent(reads::add);
    }

    void read(Query<?> query) {
        reads.add(query);
    }

    void problem(Problem problem) {
        problems.add(problem);
    }

    void problem(ClusterReason reason, String field, String message) {
        problems.add(Problem.userMustAct(reason, field, message));
    }

    void add(Step<ClusterAction> step) {
        steps.add(step);
    }

    /** A side effect that can be had as soon as the steps before it are done. */
    void ready(ClusterAction action, String name, String target, Impact impact, String message) {
        steps.add(Step.ready(action, name, target, leavesAvailable(action), impact, message));
    }

    /** Something that AWS is at already. */
    void running(String name, String target, String waitingFor, String message) {
        steps.add(new Step<>(
                new ClusterAction.Await(name),
                name,
                target,
                true,
                Impact.NONE,
                Step.State.Running,
                Optional.of(waitingFor),
                message));
    }

    /** Tags can be read only while a cache is available: until then nothing is written, and that is no error. */
    void waitForOwner(ExistingCache cache) {
        String why = "whose " + cache.id() + " is can be read when it is available";
        running("ListTagsForResource", cache.id(), "status " + cache.status(), why);
        problem(new Problem(
                ClusterReason.OwnerUnknown,
                Failure.Retry.WAIT,
                Optional.empty(),
                why + "; it is " + cache.status() + " now, and nothing is written to it"));
    }

    /** A side effect that is sure to come, though what it will say depends on steps before it. */
    void later(String name, String target, Impact impact, String waitingFor, String message) {
        steps.add(Step.waiting(new ClusterAction.Await(name), name, target, impact, waitingFor, message));
    }

    void wakeAt(Instant at) {
        wakeAt = wakeAt == null || at.isBefore(wakeAt) ? at : wakeAt;
    }

    boolean asks() {
        return !reads.isEmpty();
    }

    boolean hasProblems() {
        return !problems.isEmpty();
    }

    /** Whether a step stands before the next one that is added. */
    boolean hasSteps() {
        return !steps.isEmpty();
    }

    /** Whether a step can be taken as soon as nothing is left to read. */
    boolean canAct() {
        return steps.stream().anyMatch(step -> step.state() == Step.State.Ready);
    }

    Plan<ClusterAction> build() {
        return new Plan<>(List.copyOf(reads), steps, problems, Optional.ofNullable(wakeAt), false);
    }

    /** Nothing of ours is left in AWS. */
    Plan<ClusterAction> finished() {
        return new Plan<>(List.copyOf(reads), steps, problems, Optional.ofNullable(wakeAt), true);
    }

    /** Only the cache itself has a state that a write changes; tags do so too (aws-behaviour.md, 0.3). */
    private static boolean leavesAvailable(ClusterAction action) {
        return switch (action) {
            case ClusterAction.CreateGroup a -> true;
            case ClusterAction.ModifyGroup a -> true;
            case ClusterAction.DeleteGroup a -> true;
            case ClusterAction.DeleteFailedGroup a -> true;
            case ClusterAction.CreateMemcached a -> true;
            case ClusterAction.ModifyMemcached a -> true;
            case ClusterAction.DeleteMemcached a -> true;
            case ClusterAction.TakeSnapshot a -> true;
            case ClusterAction.AddTags a -> !TagHolder.isParameterGroup(a.arn());
            case ClusterAction.RemoveTags a -> !TagHolder.isParameterGroup(a.arn());
            case ClusterAction.TakeOver a -> true;
            default -> false;
        };
    }
}
