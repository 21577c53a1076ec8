package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.ParameterDefinition;
import io.cacheoperator.aws.ParameterGroupState;
import io.cacheoperator.aws.SecurityGroupState;
import io.cacheoperator.aws.SubnetGroupState;
import io.cacheoperator.core.Impact;
import io.cacheoperator.core.Ownership;
import io.cacheoperator.core.Problem;
import io.cacheoperator.kinds.cachecluster.Change.How;
import io.cacheoperator.kinds.cachecluster.Change.Origin;
import java.time.Instant;
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
    private final Instant now;

    private ChangeSteps(PlanDraft draft, Sight sight, Instant now) {
        this.draft = draft;
        this.sight = sight;
        this.now = now;
        this.observed = sight.observed();
        this.changes = ClusterDiff.of(sight).stream()
                .filter(change -> change.origin() == Origin.EDIT || sight.corrects())
                .toList();
        this.made = changes.stream()
                .filter(change -> change.how() == How.MADE)
                .filter(change -> !sight.in().attempts().exhausted(change.field()))
                .toList();
    }

    static void plan(PlanDraft draft, Sight sight, Instant now) {
        ChangeSteps steps = new ChangeSteps(draft, sight, now);
        steps.askForMore();
        if (draft.asks()) {
            return;
        }
        TagSteps tags = new TagSteps(draft, sight, steps.made);
        boolean valid = steps.parametersAreValid();
        steps.securityGroup();
        tags.ofSecurityGroup();
        if (valid) {
            steps.parameters();
        }
        tags.ofParameterGroup();
        steps.bundle();
        tags.ofCache();
        steps.leftGroup();
        new RefusedSteps(draft, sight, now).plan(steps.changes);
    }

    /** After an edit everything it may touch is looked at; a cache that is settled costs no call. */
    private void askForMore() {
        if (sight.cache().status().equals("available")) {
            TagRows.outdated(sight).forEach(draft::read);
        }
        if (vpcIsUntold()) {
            ask(observed.subnetGroup());
        }
        if (!sight.spec().parameters().isEmpty() && !ParameterRows.usesOwnGroup(sight)) {
            // The name of the group that it should use has the family in it, which a new operator does not know.
            ask(observed.engineVersions());
        }
        if (sight.lookedAt()) {
            return;
        }
        NetworkSpec network = sight.spec().network();
        AppliedStatus applied = sight.applied();
        boolean tagged = !sight.spec().tags().isEmpty() || !applied.tagKeys().isEmpty();
        boolean ownRules = !network.allowFrom().isEmpty() || !applied.ruleIds().isEmpty();
        boolean attachments = !network.securityGroupIds().isEmpty()
                || !applied.securityGroupIds().isEmpty();
        if (ownRules || attachments || tagged) {
            ask(observed.subnetGroup());
            ask(observed.securityGroup());
        }
        askForParameters(applied, tagged);
        if (tagged && sight.cache().status().equals("available")) {
            ask(observed.tags());
        }
    }

    /** As long as an operator that has read the subnet group ended before it said so. */
    private boolean vpcIsUntold() {
        return Optional.ofNullable(sight.cr().getStatus())
                .map(CacheClusterStatus::network)
                .map(NetworkStatus::vpcId)
                .isEmpty();
    }

    private void askForParameters(AppliedStatus applied, boolean tagged) {
        boolean given = !sight.spec().parameters().isEmpty();
        boolean ownGroup = ParameterRows.usesOwnGroup(sight);
        if (given) {
            ask(observed.engineVersions());
            ask(observed.familyParameters());
            ask(observed.parameterGroup());
        }
        if (given || (ownGroup && !applied.parameters().isEmpty())) {
            ask(observed.userParameters());
        }
        if (ownGroup && tagged) {
            ask(observed.parameterGroup());
            ask(observed.parameterGroupTags());
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
        Optional<String> family = family();
        List<Problem> problems = definitions.isEmpty() || family.isEmpty()
                ? List.of()
                : ParameterChecks.check(
                        DesiredClusterFactory.parameterValues(sight.spec(), false), definitions.get(), family.get());
        problems.forEach(draft::problem);
        return problems.isEmpty();
    }

    private Optional<String> family() {
        return EngineFamilies.family(
                sight.spec(),
                Optional.of(sight.cache()),
                observed.engineVersions().found());
    }

    private void securityGroup() {
        boolean rulesDiffer = has(CollectionRows.ALLOW_FROM);
        Optional<SecurityGroupState> group = observed.securityGroup().found();
        if (rulesDiffer && group.isPresent()) {
            if (SecurityGroupSteps.isOurs(draft, observed, group.get())) {
                SecurityGroupSteps.rules(
                        draft,
                        group.get(),
                        CollectionRows.rulesToMake(sight, group.get()),
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
        Optional<String> wantedGroup = ParameterRows.wantedGroup(sight);
        Optional<ParameterGroupState> group = observed.parameterGroup().found();
        if (has(ParameterRows.PARAMETER_GROUP) && wantedGroup.isPresent() && group.isEmpty()) {
            family().ifPresent(family -> ParameterGroupSteps.make(
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
        made.stream()
                .filter(change -> change.field().startsWith(ParameterRows.PARAMETER))
                .forEach(change -> {
                    String name = change.field().substring(ParameterRows.PARAMETER.length());
                    if (change.takesAway()) {
                        reset.add(name);
                    } else {
                        set.put(name, change.desired());
                    }
                });
        if (group.isPresent() && (!set.isEmpty() || !reset.isEmpty())) {
            ParameterGroupSteps.edit(draft, observed, group.get().name(), set, reset);
        }
    }

    /** A write to the cache itself: only while it is settled, and only with live proof that it is ours. */
    private void bundle() {
        ImmediateBundle bundle = new ImmediateBundle(sight, made);
        if (bundle.isEmpty()) {
            return;
        }
        String name = sight.group().isPresent() ? AttemptedFields.MODIFY_GROUP : AttemptedFields.MODIFY_MEMCACHED;
        String message = "changes " + bundle.text();
        String id = sight.cache().id();
        boolean needsEarlierSteps =
                draft.hasSteps() && (has(CollectionRows.SECURITY_GROUPS) || has(ParameterRows.PARAMETER_GROUP));
        Optional<Instant> believedFrom = believedFrom(bundle.changed());
        if (!sight.cache().settled()) {
            draft.later(name, id, Impact.IN_PLACE, "the cache to be available", message);
        } else if (needsEarlierSteps) {
            draft.later(name, id, Impact.IN_PLACE, "the steps before it", message);
        } else if (believedFrom.isPresent()) {
            draft.wakeAt(believedFrom.get());
            draft.later(name, id, Impact.IN_PLACE, "AWS to show what was sent", message);
        } else if (observed.ownership() instanceof Ownership.Ours) {
            draft.ready(bundle.action(), name, id, Impact.IN_PLACE, message);
        } else {
            draft.read(observed.tags());
        }
    }

    /** A change that was sent a moment ago may just not show yet. */
    private Optional<Instant> believedFrom(Set<String> fields) {
        return fields.stream()
                .flatMap(field ->
                        sight
                                .in()
                                .attempts()
                                .believedFrom(field, sight.in().settings().settling(), now)
                                .stream())
                .max(Instant::compareTo);
    }

    private void leftGroup() {
        boolean swaps = has(FieldRows.PARAMETER_GROUP_NAME) || has(ParameterRows.PARAMETER_GROUP);
        if (!swaps) {
            ParameterRows.leftGroup(sight)
                    .ifPresent(group -> ParameterGroupSteps.remove(draft, observed, group.name()));
        }
    }

    private boolean has(String field) {
        return made.stream().anyMatch(change -> change.field().equals(field));
    }
}
