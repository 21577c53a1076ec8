package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.Queries;
import io.cacheoperator.aws.ReplicationGroupState;
import io.cacheoperator.aws.SnapshotState;
import io.cacheoperator.core.Failure.Retry;
import io.cacheoperator.core.Impact;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Ownership;
import io.cacheoperator.core.Plan;
import io.cacheoperator.core.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plans the end of a cluster: a snapshot that is awaited, the cache, its absence confirmed, then what was made for it. Every
 * name is derived, so that it needs no status; what is not proven ours is left and named.
 */
final class DeletePlanner {

    /** So long after its create call a cache may be missing from answers; aws-behaviour.md, 4.3. */
    static final Duration HIDDEN = Duration.ofMinutes(2);

    /**
     * So old may the proof be that the cache is ours when it is deleted. For other writes a proof is good for longer; but another
     * Kubernetes cluster may have taken the cache over since, and a delete cannot be taken back.
     */
    static final Duration FRESH = Duration.ofMinutes(1);

    private final CacheCluster cr;
    private final ClusterInputs in;
    private final ObservedCluster observed;
    private final PlanDraft draft = new PlanDraft();

    private DeletePlanner(CacheCluster cr, ClusterInputs in) {
        this.cr = cr;
        this.in = in;
        this.observed = in.observed();
    }

    static Plan<ClusterAction> plan(CacheCluster cr, ClusterInputs in, Instant now) {
        return new DeletePlanner(cr, in).plan(now);
    }

    private Plan<ClusterAction> plan(Instant now) {
        DeletionPolicy policy = in.crdTerminating()
                ? DeletionPolicy.RETAIN
                : DesiredClusterFactory.deletionPolicy(
                        cr.getSpec(), in.settings().defaults());
        if (policy == DeletionPolicy.RETAIN) {
            return release();
        }
        if (Boolean.TRUE.equals(cr.getSpec().deletionProtection())) {
            draft.problem(
                    ClusterReason.DeletionProtected,
                    "spec.deletionProtection",
                    "deletion is refused: set spec.deletionProtection to false to let it go on");
            return draft.build();
        }
        Optional<ExistingCache> cache = observed.cache();
        boolean cacheGone = cache.map(c -> leaveOrDelete(c, policy, now)).orElseGet(() -> confirmAbsence(now));
        if (!cacheGone || draft.asks()) {
            return draft.build();
        }
        boolean allGone = new CleanupSteps(draft, cr, in).plan(now);
        return allGone && !draft.asks() ? draft.finished() : draft.build();
    }

    /** Retain leaves AWS as it is; the Secrets stay with the cache, so Kubernetes must not collect them with the CR. */
    private Plan<ClusterAction> release() {
        if (in.tokenSecret().isUnknown() || in.connectionSecret().isUnknown()) {
            draft.later(
                    "ReleaseSecrets",
                    observed.names().connectionSecret(),
                    Impact.NONE,
                    "the Secrets to be read",
                    "keeps the Secrets with the cache");
            return draft.build();
        }
        List<String> referenced = new ArrayList<>();
        in.tokenSecret().found().filter(TokenSecret::referenced).ifPresent(secret -> referenced.add(secret.name()));
        in.connectionSecret()
                .found()
                .filter(ConnectionSecretState::referenced)
                .ifPresent(secret -> referenced.add(observed.names().connectionSecret()));
        if (referenced.isEmpty()) {
            return draft.finished();
        }
        draft.ready(
                new ClusterAction.ReleaseSecrets(referenced),
                "ReleaseSecrets",
                observed.names().connectionSecret(),
                Impact.NONE,
                "keeps the Secrets with the cache, which is retained");
        return draft.build();
    }

    /**
     * A bulk read may have missed it between two pages. And where the call that makes it may just have had its effect without
     * our knowing, even a call that names it says for a while that it is not there: to believe that would leave a cache behind
     * that nobody knows of.
     */
    private boolean confirmAbsence(Instant now) {
        if (!observed.existence().isConfirmedAbsent()) {
            draft.read(observed.existence());
            return false;
        }
        Optional<Instant> believedFrom =
                createMayBeHidden() ? deletedAt().map(at -> at.plus(HIDDEN)) : Optional.empty();
        if (believedFrom.isEmpty() || answeredSince(believedFrom.get())) {
            return true;
        }
        if (now.isBefore(believedFrom.get())) {
            draft.wakeAt(believedFrom.get());
            draft.running(
                    CreateRequests.operation(cr.getSpec().engine()),
                    observed.names().cacheId(),
                    "AWS to show whether it was made",
                    "the call that makes the cache may have been sent just before the deletion");
        } else {
            draft.read(observed.existence());
        }
        return false;
    }

    private boolean answeredSince(Instant instant) {
        return observed.existence().answer() instanceof Observation.Absent<?> absent
                && !absent.asOf().isBefore(instant);
    }

    /** Unless status tells of a cache that was seen, or of what kept the call from being sent. */
    private boolean createMayBeHidden() {
        Optional<CacheClusterStatus> written = Optional.ofNullable(cr.getStatus())
                .filter(status ->
                        Optional.ofNullable(status.observedGeneration()).orElse(-1L) >= 0);
        if (written.isEmpty()) {
            return true;
        }
        String create = CreateRequests.operation(cr.getSpec().engine());
        boolean planned = written.flatMap(status -> Optional.ofNullable(status.plan())).stream()
                .flatMap(plan -> plan.steps().stream())
                .anyMatch(step -> create.equals(step.action()));
        return planned || written.get().phase() == Phase.CREATING;
    }

    /** No create is sent later than this: the deletion is seen before the next step is planned. */
    private Optional<Instant> deletedAt() {
        return Optional.ofNullable(cr.getMetadata().getDeletionTimestamp()).map(Instant::parse);
    }

    /** @return whether nothing of ours is left of it: true only for a cache that is somebody else's */
    private boolean leaveOrDelete(ExistingCache cache, DeletionPolicy policy, Instant now) {
        switch (observed.ownership()) {
            case Ownership.Ours ours -> deleteOurs(cache, policy, now);
            case Ownership.OwnerUnknown unknown -> askOrWait(cache);
            case Ownership.Foreign(String owner) -> {
                leave(cache.id() + " belongs to " + owner);
                return true;
            }
            case Ownership.Nobody nobody -> {
                leave(cache.id() + " carries no owner tag");
                return true;
            }
        }
        return false;
    }

    private void leave(String why) {
        draft.problem(new Problem(
                ClusterReason.LeftBehind, Retry.SLOWLY, Optional.empty(), why + " and is left as it is in AWS"));
    }

    /** Tags can be read only of what is available. What AWS could not make has nothing to lose, and hints decide. */
    private void askOrWait(ExistingCache cache) {
        switch (cache.status()) {
            case "available" -> draft.read(observed.tags());
            case "create-failed" -> {
                Optional<String> recorded =
                        Optional.ofNullable(cr.getStatus()).flatMap(status -> Optional.ofNullable(status.arn()));
                if (cache.group().isPresent() && observed.looksOurs(recorded)) {
                    draft.ready(
                            new ClusterAction.DeleteFailedGroup(cache.id()),
                            "DeleteReplicationGroup",
                            cache.id(),
                            Impact.NONE,
                            "deletes what AWS could not make");
                } else {
                    draft.read(observed.tags());
                }
            }
            default ->
                draft.running(
                        "ListTagsForResource",
                        cache.id(),
                        "status " + cache.status(),
                        "whose " + cache.id() + " is can be read when it is available");
        }
    }

    private void deleteOurs(ExistingCache cache, DeletionPolicy policy, Instant now) {
        if (cache.status().equals("deleting")) {
            draft.running(operation(cache), cache.id(), "status deleting", "AWS is deleting the cache");
            return;
        }
        Optional<String> global = cache.group().flatMap(ReplicationGroupState::globalReplicationGroupId);
        if (global.isPresent()) {
            draft.problem(
                    ClusterReason.GlobalDatastoreMember,
                    "spec",
                    cache.id() + " is a member of global datastore " + global.get() + ": disassociate it in AWS first");
            return;
        }
        boolean everLived = !List.of("create-failed", "restore-failed").contains(cache.status());
        if (policy == DeletionPolicy.SNAPSHOT && cache.group().isPresent() && everLived && !snapshotTaken(cache)) {
            draft.later(operation(cache), cache.id(), Impact.DATA_LOSS, "the snapshot", "deletes the cache");
            return;
        }
        boolean busy =
                everLived && !List.of("available", "incompatible-network").contains(cache.status());
        if (busy) {
            draft.running("AwaitAvailable", cache.id(), "status " + cache.status(), "AWS is at work on the cache");
            draft.later(
                    operation(cache), cache.id(), Impact.DATA_LOSS, "the cache to be available", "deletes the cache");
            return;
        }
        if (cache.status().equals("available") && !provenAt(now)) {
            draft.read(observed.tags());
            return;
        }
        ClusterAction delete = cache.group().isPresent()
                ? new ClusterAction.DeleteGroup(cache.id())
                : new ClusterAction.DeleteMemcached(cache.id());
        draft.ready(delete, operation(cache), cache.id(), Impact.DATA_LOSS, "deletes the cache");
    }

    private boolean provenAt(Instant now) {
        return observed.tags().answer() instanceof Observation.Present<?> proof
                && proof.source() == Observation.Source.TARGETED
                && !proof.asOf().plus(FRESH).isBefore(now);
    }

    /** Its own step before the delete, for AWS's final snapshots can fail and the cache is gone all the same. */
    private boolean snapshotTaken(ExistingCache cache) {
        switch (observed.finalSnapshot().answer()) {
            case Observation.Unknown<SnapshotState> unknown -> draft.read(observed.finalSnapshot());
            case Observation.Absent<SnapshotState> absent -> takeSnapshot(cache);
            case Observation.Present<SnapshotState> present -> {
                return available(present.state());
            }
        }
        return false;
    }

    private void takeSnapshot(ExistingCache cache) {
        if (!cache.settled()) {
            draft.running("AwaitAvailable", cache.id(), "status " + cache.status(), "AWS is at work on the cache");
            return;
        }
        Optional<String> name = observed.finalSnapshot()
                .query()
                .filter(query -> query instanceof Queries.Snapshot)
                .map(query -> ((Queries.Snapshot) query).name());
        name.ifPresent(snapshot -> {
            Map<String, String> tags = DesiredClusterFactory.subResourceTags(cr, in);
            draft.ready(
                    new ClusterAction.TakeSnapshot(snapshot, cache.id(), tags),
                    "CreateSnapshot",
                    snapshot,
                    Impact.IN_PLACE,
                    "takes the snapshot that precedes the deletion");
        });
    }

    private boolean available(SnapshotState snapshot) {
        switch (snapshot.status()) {
            case "available" -> {
                return true;
            }
            case "failed" ->
                draft.problem(
                        ClusterReason.SnapshotFailed,
                        "spec.deletionPolicy",
                        "snapshot " + snapshot.name()
                                + " failed and the cache stays: delete that snapshot in AWS to have "
                                + "another one taken, or set spec.deletionPolicy to Delete or Retain");
            default ->
                draft.running(
                        "CreateSnapshot",
                        snapshot.name(),
                        "status " + snapshot.status(),
                        "AWS is taking the snapshot that precedes the deletion");
        }
        return false;
    }

    private static String operation(ExistingCache cache) {
        return cache.group().isPresent() ? "DeleteReplicationGroup" : "DeleteCacheCluster";
    }
}
