package io.cacheoperator.simulator.elasticache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.elasticache.model.PendingModifiedValues;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroupPendingModifiedValues;

/** Collects what one modification does to a replication group: at once, and by the end of the time it takes. */
final class GroupChange {
    private final List<UnaryOperator<GroupState>> atOnce = new ArrayList<>();
    private final List<GroupLifecycle.Effect> atEnd = new ArrayList<>();
    private final ReplicationGroupPendingModifiedValues.Builder pending =
            ReplicationGroupPendingModifiedValues.builder();
    private final PendingModifiedValues.Builder memberPending = PendingModifiedValues.builder();
    private Duration duration = Duration.ZERO;
    private String failure = "Failed applying modification.";

    /** Takes effect in the answer to the call already. */
    GroupChange now(UnaryOperator<GroupState> change) {
        atOnce.add(change);
        return this;
    }

    /** Takes effect when the group is available again. The longest of several durations counts. */
    GroupChange after(Duration time, GroupLifecycle.Effect effect) {
        atEnd.add(effect);
        duration = duration.compareTo(time) < 0 ? time : duration;
        return this;
    }

    /** What the group shows as pending meanwhile. */
    GroupChange pending(Consumer<ReplicationGroupPendingModifiedValues.Builder> change) {
        change.accept(pending);
        return this;
    }

    /** What its members show as pending meanwhile. */
    GroupChange memberPending(Consumer<PendingModifiedValues.Builder> change) {
        change.accept(memberPending);
        return this;
    }

    /** The event if the change is rolled back. */
    GroupChange failing(String message) {
        failure = message;
        return this;
    }

    /** Begins the change. The group stays available if everything is done at once. */
    GroupState start(Context c, GroupState group) {
        GroupState changed = group;
        for (UnaryOperator<GroupState> change : atOnce) {
            changed = change.apply(changed);
        }
        if (atEnd.isEmpty()) {
            return Members.save(c, changed);
        }
        PendingModifiedValues waiting = waiting(changed);
        PendingModifiedValues now = memberPending.build();
        GroupState busy = changed.show(b -> b.pendingModifiedValues(pending.build()))
                .share(b -> b.pendingModifiedValues(memberPending
                        .cacheNodeType(now.cacheNodeType() == null ? waiting.cacheNodeType() : now.cacheNodeType())
                        .engineVersion(now.engineVersion() == null ? waiting.engineVersion() : now.engineVersion())
                        .build()));
        return GroupLifecycle.begin(c, busy, "modifying", duration, (then, ended) -> end(then, ended, group));
    }

    /** What still waits for the maintenance window stays pending, whatever else is changed meanwhile. */
    private static PendingModifiedValues waiting(GroupState group) {
        return group.deferred().orElse(DeferredChange.NONE).pending();
    }

    private void end(Context c, GroupState group, GroupState before) {
        GroupState settled = group.show(b -> b.pendingModifiedValues(
                        ReplicationGroupPendingModifiedValues.builder().build()))
                .share(b -> b.pendingModifiedValues(waiting(group)));
        if (c.config().knobs().takeRollback(group.id())) {
            c.event("replication-group", group.id(), failure);
            GroupLifecycle.finish(c, rolledBack(settled, before));
            return;
        }
        GroupState changed = settled;
        for (GroupLifecycle.Effect effect : atEnd) {
            changed = effect.apply(c, changed);
        }
        GroupLifecycle.finish(c, changed);
        c.event("replication-group", group.id(), "Finished modifying replication group " + group.id());
    }

    /** Failover and log delivery show that they are being switched; that goes back too. */
    private static GroupState rolledBack(GroupState group, GroupState before) {
        return group.show(b -> b.automaticFailover(before.shown().automaticFailoverAsString())
                        .multiAZ(before.shown().multiAZAsString()))
                .withLogDelivery(before.shown().logDeliveryConfigurations());
    }
}
