package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.elasticache.EngineVersions.EngineVersion;
import io.cacheoperator.simulator.elasticache.NodeTypes.NodeType;
import io.cacheoperator.simulator.service.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.CacheNode;
import software.amazon.awssdk.services.elasticache.model.CreateCacheClusterRequest;
import software.amazon.awssdk.services.elasticache.model.CreateCacheClusterResponse;
import software.amazon.awssdk.services.elasticache.model.PendingModifiedValues;

/** CreateCacheCluster: memcached, a single redis node, or a read replica of a replication group. */
final class CreateCacheCluster {
    private static final int MEMCACHED_PORT = 11211;
    private static final int REDIS_PORT = 6379;
    private final Context.Source contexts;

    CreateCacheCluster(Context.Source contexts) {
        this.contexts = contexts;
    }

    CreateCacheClusterResponse handle(CreateCacheClusterRequest request, Call call) {
        Context c = contexts.of(call);
        String id = Identifiers.create("CacheClusterId", request.cacheClusterId(), Identifiers.CACHE_CLUSTER_LENGTH);
        CreateClusterRules.checkSyntax(request);
        if (c.state().clusters.contains(id)) {
            throw ElastiCacheErrors.cacheClusterExists();
        }
        if (request.replicationGroupId() != null
                && !request.replicationGroupId().isEmpty()) {
            return answer(c, replica(c, request, id));
        }
        CreateClusterPlan plan = CreateClusterPlan.of(c, request, id);
        CreateClusterRules.check(request, plan);
        Quotas.nodes(c, plan.nodeType().name(), plan.nodes());
        return answer(c, start(c, request, plan));
    }

    /**
     * What a request refers to, looked up.
     *
     * @param zones one per node
     */
    record CreateClusterPlan(
            String id,
            EngineVersion version,
            NodeType nodeType,
            int nodes,
            ParameterGroupState parameters,
            Placement placement,
            List<String> zones,
            Optional<SnapshotState> snapshot) {
        static CreateClusterPlan of(Context c, CreateCacheClusterRequest request, String id) {
            Optional<SnapshotState> snapshot = snapshot(c, request);
            EngineVersion version = CreateClusterRules.version(request, snapshot);
            NodeType nodeType = CreateClusterRules.nodeType(request, snapshot);
            int nodes = request.numCacheNodes() == null ? 1 : request.numCacheNodes();
            ParameterGroupState parameters =
                    ParameterGroupLookup.find(c, request.cacheParameterGroupName(), version, false);
            Placement placement = Placement.of(c, request.cacheSubnetGroupName(), request.securityGroupIds());
            List<String> zones = zones(request, placement, nodes);
            return new CreateClusterPlan(id, version, nodeType, nodes, parameters, placement, zones, snapshot);
        }

        private static Optional<SnapshotState> snapshot(Context c, CreateCacheClusterRequest request) {
            return Optional.ofNullable(request.snapshotName()).map(given -> {
                String name = Identifiers.required("SnapshotName", given);
                return c.state()
                        .snapshots
                        .find(name)
                        .filter(SnapshotState::available)
                        .orElseThrow(() -> ElastiCacheErrors.snapshotNotFound(name));
            });
        }

        private static List<String> zones(CreateCacheClusterRequest request, Placement placement, int nodes) {
            if (!request.preferredAvailabilityZones().isEmpty()) {
                return request.preferredAvailabilityZones();
            }
            List<String> zones = new ArrayList<>();
            boolean spread = "cross-az".equals(request.azModeAsString());
            String zone = request.preferredAvailabilityZone();
            for (int i = 0; i < nodes; i++) {
                zones.add(spread ? placement.zone(i) : zone == null ? placement.zone(0) : zone);
            }
            return zones;
        }

        /** A zone, or {@code Multiple} where nodes are in several. */
        String zone() {
            Set<String> different = zones.stream().collect(Collectors.toSet());
            return different.size() == 1 ? zones.getFirst() : "Multiple";
        }
    }

    private static ClusterState start(Context c, CreateCacheClusterRequest request, CreateClusterPlan plan) {
        int standard = plan.version().engine().equals("memcached") ? MEMCACHED_PORT : REDIS_PORT;
        int port = request.port() == null ? standard : request.port();
        ClusterState cluster = new ClusterState(
                shown(c, request, plan), port, false, Map.of(), c.state().nextOperation(), Optional.empty());
        ClusterLifecycle.save(c, cluster);
        Map<String, String> tags = Tags.read(request.tags());
        Tags.create(
                c,
                cluster.shown().arn(),
                tags.isEmpty()
                        ? plan.snapshot().map(s -> Tags.of(c, s.shown().arn())).orElse(tags)
                        : tags);
        plan.snapshot().ifPresent(source -> {
            Snapshots.restoring(c, source.name(), true);
            c.after(c.durations().create(), then -> Snapshots.restoring(then, source.name(), false));
        });
        ClusterState saved = c.state().clusters.find(plan.id()).orElse(cluster);
        c.after(
                c.durations().create(),
                then -> ClusterLifecycle.current(then, saved.id(), saved.operation())
                        .ifPresent(now -> created(then, now)));
        return saved;
    }

    private static void created(Context c, ClusterState cluster) {
        if (c.config().knobs().takeCreateFailure(cluster.id())) {
            c.state().clusters.put(cluster.id(), cluster.show(b -> b.cacheClusterStatus("restore-failed")), c.now());
            c.event(
                    "cache-cluster",
                    cluster.id(),
                    "Failed to create the cache cluster because of insufficient capacity.");
            return;
        }
        ClusterLifecycle.finish(
                c,
                cluster.show(b -> b.logDeliveryConfigurations(cluster.shown().logDeliveryConfigurations().stream()
                        .map(entry -> entry.copy(e -> e.status("active")))
                        .toList())));
        AutomaticSnapshots.plan(c, cluster.id());
        cluster.shown()
                .cacheNodes()
                .forEach(node -> c.event(
                        "cache-cluster",
                        cluster.id(),
                        "Added cache node %s in availability zone %s"
                                .formatted(node.cacheNodeId(), node.customerAvailabilityZone())));
        c.event("cache-cluster", cluster.id(), "Cache cluster created");
    }

    private static CacheCluster shown(Context c, CreateCacheClusterRequest request, CreateClusterPlan plan) {
        TimeWindow window = Optional.ofNullable(request.preferredMaintenanceWindow())
                .map(TimeWindow::maintenance)
                .orElseGet(() -> TimeWindow.chosenMaintenance(plan.id().hashCode()));
        boolean redis = plan.version().engine().equals("redis");
        boolean encrypted = Boolean.TRUE.equals(request.transitEncryptionEnabled());
        CacheCluster.Builder cluster = CacheCluster.builder()
                .cacheClusterId(plan.id())
                .clientDownloadLandingPage(CreateReplicationGroup.LANDING_PAGE)
                .cacheNodeType(plan.nodeType().name())
                .engine(plan.version().engine())
                .engineVersion(plan.version().full())
                .cacheClusterStatus("creating")
                .numCacheNodes(plan.nodes())
                .preferredAvailabilityZone(plan.zone())
                .cacheClusterCreateTime(c.now())
                .preferredMaintenanceWindow(window.text())
                .pendingModifiedValues(PendingModifiedValues.builder().build())
                .cacheSecurityGroups(List.of())
                .cacheParameterGroup(
                        CreateReplicationGroup.parameterStatus(plan.parameters().name()))
                .cacheSubnetGroupName(plan.placement().subnetGroup().name())
                .cacheNodes(nodes(c, plan))
                .autoMinorVersionUpgrade(!Boolean.FALSE.equals(request.autoMinorVersionUpgrade()))
                .securityGroups(Placement.memberships(plan.placement().securityGroups()))
                .authTokenEnabled(false)
                .transitEncryptionEnabled(encrypted)
                .atRestEncryptionEnabled(false)
                .arn(c.arn("cluster", plan.id()))
                .replicationGroupLogDeliveryEnabled(false)
                .logDeliveryConfigurations(
                        LogDeliveries.apply(List.of(), request.logDeliveryConfigurations(), "enabling"))
                .networkType(CreateReplicationGroup.networkType(request.networkTypeAsString()))
                .ipDiscovery(CreateReplicationGroup.ipDiscovery(
                        request.ipDiscoveryAsString(), request.networkTypeAsString()));
        if (encrypted) {
            cluster.transitEncryptionMode("required");
        }
        if (redis) {
            cluster.snapshotRetentionLimit(Optional.ofNullable(request.snapshotRetentionLimit())
                            .orElse(0))
                    .snapshotWindow(Optional.ofNullable(request.snapshotWindow())
                            .map(TimeWindow::snapshot)
                            .orElseGet(() ->
                                    TimeWindow.chosenSnapshot(window, plan.id().hashCode()))
                            .text());
        }
        if (request.notificationTopicArn() != null
                && !request.notificationTopicArn().isEmpty()) {
            cluster.notificationConfiguration(
                    CreateReplicationGroup.notification(request.notificationTopicArn(), "active"));
        }
        return cluster.build();
    }

    private static List<CacheNode> nodes(Context c, CreateClusterPlan plan) {
        List<CacheNode> nodes = new ArrayList<>();
        for (int i = 0; i < plan.nodes(); i++) {
            nodes.add(ClusterLifecycle.node(c, i + 1, plan.zones().get(i)));
        }
        return nodes;
    }

    /** A read replica: one more member of a group without cluster mode. */
    private static ClusterState replica(Context c, CreateCacheClusterRequest request, String id) {
        GroupState group = DescribeReplicationGroups.group(c, request.replicationGroupId());
        CreateClusterRules.checkReplica(request);
        if (!group.available()) {
            throw ElastiCacheErrors.replicationGroupState("Replication group must be in available state to modify.");
        }
        if (group.clusterEnabled()) {
            throw ElastiCacheErrors.invalidCombination(
                    "Replicas of a replication group with cluster mode enabled are added with IncreaseReplicaCount.");
        }
        GroupShape.checkReplicas(group.replicas() + 1);
        Quotas.nodes(c, group.shown().cacheNodeType(), 1);
        ReplicaChanges.addNamed(c, group, id, Optional.ofNullable(request.preferredAvailabilityZone()));
        Map<String, String> tags = Tags.read(request.tags());
        Tags.create(
                c,
                c.arn("cluster", id),
                tags.isEmpty() ? Tags.of(c, group.shown().arn()) : tags);
        return c.state().clusters.find(id).orElseThrow(() -> ElastiCacheErrors.cacheClusterNotFound(id));
    }

    private static CreateCacheClusterResponse answer(Context c, ClusterState cluster) {
        return CreateCacheClusterResponse.builder()
                .cacheCluster(new Views(c).cluster(cluster, false))
                .build();
    }
}
