package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.elasticache.VersionChange.Current;
import io.cacheoperator.simulator.elasticache.VersionChange.Wanted;
import io.cacheoperator.simulator.service.Call;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.ModifyCacheClusterRequest;
import software.amazon.awssdk.services.elasticache.model.ModifyCacheClusterResponse;
import software.amazon.awssdk.services.elasticache.model.PendingModifiedValues;

/** ModifyCacheCluster: memcached and single redis nodes; of members of a group only what concerns the whole group. */
final class ModifyCacheCluster {
    private final Context.Source contexts;

    ModifyCacheCluster(Context.Source contexts) {
        this.contexts = contexts;
    }

    ModifyCacheClusterResponse handle(ModifyCacheClusterRequest request, Call call) {
        Context c = contexts.of(call);
        String id = Identifiers.required("CacheClusterId", request.cacheClusterId());
        checkSyntax(request);
        ClusterState cluster =
                c.state().clusters.find(id).orElseThrow(() -> ElastiCacheErrors.cacheClusterNotFound(id));
        SubnetGroupState subnets = Placement.subnetGroup(c, cluster.shown().cacheSubnetGroupName())
                .orElseThrow(() ->
                        ElastiCacheErrors.subnetGroupNotFound(cluster.shown().cacheSubnetGroupName()));
        Optional<List<String>> securityGroups = request.securityGroupIds().isEmpty()
                ? Optional.empty()
                : Optional.of(Placement.securityGroups(c, subnets, request.securityGroupIds()));
        Optional<GroupState> group = c.state().groupOf(cluster);
        if (!cluster.available() || group.filter(owner -> !owner.available()).isPresent()) {
            throw ElastiCacheErrors.cacheClusterState("Cache cluster %s is not in available state.".formatted(id));
        }
        ModifyClusterRules.check(c, cluster, request);
        VersionChange version = version(c, cluster, request);
        if (group.isPresent()) {
            ModifyClusterRules.checkMember(request, version);
            Members.save(
                    c, group.get().share(b -> settings(b, request, group.get().template(), securityGroups)));
        } else {
            start(c, cluster, request, version, securityGroups);
            AutomaticSnapshots.plan(c, id);
        }
        return ModifyCacheClusterResponse.builder()
                .cacheCluster(new Views(c).cluster(c.state().clusters.find(id).orElse(cluster), false))
                .build();
    }

    private static void checkSyntax(ModifyCacheClusterRequest request) {
        Settings.noSecurityGroupNames(
                request.cacheSecurityGroupNames(), !request.securityGroupIds().isEmpty());
        Settings.retention(request.snapshotRetentionLimit());
        Settings.topic(request.notificationTopicArn());
        Settings.oneOf("NotificationTopicStatus", request.notificationTopicStatus(), "active", "inactive");
        Settings.oneOf("AZMode", request.azModeAsString(), "single-az", "cross-az");
        Settings.oneOf("IpDiscovery", request.ipDiscoveryAsString(), "ipv4", "ipv6");
        Optional.ofNullable(request.preferredMaintenanceWindow()).ifPresent(TimeWindow::maintenance);
        Optional.ofNullable(request.snapshotWindow()).ifPresent(TimeWindow::snapshot);
        LogDeliveries.checkSyntax(request.logDeliveryConfigurations());
        boolean something = Stream.of(
                                request.numCacheNodes(),
                                request.azModeAsString(),
                                request.preferredMaintenanceWindow(),
                                request.notificationTopicArn(),
                                request.notificationTopicStatus(),
                                request.cacheParameterGroupName(),
                                request.engine(),
                                request.engineVersion(),
                                request.autoMinorVersionUpgrade(),
                                request.snapshotRetentionLimit(),
                                request.snapshotWindow(),
                                request.cacheNodeType(),
                                request.authToken(),
                                request.ipDiscoveryAsString())
                        .anyMatch(value -> value != null)
                || !request.securityGroupIds().isEmpty()
                || !request.cacheNodeIdsToRemove().isEmpty()
                || !request.logDeliveryConfigurations().isEmpty();
        if (!something) {
            throw ElastiCacheErrors.nothingToModify();
        }
    }

    private static VersionChange version(Context c, ClusterState cluster, ModifyCacheClusterRequest request) {
        ParameterGroupState parameters =
                c.state().parameterGroups.find(cluster.parameterGroup()).orElseThrow();
        CacheCluster shown = cluster.shown();
        return VersionChange.of(
                c,
                new Current(
                        EngineVersions.reported(shown.engine(), shown.engineVersion()),
                        parameters,
                        parameters.clusterMode()),
                new Wanted(request.engine(), request.engineVersion(), request.cacheParameterGroupName()));
    }

    /** What is applied at once whatever ApplyImmediately says. */
    private static void settings(
            CacheCluster.Builder cluster,
            ModifyCacheClusterRequest request,
            CacheCluster present,
            Optional<List<String>> securityGroups) {
        Optional.ofNullable(request.preferredMaintenanceWindow())
                .ifPresent(window -> cluster.preferredMaintenanceWindow(
                        TimeWindow.maintenance(window).text()));
        Optional.ofNullable(request.autoMinorVersionUpgrade()).ifPresent(cluster::autoMinorVersionUpgrade);
        Optional.ofNullable(request.ipDiscoveryAsString()).ifPresent(cluster::ipDiscovery);
        Optional.ofNullable(request.snapshotRetentionLimit()).ifPresent(cluster::snapshotRetentionLimit);
        Optional.ofNullable(request.snapshotWindow()).ifPresent(cluster::snapshotWindow);
        securityGroups.ifPresent(ids -> cluster.securityGroups(Placement.memberships(ids)));
        if (request.notificationTopicArn() != null || request.notificationTopicStatus() != null) {
            cluster.notificationConfiguration(ModifyReplicationGroup.notification(
                            Optional.ofNullable(present.notificationConfiguration()),
                            Optional.ofNullable(request.notificationTopicArn()),
                            Optional.ofNullable(request.notificationTopicStatus()))
                    .orElse(null));
        }
    }

    private static void start(
            Context c,
            ClusterState cluster,
            ModifyCacheClusterRequest request,
            VersionChange version,
            Optional<List<String>> securityGroups) {
        boolean swaps = !version.upgrades() && version.parameters().isPresent();
        ClusterState base = countCancelled(cluster, request);
        ClusterState set = base.show(b -> {
            settings(b, request, cluster.shown(), securityGroups);
            b.logDeliveryConfigurations(LogDeliveries.begun(
                    cluster.shown().logDeliveryConfigurations(), request.logDeliveryConfigurations()));
            if (swaps) {
                b.cacheParameterGroup(ParameterSwap.status(
                        c, cluster.shown(), version.parameters().orElseThrow(), cluster.nodeIds()));
            }
        });
        ClusterWork work = ClusterWork.of(cluster, request, version);
        UnaryOperator<ClusterState> logs = logDelivery(request);
        if (Boolean.TRUE.equals(request.applyImmediately())) {
            ClusterWork all = set.deferred().map(before -> before.and(work)).orElse(work);
            if (!all.isEmpty()) {
                all.start(c, set.withDeferred(Optional.empty()), logs);
                return;
            }
        }
        ClusterState waiting =
                Boolean.TRUE.equals(request.applyImmediately()) || work.isEmpty() ? set : defer(c, set, work);
        boolean configures = swaps
                || securityGroups.isPresent()
                || !request.logDeliveryConfigurations().isEmpty();
        if (configures) {
            ClusterLifecycle.begin(c, waiting, "modifying", c.durations().configure(), (then, now) -> logs.apply(now));
        } else {
            ClusterLifecycle.save(c, waiting);
        }
    }

    private static UnaryOperator<ClusterState> logDelivery(ModifyCacheClusterRequest request) {
        return cluster -> cluster.show(b -> b.logDeliveryConfigurations(LogDeliveries.apply(
                cluster.shown().logDeliveryConfigurations(), request.logDeliveryConfigurations(), "active")));
    }

    /** Asking for the present number of nodes cancels another number that waits. */
    private static ClusterState countCancelled(ClusterState cluster, ModifyCacheClusterRequest request) {
        if (!cluster.shown().numCacheNodes().equals(request.numCacheNodes())) {
            return cluster;
        }
        Optional<ClusterWork> left = cluster.deferred().map(ClusterWork::withoutCount);
        return cluster.withDeferred(left.filter(work -> !work.isEmpty()))
                .show(b -> b.pendingModifiedValues(left.map(ClusterWork::pending)
                        .orElseGet(() -> PendingModifiedValues.builder().build())));
    }

    /** Left for the maintenance window; a later request replaces what waits. */
    private static ClusterState defer(Context c, ClusterState cluster, ClusterWork work) {
        ClusterWork all = cluster.deferred().map(before -> before.and(work)).orElse(work);
        Duration wait = Duration.between(
                c.now(),
                TimeWindow.maintenance(cluster.shown().preferredMaintenanceWindow())
                        .next(c.now()));
        c.after(wait, then -> apply(then, cluster.id(), all));
        PendingModifiedValues pending = all.pending();
        return cluster.withDeferred(all.isEmpty() ? Optional.empty() : Optional.of(all))
                .show(b -> b.pendingModifiedValues(pending));
    }

    /** In the window, if the same work still waits; as soon as nothing else is going on. */
    private static void apply(Context c, String id, ClusterWork work) {
        c.state()
                .clusters
                .find(id)
                .filter(cluster -> cluster.deferred().equals(Optional.of(work)))
                .ifPresent(cluster -> {
                    if (cluster.available()) {
                        work.start(c, cluster.withDeferred(Optional.empty()), UnaryOperator.identity());
                    } else {
                        c.after(Duration.ofMinutes(1), then -> apply(then, id, work));
                    }
                });
    }
}
