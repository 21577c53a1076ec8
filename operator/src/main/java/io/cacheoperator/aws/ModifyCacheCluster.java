package io.cacheoperator.aws;

import java.util.List;
import java.util.Optional;

/** What ModifyCacheCluster is sent for a memcached cluster: only what changes, always with ApplyImmediately. */
public record ModifyCacheCluster(
        String id,
        Optional<String> maintenanceWindow,
        List<String> securityGroupIds,
        Optional<String> notificationTopicArn,
        Optional<String> notificationTopicStatus,
        Optional<Boolean> autoMinorVersionUpgrade,
        Optional<String> parameterGroupName,
        Optional<String> ipDiscovery) {

    public ModifyCacheCluster {
        securityGroupIds = List.copyOf(securityGroupIds);
    }
}
