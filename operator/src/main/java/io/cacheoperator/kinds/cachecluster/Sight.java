package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.CacheClusterState;
import io.cacheoperator.aws.ReplicationGroupState;
import io.cacheoperator.core.Condition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A running cache beside its spec: what a comparison looks at. */
record Sight(CacheCluster cr, ClusterInputs in, ExistingCache cache) {

    private static final AppliedStatus NOTHING =
            new AppliedStatus(List.of(), List.of(), List.of(), List.of(), List.of());

    CacheClusterSpec spec() {
        return cr.getSpec();
    }

    ObservedCluster observed() {
        return in.observed();
    }

    Optional<ReplicationGroupState> group() {
        return cache.group();
    }

    Optional<CacheClusterState> speaker() {
        return cache.speaker();
    }

    /** What we wrote earlier: what makes it possible to take out what is no longer in the spec. */
    AppliedStatus applied() {
        return Optional.ofNullable(cr.getStatus())
                .flatMap(status -> Optional.ofNullable(status.applied()))
                .orElse(NOTHING);
    }

    /**
     * Whether this very spec was fully applied before. What differs since then was changed in AWS; and what was not read
     * since then need not be read now.
     */
    boolean settled() {
        CacheClusterStatus status = cr.getStatus();
        return status != null
                && Objects.equals(status.observedGeneration(), cr.getMetadata().getGeneration())
                && status.condition("Synced")
                        .filter(condition -> condition.status() == Condition.Status.TRUE)
                        .isPresent();
    }

    /** Whose doing a difference is: also before an edit is applied, what was reported as drift stays drift. */
    Change.Origin origin(String field, String desired) {
        boolean reported = Optional.ofNullable(cr.getStatus()).stream()
                .flatMap(status -> status.drift().stream())
                .anyMatch(entry -> field.equals(entry.field()) && desired.equals(entry.desired()));
        return settled() || reported ? Change.Origin.DRIFT : Change.Origin.EDIT;
    }

    boolean corrects() {
        return spec().driftPolicy() != DriftPolicy.REPORT;
    }

    /** AWS's cluster mode, or empty for memcached. */
    Optional<String> clusterMode() {
        return group().map(ReplicationGroupState::clusterMode);
    }

    /** The mode to which the operator's parameter group must fit. */
    boolean clustered() {
        return clusterMode().filter(mode -> !mode.equals("disabled")).isPresent();
    }
}
