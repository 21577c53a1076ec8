package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.Queries;
import io.cacheoperator.aws.SnapshotState;
import io.cacheoperator.core.Impact;
import io.cacheoperator.core.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The snapshot that precedes a deletion: a step of its own before the delete, for AWS's final snapshots can fail and the cache
 * is gone all the same.
 */
final class FinalSnapshot {

    /** What a user can do where there is no way to a snapshot. */
    static final String CHOICES = "set spec.deletionPolicy to Delete, which loses the data, or to Retain";

    /** Until somebody removes in AWS what is of no use. */
    private static final Duration NEXT_LOOK = Duration.ofSeconds(20);

    /**
     * So old may it be when the cache goes. Between the two somebody may have paused or protected the CacheCluster, or AWS may have refused
     * the delete, while applications went on writing. AWS takes a large one's time: hours, not days.
     */
    static final Duration RECENT = Duration.ofHours(6);

    private final PlanDraft draft;
    private final CacheCluster cr;
    private final ClusterInputs in;
    private final Fact<SnapshotState> snapshot;

    FinalSnapshot(PlanDraft draft, CacheCluster cr, ClusterInputs in) {
        this.draft = draft;
        this.cr = cr;
        this.in = in;
        this.snapshot = in.observed().finalSnapshot();
    }

    /** @return whether it is there and whole; if not, the draft has the way to it, or what is in the way */
    boolean taken(ExistingCache cache, Instant now) {
        switch (snapshot.answer()) {
            case Observation.Unknown<SnapshotState> unknown -> draft.read(snapshot);
            case Observation.Absent<SnapshotState> absent -> take(cache, now);
            case Observation.Present<SnapshotState> present -> {
                return available(present.state(), now);
            }
        }
        return false;
    }

    private void take(ExistingCache cache, Instant now) {
        if (!cache.settled()) {
            draft.running("AwaitAvailable", cache.id(), "status " + cache.status(), "AWS is at work on the cache");
            return;
        }
        if (!in.observed().ownershipIsFresh(now)) {
            draft.read(in.observed().tags());
            return;
        }
        Optional<String> name = snapshot.query()
                .filter(query -> query instanceof Queries.Snapshot)
                .map(query -> ((Queries.Snapshot) query).name());
        name.ifPresent(snapshotName -> {
            Map<String, String> tags = DesiredClusterFactory.subResourceTags(cr, in);
            draft.ready(
                    new ClusterAction.TakeSnapshot(snapshotName, cache.id(), tags),
                    ClusterAction.TakeSnapshot.STEP,
                    snapshotName,
                    Impact.IN_PLACE,
                    "takes the snapshot that precedes the deletion");
        });
    }

    private boolean recent(SnapshotState found, Instant now) {
        Optional<Instant> outdated =
                found.createTime().filter(at -> at.isBefore(in.wallTime().minus(RECENT)));
        outdated.ifPresent(at -> {
            draft.wakeAt(now.plus(NEXT_LOOK));
            draft.problem(
                    ClusterReason.SnapshotFailed,
                    "spec.deletionPolicy",
                    "snapshot " + found.name() + " was taken at " + at
                            + " and has nothing of what was written since, so the cache stays: delete that snapshot in AWS to have"
                            + " another one taken, or "
                            + CHOICES);
        });
        return outdated.isEmpty();
    }

    private boolean available(SnapshotState found, Instant now) {
        switch (found.status()) {
            case "available" -> {
                return recent(found, now);
            }
            case "failed" -> {
                draft.wakeAt(now.plus(NEXT_LOOK));
                draft.problem(
                        ClusterReason.SnapshotFailed,
                        "spec.deletionPolicy",
                        "snapshot " + found.name()
                                + " failed and the cache stays: delete that snapshot in AWS to have another one taken, or "
                                + CHOICES);
            }
            default ->
                draft.running(
                        ClusterAction.TakeSnapshot.STEP,
                        found.name(),
                        "status " + found.status(),
                        "AWS is taking the snapshot that precedes the deletion");
        }
        return false;
    }
}
