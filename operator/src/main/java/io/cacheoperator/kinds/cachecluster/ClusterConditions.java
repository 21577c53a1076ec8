package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.core.Condition;
import io.cacheoperator.core.Condition.Status;
import io.cacheoperator.core.Step;
import io.cacheoperator.k8s.SecretIndex;
import io.cacheoperator.kinds.cachecluster.ClusterVerdict.Why;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A cluster's conditions as kstatus reads them; api.md, "Conditions". Reconciling and Stalled are never both True, and
 * absent when False; a condition's time moves only when its status does.
 */
final class ClusterConditions {

    static final String READY = "Ready";
    static final String SYNCED = "Synced";
    static final String RECONCILING = "Reconciling";
    static final String STALLED = "Stalled";
    static final String PLAN_PENDING = "PlanPending";
    static final String DRIFTED = "Drifted";
    static final String SECRET_WRITTEN = "SecretWritten";
    static final String DELETION_BLOCKED = "DeletionBlocked";

    private static final Set<ClusterReason> OF_THE_SECRET =
            Set.of(ClusterReason.SecretNotOurs, ClusterReason.SecretTypeConflict, ClusterReason.SecretRefused);

    private static final int LONGEST_MESSAGE = 32_768;

    private final List<Condition> before;
    private final Instant now;
    private final long generation;
    private final List<Condition> conditions = new ArrayList<>();

    private ClusterConditions(List<Condition> before, long generation, Instant now) {
        this.before = before;
        this.generation = generation;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    static List<Condition> of(
            ClusterVerdict verdict, List<DriftEntry> drift, List<Condition> before, long generation, Instant now) {
        ClusterConditions builder = new ClusterConditions(before, generation, now);
        builder.ready(verdict);
        builder.synced(verdict);
        builder.progress(verdict);
        builder.plan(verdict);
        builder.drifted(verdict, drift);
        builder.secret(verdict);
        builder.deletion(verdict);
        return List.copyOf(builder.conditions);
    }

    private void ready(ClusterVerdict verdict) {
        Optional<Why> lasting = verdict.stalled().or(() -> verdict.failing().filter(Why::lasting));
        if (verdict.deleting()) {
            add(READY, Status.FALSE, ClusterReason.Deleting, "The cache is being deleted");
        } else if (staysReady(verdict)) {
            keep(READY);
        } else if (lasting.isPresent()) {
            add(READY, Status.FALSE, lasting.get().reason(), lasting.get().message());
        } else if (verdict.usable()) {
            add(READY, Status.TRUE, ClusterReason.InSync, "The cache can be connected to with its Secret");
        } else {
            Why why = notYet(verdict);
            add(READY, Status.FALSE, why.reason(), why.message());
        }
    }

    /** While AWS does not answer nothing new is known of the cache; but of the Secret, and of what only the user can mend. */
    private boolean staysReady(ClusterVerdict verdict) {
        return verdict.blind()
                && wasReady()
                && !verdict.secretMissing()
                && verdict.stalled().isEmpty();
    }

    private boolean wasReady() {
        return find(READY).map(c -> c.status() == Status.TRUE).orElse(false);
    }

    private void synced(ClusterVerdict verdict) {
        if (verdict.synced()) {
            add(SYNCED, Status.TRUE, ClusterReason.InSync, "The cache is as the spec says");
        } else {
            Why why = notYet(verdict);
            add(SYNCED, Status.FALSE, why.reason(), why.message());
        }
    }

    /** Why it is not as it should be, the heaviest reason first. */
    private static Why notYet(ClusterVerdict verdict) {
        if (verdict.paused()) {
            return new Why(ClusterReason.Paused, "Paused by annotation: nothing is written to AWS", false);
        }
        return verdict.stalled().or(verdict::failing).orElseGet(() -> atWork(verdict));
    }

    private static Why atWork(ClusterVerdict verdict) {
        String summary = verdict.summary();
        if (verdict.deleting()) {
            return new Why(ClusterReason.Deleting, or(summary, "The cache is being deleted"), false);
        }
        if (verdict.blind()) {
            return new Why(ClusterReason.Observing, "AWS has not answered yet", false);
        }
        if (verdict.cache().isEmpty() || verdict.creating()) {
            return new Why(ClusterReason.Creating, or(summary, "The cache is being made"), false);
        }
        return verdict.changes()
                .filter(step -> step.state() == Step.State.Refused)
                .findFirst()
                .filter(refused -> !verdict.working())
                .map(refused -> new Why(ClusterReason.UnsupportedChange, refused.message(), false))
                .orElseGet(() -> new Why(ClusterReason.Modifying, or(summary, "The cache is being changed"), false));
    }

    private static String or(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }

    private void progress(ClusterVerdict verdict) {
        if (verdict.stalled().isPresent()) {
            Why why = verdict.stalled().get();
            add(STALLED, Status.TRUE, why.reason(), why.message());
        } else if (verdict.working()) {
            Why why = verdict.failing().orElseGet(() -> atWork(verdict));
            add(RECONCILING, Status.TRUE, why.reason(), why.message());
        }
    }

    private void plan(ClusterVerdict verdict) {
        if (verdict.pending()) {
            add(PLAN_PENDING, Status.TRUE, ClusterReason.Modifying, verdict.summary());
        }
    }

    private void drifted(ClusterVerdict verdict, List<DriftEntry> drift) {
        if (!drift.isEmpty()) {
            add(
                    DRIFTED,
                    Status.TRUE,
                    ClusterReason.DriftDetected,
                    drift.size() + (drift.size() == 1 ? " field differs" : " fields differ")
                            + " in AWS; see status.drift");
        } else if (unseen(verdict)) {
            add(DRIFTED, Status.UNKNOWN, ClusterReason.AwsError, whatIsUnseen(verdict));
        } else if (verdict.reachable()) {
            add(DRIFTED, Status.FALSE, ClusterReason.InSync, "Nothing was changed in AWS by others");
        } else if (verdict.blind()) {
            keep(DRIFTED);
        }
    }

    /** AWS refuses to say something of a cache that was, or is, compared with its spec. */
    private boolean unseen(ClusterVerdict verdict) {
        boolean compared = verdict.reachable() || find(DRIFTED).isPresent();
        return compared && !verdict.deleting() && !verdict.refusals().isEmpty();
    }

    private static String whatIsUnseen(ClusterVerdict verdict) {
        return verdict.refusals().stream()
                .map(FieldHints::message)
                .collect(Collectors.joining("; ", "What others change in AWS may not be seen: ", ""));
    }

    private void secret(ClusterVerdict verdict) {
        if (verdict.secretWritten()) {
            add(
                    SECRET_WRITTEN,
                    Status.TRUE,
                    ClusterReason.InSync,
                    "The connection Secret is as it should be"
                            + verdict.unwatched()
                                    .map(name -> "; Secret " + name + " with the token has no label "
                                            + SecretIndex.LABEL
                                            + ", so that a change of it is seen after an edit of the spec or 5 minutes")
                                    .orElse(""));
        } else if (!verdict.deleting()) {
            Why why = verdict.stalled()
                    .or(verdict::failing)
                    .filter(stands -> OF_THE_SECRET.contains(stands.reason()))
                    .orElseGet(() ->
                            new Why(ClusterReason.Creating, "It is written when the cache has an endpoint", false));
            add(SECRET_WRITTEN, Status.FALSE, why.reason(), why.message());
        }
    }

    private void deletion(ClusterVerdict verdict) {
        if (!verdict.deleting()) {
            return;
        }
        Optional<Why> why = verdict.paused()
                ? Optional.of(notYet(verdict))
                : verdict.stalled().or(() -> verdict.failing().filter(Why::lasting));
        why.ifPresent(w -> add(DELETION_BLOCKED, Status.TRUE, w.reason(), w.message()));
    }

    private void add(String type, Status status, ClusterReason reason, String message) {
        Instant since = find(type)
                .filter(old -> old.status() == status)
                .map(Condition::lastTransitionTime)
                .orElse(now);
        String bounded = message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message;
        conditions.add(new Condition(type, status, reason.name(), bounded, since, generation));
    }

    private void keep(String type) {
        find(type)
                .map(old -> new Condition(
                        type, old.status(), old.reason(), old.message(), old.lastTransitionTime(), generation))
                .ifPresent(conditions::add);
    }

    private Optional<Condition> find(String type) {
        return before.stream().filter(c -> Objects.equals(c.type(), type)).findFirst();
    }
}
