package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.core.Plan;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs the planner against the {@link ModelWorld} as the operator would, until nothing is left to do. */
final class Convergence {

    private static final int ENOUGH = 200;

    final ModelWorld world;
    final ModelAws aws;
    final List<ClusterAction> done = new ArrayList<>();
    ClusterSettings settings = Clusters.SETTINGS;
    Instant now = ModelWorld.NOW;

    Convergence(ModelWorld world) {
        this.world = world;
        this.aws = new ModelAws(world);
    }

    /** The plan as it stands, after all its questions were asked. */
    Plan<ClusterAction> plan(CacheCluster cr) {
        Set<Query<?>> tried = new HashSet<>();
        while (true) {
            Plan<ClusterAction> plan = ClusterPlanner.plan(cr, world.inputs(cr, settings), now);
            Set<Query<?>> open = new HashSet<>(plan.reads());
            open.removeAll(tried);
            if (open.isEmpty()) {
                return plan;
            }
            tried.addAll(open);
            world.asked.addAll(open);
        }
    }

    /** To the fixpoint. Fails where there is none within a bounded number of steps. */
    Plan<ClusterAction> run(CacheCluster cr) {
        for (int i = 0; i < ENOUGH; i++) {
            Plan<ClusterAction> plan = plan(cr);
            Optional<Step<ClusterAction>> next = plan.next();
            if (next.isPresent()) {
                done.add(next.get().action());
                aws.apply(next.get().action());
                if (plan.finished()) {
                    throw new AssertionError("finished with a step to do: " + next);
                }
            } else if (!aws.tick()) {
                return plan;
            }
        }
        throw new AssertionError("no fixpoint after " + ENOUGH + " steps: " + done);
    }

    /** The side effects so far, by the names of their types, in order. */
    List<String> doneNames() {
        return done.stream().map(action -> action.getClass().getSimpleName()).toList();
    }
}
