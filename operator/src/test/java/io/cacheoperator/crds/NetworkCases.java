package io.cacheoperator.crds;

import static io.cacheoperator.crds.RuleCase.Base.valkey;

import java.util.List;

/** Cases of {@link NetworkRules}. */
final class NetworkCases {

    private NetworkCases() {}

    static List<RuleCase> all() {
        return List.of(
                new RuleCase(
                        valkey,
                        "network: {subnetGroupName: g}",
                        "network: {subnetGroupName: g, subnetIds: [subnet-a]}",
                        "spec.network",
                        "`network` names subnets more than once: keep one of `subnetGroupName`, `subnetIds` and `subnetSelector`"),
                new RuleCase(
                        valkey,
                        "network: {subnetIds: [subnet-a]}",
                        "network: {subnetSelector: {vpcId: vpc-1}, subnetIds: [subnet-a]}",
                        "spec.network",
                        "`network` names subnets more than once: keep one of `subnetGroupName`, `subnetIds` and `subnetSelector`"),
                new RuleCase(
                        valkey,
                        "network: {subnetSelector: {vpcId: vpc-1}}",
                        "network: {subnetSelector: {vpcId: vpc-1}, subnetGroupName: g}",
                        "spec.network",
                        "`network` names subnets more than once: keep one of `subnetGroupName`, `subnetIds` and `subnetSelector`"),
                new RuleCase(
                        valkey,
                        "network: {subnetSelector: {tags: {tier: private}}}",
                        "network: {subnetSelector: {}}",
                        "spec.network.subnetSelector",
                        "`subnetSelector` would take every subnet: set `vpcId` or `tags`"),
                new RuleCase(
                        valkey,
                        "network: {subnetSelector: {vpcId: vpc-1}}",
                        "network: {subnetSelector: {vpcId: main}}",
                        "spec.network.subnetSelector.vpcId",
                        "`main` is not the id of a VPC: write one like vpc-0a1b2c3d"),
                new RuleCase(
                        valkey,
                        "network: {subnetIds: [subnet-a, subnet-b]}",
                        "network: {subnetIds: [subnet-a, private]}",
                        "spec.network.subnetIds[1]",
                        "`private` is not the id of a subnet: write one like subnet-0a1b2c3d"),
                new RuleCase(
                        valkey,
                        "network: {securityGroupIds: [sg-1]}",
                        "network: {securityGroupIds: [default]}",
                        "spec.network.securityGroupIds[0]",
                        "`default` is not the id of a security group: write one like sg-0a1b2c3d"),
                new RuleCase(
                        valkey,
                        "network: {allowFrom: [{securityGroupId: sg-1}]}",
                        "network: {allowFrom: [{securityGroupId: nodes}]}",
                        "spec.network.allowFrom[0].securityGroupId",
                        "`nodes` is not the id of a security group: write one like sg-0a1b2c3d"),
                new RuleCase(
                        valkey,
                        "network: {allowFrom: [{prefixListId: pl-1}]}",
                        "network: {allowFrom: [{prefixListId: offices}]}",
                        "spec.network.allowFrom[0].prefixListId",
                        "`offices` is not the id of a prefix list: write one like pl-0a1b2c3d"),
                new RuleCase(
                        valkey,
                        """
                        network:
                          allowFrom:
                            - {cidr: 10.0.0.0/16, description: nodes}
                            - {securityGroupId: sg-1}
                            - {prefixListId: pl-1}
                        """,
                        """
                        network:
                          allowFrom:
                            - {cidr: 10.0.0.0/16, description: nodes}
                            - {cidr: 10.1.0.0/16, securityGroupId: sg-1}
                        """,
                        "spec.network.allowFrom[1]",
                        "this entry of `allowFrom` has several sources: keep one of `cidr`, `securityGroupId` and `prefixListId`"),
                new RuleCase(
                        valkey,
                        "network: {allowFrom: [{cidr: 10.0.0.0/16}]}",
                        "network: {allowFrom: [{description: nodes}]}",
                        "spec.network.allowFrom[0]",
                        "this entry of `allowFrom` has no source: set `cidr`, `securityGroupId` or `prefixListId`"),
                new RuleCase(
                        valkey,
                        "network: {allowFrom: [{cidr: 10.0.0.1/32}]}",
                        "network: {allowFrom: [{cidr: 10.0.0.1}]}",
                        "spec.network.allowFrom[0].cidr",
                        "`10.0.0.1` is not a CIDR: write one like 10.0.0.0/16"),
                new RuleCase(
                        valkey,
                        "network: {allowFrom: [{cidr: 10.0.0.0/16}]}",
                        "network: {allowFrom: [{cidr: 10.0.3.0/16}]}",
                        "spec.network.allowFrom[0].cidr",
                        "`10.0.3.0/16` has host bits, or is not in its shortest form: write `10.0.0.0/16`"),
                new RuleCase(
                        valkey,
                        "network: {allowFrom: [{cidr: \"2001:db8::/32\"}]}",
                        "network: {allowFrom: [{cidr: \"2001:DB8:0::/32\"}]}",
                        "spec.network.allowFrom[0].cidr",
                        "`2001:DB8:0::/32` has host bits, or is not in its shortest form: write `2001:db8::/32`"),
                new RuleCase(
                        valkey,
                        "network: {allowFrom: [{cidr: 10.0.0.0/8}]}",
                        "network: {allowFrom: [{cidr: 0.0.0.0/0}]}",
                        "spec.network.allowFrom[0].cidr",
                        "`0.0.0.0/0` is the whole world, which must not reach a cache: write the ranges that may"),
                new RuleCase(
                        valkey,
                        "network: {allowFrom: [{cidr: \"fd00::/8\"}]}",
                        "network: {allowFrom: [{cidr: \"::/0\"}]}",
                        "spec.network.allowFrom[0].cidr",
                        "`::/0` is the whole world, which must not reach a cache: write the ranges that may"),
                new RuleCase(
                        valkey,
                        "network: {allowFrom: [{cidr: 10.0.0.0/16, description: a}, {cidr: 10.1.0.0/16, description: b}]}",
                        "network: {allowFrom: [{cidr: 10.0.0.0/16, description: a}, {cidr: 10.0.0.0/16, description: b}]}",
                        "spec.network.allowFrom",
                        "`allowFrom` names a source twice: keep one entry for each"),
                new RuleCase(
                        valkey,
                        "network: {allowFrom: [{securityGroupId: sg-1}, {prefixListId: pl-1}]}",
                        "network: {allowFrom: [{securityGroupId: sg-1}, {securityGroupId: sg-1, description: b}]}",
                        "spec.network.allowFrom",
                        "`allowFrom` names a source twice: keep one entry for each"),
                new RuleCase(
                        valkey,
                        "network: {allowFrom: [{prefixListId: pl-1}, {prefixListId: pl-2}]}",
                        "network: {allowFrom: [{prefixListId: pl-1}, {prefixListId: pl-1}]}",
                        "spec.network.allowFrom",
                        "`allowFrom` names a source twice: keep one entry for each"),
                new RuleCase(
                        valkey,
                        "network: {ipDiscovery: ipv6, networkType: dual_stack}",
                        "network: {ipDiscovery: ipv6}",
                        "spec.network.ipDiscovery",
                        "`ipDiscovery` is a family of `networkType`: set `networkType` to dual_stack or to the same"),
                new RuleCase(
                        valkey,
                        "network: {ipDiscovery: ipv6, networkType: ipv6}",
                        "network: {ipDiscovery: ipv4, networkType: ipv6}",
                        "spec.network.ipDiscovery",
                        "`ipDiscovery` is a family of `networkType`: set `networkType` to dual_stack or to the same"));
    }
}
