package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.core.Plan;
import java.time.Instant;

/** Decides what to do next with one cluster. A pure function of its arguments. */
public final class ClusterPlanner {

    private ClusterPlanner() {}

    public static Plan<ClusterAction> plan(CacheCluster cr, ClusterInputs in, Instant now) {
        return Plan.nothing();
    }
}
