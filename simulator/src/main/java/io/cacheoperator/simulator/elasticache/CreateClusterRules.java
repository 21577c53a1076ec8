package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.elasticache.CreateCacheCluster.CreateClusterPlan;
import io.cacheoperator.simulator.elasticache.EngineVersions.EngineVersion;
import io.cacheoperator.simulator.elasticache.NodeTypes.NodeType;
import io.cacheoperator.simulator.service.AwsError;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.elasticache.model.CreateCacheClusterRequest;

/** What CreateCacheCluster refuses. */
final class CreateClusterRules {
    private static final int MOST_MEMCACHED_NODES = 60;

    private CreateClusterRules() {}

    static void checkSyntax(CreateCacheClusterRequest request) {
        Settings.noSecurityGroupNames(
                request.cacheSecurityGroupNames(),
                request.cacheSubnetGroupName() != null
                        || !request.securityGroupIds().isEmpty());
        Settings.noOutposts(request.outpostModeAsString() != null
                || request.preferredOutpostArn() != null
                || !request.preferredOutpostArns().isEmpty());
        Settings.retention(request.snapshotRetentionLimit());
        Settings.port(request.port());
        Settings.topic(request.notificationTopicArn());
        Settings.oneOf("AZMode", request.azModeAsString(), "single-az", "cross-az");
        Settings.oneOf("NetworkType", request.networkTypeAsString(), "ipv4", "ipv6", "dual_stack");
        Settings.oneOf("IpDiscovery", request.ipDiscoveryAsString(), "ipv4", "ipv6");
        Settings.windows(
                Optional.ofNullable(request.preferredMaintenanceWindow()).map(TimeWindow::maintenance),
                Optional.ofNullable(request.snapshotWindow()).map(TimeWindow::snapshot));
        LogDeliveries.checkSyntax(request.logDeliveryConfigurations());
        Tags.read(request.tags());
        Integer nodes = request.numCacheNodes();
        if (nodes != null && (nodes < 1 || nodes > MOST_MEMCACHED_NODES)) {
            throw AwsError.invalidParameterValue(
                    "The number of cache nodes must be between 1 and %d.".formatted(MOST_MEMCACHED_NODES));
        }
    }

    static EngineVersion version(CreateCacheClusterRequest request, Optional<SnapshotState> snapshot) {
        String engine = request.engine() == null
                ? snapshot.map(s -> s.shown().engine()).orElse("memcached")
                : request.engine().toLowerCase(Locale.ROOT);
        if (!engine.equals("memcached") && !engine.equals("redis")) {
            throw AwsError.invalidParameterValue(
                    "Invalid engine: %s. Cache clusters support memcached and redis.".formatted(request.engine()));
        }
        if (request.engineVersion() == null) {
            Optional<String> from = snapshot.map(s -> s.shown().engineVersion());
            if (from.isPresent() && engine.equals("redis")) {
                return EngineVersions.reported(engine, from.get());
            }
        }
        return EngineVersions.resolve(engine, request.engineVersion());
    }

    static NodeType nodeType(CreateCacheClusterRequest request, Optional<SnapshotState> snapshot) {
        String name = Optional.ofNullable(request.cacheNodeType())
                .or(() -> snapshot.map(s -> s.shown().cacheNodeType()))
                .orElseThrow(() -> ElastiCacheErrors.missing("CacheNodeType"));
        return NodeTypes.find(name)
                .orElseThrow(() -> AwsError.invalidParameterValue("Invalid cache node type: " + name));
    }

    static void check(CreateCacheClusterRequest request, CreateClusterPlan plan) {
        ParameterGroupLookup.checkFamily(plan.parameters(), plan.version());
        if (plan.parameters().clusterMode()) {
            throw AwsError.invalidParameterCombination(
                    "Cluster mode should be disabled in parameter group, but found it is enabled.");
        }
        if (!request.preferredAvailabilityZones().isEmpty()
                && request.preferredAvailabilityZones().size() != plan.nodes()) {
            throw AwsError.invalidParameterCombination(
                    "Must specify the same number of preferred availability zones as requested number of nodes.");
        }
        plan.placement().checkZones(plan.zones());
        plan.placement().checkNetwork(request.networkTypeAsString(), request.ipDiscoveryAsString());
        if (request.authToken() != null) {
            throw AwsError.invalidParameterValue(
                    "The AUTH token is only supported when encryption-in-transit is enabled");
        }
        if (plan.version().engine().equals("memcached")) {
            memcached(request, plan);
        } else {
            redis(request, plan);
        }
    }

    private static void memcached(CreateCacheClusterRequest request, CreateClusterPlan plan) {
        boolean snapshots = request.snapshotName() != null
                || !request.snapshotArns().isEmpty()
                || request.snapshotWindow() != null
                || request.snapshotRetentionLimit() != null && request.snapshotRetentionLimit() > 0;
        if (snapshots) {
            throw AwsError.invalidParameterCombination("Snapshots are not supported for engine memcached.");
        }
        if (!request.logDeliveryConfigurations().isEmpty()) {
            throw AwsError.invalidParameterCombination("Log delivery is not supported for engine memcached.");
        }
        if ("cross-az".equals(request.azModeAsString()) && plan.nodes() < 2) {
            throw AwsError.invalidParameterCombination("Cross-AZ mode needs at least two cache nodes.");
        }
        if (Boolean.TRUE.equals(request.transitEncryptionEnabled())
                && !plan.version().atLeast("1.6.12")) {
            throw AwsError.invalidParameterCombination(
                    "Encryption features are not supported for engine version %s. Please use engine version 1.6.12"
                            .formatted(plan.version().full()));
        }
    }

    private static void redis(CreateCacheClusterRequest request, CreateClusterPlan plan) {
        if (plan.nodes() != 1) {
            throw AwsError.invalidParameterValue(
                    "Cannot create a Redis cluster with a NumCacheNodes parameter greater than 1.");
        }
        if ("cross-az".equals(request.azModeAsString())) {
            throw AwsError.invalidParameterCombination("Cross-AZ mode is not supported for engine redis.");
        }
        if (Boolean.TRUE.equals(request.transitEncryptionEnabled())) {
            throw AwsError.invalidParameterCombination(
                    "Encryption in transit is not supported for a single redis cache cluster.");
        }
        if (plan.nodeType().tiersData()) {
            throw AwsError.invalidParameterCombination("When using the %s node type, you must enable data tiering."
                    .formatted(plan.nodeType().name()));
        }
        LogDeliveries.checkVersion(request.logDeliveryConfigurations(), plan.version());
    }

    /** A replica takes everything from its group but its name, zone and tags. */
    static void checkReplica(CreateCacheClusterRequest request) {
        boolean more = request.engine() != null
                || request.engineVersion() != null
                || request.cacheNodeType() != null
                || request.cacheParameterGroupName() != null
                || request.cacheSubnetGroupName() != null
                || request.port() != null
                || request.snapshotName() != null
                || !request.securityGroupIds().isEmpty();
        if (more) {
            throw AwsError.invalidParameterCombination(
                    "Cannot specify additional cache cluster parameters when creating a replica cluster");
        }
    }
}
