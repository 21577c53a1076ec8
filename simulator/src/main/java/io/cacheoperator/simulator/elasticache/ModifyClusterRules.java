package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.AwsError;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticache.model.CacheNode;
import software.amazon.awssdk.services.elasticache.model.ModifyCacheClusterRequest;
import software.amazon.awssdk.services.elasticache.model.ScaleConfig;

/** What ModifyCacheCluster refuses. */
final class ModifyClusterRules {
    private static final int MOST_NODES = 60;

    private ModifyClusterRules() {}

    static void check(Context c, ClusterState cluster, ModifyCacheClusterRequest request) {
        if (request.authToken() != null) {
            throw AwsError.invalidParameterValue(
                    "The AUTH token is only supported when encryption-in-transit is enabled");
        }
        if (request.engine() != null
                && !request.engine()
                        .toLowerCase(Locale.ROOT)
                        .equals(cluster.shown().engine())) {
            throw AwsError.invalidParameterCombination("Cannot modify engine from %s to %s"
                    .formatted(cluster.shown().engine(), request.engine()));
        }
        nodeType(c, cluster, request);
        scaling(cluster, request);
        if (cluster.memcached()) {
            memcached(c, cluster, request);
        } else {
            redis(cluster, request);
        }
        windows(cluster, request);
    }

    private static void nodeType(Context c, ClusterState cluster, ModifyCacheClusterRequest request) {
        String wanted = request.cacheNodeType();
        if (wanted == null || wanted.equals(cluster.shown().cacheNodeType())) {
            return;
        }
        if (NodeTypes.find(wanted).isEmpty()) {
            throw AwsError.invalidParameterValue("Invalid cache node type: " + wanted);
        }
        if (cluster.memcached() && EngineVersions.compare(cluster.shown().engineVersion(), "1.5") < 0) {
            throw AwsError.invalidParameterCombination("Scaling is not supported for engine memcached");
        }
        Quotas.nodes(c, wanted, 0);
    }

    private static void scaling(ClusterState cluster, ModifyCacheClusterRequest request) {
        ScaleConfig scaling = request.scaleConfig();
        if (scaling == null) {
            return;
        }
        if (!cluster.memcached() || request.cacheNodeType() == null) {
            throw AwsError.invalidParameterCombination(
                    "ScaleConfig can only be given with CacheNodeType, for engine memcached.");
        }
        within("ScalePercentage", scaling.scalePercentage(), 10, 100);
        within("ScaleIntervalMinutes", scaling.scaleIntervalMinutes(), 2, 30);
    }

    private static void within(String parameter, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            throw AwsError.invalidParameterValue(
                    "Invalid %s value: %d. Must be between %d and %d.".formatted(parameter, value, least, most));
        }
    }

    private static void memcached(Context c, ClusterState cluster, ModifyCacheClusterRequest request) {
        boolean snapshots = request.snapshotWindow() != null
                || request.snapshotRetentionLimit() != null && request.snapshotRetentionLimit() > 0;
        if (snapshots) {
            throw AwsError.invalidParameterCombination("Snapshots are not supported for engine memcached.");
        }
        if (!request.logDeliveryConfigurations().isEmpty()) {
            throw AwsError.invalidParameterCombination("Log delivery is not supported for engine memcached.");
        }
        azMode(cluster, request);
        count(c, cluster, request);
    }

    private static void azMode(ClusterState cluster, ModifyCacheClusterRequest request) {
        if ("single-az".equals(request.azModeAsString())) {
            boolean several = cluster.shown().cacheNodes().stream()
                            .filter(node -> !request.cacheNodeIdsToRemove().contains(node.cacheNodeId()))
                            .map(CacheNode::customerAvailabilityZone)
                            .collect(Collectors.toSet())
                            .size()
                    > 1;
            if (several) {
                throw AwsError.invalidParameterCombination(
                        "Cannot change to single-az: the cache nodes are in several availability zones.");
            }
        }
        boolean one = cluster.shown().numCacheNodes() == 1
                && (request.numCacheNodes() == null || request.numCacheNodes() < 2);
        if ("cross-az".equals(request.azModeAsString()) && one) {
            throw AwsError.invalidParameterCombination("Cross-AZ mode needs at least two cache nodes.");
        }
    }

    private static void count(Context c, ClusterState cluster, ModifyCacheClusterRequest request) {
        Integer wanted = request.numCacheNodes();
        List<String> removed = request.cacheNodeIdsToRemove();
        if (wanted == null) {
            if (!removed.isEmpty()) {
                throw AwsError.invalidParameterCombination(
                        "CacheNodeIdsToRemove can only be given with NumCacheNodes.");
            }
            return;
        }
        if (wanted < 1 || wanted > MOST_NODES) {
            throw AwsError.invalidParameterValue(
                    "The number of cache nodes must be between 1 and %d.".formatted(MOST_NODES));
        }
        int active = cluster.shown().numCacheNodes();
        int pending = cluster.deferred().flatMap(ClusterWork::nodes).orElse(active);
        if (wanted < active) {
            int expected = Math.max(active, pending) - wanted;
            if (removed.size() != expected) {
                throw AwsError.invalidParameterCombination(
                        "The number of cache node IDs to remove must be %d.".formatted(expected));
            }
            if (!cluster.nodeIds().containsAll(removed)) {
                throw AwsError.invalidParameterValue("Some cache node IDs are invalid: " + removed);
            }
        } else if (!removed.isEmpty()) {
            throw AwsError.invalidParameterCombination(
                    "CacheNodeIdsToRemove can only be given when nodes are removed.");
        } else {
            checkZones(request, wanted - active);
            Quotas.nodes(c, cluster.shown().cacheNodeType(), wanted - active);
        }
    }

    private static void checkZones(ModifyCacheClusterRequest request, int added) {
        if (!request.newAvailabilityZones().isEmpty()
                && request.newAvailabilityZones().size() != added) {
            throw AwsError.invalidParameterCombination(
                    "Must specify the same number of preferred availability zones as requested number of nodes.");
        }
    }

    private static void redis(ClusterState cluster, ModifyCacheClusterRequest request) {
        if (request.numCacheNodes() != null && request.numCacheNodes() != 1) {
            throw AwsError.invalidParameterCombination("Cannot change the number of cache nodes for engine redis.");
        }
        if (request.azModeAsString() != null && request.azModeAsString().equals("cross-az")) {
            throw AwsError.invalidParameterCombination("Cross-AZ mode is not supported for engine redis.");
        }
        if (!request.logDeliveryConfigurations().isEmpty() && !Boolean.TRUE.equals(request.applyImmediately())) {
            throw AwsError.invalidParameterValue(
                    "To modify the log delivery configuration, set the apply-immediately parameter to true.");
        }
        LogDeliveries.checkVersion(
                request.logDeliveryConfigurations(),
                EngineVersions.reported(
                        cluster.shown().engine(), cluster.shown().engineVersion()));
    }

    private static void windows(ClusterState cluster, ModifyCacheClusterRequest request) {
        boolean changes = request.preferredMaintenanceWindow() != null || request.snapshotWindow() != null;
        if (!changes || cluster.memcached()) {
            return;
        }
        String maintenance = Optional.ofNullable(request.preferredMaintenanceWindow())
                .orElseGet(() -> cluster.shown().preferredMaintenanceWindow());
        Settings.windows(
                Optional.of(TimeWindow.maintenance(maintenance)),
                Optional.ofNullable(request.snapshotWindow())
                        .or(() -> Optional.ofNullable(cluster.shown().snapshotWindow()))
                        .map(TimeWindow::snapshot));
    }

    /** What concerns engine, size and parameters of a member goes through its group. */
    static void checkMember(ModifyCacheClusterRequest request, VersionChange version) {
        boolean structural = request.cacheNodeType() != null
                || version.upgrades()
                || version.parameters().isPresent()
                || request.snapshotRetentionLimit() != null
                || request.snapshotWindow() != null
                || !request.logDeliveryConfigurations().isEmpty();
        if (structural) {
            throw AwsError.invalidParameterCombination(
                    "This modification must be made on the replication group that the cache cluster is a member of.");
        }
    }
}
