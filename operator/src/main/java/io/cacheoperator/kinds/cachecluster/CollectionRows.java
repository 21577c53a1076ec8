package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.Queries;
import io.cacheoperator.aws.SecurityGroupState;
import io.cacheoperator.aws.SecurityGroupState.IngressRule;
import io.cacheoperator.aws.SecurityGroupState.Rule;
import io.cacheoperator.core.Impact;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Owner;
import io.cacheoperator.kinds.cachecluster.Change.How;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the collections of a spec ask of a running cache. Entries that we wrote and that are given no longer are taken out;
 * what others added to a collection that was never given stays.
 */
final class CollectionRows {

    static final String ALLOW_FROM = "spec.network.allowFrom";
    static final String SECURITY_GROUPS = "spec.network.securityGroupIds";
    static final String PARAMETER = "spec.parameters.";
    static final String PARAMETER_GROUP = "spec.parameters";
    static final String TAG = "spec.tags.";

    private CollectionRows() {}

    static List<Change> compare(Sight sight) {
        List<Change> changes = new ArrayList<>();
        rules(sight)
                .ifPresent(wanted -> text(
                        changes,
                        sight,
                        ALLOW_FROM,
                        ruleTexts(wanted),
                        ruleTexts(ownGroup(sight).map(CollectionRows::rulesOf).orElse(List.of()))));
        securityGroups(sight)
                .ifPresent(wanted -> text(
                        changes,
                        sight,
                        SECURITY_GROUPS,
                        wanted,
                        new TreeSet<>(sight.cache().securityGroups())));
        parameterGroup(sight)
                .flatMap(wanted -> sight.cache()
                        .parameterGroup()
                        .filter(has -> !has.equals(wanted))
                        .map(has -> change(sight, PARAMETER_GROUP, wanted, has)))
                .ifPresent(changes::add);
        entries(changes, sight, PARAMETER, parameterEdits(sight), actualParameters(sight));
        entries(changes, sight, TAG, tagEdits(sight), actualTags(sight).orElse(Map.of()));
        return changes;
    }

    private static void text(
            List<Change> changes, Sight sight, String field, Collection<String> wanted, Collection<String> has) {
        if (!new TreeSet<>(wanted).equals(new TreeSet<>(has))) {
            changes.add(change(sight, field, String.join(", ", wanted), String.join(", ", has)));
        }
    }

    /** An edit to an empty optional takes the entry out. */
    private static void entries(
            List<Change> changes,
            Sight sight,
            String prefix,
            Map<String, Optional<String>> edits,
            Map<String, String> actual) {
        edits.forEach((key, value) ->
                changes.add(change(sight, prefix + key, value.orElse(""), actual.getOrDefault(key, ""))));
    }

    private static Change change(Sight sight, String field, String desired, String actual) {
        return new Change(field, desired, actual, Impact.IN_PLACE, How.MADE, sight.origin(field, desired));
    }

    private static Optional<SecurityGroupState> ownGroup(Sight sight) {
        return sight.observed().securityGroup().found();
    }

    private static List<IngressRule> rulesOf(SecurityGroupState group) {
        return group.ingress().stream().map(Rule::rule).toList();
    }

    /** With the description, for that may change alone. */
    private static Set<String> ruleTexts(List<IngressRule> rules) {
        return rules.stream()
                .map(rule -> IngressRules.text(rule)
                        + rule.description().map(text -> " (" + text + ")").orElse(""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The rules that the operator's own group must have; empty where nobody says, or the group has not been looked at. */
    static Optional<List<IngressRule>> rules(Sight sight) {
        if (!sight.spec().network().allowFrom().isEmpty()) {
            List<IngressRule> wanted = IngressRules.of(sight.spec().network().allowFrom(), port(sight));
            return sight.observed().securityGroup().isUnknown() ? Optional.empty() : Optional.of(wanted);
        }
        Set<String> written = Set.copyOf(sight.applied().ruleIds());
        return ownGroup(sight)
                .filter(group -> group.ingress().stream().anyMatch(rule -> written.contains(rule.id())))
                .map(group -> group.ingress().stream()
                        .filter(rule -> !written.contains(rule.id()))
                        .map(Rule::rule)
                        .toList());
    }

    private static int port(Sight sight) {
        return sight.cache()
                .endpoint()
                .map(endpoint -> endpoint.port())
                .orElseGet(() -> DesiredClusterFactory.port(sight.spec()));
    }

    /** The groups to attach; empty where nobody says, or the operator's own is not known. AWS takes no empty list. */
    static Optional<Set<String>> securityGroups(Sight sight) {
        Set<String> attached = new TreeSet<>(sight.cache().securityGroups());
        List<String> given = sight.spec().network().securityGroupIds();
        Set<String> wanted = new TreeSet<>(given);
        if (given.isEmpty()) {
            wanted.addAll(attached);
            wanted.removeAll(sight.applied().securityGroupIds());
        }
        Optional<String> own = ownGroup(sight).map(SecurityGroupState::id);
        boolean ownWanted = !sight.spec().network().allowFrom().isEmpty();
        if (ownWanted && own.isEmpty()) {
            return Optional.empty();
        }
        if (!ownWanted
                && own.isEmpty()
                && !given.isEmpty()
                && sight.observed().securityGroup().isUnknown()) {
            return sight.settled() && attached.containsAll(given) ? Optional.empty() : Optional.of(wanted);
        }
        own.filter(id -> ownWanted || attached.contains(id)).ifPresent(wanted::add);
        return attached.isEmpty() || wanted.isEmpty() ? Optional.empty() : Optional.of(wanted);
    }

    /** The name of the operator's own group, where parameters are given. */
    static Optional<String> parameterGroup(Sight sight) {
        return sight.spec().parameters().isEmpty()
                ? Optional.empty()
                : sight.observed().parameterGroup().query().map(query -> ((Queries.ParameterGroup) query).name());
    }

    static Map<String, String> actualParameters(Sight sight) {
        return sight.observed().userParameters().found().orElse(Map.of());
    }

    /** Values to set, and to reset, in the operator's own group, as far as it was looked at. */
    static Map<String, Optional<String>> parameterEdits(Sight sight) {
        if (sight.observed().userParameters().found().isEmpty()) {
            return Map.of();
        }
        Map<String, String> actual = actualParameters(sight);
        Map<String, Optional<String>> edits = new TreeMap<>();
        if (sight.spec().parameters().isEmpty()) {
            sight.applied().parameters().stream()
                    .filter(actual::containsKey)
                    .forEach(name -> edits.put(name, Optional.empty()));
            return edits;
        }
        Map<String, String> wanted = DesiredClusterFactory.parameterValues(sight.spec(), sight.clustered());
        wanted.forEach((name, value) -> {
            if (!value.equals(actual.get(name))) {
                edits.put(name, Optional.of(value));
            }
        });
        actual.keySet().stream()
                .filter(name -> !wanted.containsKey(name))
                .forEach(name -> edits.put(name, Optional.empty()));
        return edits;
    }

    /** Live tags where they are known, else what the bulk answer hints at. */
    static Optional<Map<String, String>> actualTags(Sight sight) {
        return sight.observed()
                .tags()
                .found()
                .or(() -> sight.observed().tagHint().found());
    }

    /** Tags to set and to remove. Only keys of the spec are ours: other tools' tags, and the chart's, stay as they are. */
    static Map<String, Optional<String>> tagEdits(Sight sight) {
        return actualTags(sight).map(actual -> tagEdits(sight, actual)).orElse(Map.of());
    }

    static Map<String, Optional<String>> tagEdits(Sight sight, Map<String, String> actual) {
        Map<String, Optional<String>> edits = new TreeMap<>();
        sight.spec().tags().forEach((key, value) -> {
            if (!value.equals(actual.get(key))) {
                edits.put(key, Optional.of(value));
            }
        });
        sight.applied().tagKeys().stream()
                .filter(key -> !sight.spec().tags().containsKey(key))
                .filter(key -> !sight.in().settings().defaults().tags().containsKey(key))
                .filter(key -> !key.equals(Owner.TAG) && !key.equals(DesiredClusterFactory.UID_TAG))
                .filter(actual::containsKey)
                .forEach(key -> edits.put(key, Optional.empty()));
        edits.remove(Owner.TAG);
        return edits;
    }

    /** Whether a newer bulk answer shows other tags than the live ones known: then they are to be read again. */
    static boolean tagsOutdated(Sight sight) {
        return sight.observed().tags().answer() instanceof Observation.Present<Map<String, String>> live
                && sight.observed().tagHint().answer() instanceof Observation.Present<Map<String, String>> hint
                && hint.asOf().isAfter(live.asOf())
                && !tagEdits(sight, hint.state()).equals(tagEdits(sight, live.state()));
    }
}
