package io.cacheoperator.simulator.ec2;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** Rules as DescribeSecurityGroups shows them: those with the same protocol and ports merged into one permission. */
final class Permissions {
    /** For all others every port is permitted, and none is shown. */
    private static final Set<String> HAVE_PORTS = Set.of("tcp", "udp", "icmp", "icmpv6");

    private record Ports(String protocol, int from, int to) {}

    private Permissions() {}

    static List<IpPermission> merge(List<RuleSpec> rules) {
        Map<Ports, List<RuleSpec>> byPorts = new LinkedHashMap<>();
        for (RuleSpec rule : rules) {
            byPorts.computeIfAbsent(new Ports(rule.protocol(), rule.from(), rule.to()), ports -> new ArrayList<>())
                    .add(rule);
        }
        return byPorts.entrySet().stream()
                .map(entry -> permission(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static IpPermission permission(Ports ports, List<RuleSpec> rules) {
        List<IpRange> v4 = new ArrayList<>();
        List<Ipv6Range> v6 = new ArrayList<>();
        List<PrefixListId> lists = new ArrayList<>();
        List<UserIdGroupPair> groups = new ArrayList<>();
        for (RuleSpec rule : rules) {
            String words = rule.description().orElse("");
            switch (rule.peer()) {
                case Peer.Ipv4 block -> {
                    IpRange.Builder range = IpRange.builder().cidrIp(block.cidr());
                    v4.add((words.isEmpty() ? range : range.description(words)).build());
                }
                case Peer.Ipv6 block -> {
                    Ipv6Range.Builder range = Ipv6Range.builder().cidrIpv6(block.cidr());
                    v6.add((words.isEmpty() ? range : range.description(words)).build());
                }
                case Peer.PrefixList list -> {
                    PrefixListId.Builder id = PrefixListId.builder().prefixListId(list.id());
                    lists.add((words.isEmpty() ? id : id.description(words)).build());
                }
                case Peer.Group group -> {
                    UserIdGroupPair.Builder pair =
                            UserIdGroupPair.builder().groupId(group.id()).userId(group.account());
                    groups.add((words.isEmpty() ? pair : pair.description(words)).build());
                }
            }
        }
        IpPermission.Builder permission = IpPermission.builder()
                .ipProtocol(ports.protocol())
                .ipRanges(v4)
                .ipv6Ranges(v6)
                .prefixListIds(lists)
                .userIdGroupPairs(groups);
        return (HAVE_PORTS.contains(ports.protocol())
                        ? permission.fromPort(ports.from()).toPort(ports.to())
                        : permission)
                .build();
    }
}
