package io.cacheoperator.aws;

import java.util.List;
import java.util.Optional;

/**
 * What ModifyReplicationGroup is sent: only what changes, for AWS refuses some fields even with their present value.
 * Always with ApplyImmediately.
 */
public record ModifyReplicationGroup(
        String id,
        Optional<String> description,
        Optional<String> maintenanceWindow,
        Optional<String> snapshotWindow,
        Optional<Integer> snapshotRetentionDays,
        Optional<String> snapshottingClusterId,
        List<String> securityGroupIds,
        Optional<String> notificationTopicArn,
        Optional<String> notificationTopicStatus,
        Optional<Boolean> autoMinorVersionUpgrade,
        Optional<String> parameterGroupName,
        Optional<String> ipDiscovery) {

    public ModifyReplicationGroup {
        securityGroupIds = List.copyOf(securityGroupIds);
    }
}
