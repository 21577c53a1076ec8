package io.cacheoperator.simulator.elasticache;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.CreateReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.LogDeliveryConfiguration;
import software.amazon.awssdk.services.elasticache.model.LogDeliveryConfigurationRequest;
import software.amazon.awssdk.services.elasticache.model.NotificationConfiguration;
import software.amazon.awssdk.services.elasticache.model.SecurityGroupMembership;

/** A single redis cluster becomes the primary of a new replication group. */
final class Adoption {
    private Adoption() {}

    /** The request, with what it leaves out taken from the cluster that it names: what is not asked for stays as it is. */
    static CreateReplicationGroupRequest completed(Context c, CreateReplicationGroupRequest request) {
        return Optional.ofNullable(request.primaryClusterId())
                .flatMap(id -> c.state().clusters.find(id.toLowerCase(Locale.ROOT)))
                .map(cluster -> completed(request, cluster))
                .orElse(request);
    }

    private static CreateReplicationGroupRequest completed(
            CreateReplicationGroupRequest request, ClusterState cluster) {
        CacheCluster shown = cluster.shown();
        return request.copy(b -> {
            b.cacheParameterGroupName(or(request.cacheParameterGroupName(), cluster.parameterGroup()))
                    .preferredMaintenanceWindow(
                            or(request.preferredMaintenanceWindow(), shown.preferredMaintenanceWindow()))
                    .snapshotWindow(or(request.snapshotWindow(), shown.snapshotWindow()))
                    .snapshotRetentionLimit(or(request.snapshotRetentionLimit(), shown.snapshotRetentionLimit()))
                    .autoMinorVersionUpgrade(or(request.autoMinorVersionUpgrade(), shown.autoMinorVersionUpgrade()))
                    .port(or(request.port(), cluster.port()))
                    .networkType(or(request.networkTypeAsString(), shown.networkTypeAsString()))
                    .ipDiscovery(or(request.ipDiscoveryAsString(), shown.ipDiscoveryAsString()))
                    .notificationTopicArn(Optional.ofNullable(request.notificationTopicArn())
                            .or(() -> Optional.ofNullable(shown.notificationConfiguration())
                                    .map(NotificationConfiguration::topicArn))
                            .orElse(null));
            if (request.securityGroupIds().isEmpty()) {
                b.securityGroupIds(shown.securityGroups().stream()
                        .map(SecurityGroupMembership::securityGroupId)
                        .toList());
            }
            if (request.logDeliveryConfigurations().isEmpty()) {
                b.logDeliveryConfigurations(logs(shown.logDeliveryConfigurations()));
            }
        });
    }

    private static <T> T or(T given, T present) {
        return Optional.ofNullable(given).orElse(present);
    }

    private static List<LogDeliveryConfigurationRequest> logs(List<LogDeliveryConfiguration> configured) {
        return configured.stream()
                .map(entry -> LogDeliveryConfigurationRequest.builder()
                        .logType(entry.logTypeAsString())
                        .destinationType(entry.destinationTypeAsString())
                        .destinationDetails(entry.destinationDetails())
                        .logFormat(entry.logFormatAsString())
                        .build())
                .toList();
    }
}
