package io.cacheoperator.simulator.elasticache;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** How a replication group goes through its long-running operations: busy at once, changed and available at the end. */
final class GroupLifecycle {
    /** What an operation has done to the group when it ends. */
    @FunctionalInterface
    interface Effect {
        GroupState apply(Context c, GroupState group);
    }

    private GroupLifecycle() {}

    /** Ends an operation, whatever way. */
    @FunctionalInterface
    interface Completion {
        void complete(Context c, GroupState group);
    }

    /** Begins an operation during which group and members have a status. It has no effect at its end if another one overtook it. */
    static GroupState begin(Context c, GroupState group, String status, Duration duration, Completion completion) {
        long operation = c.state().nextOperation();
        GroupState busy = Members.save(c, group.withStatus(status).withOperation(operation));
        if (!status.equals("creating")) {
            Members.status(c, busy, status, cluster -> !cluster.status().equals("creating"));
        }
        c.after(duration, then -> current(then, busy.id(), operation).ifPresent(now -> completion.complete(then, now)));
        return busy;
    }

    /** The group, if it is still there and still in that operation. */
    static Optional<GroupState> current(Context c, String id, long operation) {
        return c.state().groups.find(id).filter(group -> group.operation() == operation);
    }

    /** Begins a modification. A knob can make it end with nothing changed but an event. */
    static GroupState modify(Context c, GroupState group, Duration duration, String failure, Effect effect) {
        return begin(c, group, "modifying", duration, (then, now) -> {
            if (then.config().knobs().takeRollback(now.id())) {
                then.event("replication-group", now.id(), failure);
                finish(then, now);
            } else {
                finish(then, effect.apply(then, now));
            }
        });
    }

    /** Makes group and members available. */
    static GroupState finish(Context c, GroupState group) {
        GroupState done = Members.save(c, group.withStatus("available").withReachable());
        Members.change(
                c,
                done,
                cluster -> true,
                cluster -> cluster.withStatus("available").withReachable());
        return done;
    }

    /** Ends in {@code create-failed}: no endpoints, and nothing to do but to delete it. */
    static void failCreate(Context c, GroupState group) {
        Members.save(c, group.show(b -> b.status("create-failed")));
        c.event(
                "replication-group",
                group.id(),
                "Failed to create the replication group because of insufficient capacity.");
    }

    /** Removes group and members, after the delete has taken its time. */
    static void delete(Context c, GroupState group, Consumer<Context> afterwards) {
        long operation = c.state().nextOperation();
        GroupState deleting = Members.save(c, group.withStatus("deleting").withOperation(operation));
        Members.status(c, deleting, "deleting", cluster -> true);
        c.after(
                c.durations().delete(),
                then -> current(then, group.id(), operation).ifPresent(gone -> {
                    remove(then, gone);
                    afterwards.accept(then);
                }));
    }

    /** Removes a group and its members at once. */
    static void remove(Context c, GroupState group) {
        Members.of(c, group.id()).forEach(cluster -> Members.remove(c, cluster));
        c.state().groups.remove(group.id(), c.now());
        Tags.remove(c, group.shown().arn());
        AutomaticSnapshots.expire(c, group.id(), 0);
        c.config().nodes().remove(c.cacheKey(group.id()));
        c.event("replication-group", group.id(), "Replication group deleted");
    }
}
