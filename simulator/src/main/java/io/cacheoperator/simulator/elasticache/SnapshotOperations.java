package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.Page;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.elasticache.model.CopySnapshotRequest;
import software.amazon.awssdk.services.elasticache.model.CopySnapshotResponse;
import software.amazon.awssdk.services.elasticache.model.CreateSnapshotRequest;
import software.amazon.awssdk.services.elasticache.model.CreateSnapshotResponse;
import software.amazon.awssdk.services.elasticache.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.elasticache.model.DeleteSnapshotResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.elasticache.model.Snapshot;

/** The operations on snapshots. */
final class SnapshotOperations {
    private static final int MOST_PER_PAGE = 50;
    private final Context.Source contexts;

    SnapshotOperations(Context.Source contexts) {
        this.contexts = contexts;
    }

    CreateSnapshotResponse create(CreateSnapshotRequest request, Call call) {
        Context c = contexts.of(call);
        String name = Identifiers.create("SnapshotName", request.snapshotName(), Identifiers.NAME_LENGTH);
        Map<String, String> tags = Tags.read(request.tags());
        if ((request.replicationGroupId() == null) == (request.cacheClusterId() == null)) {
            throw AwsError.invalidParameterCombination(
                    "Exactly one of ReplicationGroupId and CacheClusterId must be given.");
        }
        Snapshots.Source source = request.replicationGroupId() != null
                ? ofGroup(c, request.replicationGroupId())
                : ofCluster(c, request.cacheClusterId());
        Snapshots.checkNew(c, name);
        Snapshots.countManual(c, source);
        Map<String, String> inherited = Tags.of(
                c,
                source.group()
                        .map(group -> group.shown().arn())
                        .orElseGet(() -> source.cluster().shown().arn()));
        SnapshotState snapshot = Snapshots.start(
                c, source, name, "manual", Optional.ofNullable(request.kmsKeyId()), tags.isEmpty() ? inherited : tags);
        source.group()
                .ifPresentOrElse(
                        group -> GroupLifecycle.begin(
                                c, group, "snapshotting", c.durations().snapshot(), GroupLifecycle::finish),
                        () -> ClusterLifecycle.begin(
                                c,
                                source.cluster(),
                                "snapshotting",
                                c.durations().snapshot(),
                                (then, now) -> now));
        return CreateSnapshotResponse.builder().snapshot(snapshot.view(false)).build();
    }

    private static Snapshots.Source ofGroup(Context c, String id) {
        GroupState group = DescribeReplicationGroups.group(c, id);
        if (!group.available()) {
            throw ElastiCacheErrors.replicationGroupState(
                    "Replication group %s is not in available state.".formatted(group.id()));
        }
        return Snapshots.Source.of(c, group);
    }

    private static Snapshots.Source ofCluster(Context c, String given) {
        String id = Identifiers.required("CacheClusterId", given);
        ClusterState cluster =
                c.state().clusters.find(id).orElseThrow(() -> ElastiCacheErrors.cacheClusterNotFound(id));
        Optional<GroupState> group = c.state().groupOf(cluster);
        if (!cluster.available() || group.filter(owner -> !owner.available()).isPresent()) {
            throw ElastiCacheErrors.cacheClusterState("Cache cluster %s is not in available state.".formatted(id));
        }
        if (cluster.memcached()) {
            throw ElastiCacheErrors.snapshotUnsupported("Snapshots are not supported for engine memcached.");
        }
        if (cluster.shown().cacheNodeType().equals("cache.t1.micro")) {
            throw ElastiCacheErrors.snapshotUnsupported("Snapshots are not supported for cache.t1.micro.");
        }
        if (group.filter(GroupState::clusterEnabled).isPresent()) {
            throw ElastiCacheErrors.snapshotUnsupported(
                    "A snapshot of a replication group with cluster mode enabled needs ReplicationGroupId.");
        }
        return new Snapshots.Source(group, cluster);
    }

    DescribeSnapshotsResponse describe(DescribeSnapshotsRequest request, Call call) {
        Context c = contexts.of(call);
        boolean configurations = Boolean.TRUE.equals(request.showNodeGroupConfig());
        Settings.oneOf("SnapshotSource", request.snapshotSource(), "system", "user");
        var snapshots = c.state().snapshots.at(call.readAt());
        if (request.snapshotName() != null) {
            String name = Identifiers.required("SnapshotName", request.snapshotName());
            SnapshotState snapshot = snapshots.find(name).orElseThrow(() -> ElastiCacheErrors.snapshotNotFound(name));
            return DescribeSnapshotsResponse.builder()
                    .snapshots(snapshot.view(configurations))
                    .build();
        }
        List<SnapshotState> all = snapshots.values().stream()
                .filter(snapshot -> matches(snapshot.shown(), request))
                .toList();
        Page<SnapshotState> page =
                Paging.page(all, SnapshotState::name, request.marker(), request.maxRecords(), MOST_PER_PAGE);
        return DescribeSnapshotsResponse.builder()
                .snapshots(page.items().stream()
                        .map(snapshot -> snapshot.view(configurations))
                        .toList())
                .marker(page.next().orElse(null))
                .build();
    }

    private static boolean matches(Snapshot snapshot, DescribeSnapshotsRequest request) {
        String wanted = request.snapshotSource();
        return (request.replicationGroupId() == null
                        || request.replicationGroupId().equalsIgnoreCase(snapshot.replicationGroupId()))
                && (request.cacheClusterId() == null
                        || request.cacheClusterId().equalsIgnoreCase(snapshot.cacheClusterId()))
                && (wanted == null || snapshot.snapshotSource().equals(wanted.equals("user") ? "manual" : "automated"));
    }

    CopySnapshotResponse copy(CopySnapshotRequest request, Call call) {
        Context c = contexts.of(call);
        String source = Identifiers.required("SourceSnapshotName", request.sourceSnapshotName());
        String target = Identifiers.create("TargetSnapshotName", request.targetSnapshotName(), Identifiers.NAME_LENGTH);
        Map<String, String> tags = Tags.read(request.tags());
        SnapshotState from =
                c.state().snapshots.find(source).orElseThrow(() -> ElastiCacheErrors.snapshotNotFound(source));
        Snapshots.checkNew(c, target);
        checkAvailable(from);
        boolean exported =
                request.targetBucket() != null && !request.targetBucket().isEmpty();
        if (exported && "enabled".equals(from.shown().dataTieringAsString())) {
            throw AwsError.invalidParameterCombination("Snapshots with data tiering cannot be exported.");
        }
        SnapshotState copy = new SnapshotState(
                from.shown()
                        .copy(b -> b.snapshotName(target)
                                .snapshotSource("manual")
                                .snapshotStatus(exported ? "exporting" : "creating")
                                .kmsKeyId(
                                        request.kmsKeyId() == null
                                                ? from.shown().kmsKeyId()
                                                : request.kmsKeyId())
                                .arn(c.arn("snapshot", target))),
                from.clusterMode(),
                from.encrypted(),
                c.now());
        c.state().snapshots.put(target, copy, c.now());
        Tags.create(
                c, copy.shown().arn(), tags.isEmpty() ? Tags.of(c, from.shown().arn()) : tags);
        c.state().snapshots.put(source, from.withStatus("copying"), c.now());
        c.after(c.durations().snapshot(), then -> copied(then, source, target, exported));
        return CopySnapshotResponse.builder().snapshot(copy.view(false)).build();
    }

    /** An export leaves an object in a bucket and no snapshot. */
    private static void copied(Context c, String source, String target, boolean exported) {
        c.state().snapshots.update(source, c.now(), s -> s.status().equals("copying") ? s.withStatus("available") : s);
        if (exported) {
            c.state().snapshots.remove(target, c.now());
        } else {
            c.state()
                    .snapshots
                    .update(target, c.now(), s -> s.status().equals("creating") ? s.withStatus("available") : s);
        }
    }

    DeleteSnapshotResponse delete(DeleteSnapshotRequest request, Call call) {
        Context c = contexts.of(call);
        String name = Identifiers.required("SnapshotName", request.snapshotName());
        SnapshotState snapshot =
                c.state().snapshots.find(name).orElseThrow(() -> ElastiCacheErrors.snapshotNotFound(name));
        if (!snapshot.status().equals("failed")) {
            checkAvailable(snapshot);
        }
        SnapshotState deleting = snapshot.withStatus("deleting");
        c.state().snapshots.put(name, deleting, c.now());
        c.after(c.durations().delete(), then -> {
            then.state().snapshots.remove(name, then.now());
            Tags.remove(then, snapshot.shown().arn());
        });
        return DeleteSnapshotResponse.builder().snapshot(deleting.view(false)).build();
    }

    private static void checkAvailable(SnapshotState snapshot) {
        if (!snapshot.available()) {
            throw AwsError.badRequest(
                    "InvalidSnapshotState",
                    "Snapshot %s is in %s state.".formatted(snapshot.name(), snapshot.status()));
        }
    }
}
