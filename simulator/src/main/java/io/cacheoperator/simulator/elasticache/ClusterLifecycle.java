package io.cacheoperator.simulator.elasticache;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import software.amazon.awssdk.services.elasticache.model.CacheNode;

/** How a cache cluster of its own goes through its long-running operations. */
final class ClusterLifecycle {
    private ClusterLifecycle() {}

    /** Stores a cluster, and makes its interfaces and nodes agree with it. */
    static ClusterState save(Context c, ClusterState cluster) {
        ClusterState attached = Members.attached(c, cluster);
        c.state().clusters.put(attached.id(), attached, c.now());
        if (attached.replicationGroupId().isEmpty()) {
            c.config().nodes().deploy(Deployments.of(c, attached));
        }
        return attached;
    }

    /** The cluster, if it is still there and still in that operation. */
    static Optional<ClusterState> current(Context c, String id, long operation) {
        return c.state().clusters.find(id).filter(cluster -> cluster.operation() == operation);
    }

    /** Begins an operation; the effect comes at its end, and with it {@code available}. */
    static ClusterState begin(
            Context c,
            ClusterState cluster,
            String status,
            Duration duration,
            BiFunction<Context, ClusterState, ClusterState> effect) {
        long operation = c.state().nextOperation();
        ClusterState busy = save(c, cluster.withStatus(status).withOperation(operation));
        c.after(
                duration,
                then -> current(then, busy.id(), operation).ifPresent(now -> finish(then, effect.apply(then, now))));
        return busy;
    }

    static ClusterState finish(Context c, ClusterState cluster) {
        return save(c, cluster.withStatus("available").withReachable());
    }

    /** Removes a cluster, after the delete has taken its time. */
    static void delete(Context c, ClusterState cluster) {
        long operation = c.state().nextOperation();
        ClusterState deleting = save(c, cluster.withStatus("deleting").withOperation(operation));
        c.after(
                c.durations().delete(),
                then -> current(then, deleting.id(), operation).ifPresent(gone -> remove(then, gone)));
    }

    /** Removes a cluster at once. */
    static void remove(Context c, ClusterState cluster) {
        Members.remove(c, cluster);
        AutomaticSnapshots.expire(c, cluster.id(), 0);
        c.config().nodes().remove(c.cacheKey(cluster.id()));
        c.event("cache-cluster", cluster.id(), "Cache cluster deleted");
    }

    /** A node that is being created. */
    static CacheNode node(Context c, int number, String zone) {
        return CacheNode.builder()
                .cacheNodeId("%04d".formatted(number))
                .cacheNodeStatus("creating")
                .cacheNodeCreateTime(c.now())
                .parameterGroupStatus("in-sync")
                .customerAvailabilityZone(zone)
                .build();
    }
}
