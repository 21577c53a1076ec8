package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.core.Annotations;
import io.cacheoperator.kinds.cachecluster.CacheClusterStatus.LastHandled;
import java.util.Optional;

/** Annotations that trigger something once for each new value; api.md, "Annotations". */
final class Triggers {

    /** Any new value: everything is looked at and tried again. */
    static final String RECONCILE_AT = Annotations.PREFIX + "reconcile-at";

    private Triggers() {}

    /** Whether a value stands there that no status has handled. */
    static boolean reconcileAgain(CacheCluster cr) {
        Optional<String> handled = Optional.ofNullable(cr.getStatus())
                .flatMap(status -> Optional.ofNullable(status.lastHandled()))
                .flatMap(last -> Optional.ofNullable(last.reconcileAt()));
        return reconcileAt(cr).isPresent() && !reconcileAt(cr).equals(handled);
    }

    /** What a status says of them once they are handled. */
    static Optional<LastHandled> handled(CacheCluster cr) {
        return reconcileAt(cr).map(LastHandled::new);
    }

    private static Optional<String> reconcileAt(CacheCluster cr) {
        return Optional.ofNullable(Annotations.ours(cr).get(RECONCILE_AT));
    }
}
