package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.AwsError;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupRequest;

/** The first stage of ModifyReplicationGroup: what is wrong whatever the group is like. */
final class ModifyGroupSyntax {
    private ModifyGroupSyntax() {}

    static void check(ModifyReplicationGroupRequest request) {
        if (nothing(request)) {
            throw ElastiCacheErrors.nothingToModify();
        }
        if (request.replicationGroupDescription() != null) {
            CreateGroupSyntax.description(request.replicationGroupDescription());
        }
        Settings.noSecurityGroupNames(
                request.cacheSecurityGroupNames(), !request.securityGroupIds().isEmpty());
        Settings.retention(request.snapshotRetentionLimit());
        Settings.topic(request.notificationTopicArn());
        Settings.changedToken(request.authToken());
        Settings.oneOf("NotificationTopicStatus", request.notificationTopicStatus(), "active", "inactive");
        Settings.oneOf("AuthTokenUpdateStrategy", request.authTokenUpdateStrategyAsString(), "SET", "ROTATE", "DELETE");
        Settings.oneOf("IpDiscovery", request.ipDiscoveryAsString(), "ipv4", "ipv6");
        Settings.oneOf("TransitEncryptionMode", request.transitEncryptionModeAsString(), "preferred", "required");
        Settings.oneOf("ClusterMode", request.clusterModeAsString(), "enabled", "disabled", "compatible");
        Optional.ofNullable(request.preferredMaintenanceWindow()).ifPresent(TimeWindow::maintenance);
        Optional.ofNullable(request.snapshotWindow()).ifPresent(TimeWindow::snapshot);
        LogDeliveries.checkSyntax(request.logDeliveryConfigurations());
        if (Boolean.TRUE.equals(request.removeUserGroups())
                && !request.userGroupIdsToAdd().isEmpty()) {
            throw AwsError.invalidParameterCombination(
                    "UserGroupIdsToAdd and RemoveUserGroups cannot be given together.");
        }
    }

    private static boolean nothing(ModifyReplicationGroupRequest request) {
        return !others(request) && request.clusterModeAsString() == null && request.cacheParameterGroupName() == null;
    }

    /** Whether it changes anything but the cluster mode and the parameter group. */
    static boolean others(ModifyReplicationGroupRequest request) {
        boolean scalar = Stream.of(
                        request.replicationGroupDescription(),
                        request.primaryClusterId(),
                        request.snapshottingClusterId(),
                        request.automaticFailoverEnabled(),
                        request.multiAZEnabled(),
                        request.preferredMaintenanceWindow(),
                        request.notificationTopicArn(),
                        request.notificationTopicStatus(),
                        request.engine(),
                        request.engineVersion(),
                        request.autoMinorVersionUpgrade(),
                        request.snapshotRetentionLimit(),
                        request.snapshotWindow(),
                        request.cacheNodeType(),
                        request.authToken(),
                        request.authTokenUpdateStrategyAsString(),
                        request.removeUserGroups(),
                        request.ipDiscoveryAsString(),
                        request.transitEncryptionEnabled(),
                        request.transitEncryptionModeAsString())
                .anyMatch(value -> value != null);
        return scalar
                || !request.securityGroupIds().isEmpty()
                || !request.userGroupIdsToAdd().isEmpty()
                || !request.userGroupIdsToRemove().isEmpty()
                || !request.logDeliveryConfigurations().isEmpty();
    }
}
