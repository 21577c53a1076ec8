package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.ParameterDefinition;
import io.cacheoperator.aws.ParameterGroupState;
import io.cacheoperator.aws.SecurityGroupState;
import io.cacheoperator.aws.SubnetGroupState;
import io.cacheoperator.core.Impact;
import io.cacheoperator.core.Ownership;
import io.cacheoperator.core.Problem;
import io.cacheoperator.core.Step;
import io.cacheoperator.kinds.cachecluster.Change.How;
import io.cacheoperator.kinds.cachecluster.Change.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The steps that make a running cache what its spec says, in the order that AWS needs: rules and parameter values, then the
 * one request with what changes at once, then the tags, which keep the cache busy for minutes.
 */
final class ChangeSteps {

    private final PlanDraft draft;
    private final Sight sight;
    private final ObservedCluster observed;
    private final List<Change> changes;
    private final List<Change> made;

    private ChangeSteps(PlanDraft draft, Sight sight) {
        this.draft = draft;
        this.sight = sight;
        this.observed = sight.observed();
        this.changes = ClusterDiff.of(sight);
        this.made = changes.stream()
                .filter(change -> change.how() == How.MADE)
                .filter(change -> change.origin() == Origin.EDIT || sight.corrects())
                .toList();
    }

    static void plan(PlanDraft draft, Sight sight) {
        ChangeSteps steps = new ChangeSteps(draft, sight);
        steps.askForMore();
        if (draft.asks()) {
            return;
        }
        boolean valid = steps.parametersAreValid();
        steps.securityGroup();
        if (valid) {
            steps.parameters();
        }
        steps.bundle();
        steps.tags();
        steps.notMade();
    }

    /** After an edit everything it may touch is looked at; a cache that is settled costs no call. */
    private void askForMore() {
        if (CollectionRows.tagsOutdated(sight) && sight.cache().status().equals("available")) {
            draft.read(observed.tags());
        }
        if (sight.settled()) {
            return;
        }
        NetworkSpec network = sight.spec().network();
        AppliedStatus applied = sight.applied();
        boolean ownRules = !network.allowFrom().isEmpty() || !applied.ruleIds().isEmpty();
        boolean attachments = !network.securityGroupIds().isEmpty()
                || !applied.securityGroupIds().isEmpty();
        if (ownRules || attachments) {
            ask(observed.subnetGroup());
            ask(observed.securityGroup());
        }
        if (!sight.spec().parameters().isEmpty()) {
            ask(observed.engineVersions());
            ask(observed.familyParameters());
            ask(observed.parameterGroup());
        }
        boolean ownGroup = sight.cache()
                .parameterGroup()
                .filter(observed.names()::isOwnParameterGroup)
                .isPresent();
        if (!sight.spec().parameters().isEmpty()
                || (ownGroup && !applied.parameters().isEmpty())) {
            ask(observed.userParameters());
        }
        boolean tagged = !sight.spec().tags().isEmpty() || !applied.tagKeys().isEmpty();
        if (tagged && sight.cache().status().equals("available")) {
            ask(observed.tags());
        }
    }

    private void ask(Fact<?> fact) {
        if (fact.isUnknown()) {
            draft.read(fact);
        }
    }

    private boolean parametersAreValid() {
        Optional<Map<String, ParameterDefinition>> definitions =
                observed.familyParameters().found();
        Optional<String> family = EngineFamilies.family(
                sight.spec(),
                Optional.of(sight.cache()),
                observed.engineVersions().found());
        List<Problem> problems = definitions.isEmpty() || family.isEmpty()
                ? List.of()
                : ParameterChecks.check(
                        DesiredClusterFactory.parameterValues(sight.spec(), false), definitions.get(), family.get());
        problems.forEach(draft::problem);
        return problems.isEmpty();
    }

    private void securityGroup() {
        boolean rulesDiffer = has(CollectionRows.ALLOW_FROM);
        Optional<SecurityGroupState> group = observed.securityGroup().found();
        if (rulesDiffer && group.isPresent()) {
            if (SecurityGroupSteps.isOurs(draft, observed, group.get())) {
                SecurityGroupSteps.rules(
                        draft,
                        group.get(),
                        CollectionRows.rules(sight).orElse(List.of()),
                        group.get().vpcId());
            }
        } else if (rulesDiffer) {
            Optional<String> vpc = observed.subnetGroup().found().map(SubnetGroupState::vpcId);
            vpc.ifPresent(vpcId -> SecurityGroupSteps.make(
                    draft,
                    observed,
                    vpcId,
                    CollectionRows.rules(sight).orElse(List.of()),
                    DesiredClusterFactory.subResourceTags(sight.cr(), sight.in())));
        }
    }

    private void parameters() {
        Optional<String> wantedGroup = CollectionRows.parameterGroup(sight);
        Optional<ParameterGroupState> group = observed.parameterGroup().found();
        if (has(CollectionRows.PARAMETER_GROUP) && wantedGroup.isPresent() && group.isEmpty()) {
            EngineFamilies.family(
                            sight.spec(),
                            Optional.of(sight.cache()),
                            observed.engineVersions().found())
                    .ifPresent(family -> ParameterGroupSteps.make(
                            draft,
                            observed,
                            wantedGroup.get(),
                            family,
                            DesiredClusterFactory.parameterValues(sight.spec(), sight.clustered()),
                            DesiredClusterFactory.subResourceTags(sight.cr(), sight.in())));
            return;
        }
        Map<String, String> set = new TreeMap<>();
        Set<String> reset = new TreeSet<>();
        CollectionRows.parameterEdits(sight).forEach((name, value) -> {
            if (has(CollectionRows.PARAMETER + name)) {
                value.ifPresentOrElse(v -> set.put(name, v), () -> reset.add(name));
            }
        });
        if (group.isPresent() && (!set.isEmpty() || !reset.isEmpty())) {
            ParameterGroupSteps.edit(draft, observed, group.get().name(), set, reset);
        }
    }

    private void bundle() {
        ImmediateBundle bundle = new ImmediateBundle(sight, made);
        if (bundle.isEmpty()) {
            return;
        }
        String name = sight.group().isPresent() ? "ModifyReplicationGroup" : "ModifyCacheCluster";
        String message = "changes " + bundle.text();
        boolean needsEarlierSteps =
                draft.hasSteps() && (has(CollectionRows.SECURITY_GROUPS) || has(CollectionRows.PARAMETER_GROUP));
        whenOurs(
                name,
                message,
                needsEarlierSteps,
                () -> draft.ready(bundle.action(), name, sight.cache().id(), Impact.IN_PLACE, message));
    }

    private void tags() {
        Map<String, String> set = new TreeMap<>();
        List<String> removed = new ArrayList<>();
        CollectionRows.tagEdits(sight).forEach((key, value) -> {
            if (has(CollectionRows.TAG + key)) {
                value.ifPresentOrElse(v -> set.put(key, v), () -> removed.add(key));
            }
        });
        if (!set.isEmpty()) {
            String message = "sets tags " + String.join(", ", set.keySet());
            whenOurs(
                    "AddTagsToResource",
                    message,
                    false,
                    () -> draft.ready(
                            new ClusterAction.AddTags(sight.cache().arn(), set),
                            "AddTagsToResource",
                            sight.cache().id(),
                            Impact.IN_PLACE,
                            message));
        }
        if (!removed.isEmpty()) {
            String message = "removes tags " + String.join(", ", removed);
            whenOurs(
                    "RemoveTagsFromResource",
                    message,
                    false,
                    () -> draft.ready(
                            new ClusterAction.RemoveTags(sight.cache().arn(), List.copyOf(removed)),
                            "RemoveTagsFromResource",
                            sight.cache().id(),
                            Impact.IN_PLACE,
                            message));
        }
    }

    /** A write to the cache itself: only while it is settled, and only with live proof that it is ours. */
    private void whenOurs(String name, String message, boolean needsEarlierSteps, Runnable step) {
        if (!sight.cache().settled()) {
            draft.later(name, sight.cache().id(), Impact.IN_PLACE, "the cache to be available", message);
        } else if (needsEarlierSteps) {
            draft.later(name, sight.cache().id(), Impact.IN_PLACE, "the steps before it", message);
        } else if (observed.ownership() instanceof Ownership.Ours) {
            step.run();
        } else {
            draft.read(observed.tags());
        }
    }

    /** What is shown and not done. */
    private void notMade() {
        for (Change change : changes) {
            boolean shown = change.origin() == Origin.EDIT || sight.corrects();
            if (change.how() != How.MADE && shown) {
                draft.add(Step.refused(
                        new ClusterAction.Unsupported(change.field()),
                        "Change " + change.field(),
                        sight.cache().id(),
                        change.impact(),
                        message(change)));
                if (change.how() == How.FORBIDDEN) {
                    draft.problem(ClusterReason.ForbiddenChange, field(change), message(change));
                }
            }
        }
    }

    private static String field(Change change) {
        return change.field().equals(FieldRows.SHARDS) ? "spec.clusterMode" : change.field();
    }

    private String message(Change change) {
        String what = change.field() + " is " + change.actual() + " and should be " + change.desired();
        return switch (change.how()) {
            case UNSUPPORTED, MADE -> what + ": not supported by this version yet";
            case FROZEN ->
                what + ": the cache is a member of a global datastore, which owns this field; change it there";
            case FORBIDDEN ->
                change.field().equals(FieldRows.SHARDS)
                        ? what + ": set clusterMode: enabled"
                        : what + ": AWS cannot change that on an existing cache; undo the edit, or make a new cache";
        };
    }

    private boolean has(String field) {
        return made.stream().anyMatch(change -> change.field().equals(field));
    }
}
