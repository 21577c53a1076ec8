package io.cacheoperator.simulator.ec2;

import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;

/**
 * A rule of a security group.
 *
 * @param id {@code sgr-...}
 */
record Rule(String id, String groupId, boolean egress, RuleSpec spec) {
    /** What DescribeSecurityGroupRules shows. Protocol -1 shows its ports as -1 there. */
    SecurityGroupRule.Builder describe(String account, String vpcId) {
        SecurityGroupRule.Builder rule = SecurityGroupRule.builder()
                .securityGroupRuleId(id)
                .groupId(groupId)
                .groupOwnerId(account)
                .isEgress(egress)
                .ipProtocol(spec.protocol())
                .fromPort(spec.from())
                .toPort(spec.to());
        spec.description().ifPresent(rule::description);
        switch (spec.peer()) {
            case Peer.Ipv4 block -> rule.cidrIpv4(block.cidr());
            case Peer.Ipv6 block -> rule.cidrIpv6(block.cidr());
            case Peer.PrefixList list -> rule.prefixListId(list.id());
            case Peer.Group group ->
                rule.referencedGroupInfo(
                        info -> info.groupId(group.id()).userId(group.account()).vpcId(vpcId));
        }
        return rule;
    }
}
