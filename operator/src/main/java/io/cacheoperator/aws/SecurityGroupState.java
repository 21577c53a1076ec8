package io.cacheoperator.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An EC2 security group with its ingress rules as DescribeSecurityGroupRules shows them. */
public record SecurityGroupState(
        String id, String name, String vpcId, String description, Map<String, String> tags, List<Rule> ingress) {

    public SecurityGroupState {
        tags = Map.copyOf(tags);
        ingress = List.copyOf(ingress);
    }

    /**
     * An ingress rule with its id. Its description is no part of its identity.
     *
     * @param id such as {@code sgr-0abc}
     */
    public record Rule(String id, IngressRule rule) {}

    /**
     * Who may connect to which port. Exactly one source.
     *
     * @param source a CIDR block as EC2 stores it, a security group id or a prefix list id
     */
    public record IngressRule(String protocol, int fromPort, int toPort, Source source, Optional<String> description) {}

    /** Where a connection may come from. */
    public sealed interface Source {
        record Ipv4(String cidr) implements Source {}

        record Ipv6(String cidr) implements Source {}

        record Group(String groupId) implements Source {}

        record PrefixList(String prefixListId) implements Source {}
    }
}
