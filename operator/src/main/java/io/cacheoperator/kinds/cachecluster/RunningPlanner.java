package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.CacheClusterState;
import io.cacheoperator.core.Impact;
import io.cacheoperator.core.Owner;
import io.cacheoperator.core.Ownership;
import io.cacheoperator.core.Plan;
import io.cacheoperator.k8s.SecretIndex;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Plans for a cache that exists: whose it is, whether it is settled, what its clients need, what differs. */
final class RunningPlanner {

    /** Names the owner whose cache is to be taken over. */
    static final String TAKE_OVER_FROM = "cacheoperator.io/take-over-from";

    private final CacheCluster cr;
    private final ClusterInputs in;
    private final ObservedCluster observed;
    private final ExistingCache cache;
    private final Instant now;
    private final PlanDraft draft = new PlanDraft();

    private RunningPlanner(CacheCluster cr, ClusterInputs in, ExistingCache cache, Instant now) {
        this.now = now;
        this.cr = cr;
        this.in = in;
        this.observed = in.observed();
        this.cache = cache;
    }

    static Plan<ClusterAction> plan(CacheCluster cr, ClusterInputs in, ExistingCache cache, Instant now) {
        RunningPlanner planner = new RunningPlanner(cr, in, cache, now);
        if (planner.isOurs(now)) {
            ConnectionSteps.adopt(planner.draft, in);
            planner.byStatus();
        }
        return planner.draft.build();
    }

    /** Recorded in status or hinted at is enough to go on; every write asks for proof by itself. */
    private boolean isOurs(Instant now) {
        Ownership ownership = observed.ownership();
        switch (ownership) {
            case Ownership.Ours ours -> {
                return true;
            }
            case Ownership.Foreign(String owner) -> takeOver(owner, now);
            case Ownership.Nobody nobody -> draft.problem(Owners.notOurs(nobody, describe()));
            case Ownership.OwnerUnknown unknown -> {
                if (observed.looksOurs(recordedArn())) {
                    return true;
                }
                askWhose();
            }
        }
        return false;
    }

    private Optional<String> recordedArn() {
        return Optional.ofNullable(cr.getStatus()).flatMap(status -> Optional.ofNullable(status.arn()));
    }

    private String describe() {
        return (cache.group().isPresent() ? "replication group " : "cache cluster ") + cache.id();
    }

    /** Tags can be read only while the cache is available: until then it waits, and that is no error. */
    private void askWhose() {
        if (cache.status().equals("available")) {
            draft.read(observed.tags());
        } else {
            draft.waitForOwner(cache);
        }
    }

    private void takeOver(String owner, Instant now) {
        Map<String, String> annotations =
                Optional.ofNullable(cr.getMetadata().getAnnotations()).orElse(Map.of());
        if (!owner.equals(annotations.get(TAKE_OVER_FROM))) {
            draft.problem(
                    ClusterReason.ForeignOwner,
                    "spec.id",
                    describe() + " belongs to " + owner + ": choose another id, or take it over with annotation "
                            + TAKE_OVER_FROM + ": " + owner);
            return;
        }
        if (!in.settings().allow().permitsTakeOver(in.owner().namespace(), owner)) {
            draft.problem(
                    ClusterReason.NotAllowed,
                    "metadata.annotations",
                    "the operator's allow list does not let namespace "
                            + in.owner().namespace() + " take over what belongs to " + owner);
            return;
        }
        if (!observed.ownershipIsFresh(now)) {
            draft.read(observed.tags());
            return;
        }
        draft.ready(
                new ClusterAction.TakeOver(
                        cache.arn(), owner, Map.of(Owner.TAG, in.owner().tagValue())),
                "TakeOver",
                cache.id(),
                Impact.NONE,
                "takes " + describe() + " over from " + owner);
    }

    private void byStatus() {
        switch (cache.status()) {
            case "creating" -> {
                draft.running(
                        cache.group().isPresent() ? "CreateReplicationGroup" : "CreateCacheCluster",
                        cache.id(),
                        "status creating",
                        "AWS is making the cache");
                draft.later(
                        ConnectionSteps.NAME,
                        observed.names().connectionSecret(),
                        Impact.NONE,
                        "the cache to be available",
                        "writes what clients need to connect");
            }
            case "deleting" ->
                draft.running(
                        cache.group().isPresent() ? "DeleteReplicationGroup" : "DeleteCacheCluster",
                        cache.id(),
                        "status deleting",
                        "somebody else deletes the cache");
            case "create-failed" ->
                draft.problem(
                        ClusterReason.CreateFailed,
                        "spec",
                        "AWS could not make the cache; its events tell why (aws elasticache describe-events "
                                + "--source-identifier " + cache.id() + "). Delete this CacheCluster, which deletes "
                                + "without a snapshot, for there is nothing to save, and apply it again with another "
                                + "node type, zone or subnet");
            case "restore-failed", "incompatible-network" ->
                draft.problem(
                        ClusterReason.CacheFailed,
                        "spec",
                        describe() + " is " + cache.status() + ": see its events in AWS, or ask AWS for support");
            default -> alive();
        }
    }

    private void alive() {
        Fact<?> members = observed.members();
        if (cache.group().isPresent() && members.isUnknown()) {
            draft.read(members);
            return;
        }
        ConnectionSteps.plan(draft, cr, in, cache);
        lookAgainAtToken();
        if (!cache.settled()) {
            draft.running("AwaitAvailable", cache.id(), "status " + unsettled(), "AWS is at work on the cache");
        }
        ChangeSteps.plan(draft, new Sight(cr, in, cache), now);
    }

    /** A user's Secret without our label is not watched. */
    private void lookAgainAtToken() {
        in.tokenSecret()
                .found()
                .filter(token -> !token.watched())
                .ifPresent(token -> draft.wakeAt(now.plus(SecretIndex.BELIEVED)));
    }

    /** AWS's word for the first thing that is not available. */
    private String unsettled() {
        return cache.status().equals("available")
                ? cache.members().stream()
                        .map(CacheClusterState::status)
                        .filter(status -> !status.equals("available"))
                        .findFirst()
                        .orElse("modifying")
                : cache.status();
    }
}
