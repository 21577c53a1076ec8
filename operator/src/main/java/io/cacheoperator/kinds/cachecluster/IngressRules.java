package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.SecurityGroupState;
import io.cacheoperator.aws.SecurityGroupState.IngressRule;
import io.cacheoperator.aws.SecurityGroupState.Rule;
import io.cacheoperator.aws.SecurityGroupState.Source;
import io.cacheoperator.kinds.cachecluster.NetworkSpec.AllowFrom;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns {@code allowFrom} into rules as EC2 stores them. */
final class IngressRules {

    private IngressRules() {}

    /** One rule per source and in the order given; a source that is named twice counts once. */
    static List<IngressRule> of(List<AllowFrom> entries, int port) {
        Map<Source, IngressRule> rules = new LinkedHashMap<>();
        for (AllowFrom entry : entries) {
            source(entry)
                    .ifPresent(source -> rules.putIfAbsent(
                            source,
                            new IngressRule("tcp", port, port, source, Optional.ofNullable(entry.description()))));
        }
        return List.copyOf(rules.values());
    }

    /** Whether both let the same in. A description is no part of a rule's identity. */
    static boolean same(IngressRule a, IngressRule b) {
        return a.protocol().equals(b.protocol())
                && a.fromPort() == b.fromPort()
                && a.toPort() == b.toPort()
                && a.source().equals(b.source());
    }

    /** For people: {@code tcp 6379 from 10.0.0.0/16}. */
    static String text(IngressRule rule) {
        String ports = rule.fromPort() == rule.toPort()
                ? Integer.toString(rule.fromPort())
                : rule.fromPort() + "-" + rule.toPort();
        return rule.protocol() + " " + ports + " from "
                + switch (rule.source()) {
                    case Source.Ipv4(String cidr) -> cidr;
                    case Source.Ipv6(String cidr) -> cidr;
                    case Source.Group(String groupId) -> groupId;
                    case Source.PrefixList(String prefixListId) -> prefixListId;
                };
    }

    /** What a group's rules let in, as a spec would say it; sorted, for EC2 has no order. */
    static List<AllowFrom> entries(SecurityGroupState group) {
        return group.ingress().stream()
                .map(Rule::rule)
                .sorted(Comparator.comparing(IngressRules::text))
                .map(IngressRules::entry)
                .toList();
    }

    private static AllowFrom entry(IngressRule rule) {
        String description = rule.description().orElse(null);
        return switch (rule.source()) {
            case Source.Ipv4(String cidr) -> new AllowFrom(cidr, null, null, description);
            case Source.Ipv6(String cidr) -> new AllowFrom(cidr, null, null, description);
            case Source.Group(String groupId) -> new AllowFrom(null, groupId, null, description);
            case Source.PrefixList(String prefixListId) -> new AllowFrom(null, null, prefixListId, description);
        };
    }

    private static Optional<Source> source(AllowFrom entry) {
        String cidr = entry.cidr();
        String group = entry.securityGroupId();
        String prefixList = entry.prefixListId();
        if (cidr != null) {
            return Optional.of(cidr.contains(":") ? new Source.Ipv6(canonical(cidr)) : new Source.Ipv4(cidr));
        }
        if (group != null) {
            return Optional.of(new Source.Group(group));
        }
        return Optional.ofNullable(prefixList).map(Source.PrefixList::new);
    }

    /** IPv6 as RFC 5952 writes it, which is how EC2 gives it back. */
    private static String canonical(String cidr) {
        int slash = cidr.indexOf('/');
        String address = slash < 0 ? cidr : cidr.substring(0, slash);
        String suffix = slash < 0 ? "" : cidr.substring(slash);
        try {
            byte[] bytes = InetAddress.getByName("[" + address + "]").getAddress();
            return bytes.length == 16 ? compressed(bytes) + suffix : cidr;
        } catch (UnknownHostException notAnAddress) {
            return cidr;
        }
    }

    private static String compressed(byte[] address) {
        List<Integer> groups = new ArrayList<>();
        for (int i = 0; i < 16; i += 2) {
            groups.add((address[i] & 0xff) << 8 | (address[i + 1] & 0xff));
        }
        int start = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int run = i;
            while (run < 8 && groups.get(run) == 0) {
                run++;
            }
            if (run - i > length) {
                start = i;
                length = run - i;
            }
        }
        return start < 0 ? hex(groups) : hex(groups.subList(0, start)) + "::" + hex(groups.subList(start + length, 8));
    }

    private static String hex(List<Integer> groups) {
        return String.join(":", groups.stream().map(Integer::toHexString).toList());
    }
}
