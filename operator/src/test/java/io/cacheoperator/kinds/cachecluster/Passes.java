package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.core.Annotations;
import io.cacheoperator.core.Kind.StepFailure;
import io.cacheoperator.core.Outcome;
import io.cacheoperator.core.Plan;
import io.cacheoperator.core.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * Passes over one cache in the {@link ModelWorld}, each of which takes one step and writes the status, until nothing is left to
 * do and nothing moves. What becomes of a step is up to the test.
 */
final class Passes {

    private static final int ENOUGH = 300;
    private static final Duration BETWEEN = Duration.ofSeconds(10);

    /** What was looked at, planned and said in one pass. */
    record Pass(CacheCluster before, ClusterInputs in, Plan<ClusterAction> plan, CacheClusterStatus status) {}

    final Convergence operator;
    final List<Pass> all = new ArrayList<>();
    CacheCluster cr;

    /** How a step that is about to be taken ends instead of having its effect; empty: it has it. */
    Function<Step<ClusterAction>, Optional<Outcome>> fate = step -> Optional.empty();

    /** Told the number of each pass before it begins. */
    IntConsumer meanwhile = pass -> {};

    private Optional<StepFailure> standing = Optional.empty();

    Passes(Convergence operator, CacheCluster cr) {
        this.operator = operator;
        this.cr = cr;
    }

    /** All is known from now on, and nothing fails any more. */
    Passes undisturbed() {
        meanwhile = pass -> {};
        fate = step -> Optional.empty();
        operator.world.hidden = query -> false;
        return this;
    }

    /** @return the plan in which nothing is left that could be done now */
    Plan<ClusterAction> run() {
        for (int i = 0; i < ENOUGH; i++) {
            meanwhile.accept(i);
            Plan<ClusterAction> plan = operator.plan(cr);
            Optional<Step<ClusterAction>> next = Annotations.paused(cr) ? Optional.empty() : plan.next();
            say(plan);
            passTime(operator.now.plus(BETWEEN));
            if (next.isPresent()) {
                take(next.get());
            } else if (!operator.aws.tick() && !wakes(plan)) {
                return plan;
            }
        }
        throw new AssertionError("no rest after " + ENOUGH + " passes: " + operator.done);
    }

    /** Lets the time pass until which the plan waits. */
    private boolean wakes(Plan<ClusterAction> plan) {
        Optional<Instant> later = plan.wakeAt().filter(at -> at.isAfter(operator.now));
        later.ifPresent(this::passTime);
        return later.isPresent();
    }

    private void passTime(Instant until) {
        operator.now = until;
        operator.world.now = until;
    }

    private void take(Step<ClusterAction> step) {
        Optional<Outcome> failed = fate.apply(step);
        standing = failed.map(outcome -> new StepFailure(step.name(), step.target(), outcome, operator.now));
        if (failed.isEmpty()) {
            operator.done.add(step.action());
            operator.aws.apply(step.action());
        }
    }

    /** As the reconciler does, which says nothing while it knows nothing, unless something is wrong that will not pass. */
    private void say(Plan<ClusterAction> plan) {
        ClusterInputs in = operator.world.inputs(cr, operator.settings);
        CacheClusterStatus status = ClusterStatusMapper.status(cr, in, plan, standing, operator.now);
        all.add(new Pass(cr, in, plan, status));
        if (plan.reads().isEmpty() || !plan.problems().isEmpty()) {
            cr = Clusters.withStatus(cr, status);
        }
    }
}
