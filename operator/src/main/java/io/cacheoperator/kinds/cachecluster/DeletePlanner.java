package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.ReplicationGroupState;
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

    private static final String DELETE_TOKEN = "DeleteTokenSecret";

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
        if (in.crdTerminating()) {
            return release("the CustomResourceDefinition is being deleted, and with it every CacheCluster");
        }
        if (Boolean.TRUE.equals(cr.getSpec().deletionProtection())) {
            draft.problem(
                    ClusterReason.DeletionProtected,
                    "spec.deletionProtection",
                    "deletion is refused: set spec.deletionProtection to false to let it go on");
            return draft.build();
        }
        DeletionPolicy policy =
                DesiredClusterFactory.deletionPolicy(cr, in.settings().defaults());
        if (policy == DeletionPolicy.RETAIN) {
            return release("the deletion policy is Retain");
        }
        Optional<ExistingCache> cache = observed.cache();
        boolean cacheGone = cache.map(c -> leaveOrDelete(c, policy, now)).orElseGet(() -> confirmAbsence(now));
        if (!cacheGone || draft.asks()) {
            return draft.build();
        }
        boolean allGone = new CleanupSteps(draft, cr, in).plan(now);
        return allGone && !draft.asks() && tokenGone(cache) ? draft.finished() : draft.build();
    }

    /** @return whether nothing is left to do about the token's Secret, which stays for a cache that lives on as another's */
    private boolean tokenGone(Optional<ExistingCache> cache) {
        String name = observed.names().tokenSecret();
        if (cache.isPresent()) {
            return true;
        }
        if (in.keptToken().isUnknown()) {
            draft.later(DELETE_TOKEN, name, Impact.NONE, "the Secret to be read", "removes the token's Secret");
            return false;
        }
        boolean there = in.keptToken().found().filter(TokenSecret::ours).isPresent();
        if (there) {
            draft.ready(
                    new ClusterAction.DeleteTokenSecret(name),
                    DELETE_TOKEN,
                    name,
                    Impact.NONE,
                    "removes the token's Secret, for the cache is gone");
        }
        return !there;
    }

    /** Leaves AWS as it is; the Secrets stay with the cache, so Kubernetes must not collect them with the CR. */
    private Plan<ClusterAction> release(String why) {
        if (in.keptToken().isUnknown() || in.connectionSecret().isUnknown()) {
            draft.later(
                    "ReleaseSecrets",
                    observed.names().connectionSecret(),
                    Impact.NONE,
                    "the Secrets to be read",
                    "keeps the Secrets with the cache");
            return draft.build();
        }
        List<String> referenced = new ArrayList<>();
        in.keptToken().found().filter(TokenSecret::referenced).ifPresent(secret -> referenced.add(secret.name()));
        in.connectionSecret()
                .found()
                .filter(ConnectionSecretState::referenced)
                .ifPresent(secret -> referenced.add(observed.names().connectionSecret()));
        if (referenced.isEmpty()) {
            if (!observed.existence().isAbsent()) {
                leave(observed.names().cacheId() + " and what was made for it stay in AWS: " + why);
            }
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
        Instant believedFrom = in.lastCreate().plus(HIDDEN);
        if (!createMayBeHidden() || answeredSince(believedFrom)) {
            return true;
        }
        if (now.isBefore(believedFrom)) {
            draft.wakeAt(believedFrom);
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
        Optional<CacheClusterStatus> written = Optional.ofNullable(cr.getStatus());
        if (written.filter(status -> status.id() != null).isPresent()) {
            return written.get().phase() == Phase.CREATING;
        }
        return written.filter(this::tellsOfThisSpec).isEmpty() || plansCreate(written.get());
    }

    /** Nothing was edited since but that it is to be deleted, which counts as an edit. */
    private boolean tellsOfThisSpec(CacheClusterStatus status) {
        long seen = Optional.ofNullable(status.observedGeneration()).orElse(-1L);
        return seen >= 0 && seen >= cr.getMetadata().getGeneration() - 1 && status.phase() != Phase.DELETING;
    }

    private boolean plansCreate(CacheClusterStatus status) {
        String create = CreateRequests.operation(cr.getSpec().engine());
        return Optional.ofNullable(status.plan()).stream()
                .flatMap(plan -> plan.steps().stream())
                .anyMatch(step -> create.equals(step.action()));
    }

    /** @return whether nothing of ours is left of it: true only for a cache that is somebody else's */
    private boolean leaveOrDelete(ExistingCache cache, DeletionPolicy policy, Instant now) {
        switch (observed.ownership()) {
            case Ownership.Ours ours -> deleteOurs(cache, policy, now);
            case Ownership.OwnerUnknown unknown -> {
                return askOrWait(cache);
            }
            case Ownership.Foreign(String owner) -> {
                return leaveForeign(cache, owner);
            }
            case Ownership.Nobody nobody -> {
                leave(cache.id() + " carries no owner tag and is left as it is in AWS");
                return true;
            }
        }
        return false;
    }

    private boolean leaveForeign(ExistingCache cache, String owner) {
        leave(cache.id() + " belongs to " + owner + " and is left as it is in AWS");
        return true;
    }

    private void leave(String what) {
        draft.problem(new Problem(ClusterReason.LeftBehind, Retry.SLOWLY, Optional.empty(), what));
    }

    /** AWS tells the tags of what is available; what will never be again has to be asked all the same. @return whether it is to be left */
    private boolean askOrWait(ExistingCache cache) {
        switch (cache.status()) {
            case "available", "incompatible-network", "restore-failed" -> draft.read(observed.tags());
            case "create-failed" -> {
                return leaveOrDeleteFailed(cache);
            }
            default -> draft.waitForOwner(cache);
        }
        return false;
    }

    /** What AWS could not make has nothing to lose, and its tags cannot be read: hints decide. */
    private boolean leaveOrDeleteFailed(ExistingCache cache) {
        Optional<String> recorded =
                Optional.ofNullable(cr.getStatus()).flatMap(status -> Optional.ofNullable(status.arn()));
        if (cache.group().isPresent() && observed.looksOurs(recorded)) {
            draft.ready(
                    new ClusterAction.DeleteFailedGroup(cache.id()),
                    "DeleteReplicationGroup",
                    cache.id(),
                    Impact.NONE,
                    "deletes what AWS could not make");
            return false;
        }
        if (Owners.hinted(observed.tagHint(), observed.names().owner().tagValue())
                instanceof Ownership.Foreign(String owner)) {
            return leaveForeign(cache, owner);
        }
        draft.read(observed.tags());
        return false;
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
        boolean save = policy == DeletionPolicy.SNAPSHOT && cache.group().isPresent() && everLived;
        if (save && !new FinalSnapshot(draft, cr, in).taken(cache, now)) {
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
        if (cache.status().equals("available") && !observed.ownershipIsFresh(now)) {
            draft.read(observed.tags());
            return;
        }
        ClusterAction delete = cache.group().isPresent()
                ? new ClusterAction.DeleteGroup(cache.id())
                : new ClusterAction.DeleteMemcached(cache.id());
        draft.ready(delete, operation(cache), cache.id(), Impact.DATA_LOSS, "deletes the cache");
    }

    private static String operation(ExistingCache cache) {
        return cache.group().isPresent() ? "DeleteReplicationGroup" : "DeleteCacheCluster";
    }
}
