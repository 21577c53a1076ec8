package io.cacheoperator.simulator.ec2;

import io.cacheoperator.simulator.ec2.Ec2State.Group;
import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.world.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.ModifySecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.ModifySecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleDescription;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleRequest;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleUpdate;
import software.amazon.awssdk.services.ec2.model.UpdateSecurityGroupRuleDescriptionsEgressRequest;
import software.amazon.awssdk.services.ec2.model.UpdateSecurityGroupRuleDescriptionsEgressResponse;
import software.amazon.awssdk.services.ec2.model.UpdateSecurityGroupRuleDescriptionsIngressRequest;
import software.amazon.awssdk.services.ec2.model.UpdateSecurityGroupRuleDescriptionsIngressResponse;

/** Changes to rules in place, which keep their ids. */
final class RuleChanges {
    private final World world;

    RuleChanges(World world) {
        this.world = world;
    }

    void register(Ec2Operations operations) {
        operations.add("ModifySecurityGroupRules", ModifySecurityGroupRulesRequest::builder, this::modify);
        operations.add(
                "UpdateSecurityGroupRuleDescriptionsIngress",
                UpdateSecurityGroupRuleDescriptionsIngressRequest::builder,
                this::describeIngress);
        operations.add(
                "UpdateSecurityGroupRuleDescriptionsEgress",
                UpdateSecurityGroupRuleDescriptionsEgressRequest::builder,
                this::describeEgress);
    }

    private ModifySecurityGroupRulesResponse modify(ModifySecurityGroupRulesRequest request, Call call) {
        Ec2State state = world.region(call).get(Ec2State.KEY);
        Group group = SecurityGroups.named(state, request.groupId(), null);
        if (request.securityGroupRules().isEmpty()) {
            throw Ec2Errors.missing("SecurityGroupRule");
        }
        Map<String, Rule> rules = new LinkedHashMap<>();
        state.rulesOf(group.id()).forEach(rule -> rules.put(rule.id(), rule));
        Map<String, Rule> changed = new LinkedHashMap<>();
        for (SecurityGroupRuleUpdate update : request.securityGroupRules()) {
            Rule rule = rule(rules, update.securityGroupRuleId());
            if (update.securityGroupRule() == null) {
                throw Ec2Errors.missing("SecurityGroupRule");
            }
            RuleSpec spec = spec(update.securityGroupRule(), call.account());
            SecurityGroupRules.checkPeer(state, spec, call);
            SecurityGroupRules.checkAbsent(others(rules, rule), spec);
            Rule after = new Rule(rule.id(), rule.groupId(), rule.egress(), spec);
            rules.put(rule.id(), after);
            changed.put(rule.id(), after);
        }
        changed.forEach((id, rule) -> state.rules().put(id, rule, call.now()));
        return ModifySecurityGroupRulesResponse.builder().returnValue(true).build();
    }

    private static List<Rule> others(Map<String, Rule> rules, Rule rule) {
        return rules.values().stream()
                .filter(other -> !other.id().equals(rule.id()) && other.egress() == rule.egress())
                .toList();
    }

    /** The rule afterwards; what the request leaves out is gone, the description too. */
    private static RuleSpec spec(SecurityGroupRuleRequest request, String account) {
        List<Peer> peers = new ArrayList<>();
        if (request.cidrIpv4() != null) {
            peers.add(new Peer.Ipv4(Cidr.v4(request.cidrIpv4()).toString()));
        }
        if (request.cidrIpv6() != null) {
            peers.add(new Peer.Ipv6(Cidr.v6(request.cidrIpv6()).toString()));
        }
        if (request.prefixListId() != null) {
            peers.add(new Peer.PrefixList(request.prefixListId()));
        }
        if (request.referencedGroupId() != null) {
            peers.add(new Peer.Group(request.referencedGroupId(), account));
        }
        if (peers.size() != 1) {
            throw AwsError.invalidParameterCombination("Specify exactly one of CidrIpv4, CidrIpv6, PrefixListId and"
                    + " ReferencedGroupId for each security group rule");
        }
        return RuleSpec.of(
                request.ipProtocol(), request.fromPort(), request.toPort(), peers.getFirst(), request.description());
    }

    private UpdateSecurityGroupRuleDescriptionsIngressResponse describeIngress(
            UpdateSecurityGroupRuleDescriptionsIngressRequest request, Call call) {
        Ec2State state = world.region(call).get(Ec2State.KEY);
        Group group = SecurityGroups.named(state, request.groupId(), request.groupName());
        describe(state, group, false, request.ipPermissions(), request.securityGroupRuleDescriptions(), call);
        return UpdateSecurityGroupRuleDescriptionsIngressResponse.builder()
                .returnValue(true)
                .build();
    }

    private UpdateSecurityGroupRuleDescriptionsEgressResponse describeEgress(
            UpdateSecurityGroupRuleDescriptionsEgressRequest request, Call call) {
        Ec2State state = world.region(call).get(Ec2State.KEY);
        Group group = SecurityGroups.named(state, request.groupId(), request.groupName());
        describe(state, group, true, request.ipPermissions(), request.securityGroupRuleDescriptions(), call);
        return UpdateSecurityGroupRuleDescriptionsEgressResponse.builder()
                .returnValue(true)
                .build();
    }

    private static void describe(
            Ec2State state,
            Group group,
            boolean egress,
            List<IpPermission> permissions,
            List<SecurityGroupRuleDescription> byId,
            Call call) {
        Map<String, Rule> rules = new LinkedHashMap<>();
        state.rulesOf(group.id()).stream()
                .filter(rule -> rule.egress() == egress)
                .forEach(rule -> rules.put(rule.id(), rule));
        List<Rule> changed = new ArrayList<>();
        for (SecurityGroupRuleDescription description : byId) {
            RuleSpec.check(description.description());
            changed.add(described(
                    rule(rules, description.securityGroupRuleId()), Optional.ofNullable(description.description())));
        }
        for (IpPermission permission : permissions) {
            for (RuleSpec spec : RuleSpec.of(permission, call.account())) {
                Rule rule = rules.values().stream()
                        .filter(known -> known.spec().sameAs(spec))
                        .findFirst()
                        .orElseThrow(() -> AwsError.badRequest(
                                "InvalidPermission.NotFound",
                                "The specified rule does not exist in this security group."));
                changed.add(described(rule, spec.description()));
            }
        }
        if (changed.isEmpty()) {
            throw Ec2Errors.missing("ipPermissions or securityGroupRuleDescriptions");
        }
        changed.forEach(rule -> state.rules().put(rule.id(), rule, call.now()));
    }

    private static Rule described(Rule rule, Optional<String> words) {
        return new Rule(rule.id(), rule.groupId(), rule.egress(), rule.spec().withDescription(words));
    }

    private static Rule rule(Map<String, Rule> rules, @Nullable String id) {
        if (id == null) {
            throw Ec2Errors.missing("SecurityGroupRuleId");
        }
        Rule rule = rules.get(id);
        if (rule == null) {
            throw Ec2Errors.noRule(id);
        }
        return rule;
    }
}
