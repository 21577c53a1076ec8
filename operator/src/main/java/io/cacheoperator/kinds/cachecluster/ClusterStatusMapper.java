package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.core.Kind.StepFailure;
import io.cacheoperator.core.Plan;
import java.time.Instant;
import java.util.Optional;

/** Says how a cluster is. A pure function of its arguments. */
final class ClusterStatusMapper {

    private ClusterStatusMapper() {}

    static CacheClusterStatus status(
            CacheCluster cr, ClusterInputs in, Plan<ClusterAction> plan, Optional<StepFailure> last, Instant now) {
        return CacheClusterStatus.builder().build();
    }
}
