package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.core.Owner;
import io.cacheoperator.core.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides what to do next with one cluster. A pure function of its arguments. */
public final class ClusterPlanner {

    /** Right after its creation AWS may still deny that a cache exists (aws-behaviour.md, 4.3). */
    private static final Duration DENIED_AFTER_CREATE = Duration.ofMinutes(3);

    /** Nobody says when Kubernetes has told of the Secrets. */
    private static final Duration UNHEARD = Duration.ofSeconds(10);

    private ClusterPlanner() {}

    public static Plan<ClusterAction> plan(CacheCluster cr, ClusterInputs in, Instant now) {
        Plan<ClusterAction> plan = planned(cr, in, now);
        boolean unheard = in.keptToken().isUnknown() || in.connectionSecret().isUnknown();
        return unheard ? plan.wakingBy(now.plus(UNHEARD)) : plan;
    }

    private static Plan<ClusterAction> planned(CacheCluster cr, ClusterInputs in, Instant now) {
        if (cr.getMetadata().getDeletionTimestamp() != null) {
            return DeletePlanner.plan(cr, in, now);
        }
        PlanDraft draft = new PlanDraft();
        if (in.claimedBy().isPresent() && !hasItsCache(cr, in.observed())) {
            draft.problem(
                    ClusterReason.DuplicateId,
                    "spec.id",
                    "CacheCluster " + in.claimedBy().get() + " has the same AWS id "
                            + in.observed().names().cacheId() + ": choose another");
            return draft.build();
        }
        ObservedCluster observed = in.observed();
        Optional<ExistingCache> cache = observed.cache();
        if (cache.isPresent()) {
            return RunningPlanner.plan(cr, in, cache.get(), now);
        }
        Fact<?> existence = observed.existence();
        if (existence.isUnknown()) {
            draft.read(existence);
            return draft.build();
        }
        boolean couldBeAnothers = cr.getSpec().id() != null;
        if (couldBeAnothers && !existence.isConfirmedAbsent()) {
            // Another's cache may have been made under it since the last bulk read: nothing is made around it then.
            draft.read(existence);
            return draft.build();
        }
        if (everExisted(cr)) {
            lost(draft, cr, observed, now);
            return draft.build();
        }
        return CreatePlanner.plan(cr, in);
    }

    /** Whose the cache is counts for more than age: a restore makes ages anew, and an edit can claim any id. */
    private static boolean hasItsCache(CacheCluster cr, ObservedCluster observed) {
        return observed.cache().isPresent()
                && observed.looksOurs(
                        Optional.ofNullable(cr.getStatus()).flatMap(status -> Optional.ofNullable(status.arn())));
    }

    private static boolean everExisted(CacheCluster cr) {
        return cr.getStatus() != null && cr.getStatus().id() != null;
    }

    /** A cache that was there and is gone is never made again by itself: it would be empty. */
    private static void lost(PlanDraft draft, CacheCluster cr, ObservedCluster observed, Instant now) {
        Fact<?> existence = observed.existence();
        if (!existence.isConfirmedAbsent()) {
            draft.read(existence);
            return;
        }
        Optional<Instant> believedFrom = createdAt(cr).map(at -> at.plus(DENIED_AFTER_CREATE));
        if (believedFrom.filter(now::isBefore).isPresent()) {
            draft.wakeAt(believedFrom.get());
            draft.running(
                    CreateRequests.operation(cr.getSpec().engine()),
                    observed.names().cacheId(),
                    "AWS to show what was just created",
                    "the cache was just created and AWS does not show it yet");
            return;
        }
        draft.problem(
                ClusterReason.CacheLost,
                "metadata.name",
                observed.names().cacheId()
                        + " existed and is gone from AWS. It is not made again by itself, for it would "
                        + "be empty: delete this CacheCluster and apply it again to have an empty one, or restore a "
                        + "snapshot in AWS under this id, with tag " + Owner.TAG + " = "
                        + observed.names().owner().tagValue());
    }

    /** While a cluster is in phase Creating its conditions changed last when the create call was made. */
    private static Optional<Instant> createdAt(CacheCluster cr) {
        CacheClusterStatus status = cr.getStatus();
        return status == null || status.phase() != Phase.CREATING
                ? Optional.empty()
                : status.conditions().stream()
                        .map(condition -> condition.lastTransitionTime())
                        .max(Instant::compareTo);
    }
}
