package io.cacheoperator.simulator.ec2;

import io.cacheoperator.simulator.world.RegionState;
import io.cacheoperator.simulator.world.ServiceStateKey;
import io.cacheoperator.simulator.world.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * The network of one account in one region. Values carry no tags; those are in a table of their own, since every resource has them
 * in the same way.
 */
final class Ec2State {
    static final ServiceStateKey<Ec2State> KEY = new ServiceStateKey<>("ec2", Ec2State.class, DefaultNetwork::seed);

    private final Table<VpcRecord> vpcs = new Table<>();
    private final Table<Subnet> subnets = new Table<>();
    private final Table<Group> groups = new Table<>();
    private final Table<Rule> rules = new Table<>();
    private final Table<NetworkInterface> interfaces = new Table<>();
    private final Table<Map<String, String>> tags = new Table<>();
    private final RegionState region;

    Ec2State(RegionState region) {
        this.region = region;
    }

    /** A security group. */
    record Group(String id, String vpcId, String name, String description) {}

    RegionState region() {
        return region;
    }

    Table<VpcRecord> vpcs() {
        return vpcs;
    }

    Table<Subnet> subnets() {
        return subnets;
    }

    Table<Group> groups() {
        return groups;
    }

    Table<Rule> rules() {
        return rules;
    }

    Table<NetworkInterface> interfaces() {
        return interfaces;
    }

    /** Tags by resource id. */
    Table<Map<String, String>> tags() {
        return tags;
    }

    Optional<VpcRecord> defaultVpc() {
        return vpcs.values().stream().filter(vpc -> vpc.vpc().isDefault()).findFirst();
    }

    boolean inDefaultVpc(Group group) {
        return defaultVpc().map(vpc -> vpc.id().equals(group.vpcId())).orElse(false);
    }

    Group group(String id) {
        if (!id.startsWith("sg-")) {
            throw Ec2Errors.malformedGroupId(id);
        }
        return groups.find(id).orElseThrow(() -> Ec2Errors.noGroup(id));
    }

    VpcRecord vpc(String id) {
        return vpcs.find(id).orElseThrow(() -> Ec2Errors.noVpc(id));
    }

    Optional<Group> defaultGroup(String vpcId) {
        return groups.values().stream()
                .filter(group -> group.vpcId().equals(vpcId) && group.name().equals("default"))
                .findFirst();
    }

    List<Rule> rulesOf(String groupId) {
        return rules.values().stream()
                .filter(rule -> rule.groupId().equals(groupId))
                .toList();
    }

    /** Makes a group with the rules that every new group has: everything may leave. */
    Group addGroup(String id, String vpcId, String name, String description, Instant at) {
        Group group = new Group(id, vpcId, name, description);
        groups.put(id, group, at);
        addRule(id, true, anywhere(new Peer.Ipv4("0.0.0.0/0")), at);
        boolean ipv6 = vpcs.find(vpcId)
                .map(vpc -> !vpc.vpc().ipv6CidrBlockAssociationSet().isEmpty())
                .orElse(false);
        if (ipv6) {
            addRule(id, true, anywhere(new Peer.Ipv6("::/0")), at);
        }
        return group;
    }

    /** The group named default, whose members reach each other. */
    void addDefaultGroup(String vpcId, Instant at) {
        String id = region.ids().named("sg-", "default/" + vpcId);
        addGroup(id, vpcId, "default", "default VPC security group", at);
        addRule(id, false, anywhere(new Peer.Group(id, region.account())), at);
    }

    Rule addRule(String groupId, boolean egress, RuleSpec spec, Instant at) {
        Rule rule = new Rule(region.ids().next("sgr-"), groupId, egress, spec);
        rules.put(rule.id(), rule, at);
        return rule;
    }

    void removeGroup(String id, Instant at) {
        rulesOf(id).forEach(rule -> removeRule(rule.id(), at));
        groups.remove(id, at);
        tags.remove(id, at);
    }

    void removeRule(String id, Instant at) {
        rules.remove(id, at);
        tags.remove(id, at);
    }

    private static RuleSpec anywhere(Peer peer) {
        return new RuleSpec("-1", -1, -1, peer, Optional.empty());
    }
}
