package io.cacheoperator.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What CreateCacheCluster is sent for a memcached cluster; an empty optional or list is not sent. */
public record CreateCacheCluster(
        String id,
        String engine,
        Optional<String> engineVersion,
        String nodeType,
        int nodes,
        boolean crossAz,
        List<String> preferredZones,
        Optional<String> subnetGroupName,
        List<String> securityGroupIds,
        Optional<String> parameterGroupName,
        Optional<Integer> port,
        Optional<String> networkType,
        Optional<String> ipDiscovery,
        boolean transitEncryption,
        Optional<String> maintenanceWindow,
        Optional<Boolean> autoMinorVersionUpgrade,
        Optional<String> notificationTopicArn,
        Map<String, String> tags) {

    public CreateCacheCluster {
        preferredZones = List.copyOf(preferredZones);
        securityGroupIds = List.copyOf(securityGroupIds);
        tags = Map.copyOf(tags);
    }
}
