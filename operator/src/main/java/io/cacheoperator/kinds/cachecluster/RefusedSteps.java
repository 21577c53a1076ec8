package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.CacheClusterState;
import io.cacheoperator.aws.EventState;
import io.cacheoperator.core.Impact;
import io.cacheoperator.core.Step;
import io.cacheoperator.kinds.cachecluster.Change.How;
import io.cacheoperator.kinds.cachecluster.Change.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a running cache should have and is not given: shown, with the reason and what to do. */
final class RefusedSteps {

    private static final int EVENTS = 3;

    private final PlanDraft draft;
    private final Sight sight;
    private final Instant now;

    RefusedSteps(PlanDraft draft, Sight sight, Instant now) {
        this.draft = draft;
        this.sight = sight;
        this.now = now;
    }

    /** @param changes those that ought to be made, whether they can or not */
    void plan(List<Change> changes) {
        changes.stream().filter(change -> change.how() != How.MADE).forEach(this::notMade);
        changes.stream()
                .filter(change -> change.how() == How.MADE)
                .filter(change -> sight.in().attempts().exhausted(change.field()))
                .forEach(this::reverted);
        reboot();
    }

    private void notMade(Change change) {
        refused(change, message(change));
        boolean asked = change.how() == How.FORBIDDEN && change.origin() == Origin.EDIT;
        if (asked) {
            draft.problem(reason(change), field(change), message(change));
        }
    }

    private void refused(Change change, String message) {
        draft.add(Step.refused(
                new ClusterAction.Unsupported(change.field()),
                "Change " + change.field(),
                sight.cache().id(),
                change.impact(),
                message));
    }

    private static ClusterReason reason(Change change) {
        return change.field().equals(CollectionRows.SECURITY_GROUPS)
                ? ClusterReason.AccessNotGiven
                : ClusterReason.ForbiddenChange;
    }

    private static String field(Change change) {
        return change.field().equals(ShapeRows.SHARDS) ? "spec.clusterMode" : change.field();
    }

    private static String message(Change change) {
        String what = change.field() + " is " + change.actual() + " and should be " + change.desired();
        return switch (change.how()) {
            case UNSUPPORTED, MADE -> what + ": not supported by this version yet";
            case FROZEN ->
                what + ": the cache is a member of a global datastore, which owns this field; change it there";
            case FORBIDDEN -> forbidden(change, what);
        };
    }

    private static String forbidden(Change change, String what) {
        return switch (change.field()) {
            case ShapeRows.SHARDS -> what + ": set clusterMode: enabled";
            case CollectionRows.SECURITY_GROUPS ->
                "AWS does not take the last security group (" + change.actual()
                        + ") off a cache: name another in spec.network.securityGroupIds, or set spec.network.allowFrom";
            default ->
                change.origin() == Origin.DRIFT
                        ? what
                                + ": it was changed in AWS, which cannot change it back; write into the spec what AWS has"
                        : what + ": AWS cannot change that on an existing cache; undo the edit, or make a new cache";
        };
    }

    /** Sent twice and never seen: AWS tells only its events why. */
    private void reverted(Change change) {
        Optional<Instant> believedFrom = sight.in()
                .attempts()
                .believedFrom(change.field(), sight.in().settings().settling(), now);
        if (!sight.cache().settled() || believedFrom.isPresent()) {
            believedFrom.ifPresent(draft::wakeAt);
            draft.later(
                    "Change " + change.field(),
                    sight.cache().id(),
                    change.impact(),
                    "AWS to show what was sent",
                    "changes " + change.field());
            return;
        }
        Optional<String> said = sight.in().attempts().result(change.field());
        if (said.isEmpty() && !draft.canAct() && sight.observed().events().isUnknown()) {
            draft.read(sight.observed().events());
        }
        String message = said.orElseGet(() -> reverted(change, sight.observed().events()));
        refused(change, message);
        draft.problem(ClusterReason.ChangeReverted, change.field(), message);
    }

    private static String reverted(Change change, Fact<List<EventState>> events) {
        String heard = events.found().orElse(List.of()).stream()
                .limit(EVENTS)
                .map(event -> '"' + event.message() + '"')
                .collect(Collectors.joining(", "));
        return change.field() + " was sent to AWS twice and is still " + change.actual() + " instead of "
                + change.desired() + (heard.isEmpty() ? "" : "; AWS's events: " + heard)
                + ". It is not sent again: edit the spec, or set annotation " + Triggers.RECONCILE_AT + " anew";
    }

    /** Parameters that need one, in the operator's own group (aws-behaviour.md, 11, row 15). */
    private void reboot() {
        boolean pending = ParameterRows.usesOwnGroup(sight)
                && sight.cache().members().stream().anyMatch(RefusedSteps::pendingReboot);
        if (!pending) {
            return;
        }
        boolean alone = sight.group().isEmpty() || sight.cache().replicasPerShard() == 0;
        draft.add(Step.refused(
                new ClusterAction.Unsupported(ParameterRows.PARAMETER_GROUP),
                "RebootCacheCluster",
                sight.cache().id(),
                alone ? Impact.DATA_LOSS : Impact.DISRUPTIVE,
                "parameters were changed that take effect with a reboot, which is not supported by this version yet: "
                        + "reboot the nodes in AWS, replicas first; a primary that is rebooted loses its contents"));
    }

    private static boolean pendingReboot(CacheClusterState member) {
        return member.parameterGroup()
                .filter(group -> group.applyStatus().equals("pending-reboot"))
                .isPresent();
    }
}
