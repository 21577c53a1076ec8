package io.cacheoperator.simulator.ec2;

import io.cacheoperator.simulator.service.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/**
 * What a rule permits, in EC2's canonical form. Two rules are the same if all but their descriptions is.
 *
 * @param protocol tcp, udp, icmp, icmpv6, another protocol's number, or -1 for all
 * @param from     the first port or ICMP type; -1 where there is none
 * @param to       the last port or ICMP code; -1 where there is none
 */
record RuleSpec(String protocol, int from, int to, Peer peer, Optional<String> description) {
    private static final int MAX_PORT = 65535;
    private static final int MAX_PROTOCOL = 255;
    private static final Pattern DESCRIPTION = Pattern.compile("[a-zA-Z0-9. _\\-:/()#,@\\[\\]+=&;{}!$*]{0,255}");

    /** A rule that permits something on some ports. */
    static RuleSpec of(
            @Nullable String protocol,
            @Nullable Integer from,
            @Nullable Integer to,
            Peer peer,
            @Nullable String description) {
        String name = protocol(protocol);
        check(description);
        Optional<String> words = Optional.ofNullable(description).filter(text -> !text.isEmpty());
        return switch (name) {
            case "tcp", "udp" -> {
                if (from == null || to == null) {
                    throw AwsError.invalidParameterValue(
                            "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.");
                }
                if (from < 0 || to > MAX_PORT || from > to) {
                    throw AwsError.invalidParameterValue("Invalid TCP/UDP port range (" + from + ":" + to + ")");
                }
                yield new RuleSpec(name, from, to, peer, words);
            }
            case "icmp", "icmpv6" -> new RuleSpec(name, orNone(from), orNone(to), peer, words);
            default -> new RuleSpec(name, -1, -1, peer, words);
        };
    }

    /** The rules that a permission stands for: one per peer. */
    static List<RuleSpec> of(IpPermission permission, String account) {
        List<RuleSpec> rules = new ArrayList<>();
        permission
                .ipRanges()
                .forEach(range -> rules.add(of(
                        permission,
                        new Peer.Ipv4(Cidr.v4(String.valueOf(range.cidrIp())).toString()),
                        range.description())));
        permission
                .ipv6Ranges()
                .forEach(range -> rules.add(of(
                        permission,
                        new Peer.Ipv6(Cidr.v6(String.valueOf(range.cidrIpv6())).toString()),
                        range.description())));
        permission
                .prefixListIds()
                .forEach(list -> rules.add(
                        of(permission, new Peer.PrefixList(String.valueOf(list.prefixListId())), list.description())));
        permission
                .userIdGroupPairs()
                .forEach(pair -> rules.add(of(permission, group(pair, account), pair.description())));
        if (rules.isEmpty()) {
            throw AwsError.missingParameter("The request must contain a source or destination for each permission");
        }
        return rules;
    }

    private static RuleSpec of(IpPermission permission, Peer peer, @Nullable String description) {
        return of(permission.ipProtocol(), permission.fromPort(), permission.toPort(), peer, description);
    }

    private static Peer group(UserIdGroupPair pair, String account) {
        String id = pair.groupId();
        if (id == null) {
            throw Ec2Errors.missing("groupId");
        }
        return new Peer.Group(id, Optional.ofNullable(pair.userId()).orElse(account));
    }

    static String protocol(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            throw Ec2Errors.missing("ipProtocol");
        }
        String name = text.toLowerCase(Locale.ROOT);
        return switch (name) {
            case "tcp", "6" -> "tcp";
            case "udp", "17" -> "udp";
            case "icmp", "1" -> "icmp";
            case "icmpv6", "58" -> "icmpv6";
            case "-1", "all" -> "-1";
            default -> {
                if (!name.matches("[0-9]{1,3}") || Integer.parseInt(name) > MAX_PROTOCOL) {
                    throw AwsError.badRequest(
                            "InvalidPermission.Malformed",
                            "Unsupported IP protocol \"" + text + "\"  - supported: [tcp, udp, icmp]");
                }
                yield name;
            }
        };
    }

    static void check(@Nullable String description) {
        if (description != null && !DESCRIPTION.matcher(description).matches()) {
            throw AwsError.invalidParameterValue("Invalid rule description. Valid descriptions are strings less than"
                    + " 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*");
        }
    }

    private static int orNone(@Nullable Integer number) {
        return number == null ? -1 : number;
    }

    RuleSpec withDescription(Optional<String> words) {
        return new RuleSpec(protocol, from, to, peer, words.filter(text -> !text.isEmpty()));
    }

    boolean sameAs(RuleSpec other) {
        return withDescription(Optional.empty()).equals(other.withDescription(Optional.empty()));
    }

    /** As EC2 writes it in its messages. */
    String words() {
        String ports = switch (protocol) {
            case "-1" -> "ALL";
            case "tcp", "udp" -> protocol.toUpperCase(Locale.ROOT) + ", from port: " + from + ", to port: " + to;
            case "icmp", "icmpv6" -> protocol.toUpperCase(Locale.ROOT) + ", type: " + from + ", code: " + to;
            default -> protocol;
        };
        return "peer: " + peer.words() + ", " + ports + ", ALLOW";
    }
}
