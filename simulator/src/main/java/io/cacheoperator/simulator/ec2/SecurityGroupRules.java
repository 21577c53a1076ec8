package io.cacheoperator.simulator.ec2;

import io.cacheoperator.simulator.ec2.Ec2State.Group;
import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.Page;
import io.cacheoperator.simulator.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressResponse;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressResponse;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.RevokedSecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;

/** Rules of security groups: adding, removing and reading them. */
final class SecurityGroupRules {
    private static final int QUOTA = 60;
    private static final Filters<SecurityGroupRule> FILTERS = Filters.withTags(SecurityGroupRule::tags)
            .one("group-id", SecurityGroupRule::groupId)
            .one("security-group-rule-id", SecurityGroupRule::securityGroupRuleId);

    private final World world;

    SecurityGroupRules(World world) {
        this.world = world;
    }

    void register(Ec2Operations operations) {
        operations.add(
                "AuthorizeSecurityGroupIngress", AuthorizeSecurityGroupIngressRequest::builder, this::authorizeIngress);
        operations.add(
                "AuthorizeSecurityGroupEgress", AuthorizeSecurityGroupEgressRequest::builder, this::authorizeEgress);
        operations.add("RevokeSecurityGroupIngress", RevokeSecurityGroupIngressRequest::builder, this::revokeIngress);
        operations.add("RevokeSecurityGroupEgress", RevokeSecurityGroupEgressRequest::builder, this::revokeEgress);
        operations.add("DescribeSecurityGroupRules", DescribeSecurityGroupRulesRequest::builder, this::describe);
    }

    private AuthorizeSecurityGroupIngressResponse authorizeIngress(
            AuthorizeSecurityGroupIngressRequest request, Call call) {
        return AuthorizeSecurityGroupIngressResponse.builder()
                .returnValue(true)
                .securityGroupRules(authorize(RuleCall.of(request), call))
                .build();
    }

    private AuthorizeSecurityGroupEgressResponse authorizeEgress(
            AuthorizeSecurityGroupEgressRequest request, Call call) {
        return AuthorizeSecurityGroupEgressResponse.builder()
                .returnValue(true)
                .securityGroupRules(authorize(RuleCall.of(request), call))
                .build();
    }

    private List<SecurityGroupRule> authorize(RuleCall request, Call call) {
        Ec2State state = world.region(call).get(Ec2State.KEY);
        Group group = SecurityGroups.named(state, request.groupId(), request.groupName());
        List<RuleSpec> specs = request.specs(call.account());
        if (specs.isEmpty()) {
            throw Ec2Errors.missing("ipPermissions");
        }
        Map<String, String> tags = Ec2Tags.requested(request.tags(), ResourceKind.SECURITY_GROUP_RULE);
        List<Rule> present = rules(state, group, request.egress());
        for (RuleSpec spec : specs) {
            checkPeer(state, spec, call);
            checkAbsent(present, spec);
        }
        checkQuota(present, specs);
        List<SecurityGroupRule> added = new ArrayList<>();
        for (RuleSpec spec : specs) {
            Rule rule = state.addRule(group.id(), request.egress(), spec, call.now());
            if (!tags.isEmpty()) {
                state.tags().put(rule.id(), Map.copyOf(tags), call.now());
            }
            added.add(show(state, rule, call.now()));
        }
        return added;
    }

    /** Refuses a peer that is not there: a group of this account, or a prefix list. */
    static void checkPeer(Ec2State state, RuleSpec spec, Call call) {
        switch (spec.peer()) {
            case Peer.Group peer -> {
                if (peer.account().equals(call.account())) {
                    state.group(peer.id());
                }
            }
            case Peer.PrefixList list -> {
                if (!PrefixLists.exists(state.region(), list.id())) {
                    throw Ec2Errors.noPrefixList(list.id());
                }
            }
            case Peer.Ipv4 block -> {}
            case Peer.Ipv6 block -> {}
        }
    }

    static void checkAbsent(List<Rule> present, RuleSpec spec) {
        if (present.stream().anyMatch(rule -> rule.spec().sameAs(spec))) {
            throw AwsError.badRequest(
                    "InvalidPermission.Duplicate", "the specified rule \"" + spec.words() + "\" already exists");
        }
    }

    /** Sixty rules per group and direction, those for IPv6 counted apart. */
    private static void checkQuota(List<Rule> present, List<RuleSpec> added) {
        long v6 = present.stream().filter(rule -> isV6(rule.spec())).count()
                + added.stream().filter(SecurityGroupRules::isV6).count();
        if (v6 > QUOTA || present.size() + added.size() - v6 > QUOTA) {
            throw AwsError.badRequest(
                    "RulesPerSecurityGroupLimitExceeded",
                    "The maximum number of rules per security group has been reached.");
        }
    }

    private static boolean isV6(RuleSpec spec) {
        return spec.peer() instanceof Peer.Ipv6;
    }

    private record Revoked(List<RevokedSecurityGroupRule> rules, List<IpPermission> unknown) {}

    private RevokeSecurityGroupIngressResponse revokeIngress(RevokeSecurityGroupIngressRequest request, Call call) {
        Revoked revoked = revoke(RuleCall.of(request), call);
        var response = RevokeSecurityGroupIngressResponse.builder()
                .returnValue(true)
                .revokedSecurityGroupRules(revoked.rules());
        return (revoked.unknown().isEmpty() ? response : response.unknownIpPermissions(revoked.unknown())).build();
    }

    private RevokeSecurityGroupEgressResponse revokeEgress(RevokeSecurityGroupEgressRequest request, Call call) {
        Revoked revoked = revoke(RuleCall.of(request), call);
        var response = RevokeSecurityGroupEgressResponse.builder()
                .returnValue(true)
                .revokedSecurityGroupRules(revoked.rules());
        return (revoked.unknown().isEmpty() ? response : response.unknownIpPermissions(revoked.unknown())).build();
    }

    private Revoked revoke(RuleCall request, Call call) {
        Ec2State state = world.region(call).get(Ec2State.KEY);
        Group group = SecurityGroups.named(state, request.groupId(), request.groupName());
        List<Rule> present = rules(state, group, request.egress());
        List<RuleSpec> specs = request.specs(call.account());
        if (specs.isEmpty() && request.ruleIds().isEmpty()) {
            throw Ec2Errors.missing("ipPermissions or securityGroupRuleIds");
        }
        List<Rule> revoked = new ArrayList<>();
        List<RuleSpec> unknown = new ArrayList<>();
        for (String id : request.ruleIds()) {
            revoked.add(present.stream()
                    .filter(rule -> rule.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> Ec2Errors.noRule(id)));
        }
        for (RuleSpec spec : specs) {
            Optional<Rule> found =
                    present.stream().filter(rule -> rule.spec().sameAs(spec)).findFirst();
            found.ifPresentOrElse(revoked::add, () -> unknown.add(spec));
        }
        if (!unknown.isEmpty() && !state.inDefaultVpc(group)) {
            throw AwsError.badRequest(
                    "InvalidPermission.NotFound", "The specified rule does not exist in this security group.");
        }
        revoked.forEach(rule -> state.removeRule(rule.id(), call.now()));
        return new Revoked(revoked.stream().map(SecurityGroupRules::revoked).toList(), Permissions.merge(unknown));
    }

    private static RevokedSecurityGroupRule revoked(Rule rule) {
        RuleSpec spec = rule.spec();
        var revoked = RevokedSecurityGroupRule.builder()
                .securityGroupRuleId(rule.id())
                .groupId(rule.groupId())
                .isEgress(rule.egress())
                .ipProtocol(spec.protocol())
                .fromPort(spec.from())
                .toPort(spec.to())
                .description(spec.description().orElse(null));
        return switch (spec.peer()) {
            case Peer.Ipv4 block -> revoked.cidrIpv4(block.cidr()).build();
            case Peer.Ipv6 block -> revoked.cidrIpv6(block.cidr()).build();
            case Peer.PrefixList list -> revoked.prefixListId(list.id()).build();
            case Peer.Group group -> revoked.referencedGroupId(group.id()).build();
        };
    }

    private DescribeSecurityGroupRulesResponse describe(DescribeSecurityGroupRulesRequest request, Call call) {
        Ec2State state = world.region(call).get(Ec2State.KEY);
        Ec2Pages pages = new Ec2Pages(request.maxResults(), request.nextToken())
                .notWith(request.securityGroupRuleIds(), "securityGroupRuleIds");
        Instant asOf = call.readAt();
        var view = state.rules().at(asOf);
        List<Rule> rules = request.securityGroupRuleIds().isEmpty()
                ? view.values()
                : request.securityGroupRuleIds().stream()
                        .map(id -> view.find(id).orElseThrow(() -> Ec2Errors.noRule(id)))
                        .toList();
        List<SecurityGroupRule> shown = FILTERS.apply(
                request.filters(),
                rules.stream().map(rule -> show(state, rule, asOf)).toList());
        Page<SecurityGroupRule> page = pages.of(shown, SecurityGroupRule::securityGroupRuleId);
        return DescribeSecurityGroupRulesResponse.builder()
                .securityGroupRules(page.items())
                .nextToken(page.next().orElse(null))
                .build();
    }

    private static SecurityGroupRule show(Ec2State state, Rule rule, Instant asOf) {
        String vpcId = state.groups().find(rule.groupId()).map(Group::vpcId).orElse("");
        return rule.describe(state.region().account(), vpcId)
                .securityGroupRuleArn(state.region()
                        .arn("ec2", "security-group-rule/" + rule.id())
                        .toString())
                .tags(Ec2Tags.of(state, rule.id(), asOf))
                .build();
    }

    private static List<Rule> rules(Ec2State state, Group group, boolean egress) {
        return state.rulesOf(group.id()).stream()
                .filter(rule -> rule.egress() == egress)
                .toList();
    }
}
