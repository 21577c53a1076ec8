package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.elasticache.VersionChange.Current;
import io.cacheoperator.simulator.elasticache.VersionChange.Wanted;
import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Call;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupResponse;
import software.amazon.awssdk.services.elasticache.model.NotificationConfiguration;

/** ModifyReplicationGroup. Every member it has is understood; what each does is in the methods below. */
final class ModifyReplicationGroup {
    private final Context.Source contexts;

    ModifyReplicationGroup(Context.Source contexts) {
        this.contexts = contexts;
    }

    ModifyReplicationGroupResponse handle(ModifyReplicationGroupRequest request, Call call) {
        Context c = contexts.of(call);
        String id = Identifiers.required("ReplicationGroupId", request.replicationGroupId());
        ModifyGroupSyntax.check(request);
        GroupState group = DescribeReplicationGroups.group(c, id);
        Optional<List<String>> securityGroups = securityGroups(c, group, request);
        AccessRules.lower(request.userGroupIdsToAdd()).forEach(added -> UserGroupRules.find(c, added));
        if (!group.available()) {
            throw ElastiCacheErrors.replicationGroupState("Replication group must be in available state to modify.");
        }
        if (c.config().knobs().isKeyDisabled(group.shown().kmsKeyId())) {
            throw AwsError.badRequest("InvalidKMSKeyFault", "The KMS key supplied is not valid.");
        }
        new ModifyGroupRules(c, group, request).check();
        boolean modeChanges = request.clusterModeAsString() != null;
        Optional<VersionChange> version = modeChanges ? Optional.empty() : Optional.of(version(c, group, request));

        GroupChange change = new GroupChange();
        atOnce(change, request);
        slow(c, change, request);
        version.flatMap(v -> v.upgrades() ? Optional.empty() : v.parameters())
                .ifPresent(parameters -> swapParameters(c, change, parameters));
        securityGroups.ifPresent(ids -> change.after(
                c.durations().configure(),
                (then, now) -> now.share(b -> b.securityGroups(Placement.memberships(ids)))));
        access(c, change, request);
        if (modeChanges) {
            GroupClusterMode.change(c, change, group, request);
        }
        GroupState started = start(c, change, group, request, version);
        if (request.snapshotRetentionLimit() != null || request.snapshotWindow() != null) {
            AutomaticSnapshots.plan(c, id);
        }
        return ModifyReplicationGroupResponse.builder()
                .replicationGroup(new Views(c).group(started))
                .build();
    }

    private static GroupState start(
            Context c,
            GroupChange change,
            GroupState present,
            ModifyReplicationGroupRequest request,
            Optional<VersionChange> version) {
        GroupState group = MaintenanceWork.cancelled(present, request, version);
        DeferredChange work = deferrable(group, request, version);
        if (Boolean.TRUE.equals(request.applyImmediately())) {
            DeferredChange all = group.deferred().orElse(DeferredChange.NONE).and(work);
            MaintenanceWork.add(c, change, all);
            return change.start(c, group.withDeferred(Optional.empty()));
        }
        return change.start(c, work.isEmpty() ? group : MaintenanceWork.defer(c, group, work));
    }

    private static DeferredChange deferrable(
            GroupState group, ModifyReplicationGroupRequest request, Optional<VersionChange> version) {
        Optional<VersionChange> upgrade = version.filter(VersionChange::upgrades);
        return new DeferredChange(
                Optional.ofNullable(request.cacheNodeType())
                        .filter(type -> !type.equals(group.shown().cacheNodeType())),
                upgrade.map(v -> v.version().engine()).filter(engine -> !engine.equals(group.engine())),
                upgrade.map(v -> v.version().full()),
                upgrade.flatMap(VersionChange::parameters).map(ParameterGroupState::name));
    }

    private static VersionChange version(Context c, GroupState group, ModifyReplicationGroupRequest request) {
        ParameterGroupState parameters = c.state()
                .parameterGroups
                .find(group.template().cacheParameterGroup().cacheParameterGroupName())
                .orElseThrow();
        boolean clusterMode = !"disabled".equals(group.shown().clusterModeAsString());
        return VersionChange.of(
                c,
                new Current(EngineVersions.reported(group.engine(), group.engineVersion()), parameters, clusterMode),
                new Wanted(request.engine(), request.engineVersion(), request.cacheParameterGroupName()));
    }

    private static Optional<List<String>> securityGroups(
            Context c, GroupState group, ModifyReplicationGroupRequest request) {
        if (request.securityGroupIds().isEmpty()) {
            return Optional.empty();
        }
        SubnetGroupState subnets = Placement.subnetGroup(c, group.template().cacheSubnetGroupName())
                .orElseThrow(() ->
                        ElastiCacheErrors.subnetGroupNotFound(group.template().cacheSubnetGroupName()));
        return Optional.of(Placement.securityGroups(c, subnets, request.securityGroupIds()));
    }

    /** What AWS applies at once whatever ApplyImmediately says, and without leaving {@code available}. */
    private static void atOnce(GroupChange change, ModifyReplicationGroupRequest request) {
        if (request.replicationGroupDescription() != null) {
            change.now(g -> g.show(b -> b.description(request.replicationGroupDescription())));
        }
        if (request.preferredMaintenanceWindow() != null) {
            String window =
                    TimeWindow.maintenance(request.preferredMaintenanceWindow()).text();
            change.now(g -> g.share(b -> b.preferredMaintenanceWindow(window)));
        }
        if (request.snapshotWindow() != null) {
            change.now(g -> g.show(b -> b.snapshotWindow(request.snapshotWindow())));
        }
        if (request.snapshottingClusterId() != null
                && !request.snapshottingClusterId().isEmpty()) {
            change.now(g -> g.show(
                    b -> b.snapshottingClusterId(request.snapshottingClusterId().toLowerCase(Locale.ROOT))));
        }
        if (request.snapshotRetentionLimit() != null) {
            change.now(g -> retention(g, request.snapshotRetentionLimit()));
        }
        if (request.autoMinorVersionUpgrade() != null) {
            boolean auto = request.autoMinorVersionUpgrade();
            change.now(g -> g.show(b -> b.autoMinorVersionUpgrade(auto)).share(b -> b.autoMinorVersionUpgrade(auto)));
        }
        if (request.notificationTopicArn() != null || request.notificationTopicStatus() != null) {
            change.now(g -> g.share(b -> b.notificationConfiguration(notification(
                            Optional.ofNullable(g.template().notificationConfiguration()),
                            Optional.ofNullable(request.notificationTopicArn()),
                            Optional.ofNullable(request.notificationTopicStatus()))
                    .orElse(null))));
        }
    }

    private static GroupState retention(GroupState group, int days) {
        GroupState changed = group.show(b -> b.snapshotRetentionLimit(days));
        return days == 0 ? changed.show(b -> b.snapshottingClusterId(null)) : changed;
    }

    /** A topic is replaced or switched off, never taken away, but for an empty ARN. */
    static Optional<NotificationConfiguration> notification(
            Optional<NotificationConfiguration> present, Optional<String> topic, Optional<String> status) {
        if (topic.filter(String::isEmpty).isPresent()) {
            return Optional.empty();
        }
        return topic.or(() -> present.map(NotificationConfiguration::topicArn))
                .map(arn -> CreateReplicationGroup.notification(arn, status.orElse("active")));
    }

    /** What takes a while, without restarting anything. */
    private static void slow(Context c, GroupChange change, ModifyReplicationGroupRequest request) {
        if (request.automaticFailoverEnabled() != null) {
            failover(c, change, request.automaticFailoverEnabled());
        }
        if (request.multiAZEnabled() != null) {
            String multiAz = request.multiAZEnabled() ? "enabled" : "disabled";
            change.now(g -> g.show(b -> b.multiAZ(multiAz))).after(c.durations().configure(), (then, g) -> g);
        }
        if (request.ipDiscoveryAsString() != null) {
            String discovery = request.ipDiscoveryAsString();
            change.after(
                    c.durations().configure(),
                    (then, g) -> g.show(b -> b.ipDiscovery(discovery)).share(b -> b.ipDiscovery(discovery)));
        }
        if (request.primaryClusterId() != null && !request.primaryClusterId().isEmpty()) {
            String primary = request.primaryClusterId().toLowerCase(Locale.ROOT);
            change.pending(b -> b.primaryClusterId(primary))
                    .after(c.durations().failover(), (then, g) -> Failovers.promote(g, primary));
        }
        if (!request.logDeliveryConfigurations().isEmpty()) {
            logDelivery(c, change, request);
        }
    }

    private static void failover(Context c, GroupChange change, boolean on) {
        change.now(g -> g.failover() == on ? g : g.show(b -> b.automaticFailover(on ? "enabling" : "disabling")))
                .pending(b -> b.automaticFailoverStatus(on ? "enabled" : "disabled"))
                .after(
                        c.durations().configure(),
                        (then, g) -> g.show(b -> b.automaticFailover(on ? "enabled" : "disabled")));
    }

    private static void logDelivery(Context c, GroupChange change, ModifyReplicationGroupRequest request) {
        var requests = request.logDeliveryConfigurations();
        var pending = LogDeliveries.pending(requests);
        change.now(g -> g.withLogDelivery(LogDeliveries.begun(g.shown().logDeliveryConfigurations(), requests)))
                .pending(b -> b.logDeliveryConfigurations(pending))
                .memberPending(b -> b.logDeliveryConfigurations(pending))
                .after(
                        c.durations().secure(),
                        (then, g) -> g.withLogDelivery(
                                LogDeliveries.apply(g.shown().logDeliveryConfigurations(), requests, "active")));
    }

    /** Parameters that need a reboot leave the members in {@code pending-reboot}. */
    private static void swapParameters(Context c, GroupChange change, ParameterGroupState parameters) {
        change.after(
                c.durations().configure(),
                (then, g) -> g.share(b ->
                        b.cacheParameterGroup(ParameterSwap.status(then, g.template(), parameters, List.of("0001")))));
    }

    private static void access(Context c, GroupChange change, ModifyReplicationGroupRequest request) {
        if (request.transitEncryptionEnabled() != null || request.transitEncryptionModeAsString() != null) {
            GroupAccess.encryption(c, change, request);
        }
        if (request.authToken() != null || "DELETE".equals(request.authTokenUpdateStrategyAsString())) {
            GroupAccess.token(c, change, request);
        }
        boolean userGroups = !request.userGroupIdsToAdd().isEmpty()
                || !request.userGroupIdsToRemove().isEmpty()
                || Boolean.TRUE.equals(request.removeUserGroups());
        if (userGroups) {
            GroupAccess.userGroups(c, change, request);
        }
    }
}
