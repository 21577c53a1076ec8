package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.AwsError;
import java.util.Optional;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupRequest;

/** The last stage of ModifyReplicationGroup: what the group, as it is, does not allow. */
final class ModifyGroupRules {
    private final Context c;
    private final GroupState group;
    private final ModifyReplicationGroupRequest request;

    ModifyGroupRules(Context c, GroupState group, ModifyReplicationGroupRequest request) {
        this.c = c;
        this.group = group;
        this.request = request;
    }

    void check() {
        clusterMode();
        availability();
        windows();
        snapshots();
        nodeType();
        promotion();
        new AccessRules(c, group, request).check();
        if (!request.logDeliveryConfigurations().isEmpty()) {
            logDelivery();
        }
    }

    private void clusterMode() {
        String wanted = request.clusterModeAsString();
        String mode = group.shown().clusterModeAsString();
        boolean grows = request.cacheNodeType() != null || request.engineVersion() != null || request.engine() != null;
        if (mode.equals("compatible") && grows) {
            throw AwsError.invalidParameterCombination(
                    "Scaling and engine operations are not supported while cluster mode is compatible.");
        }
        if (wanted == null) {
            return;
        }
        if (ModifyGroupSyntax.others(request)) {
            throw AwsError.invalidParameterCombination(
                    "Cluster mode updates are not supported while attempting to update additional properties.");
        }
        if (!Boolean.TRUE.equals(request.applyImmediately())) {
            throw AwsError.invalidParameterCombination(
                    "To modify the cluster mode, set the apply-immediately parameter to true.");
        }
        boolean step = wanted.equals(mode)
                || mode.equals("disabled") && wanted.equals("compatible")
                || mode.equals("compatible");
        if (!step) {
            throw AwsError.invalidParameterCombination(
                    "Cluster mode cannot be changed from %s to %s.".formatted(mode, wanted));
        }
        boolean ready =
                group.failover() && group.replicas() > 0 && EngineVersions.compare(group.engineVersion(), "7.0") >= 0;
        if (wanted.equals("compatible") && !ready) {
            throw AwsError.invalidParameterCombination("""
                    Cluster mode can only be changed with engine version 7.0 or higher, automatic failover and at least one replica.""");
        }
    }

    private void availability() {
        Boolean failover = request.automaticFailoverEnabled();
        if (Boolean.FALSE.equals(failover) && group.clusterEnabled()) {
            throw AwsError.invalidParameterCombination(
                    "Turning off automatic failover for replication group with cluster mode enabled is not supported.");
        }
        if (Boolean.TRUE.equals(failover) && !group.failover() && group.replicas() == 0 && !group.clusterEnabled()) {
            throw AwsError.invalidParameterCombination(
                    "Replication group must have at least one read replica to enable autofailover.");
        }
        boolean failoverAfter = failover == null ? group.failover() : failover;
        boolean multiAzAfter = request.multiAZEnabled() == null ? group.multiAz() : request.multiAZEnabled();
        if (multiAzAfter && !failoverAfter) {
            throw AwsError.invalidParameterCombination(
                    "Must enable automatic failover for Multi-AZ enabled Replication Group");
        }
        if (Boolean.TRUE.equals(request.multiAZEnabled()) && group.replicas() == 0) {
            throw AwsError.invalidParameterValue("Must have at least 1 replica for Multi-AZ enabled Replication Group");
        }
    }

    private void windows() {
        if (request.preferredMaintenanceWindow() != null || request.snapshotWindow() != null) {
            String maintenance = Optional.ofNullable(request.preferredMaintenanceWindow())
                    .orElseGet(() -> group.template().preferredMaintenanceWindow());
            String snapshot = Optional.ofNullable(request.snapshotWindow())
                    .orElseGet(() -> group.shown().snapshotWindow());
            Settings.windows(
                    Optional.of(TimeWindow.maintenance(maintenance)), Optional.of(TimeWindow.snapshot(snapshot)));
        }
    }

    private void snapshots() {
        String source = request.snapshottingClusterId();
        if (source != null && !source.isEmpty()) {
            if (group.clusterEnabled()) {
                throw AwsError.invalidParameterCombination(
                        "Cannot set snapshotting cluster for cluster mode enabled replication group");
            }
            checkMember(source);
        }
        boolean turnsOn = request.snapshotRetentionLimit() != null && request.snapshotRetentionLimit() > 0;
        if (turnsOn
                && !group.clusterEnabled()
                && source == null
                && group.shown().snapshottingClusterId() == null) {
            throw AwsError.invalidParameterCombination(
                    "Must specify both SnapshotRetentionLimit and SnapshottingClusterId to turn on snapshots");
        }
    }

    private void checkMember(String clusterId) {
        String id = Identifiers.required("CacheClusterId", clusterId);
        if (group.members().noneMatch(member -> member.clusterId().equals(id))) {
            throw ElastiCacheErrors.cacheClusterNotFound(id);
        }
    }

    private void nodeType() {
        String wanted = request.cacheNodeType();
        String present = group.shown().cacheNodeType();
        if (wanted == null || wanted.equals(present)) {
            return;
        }
        if (NodeTypes.find(wanted).isEmpty()) {
            throw AwsError.invalidParameterValue("Invalid cache node type: " + wanted);
        }
        boolean allowed = NodeTypes.modifications(present, true).contains(wanted)
                || NodeTypes.modifications(present, false).contains(wanted);
        if (!allowed) {
            throw AwsError.invalidParameterCombination(
                    "Cannot modify cache node type from %s to %s.".formatted(present, wanted));
        }
        Quotas.nodes(c, wanted, 0);
    }

    private void promotion() {
        String wanted = request.primaryClusterId();
        if (wanted == null || wanted.isEmpty()) {
            return;
        }
        if (group.clusterEnabled()) {
            throw AwsError.invalidParameterCombination(
                    "Cannot promote a cache cluster of a replication group with cluster mode enabled.");
        }
        checkMember(wanted);
        boolean same = group.primary()
                .filter(primary -> primary.clusterId().equalsIgnoreCase(wanted))
                .isPresent();
        if (!same && (!"disabled".equals(group.shown().automaticFailoverAsString()) || group.multiAz())) {
            throw ElastiCacheErrors.replicationGroupState(
                    "Cannot manually promote a new master cache cluster while autofailover is enabled");
        }
    }

    private void logDelivery() {
        if (!Boolean.TRUE.equals(request.applyImmediately())) {
            throw AwsError.invalidParameterValue(
                    "To modify the log delivery configuration, set the apply-immediately parameter to true.");
        }
        LogDeliveries.checkVersion(
                request.logDeliveryConfigurations(), EngineVersions.reported(group.engine(), group.engineVersion()));
    }
}
