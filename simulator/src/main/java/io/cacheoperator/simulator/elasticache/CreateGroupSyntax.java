package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.AwsError;
import java.util.Optional;
import software.amazon.awssdk.services.elasticache.model.CreateReplicationGroupRequest;

/** The first stage of CreateReplicationGroup: what is wrong whatever else there is. */
final class CreateGroupSyntax {
    private static final int LONGEST_DESCRIPTION = 255;
    private static final int MOST_NODES = 6;
    private static final int MOST_SHARDS = 500;

    private CreateGroupSyntax() {}

    static void check(CreateReplicationGroupRequest request) {
        description(Identifiers.text("ReplicationGroupDescription", request.replicationGroupDescription()));
        Settings.noSecurityGroupNames(
                request.cacheSecurityGroupNames(),
                request.cacheSubnetGroupName() != null
                        || !request.securityGroupIds().isEmpty());
        Settings.noOutposts(request.nodeGroupConfiguration().stream()
                .anyMatch(shard -> shard.primaryOutpostArn() != null
                        || !shard.replicaOutpostArns().isEmpty()));
        Settings.retention(request.snapshotRetentionLimit());
        Settings.port(request.port());
        Settings.topic(request.notificationTopicArn());
        Settings.newToken(request.authToken());
        Settings.oneOf("NetworkType", request.networkTypeAsString(), "ipv4", "ipv6", "dual_stack");
        Settings.oneOf("IpDiscovery", request.ipDiscoveryAsString(), "ipv4", "ipv6");
        Settings.oneOf("TransitEncryptionMode", request.transitEncryptionModeAsString(), "preferred", "required");
        Settings.oneOf("ClusterMode", request.clusterModeAsString(), "enabled", "disabled", "compatible");
        Settings.windows(
                Optional.ofNullable(request.preferredMaintenanceWindow()).map(TimeWindow::maintenance),
                Optional.ofNullable(request.snapshotWindow()).map(TimeWindow::snapshot));
        LogDeliveries.checkSyntax(request.logDeliveryConfigurations());
        Tags.read(request.tags());
        counts(request);
    }

    static void description(String text) {
        if (text.isBlank() || text.length() > LONGEST_DESCRIPTION) {
            throw AwsError.invalidParameterValue("ReplicationGroupDescription must have 1 to 255 characters.");
        }
    }

    private static void counts(CreateReplicationGroupRequest request) {
        Integer nodes = request.numCacheClusters();
        if (nodes != null && (nodes < 1 || nodes > MOST_NODES)) {
            throw AwsError.invalidParameterValue(
                    "The number of cache clusters must be between 1 and %d.".formatted(MOST_NODES));
        }
        Integer shards = request.numNodeGroups();
        if (shards != null && (shards < 1 || shards > MOST_SHARDS)) {
            throw AwsError.invalidParameterValue(
                    "The number of node groups must be between 1 and %d.".formatted(MOST_SHARDS));
        }
        if (request.replicasPerNodeGroup() != null) {
            GroupShape.checkReplicas(request.replicasPerNodeGroup());
        }
        if (nodes != null && shards != null && shards > 1) {
            throw AwsError.invalidParameterCombination(
                    "NumCacheClusters and NumNodeGroups cannot be given together with more than one node group.");
        }
        if (!request.preferredCacheClusterAZs().isEmpty()
                && (shards != null && shards > 1
                        || request.nodeGroupConfiguration().size() > 1)) {
            throw AwsError.invalidParameterCombination(
                    "PreferredCacheClusterAZs can only be specified for one node group.");
        }
    }
}
