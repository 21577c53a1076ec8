package io.cacheoperator.aws;

import io.cacheoperator.aws.SecurityGroupState.IngressRule;
import io.cacheoperator.aws.SecurityGroupState.Rule;
import io.cacheoperator.aws.SecurityGroupState.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** Between EC2's shapes and our records. */
final class Ec2Shapes {

    private Ec2Shapes() {}

    static SecurityGroupState group(SecurityGroup group, List<SecurityGroupRule> rules) {
        return new SecurityGroupState(
                FromElastiCache.text(group.groupId()),
                FromElastiCache.text(group.groupName()),
                FromElastiCache.text(group.vpcId()),
                FromElastiCache.text(group.description()),
                tags(group.tags()),
                rules(rules));
    }

    /** Ingress only, in the order of their ids, so that equal groups are equal. */
    static List<Rule> rules(List<SecurityGroupRule> rules) {
        return rules.stream()
                .filter(r -> !Boolean.TRUE.equals(r.isEgress()))
                .flatMap(r -> source(r).map(s -> rule(r, s)).stream())
                .sorted(java.util.Comparator.comparing(Rule::id))
                .toList();
    }

    private static Rule rule(SecurityGroupRule r, Source source) {
        return new Rule(
                FromElastiCache.text(r.securityGroupRuleId()),
                new IngressRule(
                        FromElastiCache.text(r.ipProtocol()),
                        r.fromPort() == null ? -1 : r.fromPort(),
                        r.toPort() == null ? -1 : r.toPort(),
                        source,
                        FromElastiCache.optional(r.description())));
    }

    private static Optional<Source> source(SecurityGroupRule r) {
        if (r.cidrIpv4() != null) {
            return Optional.of(new Source.Ipv4(r.cidrIpv4()));
        }
        if (r.cidrIpv6() != null) {
            return Optional.of(new Source.Ipv6(r.cidrIpv6()));
        }
        if (r.prefixListId() != null) {
            return Optional.of(new Source.PrefixList(r.prefixListId()));
        }
        return Optional.ofNullable(r.referencedGroupInfo())
                .flatMap(g -> FromElastiCache.optional(g.groupId()))
                .map(Source.Group::new);
    }

    static IpPermission permission(IngressRule rule) {
        IpPermission.Builder permission = IpPermission.builder()
                .ipProtocol(rule.protocol())
                .fromPort(rule.fromPort())
                .toPort(rule.toPort());
        switch (rule.source()) {
            case Source.Ipv4(String cidr) -> {
                IpRange.Builder range = IpRange.builder().cidrIp(cidr);
                rule.description().ifPresent(range::description);
                permission.ipRanges(range.build());
            }
            case Source.Ipv6(String cidr) -> {
                Ipv6Range.Builder range = Ipv6Range.builder().cidrIpv6(cidr);
                rule.description().ifPresent(range::description);
                permission.ipv6Ranges(range.build());
            }
            case Source.Group(String id) -> {
                UserIdGroupPair.Builder pair = UserIdGroupPair.builder().groupId(id);
                rule.description().ifPresent(pair::description);
                permission.userIdGroupPairs(pair.build());
            }
            case Source.PrefixList(String id) -> {
                PrefixListId.Builder list = PrefixListId.builder().prefixListId(id);
                rule.description().ifPresent(list::description);
                permission.prefixListIds(list.build());
            }
        }
        return permission.build();
    }

    static SubnetState subnet(Subnet subnet) {
        return new SubnetState(
                FromElastiCache.text(subnet.subnetId()),
                FromElastiCache.text(subnet.vpcId()),
                FromElastiCache.text(subnet.availabilityZone()));
    }

    static Map<String, String> tags(List<Tag> tags) {
        Map<String, String> byKey = new TreeMap<>();
        tags.forEach(t -> byKey.put(t.key(), FromElastiCache.text(t.value())));
        return byKey;
    }

    static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
                .toList();
    }
}
