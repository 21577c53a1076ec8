package io.cacheoperator.simulator.ec2;

import io.cacheoperator.simulator.service.AwsError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** What the four calls that authorize or revoke rules have in common. */
record RuleCall(
        @Nullable String groupId,
        @Nullable String groupName,
        boolean egress,
        List<IpPermission> permissions,
        List<String> ruleIds,
        List<TagSpecification> tags) {

    static RuleCall of(AuthorizeSecurityGroupIngressRequest r) {
        List<IpPermission> permissions =
                withShortForm(r.ipPermissions(), r.ipProtocol(), r.fromPort(), r.toPort(), r.cidrIp());
        return new RuleCall(r.groupId(), r.groupName(), false, permissions, List.of(), r.tagSpecifications());
    }

    static RuleCall of(AuthorizeSecurityGroupEgressRequest r) {
        List<IpPermission> permissions =
                withShortForm(r.ipPermissions(), r.ipProtocol(), r.fromPort(), r.toPort(), r.cidrIp());
        return new RuleCall(r.groupId(), null, true, permissions, List.of(), r.tagSpecifications());
    }

    static RuleCall of(RevokeSecurityGroupIngressRequest r) {
        List<IpPermission> permissions =
                withShortForm(r.ipPermissions(), r.ipProtocol(), r.fromPort(), r.toPort(), r.cidrIp());
        return new RuleCall(r.groupId(), r.groupName(), false, permissions, r.securityGroupRuleIds(), List.of());
    }

    static RuleCall of(RevokeSecurityGroupEgressRequest r) {
        List<IpPermission> permissions =
                withShortForm(r.ipPermissions(), r.ipProtocol(), r.fromPort(), r.toPort(), r.cidrIp());
        return new RuleCall(r.groupId(), null, true, permissions, r.securityGroupRuleIds(), List.of());
    }

    /** One rule can also be given by parameters at the top of the request. */
    private static List<IpPermission> withShortForm(
            List<IpPermission> permissions,
            @Nullable String protocol,
            @Nullable Integer from,
            @Nullable Integer to,
            @Nullable String cidr) {
        List<IpPermission> all = new ArrayList<>(permissions);
        if (cidr != null) {
            all.add(IpPermission.builder()
                    .ipProtocol(protocol)
                    .fromPort(from)
                    .toPort(to)
                    .ipRanges(range -> range.cidrIp(cidr))
                    .build());
        }
        return all;
    }

    /** The rules that are meant, each once. */
    List<RuleSpec> specs(String account) {
        List<RuleSpec> specs = new ArrayList<>();
        for (IpPermission permission : permissions) {
            for (RuleSpec spec : RuleSpec.of(permission, account)) {
                if (specs.stream().anyMatch(spec::sameAs)) {
                    throw AwsError.invalidParameterValue("The same permission must not appear multiple times");
                }
                specs.add(spec);
            }
        }
        return specs;
    }
}
