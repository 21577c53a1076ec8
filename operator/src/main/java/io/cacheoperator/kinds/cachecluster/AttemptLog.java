package io.cacheoperator.kinds.cachecluster;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers, between two statuses, which changes were sent. The status is what outlives the operator; this is what a pass
 * knows before its status is written. Passes of one resource never overlap.
 */
final class AttemptLog {

    private final Map<String, Attempts> byUid = new ConcurrentHashMap<>();

    /** Those of this generation. A new value of annotation {@code reconcile-at} gives every change another chance. */
    Attempts of(CacheCluster cr) {
        if (Triggers.reconcileAgain(cr)) {
            return Attempts.NONE;
        }
        return Optional.ofNullable(byUid.get(cr.getMetadata().getUid()))
                .orElseGet(() -> recorded(cr))
                .ofGeneration(cr.getMetadata().getGeneration());
    }

    private static Attempts recorded(CacheCluster cr) {
        return Optional.ofNullable(cr.getStatus())
                .map(status -> new Attempts(status.attempts()))
                .orElse(Attempts.NONE);
    }

    /** What was sent for a cache that existed before; making one is no attempt at changing it. */
    void sent(CacheCluster cr, ClusterAction action, Instant now) {
        boolean exists = cr.getStatus() != null && cr.getStatus().id() != null;
        Set<String> steps = AttemptedFields.of(action);
        if (exists && !steps.isEmpty()) {
            byUid.put(
                    cr.getMetadata().getUid(),
                    of(cr).sent(steps, cr.getMetadata().getGeneration(), now));
        }
    }

    /** What the newest status says; it need not be remembered once nothing is left. */
    void said(CacheCluster cr, CacheClusterStatus status) {
        if (status.attempts().isEmpty()) {
            byUid.remove(cr.getMetadata().getUid());
        } else {
            byUid.put(cr.getMetadata().getUid(), new Attempts(status.attempts()));
        }
    }
}
