package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.CacheClusterState;
import io.cacheoperator.aws.Queries;
import io.cacheoperator.aws.ReplicationGroupState;
import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Outcome;
import io.cacheoperator.core.Ownership;
import io.cacheoperator.core.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Writes to the cache itself, its snapshots and tags. */
final class CacheActions {

    private final AwsWrites aws;

    CacheActions(AwsWrites aws) {
        this.aws = aws;
    }

    Outcome create(ClusterAction.CreateGroup action) {
        String id = action.request().id();
        return aws.settle(
                lookingAnewAtParts(
                        aws.elastiCache().createReplicationGroup(action.request()),
                        action.request().subnetGroupName(),
                        action.request().parameterGroupName()),
                group -> {
                    aws.sightings().present(group(id), group);
                    aws.sightings().present(tags(group.arn()), action.request().tags());
                    aws.sightings().stale(members(id));
                },
                group(id),
                members(id));
    }

    /** Where one is gone that was there a moment ago, for its last user went: the next plan sees that, and makes it again. */
    private <T> Result<T> lookingAnewAtParts(
            Result<T> result, Optional<String> subnetGroup, Optional<String> parameterGroup) {
        result.error().filter(failure -> failure.kind() == Failure.Kind.GONE).ifPresent(gone -> {
            subnetGroup.ifPresent(name -> aws.sightings().stale(new Queries.SubnetGroup(aws.region(), name)));
            parameterGroup.ifPresent(name -> aws.sightings().stale(new Queries.ParameterGroup(aws.region(), name)));
        });
        return result;
    }

    Outcome modify(ClusterAction.ModifyGroup action) {
        String id = action.request().id();
        return ifOurGroup(
                id,
                () -> aws.settle(
                        aws.elastiCache().modifyReplicationGroup(action.request()),
                        group -> {
                            aws.sightings().present(group(id), group);
                            aws.sightings().stale(members(id));
                        },
                        group(id),
                        members(id)));
    }

    Outcome delete(ClusterAction.DeleteGroup action) {
        String id = action.id();
        return ifOurGroup(
                id,
                () -> aws.settleDelete(
                        aws.elastiCache().deleteReplicationGroup(id),
                        group -> aws.sightings().present(group(id), group),
                        group(id)));
    }

    /** No proof of ownership can be had while its tags are unreadable: that there is nothing in it stands in for it. */
    Outcome delete(ClusterAction.DeleteFailedGroup action) {
        String id = action.id();
        boolean failed = aws.view()
                .get(group(id))
                .found()
                .filter(group -> group.status().equals("create-failed"))
                .isPresent();
        return failed
                ? aws.settleDelete(
                        aws.elastiCache().deleteReplicationGroup(id),
                        group -> aws.sightings().present(group(id), group),
                        group(id))
                : new Outcome.Refused(new Ownership.OwnerUnknown("it is not create-failed any more"), id);
    }

    Outcome create(ClusterAction.CreateMemcached action) {
        String id = action.request().id();
        return aws.settle(
                lookingAnewAtParts(
                        aws.elastiCache().createCacheCluster(action.request()),
                        action.request().subnetGroupName(),
                        action.request().parameterGroupName()),
                cluster -> {
                    aws.sightings().present(cluster(id), cluster);
                    aws.sightings()
                            .present(tags(cluster.arn()), action.request().tags());
                },
                cluster(id));
    }

    Outcome modify(ClusterAction.ModifyMemcached action) {
        String id = action.request().id();
        return ifOurMemcached(
                id,
                () -> aws.settle(
                        aws.elastiCache().modifyCacheCluster(action.request()),
                        cluster -> aws.sightings().present(cluster(id), withNodes(cluster)),
                        cluster(id)));
    }

    Outcome delete(ClusterAction.DeleteMemcached action) {
        String id = action.id();
        return ifOurMemcached(
                id,
                () -> aws.settleDelete(
                        aws.elastiCache().deleteCacheCluster(id),
                        cluster -> aws.sightings().present(cluster(id), withNodes(cluster)),
                        cluster(id)));
    }

    /** The source must be ours; a snapshot of that name can only be one that this deletion took before. */
    Outcome snapshot(ClusterAction.TakeSnapshot action) {
        String id = action.replicationGroupId();
        Queries.Snapshot query = new Queries.Snapshot(aws.region(), action.name());
        return ifOurGroup(
                id,
                () -> aws.settle(
                        aws.elastiCache().createSnapshot(action.name(), id, action.tags()),
                        snapshot -> {
                            aws.sightings().present(query, snapshot);
                            aws.sightings().stale(group(id));
                        },
                        query,
                        group(id)));
    }

    Outcome addTags(ClusterAction.AddTags action, String ownerTag) {
        return retag(action.arn(), ownerTag, () -> aws.elastiCache().addTags(action.arn(), action.tags()));
    }

    Outcome removeTags(ClusterAction.RemoveTags action, String ownerTag) {
        return retag(
                action.arn(), ownerTag, () -> aws.elastiCache().removeTags(action.arn(), List.copyOf(action.keys())));
    }

    /** Sent only while the live tags still name the owner that the user agreed to take it from. */
    Outcome takeOver(ClusterAction.TakeOver action) {
        return retag(action.arn(), action.from(), () -> aws.elastiCache().addTags(action.arn(), action.tags()));
    }

    private Outcome retag(String arn, String ownerTag, Supplier<Result<Map<String, String>>> call) {
        return aws.ifOwned(
                Optional.of(arn),
                arn,
                ownerTag,
                () -> aws.settle(call.get(), all -> aws.sightings().present(tags(arn), all), tags(arn)));
    }

    private Outcome ifOurGroup(String id, Supplier<Outcome> call) {
        Optional<String> arn = aws.view().get(group(id)).found().map(ReplicationGroupState::arn);
        return aws.ifOwned(arn, id, aws.owner().tagValue(), call);
    }

    private Outcome ifOurMemcached(String id, Supplier<Outcome> call) {
        Optional<String> arn = aws.view().get(cluster(id)).found().map(CacheClusterState::arn);
        return aws.ifOwned(arn, id, aws.owner().tagValue(), call);
    }

    /** The answer to a write has none, and what clients connect with would lose them. */
    private CacheClusterState withNodes(CacheClusterState answered) {
        return aws.view()
                .get(cluster(answered.id()))
                .found()
                .map(answered::withNodesOf)
                .orElse(answered);
    }

    private Queries.ReplicationGroup group(String id) {
        return new Queries.ReplicationGroup(aws.region(), id);
    }

    private Queries.Members members(String id) {
        return new Queries.Members(aws.region(), id);
    }

    private Queries.CacheCluster cluster(String id) {
        return new Queries.CacheCluster(aws.region(), id);
    }

    private Queries.Tags tags(String arn) {
        return new Queries.Tags(aws.region(), arn);
    }
}
