package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Call;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticache.model.DeleteReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.DeleteReplicationGroupResponse;

/** DeleteReplicationGroup, with and without a final snapshot, or leaving the primary as a cluster of its own. */
final class DeleteReplicationGroup {
    private final Context.Source contexts;

    DeleteReplicationGroup(Context.Source contexts) {
        this.contexts = contexts;
    }

    DeleteReplicationGroupResponse handle(DeleteReplicationGroupRequest request, Call call) {
        Context c = contexts.of(call);
        Optional<String> finalSnapshot = Optional.ofNullable(request.finalSnapshotIdentifier())
                .filter(name -> !name.isEmpty())
                .map(name -> Identifiers.create("FinalSnapshotIdentifier", name, Identifiers.NAME_LENGTH));
        GroupState group = DescribeReplicationGroups.group(c, request.replicationGroupId());
        checkState(c, group);
        boolean retain = Boolean.TRUE.equals(request.retainPrimaryCluster());
        if (retain && group.clusterEnabled()) {
            throw AwsError.invalidParameterCombination(
                    "The primary cluster cannot be retained for a replication group with cluster mode enabled.");
        }
        finalSnapshot.ifPresent(name -> Snapshots.checkNew(c, name));
        if (retain) {
            return answer(c, retainPrimary(c, group));
        }
        finalSnapshot.ifPresentOrElse(name -> snapshotFirst(c, group, name), () -> delete(c, group));
        return answer(c, DescribeReplicationGroups.group(c, group.id()));
    }

    private static void checkState(Context c, GroupState group) {
        if (group.available() || group.status().equals("create-failed")) {
            return;
        }
        String member = Members.of(c, group.id()).stream()
                .filter(cluster -> !cluster.available())
                .map(ClusterState::id)
                .findFirst()
                .orElse(group.id());
        throw ElastiCacheErrors.replicationGroupState(
                "Cache cluster %s is not in a valid state to be deleted".formatted(member));
    }

    private static void delete(Context c, GroupState group) {
        GroupLifecycle.delete(c, group, then -> {});
    }

    /** The group goes through {@code snapshotting}. AWS deletes it also where the snapshot failed. */
    private static void snapshotFirst(Context c, GroupState group, String name) {
        Snapshots.Source source = Snapshots.Source.of(c, group);
        Snapshots.start(
                c,
                source,
                name,
                "manual",
                Optional.empty(),
                Tags.of(c, group.shown().arn()));
        GroupLifecycle.begin(c, group, "snapshotting", c.durations().snapshot(), DeleteReplicationGroup::delete);
    }

    /** The replicas go, the primary stays as a single node. */
    private static GroupState retainPrimary(Context c, GroupState group) {
        return GroupLifecycle.begin(c, group, "deleting", c.durations().delete(), (then, now) -> {
            String primary = now.primary().map(GroupState.Member::clusterId).orElse("");
            for (ClusterState cluster : Members.of(then, now.id())) {
                if (cluster.id().equals(primary)) {
                    ClusterState alone = cluster.withStatus("available").show(b -> b.replicationGroupId(null));
                    then.state().clusters.put(alone.id(), alone, then.now());
                } else {
                    Members.remove(then, cluster);
                }
            }
            GroupLifecycle.remove(then, now.withNodeGroups(List.of()));
            then.state()
                    .clusters
                    .find(primary)
                    .ifPresent(alone -> then.config().nodes().deploy(Deployments.of(then, alone)));
        });
    }

    private static DeleteReplicationGroupResponse answer(Context c, GroupState group) {
        return DeleteReplicationGroupResponse.builder()
                .replicationGroup(new Views(c).group(group))
                .build();
    }
}
