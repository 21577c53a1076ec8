package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.Page;
import io.cacheoperator.simulator.world.Table;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticache.model.DeleteCacheClusterRequest;
import software.amazon.awssdk.services.elasticache.model.DeleteCacheClusterResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheClustersRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheClustersResponse;
import software.amazon.awssdk.services.elasticache.model.RebootCacheClusterRequest;
import software.amazon.awssdk.services.elasticache.model.RebootCacheClusterResponse;

/** Reading, deleting and rebooting cache clusters, members of replication groups included. */
final class CacheClusters {
    private final Context.Source contexts;

    CacheClusters(Context.Source contexts) {
        this.contexts = contexts;
    }

    DescribeCacheClustersResponse describe(DescribeCacheClustersRequest request, Call call) {
        Context c = contexts.of(call);
        Views views = new Views(c);
        boolean nodes = Boolean.TRUE.equals(request.showCacheNodeInfo());
        Table.View<ClusterState> clusters = c.state().clusters.at(call.readAt());
        if (request.cacheClusterId() != null) {
            String id = Identifiers.required("CacheClusterId", request.cacheClusterId());
            ClusterState cluster = clusters.find(id).orElseThrow(() -> ElastiCacheErrors.cacheClusterNotFound(id));
            return DescribeCacheClustersResponse.builder()
                    .cacheClusters(views.cluster(cluster, nodes))
                    .build();
        }
        boolean alone = Boolean.TRUE.equals(request.showCacheClustersNotInReplicationGroups());
        List<ClusterState> all = clusters.values().stream()
                .filter(cluster -> !alone || cluster.replicationGroupId().isEmpty())
                .toList();
        Page<ClusterState> page = Paging.page(all, ClusterState::id, request.marker(), request.maxRecords());
        return DescribeCacheClustersResponse.builder()
                .cacheClusters(page.items().stream()
                        .map(cluster -> views.cluster(cluster, nodes))
                        .toList())
                .marker(page.next().orElse(null))
                .build();
    }

    DeleteCacheClusterResponse delete(DeleteCacheClusterRequest request, Call call) {
        Context c = contexts.of(call);
        Optional<String> finalSnapshot = Optional.ofNullable(request.finalSnapshotIdentifier())
                .filter(name -> !name.isEmpty())
                .map(name -> Identifiers.create("FinalSnapshotIdentifier", name, Identifiers.NAME_LENGTH));
        ClusterState cluster = find(c, request.cacheClusterId());
        if (!cluster.available() && !cluster.status().equals("restore-failed")) {
            throw ElastiCacheErrors.cacheClusterState(
                    "Cache cluster %s is not in a valid state to be deleted".formatted(cluster.id()));
        }
        if (finalSnapshot.isPresent() && cluster.memcached()) {
            throw AwsError.invalidParameterCombination("Snapshots are not supported for engine memcached.");
        }
        finalSnapshot.ifPresent(name -> Snapshots.checkNew(c, name));
        Optional<GroupState> group = c.state().groupOf(cluster);
        group.ifPresent(owner -> checkMember(owner, cluster));
        if (group.isPresent()) {
            ReplicaChanges.removeNamed(c, group.get(), List.of(cluster.id()));
        } else {
            finalSnapshot.ifPresentOrElse(
                    name -> snapshotFirst(c, cluster, name), () -> ClusterLifecycle.delete(c, cluster));
        }
        return DeleteCacheClusterResponse.builder()
                .cacheCluster(new Views(c).cluster(find(c, cluster.id()), false))
                .build();
    }

    private static void snapshotFirst(Context c, ClusterState cluster, String name) {
        Snapshots.Source source = new Snapshots.Source(Optional.empty(), cluster);
        Snapshots.start(
                c,
                source,
                name,
                "manual",
                Optional.empty(),
                Tags.of(c, cluster.shown().arn()));
        ClusterState busy = ClusterLifecycle.save(
                c, cluster.withStatus("snapshotting").withOperation(c.state().nextOperation()));
        c.after(
                c.durations().snapshot(),
                then -> ClusterLifecycle.current(then, busy.id(), busy.operation())
                        .ifPresent(now -> ClusterLifecycle.delete(then, now)));
    }

    private static void checkMember(GroupState group, ClusterState cluster) {
        long members = group.members().count();
        if (members == 1) {
            throw ElastiCacheErrors.cacheClusterState("""
                    Cannot delete the cache cluster since it is the only member of a replication group. Delete the replication group instead.""");
        }
        boolean primary =
                group.members().anyMatch(m -> m.primary() && m.clusterId().equals(cluster.id()));
        if (primary) {
            throw ElastiCacheErrors.cacheClusterState(
                    "Cannot delete the cache cluster because it is serving as primary for replication group %s."
                            .formatted(group.id()));
        }
        if (group.clusterEnabled()) {
            throw ElastiCacheErrors.cacheClusterState(
                    "Cannot delete a member of replication group %s, which has cluster mode enabled."
                            .formatted(group.id()));
        }
        if (members == 2 && !"disabled".equals(group.shown().automaticFailoverAsString())) {
            throw ElastiCacheErrors.cacheClusterState("""
                    Cannot delete the cache cluster because it is the only read replica for replication group %s which has autofailover \
                    enabled or pending. You can disable autofailover and then delete this cache cluster. Alternatively, to delete the \
                    entire replication group, use DeleteReplicationGroup.""".formatted(group.id()));
        }
        if (!group.available()) {
            throw ElastiCacheErrors.cacheClusterState(
                    "Cache cluster %s is not in a valid state to be deleted".formatted(cluster.id()));
        }
    }

    RebootCacheClusterResponse reboot(RebootCacheClusterRequest request, Call call) {
        Context c = contexts.of(call);
        if (request.cacheNodeIdsToReboot().isEmpty()) {
            throw ElastiCacheErrors.missing("CacheNodeIdsToReboot");
        }
        ClusterState cluster = find(c, request.cacheClusterId());
        Optional<GroupState> group = c.state().groupOf(cluster);
        if (!cluster.available() || group.filter(owner -> !owner.available()).isPresent()) {
            throw ElastiCacheErrors.cacheClusterState(
                    "Cache cluster %s is not in available state.".formatted(cluster.id()));
        }
        if (group.filter(GroupState::clusterEnabled).isPresent()) {
            throw AwsError.invalidParameterCombination(
                    "Rebooting a member of a replication group with cluster mode enabled is not supported.");
        }
        List<String> nodes = request.cacheNodeIdsToReboot();
        if (!cluster.nodeIds().containsAll(nodes)) {
            throw AwsError.invalidParameterValue("Some cache node IDs are invalid: " + nodes);
        }
        String cache = c.cacheKey(cluster.replicationGroupId().orElse(cluster.id()));
        c.config().nodes().reboot(cache, cluster.id(), nodes);
        ClusterState rebooting = ClusterLifecycle.begin(
                c, cluster, "rebooting cluster nodes", c.durations().reboot(), (then, now) -> {
                    nodes.forEach(
                            node -> then.event("cache-cluster", now.id(), "Cache node %s restarted".formatted(node)));
                    return ParameterApplication.rebooted(now);
                });
        nodes.forEach(node -> c.event("cache-cluster", cluster.id(), "Cache node %s shutdown".formatted(node)));
        return RebootCacheClusterResponse.builder()
                .cacheCluster(new Views(c).cluster(rebooting, false))
                .build();
    }

    private static ClusterState find(Context c, String given) {
        String id = Identifiers.required("CacheClusterId", given);
        return c.state().clusters.find(id).orElseThrow(() -> ElastiCacheErrors.cacheClusterNotFound(id));
    }
}
