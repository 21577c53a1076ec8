package io.cacheoperator.simulator.elasticache;

import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupRequest;

/** What can wait for the maintenance window: node type and engine version. */
final class MaintenanceWork {
    private MaintenanceWork() {}

    /** Adds it to a change that is made now. */
    static void add(Context c, GroupChange change, DeferredChange work) {
        work.nodeType()
                .ifPresent(type -> change.memberPending(b -> b.cacheNodeType(type))
                        .failing("Failed applying modification to cache node type to %s.".formatted(type))
                        .after(
                                c.durations().scale(),
                                (then, group) ->
                                        group.show(b -> b.cacheNodeType(type)).share(b -> b.cacheNodeType(type))));
        work.engineVersion()
                .ifPresent(version -> change.memberPending(b -> b.engineVersion(version))
                        .after(c.durations().upgrade(), (then, group) -> upgraded(group, work)));
    }

    private static GroupState upgraded(GroupState group, DeferredChange work) {
        GroupState changed =
                group.share(b -> b.engineVersion(work.engineVersion().orElse(group.engineVersion())));
        if (work.engine().isPresent()) {
            String engine = work.engine().get();
            changed = changed.show(b -> b.engine(engine)).share(b -> b.engine(engine));
        }
        if (work.parameterGroup().isPresent()) {
            String parameters = work.parameterGroup().get();
            changed = changed.share(b -> b.cacheParameterGroup(CreateReplicationGroup.parameterStatus(parameters)));
        }
        return changed;
    }

    /** Asking for what the group has now cancels another value that waits. */
    static GroupState cancelled(
            GroupState group, ModifyReplicationGroupRequest request, Optional<VersionChange> version) {
        Optional<DeferredChange> left = group.deferred()
                .map(waiting -> group.shown().cacheNodeType().equals(request.cacheNodeType())
                        ? waiting.withoutNodeType()
                        : waiting)
                .map(waiting -> request.engineVersion() != null
                                && version.filter(v -> !v.upgrades()).isPresent()
                        ? waiting.withoutUpgrade()
                        : waiting)
                .filter(waiting -> !waiting.isEmpty());
        return left.equals(group.deferred())
                ? group
                : group.withDeferred(left)
                        .share(b -> b.pendingModifiedValues(
                                left.orElse(DeferredChange.NONE).pending()));
    }

    /** Leaves it for the window; only the members show that it is pending. */
    static GroupState defer(Context c, GroupState group, DeferredChange work) {
        DeferredChange all = group.deferred().orElse(DeferredChange.NONE).and(work);
        GroupState waiting = group.withDeferred(Optional.of(all)).share(b -> b.pendingModifiedValues(all.pending()));
        Duration wait = Duration.between(
                c.now(),
                TimeWindow.maintenance(group.template().preferredMaintenanceWindow())
                        .next(c.now()));
        c.after(wait, then -> apply(then, group.id(), all));
        return waiting;
    }

    /** In the window, if the same work still waits and nothing else is going on. */
    private static void apply(Context c, String id, DeferredChange work) {
        c.state()
                .groups
                .find(id)
                .filter(group -> group.deferred().equals(Optional.of(work)))
                .ifPresent(group -> {
                    if (!group.available()) {
                        c.after(Duration.ofMinutes(1), then -> apply(then, id, work));
                        return;
                    }
                    GroupChange change = new GroupChange();
                    add(c, change, work);
                    change.start(c, group.withDeferred(Optional.empty()));
                });
    }
}
