package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.SecurityGroupState;
import io.cacheoperator.aws.SecurityGroupState.IngressRule;
import io.cacheoperator.aws.SecurityGroupState.Rule;
import io.cacheoperator.kinds.cachecluster.FieldRow.Takes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who may connect to a running cache: the rules of the operator's own security group, and the groups attached. Entries that we
 * wrote and that are given no longer are taken out; what others added to a collection that was never given stays.
 */
final class CollectionRows {

    static final String ALLOW_FROM = "spec.network.allowFrom";
    static final String SECURITY_GROUPS = "spec.network.securityGroupIds";

    private CollectionRows() {}

    static List<Compared> compare(Sight sight) {
        List<Compared> rows = new ArrayList<>();
        rules(sight)
                .ifPresent(wanted -> rows.add(compared(
                        ALLOW_FROM,
                        texts(wanted),
                        texts(ownGroup(sight).map(CollectionRows::rulesOf).orElse(List.of())),
                        Takes.MADE,
                        sight.spec().network().allowFrom().isEmpty() ? Set.of() : texts(wanted))));
        securityGroups(sight)
                .ifPresent(wanted -> rows.add(compared(
                        SECURITY_GROUPS,
                        wanted,
                        new TreeSet<>(sight.cache().securityGroups()),
                        // AWS takes no empty list.
                        wanted.isEmpty() ? Takes.FORBIDDEN : Takes.MADE,
                        askedGroups(sight))));
        return rows;
    }

    private static Compared compared(
            String field, Set<String> wanted, Set<String> has, Takes takes, Set<String> asked) {
        return new Compared(
                field,
                String.join(", ", wanted),
                String.join(", ", has),
                wanted.equals(has),
                takes,
                !asked.isEmpty(),
                String.join(", ", asked));
    }

    /** The groups that the spec asks for: those that it names, and the operator's own where it has rules. */
    static Set<String> askedGroups(Sight sight) {
        Set<String> asked = new TreeSet<>(sight.spec().network().securityGroupIds());
        if (!sight.spec().network().allowFrom().isEmpty()) {
            asked.add(ownGroup(sight).map(SecurityGroupState::id).orElse("own"));
        }
        return asked;
    }

    private static Optional<SecurityGroupState> ownGroup(Sight sight) {
        return sight.observed().securityGroup().found();
    }

    private static List<IngressRule> rulesOf(SecurityGroupState group) {
        return group.ingress().stream().map(Rule::rule).toList();
    }

    /** With the description, for that may change alone. */
    private static Set<String> texts(List<IngressRule> rules) {
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
        Set<String> unset = Set.copyOf(sight.applied().ruleIds());
        return ownGroup(sight)
                .filter(group -> group.ingress().stream().anyMatch(rule -> unset.contains(rule.id())))
                .map(group -> withoutUnset(sight, group, unset));
    }

    /** Rules of the spec that are given no longer go; those of the chart come in their place. */
    private static List<IngressRule> withoutUnset(Sight sight, SecurityGroupState group, Set<String> unset) {
        List<IngressRule> defaults = defaults(sight);
        Stream<IngressRule> others = group.ingress().stream()
                .filter(rule -> !unset.contains(rule.id()))
                .map(Rule::rule)
                .filter(rule -> defaults.stream().noneMatch(other -> IngressRules.same(rule, other)));
        return Stream.concat(defaults.stream(), others).toList();
    }

    private static List<IngressRule> defaults(Sight sight) {
        return IngressRules.of(sight.in().settings().defaults().allowFrom(), port(sight));
    }

    /** Ids of the rules that the spec gives, or gave and that must go yet. */
    static List<String> standingRules(Sight sight) {
        Optional<SecurityGroupState> group = ownGroup(sight);
        if (group.isEmpty()) {
            return sight.applied().ruleIds();
        }
        boolean given = !sight.spec().network().allowFrom().isEmpty();
        List<IngressRule> known =
                given ? IngressRules.of(sight.spec().network().allowFrom(), port(sight)) : defaults(sight);
        return group.get().ingress().stream()
                .filter(rule -> {
                    boolean written = sight.applied().ruleIds().contains(rule.id());
                    return given ? written || isAmong(rule.rule(), known) : written && !isAmong(rule.rule(), known);
                })
                .map(Rule::id)
                .sorted()
                .toList();
    }

    /**
     * Whether all that this row differs by was made by others: the group has each rule of the spec and none that the spec gave before. Of
     * the collections only the rules are one row; of parameters and tags each entry is.
     */
    static boolean differsByOthersOnly(Compared row, Sight sight) {
        return row.field().equals(ALLOW_FROM) && hasJustTheSpecsAmongOurs(sight);
    }

    private static boolean hasJustTheSpecsAmongOurs(Sight sight) {
        List<IngressRule> wanted = IngressRules.of(sight.spec().network().allowFrom(), port(sight));
        return !wanted.isEmpty()
                && ownGroup(sight)
                        .filter(group -> rulesOf(group).containsAll(wanted))
                        .filter(group -> group.ingress().stream()
                                .filter(rule -> sight.applied().ruleIds().contains(rule.id()))
                                .allMatch(rule -> isAmong(rule.rule(), wanted)))
                        .isPresent();
    }

    /** What the group shall have: where drift is only reported, also the rules that others made. */
    static List<IngressRule> rulesToMake(Sight sight, SecurityGroupState group) {
        List<IngressRule> wanted = rules(sight).orElse(List.of());
        Stream<IngressRule> others = group.ingress().stream()
                .filter(rule -> !sight.applied().ruleIds().contains(rule.id()))
                .map(Rule::rule)
                .filter(rule -> !sight.corrects() && !isAmong(rule, wanted));
        return Stream.concat(wanted.stream(), others).toList();
    }

    private static boolean isAmong(IngressRule rule, List<IngressRule> wanted) {
        return wanted.stream().anyMatch(other -> IngressRules.same(rule, other));
    }

    private static int port(Sight sight) {
        return sight.cache()
                .endpoint()
                .map(endpoint -> endpoint.port())
                .orElseGet(() -> DesiredClusterFactory.port(sight.spec()));
    }

    /** The groups to attach; empty where nobody says, or the operator's own is not known. */
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
        if (own.isEmpty() && ownMayBeHidden(sight)) {
            attached.stream()
                    .filter(id -> !sight.applied().securityGroupIds().contains(id))
                    .forEach(wanted::add);
        }
        return attached.isEmpty() ? Optional.empty() : Optional.of(wanted);
    }

    /**
     * A read that is late shows no group where there is one, and to take it off would lock every client out: AWS deletes no group
     * that is attached, so one of those that nobody gave may be it.
     */
    private static boolean ownMayBeHidden(Sight sight) {
        return sight.observed().securityGroup().isAbsent()
                && SecurityGroupTrace.of(sight.cr(), sight.in().settings().defaults());
    }
}
