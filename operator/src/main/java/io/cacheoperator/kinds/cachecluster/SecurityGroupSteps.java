package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.SecurityGroupState;
import io.cacheoperator.aws.SecurityGroupState.IngressRule;
import io.cacheoperator.aws.SecurityGroupState.Rule;
import io.cacheoperator.core.Impact;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Ownership;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The steps that give the operator's own security group the rules wanted. */
final class SecurityGroupSteps {

    private SecurityGroupSteps() {}

    /** @return the group's id once it has every rule; until then the draft says what is missing */
    static Optional<String> make(
            PlanDraft draft,
            ObservedCluster observed,
            String vpcId,
            List<IngressRule> rules,
            Map<String, String> tags) {
        String name = observed.names().securityGroup();
        switch (observed.securityGroup().answer()) {
            case Observation.Unknown<SecurityGroupState> unknown -> draft.read(observed.securityGroup());
            case Observation.Absent<SecurityGroupState> absent -> {
                draft.ready(
                        new ClusterAction.CreateSecurityGroup(
                                vpcId,
                                name,
                                "Cache of " + observed.names().owner().namespace() + "/"
                                        + observed.names().owner().name(),
                                tags),
                        "CreateSecurityGroup",
                        name,
                        Impact.NONE,
                        "makes the security group of the cache in " + vpcId);
                draft.later(
                        "AuthorizeSecurityGroupIngress",
                        name,
                        Impact.NONE,
                        "the security group",
                        "adds " + count(rules));
            }
            case Observation.Present<SecurityGroupState> present -> {
                SecurityGroupState group = present.state();
                if (isOurs(draft, observed, group)) {
                    boolean complete = rules(draft, group, rules, vpcId);
                    return complete ? Optional.of(group.id()) : Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /** Adds what is missing, then takes away what is too much, so that no client that may stay is cut off meanwhile. */
    static boolean rules(PlanDraft draft, SecurityGroupState group, List<IngressRule> wanted, String vpcId) {
        List<IngressRule> missing = wanted.stream()
                .filter(rule -> group.ingress().stream().noneMatch(has -> IngressRules.same(has.rule(), rule)))
                .toList();
        Set<String> surplus = group.ingress().stream()
                .filter(has -> wanted.stream().noneMatch(rule -> IngressRules.same(has.rule(), rule)))
                .map(Rule::id)
                .collect(Collectors.toSet());
        List<Rule> renamed = group.ingress().stream()
                .flatMap(has -> wanted.stream()
                        .filter(rule -> IngressRules.same(has.rule(), rule))
                        .filter(rule -> !rule.description().equals(has.rule().description()))
                        .map(rule -> new Rule(has.id(), rule)))
                .toList();
        if (!missing.isEmpty()) {
            draft.ready(
                    new ClusterAction.AuthorizeIngress(vpcId, group.name(), group.id(), missing),
                    "AuthorizeSecurityGroupIngress",
                    group.id(),
                    Impact.IN_PLACE,
                    "lets in " + text(missing));
        }
        if (!surplus.isEmpty()) {
            draft.ready(
                    new ClusterAction.RevokeIngress(vpcId, group.name(), group.id(), surplus),
                    "RevokeSecurityGroupIngress",
                    group.id(),
                    Impact.IN_PLACE,
                    "no longer lets in "
                            + text(group.ingress().stream()
                                    .filter(has -> surplus.contains(has.id()))
                                    .map(Rule::rule)
                                    .toList()));
        }
        if (!renamed.isEmpty()) {
            draft.ready(
                    new ClusterAction.DescribeIngress(vpcId, group.name(), group.id(), renamed),
                    "UpdateSecurityGroupRuleDescriptionsIngress",
                    group.id(),
                    Impact.NONE,
                    "describes " + text(renamed.stream().map(Rule::rule).toList()));
        }
        return missing.isEmpty() && surplus.isEmpty() && renamed.isEmpty();
    }

    /** A security group shows its tags at once and in any state: what it says is proof. */
    static boolean isOurs(PlanDraft draft, ObservedCluster observed, SecurityGroupState group) {
        Ownership ownership = Owners.of(group.tags(), observed.names().owner().tagValue());
        if (ownership instanceof Ownership.Ours) {
            return true;
        }
        draft.problem(Owners.notOurs(ownership, "security group " + group.name() + " (" + group.id() + ")"));
        return false;
    }

    private static String text(List<IngressRule> rules) {
        return rules.stream().map(IngressRules::text).sorted().collect(Collectors.joining(", "));
    }

    private static String count(List<IngressRule> rules) {
        return rules.size() == 1 ? "1 rule" : rules.size() + " rules";
    }
}
