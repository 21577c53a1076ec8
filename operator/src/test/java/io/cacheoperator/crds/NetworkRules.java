package io.cacheoperator.crds;

import static io.cacheoperator.crds.Rule.Reason.FieldValueForbidden;
import static io.cacheoperator.crds.Rule.Reason.FieldValueInvalid;
import static io.cacheoperator.crds.Rule.Reason.FieldValueRequired;

import java.util.List;

/** Subnets, security groups, and who may reach the cache. */
final class NetworkRules {

    private static final String SECURITY_GROUPS = ".spec.network.securityGroupIds";
    private static final String ALLOW_FROM = ".spec.network.allowFrom[]";

    private NetworkRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.of(".spec.network", "", FieldValueForbidden, """
                        [has(self.subnetGroupName), has(self.subnetIds), has(self.subnetSelector)].filter(g, g).size() <= 1
                        """, """
                        `network` names subnets more than once: keep one of `subnetGroupName`, `subnetIds` and `subnetSelector`
                        """),
                Rule.of(
                        ".spec.network.subnetSelector",
                        "",
                        FieldValueRequired,
                        "has(self.vpcId) || (has(self.tags) && size(self.tags) > 0)",
                        "`subnetSelector` would take every subnet: set `vpcId` or `tags`"),
                prefixed(".spec.network.subnetSelector.vpcId", "vpc-", "a VPC"),
                prefixed(".spec.network.subnetIds[]", "subnet-", "a subnet"),
                prefixed(SECURITY_GROUPS + "[]", "sg-", "a security group"),
                prefixed(ALLOW_FROM + ".securityGroupId", "sg-", "a security group"),
                prefixed(ALLOW_FROM + ".prefixListId", "pl-", "a prefix list"),
                Rule.of(
                                ALLOW_FROM,
                                "",
                                FieldValueInvalid,
                                """
                        [has(self.cidr), has(self.securityGroupId), has(self.prefixListId)].filter(g, g).size() == 1
                        """,
                                "an entry of `allowFrom` has one source: set "
                                        + "`cidr`, `securityGroupId` or `prefixListId`")
                        .saying("""
                        has(self.cidr) || has(self.securityGroupId) || has(self.prefixListId)
                        ? 'this entry of `allowFrom` has several sources: keep one of `cidr`, `securityGroupId` and `prefixListId`'
                        : 'this entry of `allowFrom` has no source: set `cidr`, `securityGroupId` or `prefixListId`'
                        """),
                Rule.field(ALLOW_FROM + ".cidr", "isCIDR(self)", "`cidr` is not a CIDR: write one like 10.0.0.0/16")
                        .saying("'`%s` is not a CIDR: write one like 10.0.0.0/16'.format([self])"),
                Rule.field(
                                ALLOW_FROM + ".cidr",
                                "!isCIDR(self) || string(cidr(self).masked()) == self",
                                "`cidr` has host bits, or is not in its shortest form: write it without")
                        .saying("""
                        '`%s` has host bits, or is not in its shortest form: write `%s`'
                        .format([self, string(cidr(self).masked())])
                        """),
                Rule.of(
                                ALLOW_FROM + ".cidr",
                                "",
                                FieldValueForbidden,
                                "!isCIDR(self) || cidr(self).prefixLength() > 0",
                                "the whole world must not reach a cache: write the ranges that may")
                        .saying("'`%s` is the whole world, which must not reach a cache: write the ranges that may'"
                                + ".format([self])"),
                Rule.of(
                        ".spec.network",
                        ".allowFrom",
                        FieldValueInvalid,
                        """
                        !has(self.allowFrom) || self.allowFrom.all(a,
                        (!has(a.cidr) || self.allowFrom.exists_one(b, has(b.cidr) && a.cidr == b.cidr))
                        && (!has(a.securityGroupId) || self.allowFrom.exists_one(b,
                        has(b.securityGroupId) && a.securityGroupId == b.securityGroupId))
                        && (!has(a.prefixListId) || self.allowFrom.exists_one(b,
                        has(b.prefixListId) && a.prefixListId == b.prefixListId)))
                        """,
                        "`allowFrom` names a source twice: keep one entry for each"),
                Rule.of(
                        ".spec.network",
                        ".ipDiscovery",
                        FieldValueInvalid,
                        """
                        !has(self.ipDiscovery) || (has(self.networkType)
                        ? self.networkType == 'dual_stack' || self.networkType == self.ipDiscovery
                        : self.ipDiscovery == 'ipv4')
                        """,
                        "`ipDiscovery` is a family of `networkType`: set `networkType` to dual_stack or to the same"));
    }

    private static Rule prefixed(String at, String prefix, String what) {
        String message = " is not the id of " + what + ": write one like " + prefix + "0a1b2c3d";
        return Rule.field(at, "self.startsWith('" + prefix + "')", "this" + message)
                .saying("'`%s`" + message + "'.format([self])");
    }
}
