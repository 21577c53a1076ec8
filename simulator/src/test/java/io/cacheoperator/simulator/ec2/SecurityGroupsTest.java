package io.cacheoperator.simulator.ec2;

import static io.cacheoperator.simulator.Clients.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cacheoperator.simulator.Clients;
import io.cacheoperator.simulator.Simulator;
import io.cacheoperator.simulator.ec2.NetworkUse.InterfaceRequest;
import io.cacheoperator.simulator.world.RegionState;
import io.cacheoperator.simulator.world.SimulatorClock;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;

class SecurityGroupsTest {
    private Simulator simulator;
    private Ec2Client ec2;
    private String vpc;
    private String group;

    @BeforeEach
    void start() {
        simulator = Simulator.builder()
                .clock(SimulatorClock.manual(Instant.parse("2026-01-01T00:00:00Z")))
                .build()
                .start();
        ec2 = Clients.ec2(simulator);
        vpc = ec2.createVpc(r -> r.cidrBlock("10.0.0.0/16")).vpc().vpcId();
        group = create("g");
    }

    @AfterEach
    void stop() {
        ec2.close();
        simulator.close();
    }

    private String create(String name) {
        return ec2.createSecurityGroup(r -> r.groupName(name).description("d").vpcId(vpc))
                .groupId();
    }

    private static IpPermission tcp(int port, String... cidrs) {
        return IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(port)
                .toPort(port)
                .ipRanges(Stream.of(cidrs)
                        .map(cidr -> IpRange.builder().cidrIp(cidr).build())
                        .toList())
                .build();
    }

    private List<SecurityGroupRule> allow(IpPermission permission) {
        return ec2.authorizeSecurityGroupIngress(r -> r.groupId(group).ipPermissions(permission))
                .securityGroupRules();
    }

    private List<SecurityGroupRule> rules(boolean egress) {
        return ec2
                .describeSecurityGroupRules(
                        r -> r.filters(f -> f.name("group-id").values(group)))
                .securityGroupRules()
                .stream()
                .filter(rule -> rule.isEgress() == egress)
                .toList();
    }

    private SecurityGroup shown() {
        return ec2.describeSecurityGroups(r -> r.groupIds(group))
                .securityGroups()
                .getFirst();
    }

    @Test
    void aNewGroupLetsEverythingOutAndNothingIn() {
        assertThat(rules(false)).isEmpty();
        assertThat(rules(true)).singleElement().satisfies(rule -> {
            assertThat(rule.ipProtocol()).isEqualTo("-1");
            assertThat(rule.fromPort()).isEqualTo(-1);
            assertThat(rule.cidrIpv4()).isEqualTo("0.0.0.0/0");
            assertThat(rule.securityGroupRuleId()).startsWith("sgr-");
        });
        assertThat(shown().ipPermissionsEgress().getFirst().fromPort()).isNull();
    }

    @Test
    void rulesAreCanonicalAndMergedByPortsInTheGroup() {
        allow(tcp(6379, "10.0.0.5/24", "10.1.0.0/16"));
        allow(IpPermission.builder()
                .ipProtocol("6")
                .fromPort(6379)
                .toPort(6379)
                .userIdGroupPairs(pair -> pair.groupId(group))
                .build());
        assertThat(rules(false)).extracting(SecurityGroupRule::cidrIpv4).contains("10.0.0.0/24", "10.1.0.0/16");
        assertThat(shown().ipPermissions()).singleElement().satisfies(permission -> {
            assertThat(permission.ipProtocol()).isEqualTo("tcp");
            assertThat(permission.ipRanges()).hasSize(2);
            assertThat(permission.userIdGroupPairs().getFirst().groupId()).isEqualTo(group);
        });
    }

    @Test
    void aCallWithOneDuplicateAddsNothing() {
        allow(tcp(6379, "10.0.0.0/8"));
        Ec2Exception refusal = catchThrowableOfType(
                Ec2Exception.class,
                () -> ec2.authorizeSecurityGroupIngress(
                        r -> r.groupId(group).ipPermissions(tcp(6380, "10.0.0.0/8"), tcp(6379, "10.9.9.9/8"))));
        assertThat(words(refusal))
                .isEqualTo("InvalidPermission.Duplicate: the specified rule \"peer: 10.0.0.0/8, TCP, from port: 6379,"
                        + " to port: 6379, ALLOW\" already exists");
        assertThat(rules(false)).hasSize(1);
    }

    static Stream<Arguments> badPermissions() {
        return Stream.of(
                Arguments.of(tcp(6379, "10.0.0.0/99"), "InvalidParameterValue"),
                Arguments.of(tcp(70000, "10.0.0.0/8"), "InvalidParameterValue"),
                Arguments.of(tcp(6379), "MissingParameter"),
                Arguments.of(tcp(1, "10.0.0.0/8").toBuilder().ipProtocol("tpc").build(), "InvalidPermission.Malformed"),
                Arguments.of(
                        tcp(1).toBuilder()
                                .userIdGroupPairs(p -> p.groupId("sg-nothere"))
                                .build(),
                        "InvalidGroup.NotFound"),
                Arguments.of(
                        tcp(1).toBuilder()
                                .userIdGroupPairs(p -> p.groupId("web"))
                                .build(),
                        "InvalidGroupId.Malformed"),
                Arguments.of(
                        tcp(1).toBuilder()
                                .prefixListIds(p -> p.prefixListId("pl-1"))
                                .build(),
                        "InvalidPrefixListID.NotFound"),
                Arguments.of(
                        tcp(1).toBuilder()
                                .ipRanges(r -> r.cidrIp("10.0.0.0/8").description("a|b"))
                                .build(),
                        "InvalidParameterValue"),
                Arguments.of(tcp(1, "10.0.0.0/8", "10.1.1.1/8"), "InvalidParameterValue"));
    }

    @ParameterizedTest
    @MethodSource("badPermissions")
    void refusesBadPermissions(IpPermission permission, String code) {
        Ec2Exception refusal = catchThrowableOfType(Ec2Exception.class, () -> allow(permission));
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(rules(false)).isEmpty();
    }

    @Test
    void sixtyRulesAreTheLimit() {
        String[] sixty =
                IntStream.range(0, 60).mapToObj(i -> "10.0." + i + ".0/24").toArray(String[]::new);
        allow(tcp(6379, sixty));
        Ec2Exception refusal = catchThrowableOfType(Ec2Exception.class, () -> allow(tcp(6379, "10.1.0.0/24")));
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("RulesPerSecurityGroupLimitExceeded");
    }

    @Test
    void rulesChangeInPlaceAndKeepTheirIds() {
        String id = allow(tcp(6379, "10.0.0.0/8")).getFirst().securityGroupRuleId();
        ec2.modifySecurityGroupRules(r -> r.groupId(group)
                .securityGroupRules(u -> u.securityGroupRuleId(id)
                        .securityGroupRule(rule -> rule.ipProtocol("tcp")
                                .fromPort(6380)
                                .toPort(6380)
                                .cidrIpv4("11.0.0.0/8")
                                .description("moved"))));
        assertThat(rules(false)).singleElement().satisfies(rule -> {
            assertThat(rule.securityGroupRuleId()).isEqualTo(id);
            assertThat(rule.fromPort()).isEqualTo(6380);
            assertThat(rule.cidrIpv4()).isEqualTo("11.0.0.0/8");
            assertThat(rule.description()).isEqualTo("moved");
        });
        ec2.updateSecurityGroupRuleDescriptionsIngress(r -> r.groupId(group).ipPermissions(tcp(6380, "11.0.0.0/8")));
        assertThat(rules(false).getFirst().description()).isNull();
    }

    @Test
    void rulesAreRevokedByIdOrByPermission() {
        String id = allow(tcp(6379, "10.0.0.0/8")).getFirst().securityGroupRuleId();
        allow(tcp(6380, "10.0.0.0/8"));
        ec2.revokeSecurityGroupIngress(r -> r.groupId(group).securityGroupRuleIds(id));
        ec2.revokeSecurityGroupIngress(r -> r.groupId(group).ipPermissions(tcp(6380, "10.0.0.0/8")));
        assertThat(rules(false)).isEmpty();

        Ec2Exception byId = catchThrowableOfType(
                Ec2Exception.class,
                () -> ec2.revokeSecurityGroupIngress(r -> r.groupId(group).securityGroupRuleIds(id)));
        assertThat(byId.awsErrorDetails().errorCode()).isEqualTo("InvalidSecurityGroupRuleId.NotFound");
        Ec2Exception byPermission = catchThrowableOfType(
                Ec2Exception.class,
                () -> ec2.revokeSecurityGroupIngress(r -> r.groupId(group).ipPermissions(tcp(6380, "10.0.0.0/8"))));
        assertThat(words(byPermission))
                .isEqualTo("InvalidPermission.NotFound: The specified rule does not exist in this security group.");
    }

    @Test
    void namesAreUniquePerVpcWhateverTheirCase() {
        Ec2Exception refusal = catchThrowableOfType(Ec2Exception.class, () -> create("G"));
        assertThat(words(refusal))
                .isEqualTo("InvalidGroup.Duplicate: The security group 'G' already exists for VPC '" + vpc + "'");
    }

    @Test
    void groupsInUseCannotBeDeleted() {
        String other = create("other");
        ec2.authorizeSecurityGroupIngress(r -> r.groupId(other)
                .ipPermissions(tcp(1).toBuilder()
                        .userIdGroupPairs(p -> p.groupId(group))
                        .build()));
        assertRefused("DependencyViolation: resource " + group + " has a dependent object");
        ec2.deleteSecurityGroup(r -> r.groupId(other));

        RegionState region = simulator.world().region("us-east-1");
        NetworkUse network = new NetworkInterfaces(simulator.world());
        String subnet = network.defaultSubnets(region).getFirst().subnetId();
        String card = network.attach(
                        region,
                        new InterfaceRequest(subnet, List.of(group), "amazon-elasticache", "ElastiCache a-001"),
                        simulator.clock().instant())
                .interfaceId();
        assertRefused("DependencyViolation: resource " + group + " has a dependent object");
        assertThat(ec2.describeNetworkInterfaces(
                                r -> r.filters(f -> f.name("group-id").values(group)))
                        .networkInterfaces())
                .singleElement()
                .satisfies(shown -> assertThat(shown.requesterManaged()).isTrue());

        network.detach(region, card, simulator.clock().instant());
        assertThat(ec2.deleteSecurityGroup(r -> r.groupId(group)).groupId()).isEqualTo(group);
        assertRefused("InvalidGroup.NotFound: The security group '" + group + "' does not exist");
    }

    private void assertRefused(String words) {
        Ec2Exception refusal =
                catchThrowableOfType(Ec2Exception.class, () -> ec2.deleteSecurityGroup(r -> r.groupId(group)));
        assertThat(words(refusal)).isEqualTo(words);
    }

    @Test
    void theDefaultGroupCannotBeDeleted() {
        String id = ec2.describeSecurityGroups(r -> r.filters(
                        f -> f.name("group-name").values("default"),
                        f -> f.name("vpc-id").values(vpc)))
                .securityGroups()
                .getFirst()
                .groupId();
        Ec2Exception refusal =
                catchThrowableOfType(Ec2Exception.class, () -> ec2.deleteSecurityGroup(r -> r.groupId(id)));
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("CannotDelete");
    }

    @Test
    void filtersByTagsAndRefusesFiltersThatAreNone() {
        ec2.createTags(r -> r.resources(group).tags(t -> t.key("owner").value("me")));
        assertThat(ec2.describeSecurityGroups(
                                r -> r.filters(f -> f.name("tag:owner").values("m*")))
                        .securityGroups())
                .extracting(SecurityGroup::groupId)
                .containsExactly(group);
        ec2.deleteTags(r -> r.resources(group).tags(t -> t.key("owner").value("other")));
        assertThat(shown().tags()).hasSize(1);
        ec2.deleteTags(r -> r.resources(group).tags(t -> t.key("owner")));
        assertThat(shown().tags()).isEmpty();
        Ec2Exception refusal = catchThrowableOfType(
                Ec2Exception.class,
                () -> ec2.describeSecurityGroups(
                        r -> r.filters(f -> f.name("colour").values("red"))));
        assertThat(words(refusal)).isEqualTo("InvalidParameterValue: The filter 'colour' is invalid");
    }

    @Test
    void tagsTravelInTheCreateCall() {
        String id = ec2.createSecurityGroup(r -> r.groupName("tagged")
                        .description("d")
                        .vpcId(vpc)
                        .tagSpecifications(s -> s.resourceType(ResourceType.SECURITY_GROUP)
                                .tags(t -> t.key("k").value("v"))))
                .groupId();
        assertThat(ec2.describeTags(r -> r.filters(f -> f.name("resource-id").values(id)))
                        .tags())
                .singleElement()
                .satisfies(tag -> assertThat(tag.value()).isEqualTo("v"));
    }

    @Test
    void pagesAreRealAndExcludeIds() {
        for (int i = 0; i < 12; i++) {
            create("page-" + i);
        }
        var first = ec2.describeSecurityGroups(r -> r.maxResults(5));
        assertThat(first.securityGroups()).hasSize(5);
        long all = ec2.describeSecurityGroupsPaginator(r -> r.maxResults(5)).securityGroups().stream()
                .map(SecurityGroup::groupId)
                .distinct()
                .count();
        assertThat(all).isEqualTo(15);
        for (int size : List.of(4, 1001)) {
            Ec2Exception refusal =
                    catchThrowableOfType(Ec2Exception.class, () -> ec2.describeSecurityGroups(r -> r.maxResults(size)));
            assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("InvalidParameterValue");
        }
        Ec2Exception refusal = catchThrowableOfType(
                Ec2Exception.class,
                () -> ec2.describeSecurityGroups(r -> r.maxResults(5).groupIds(group)));
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("InvalidParameterCombination");
    }

    @Test
    void dryRunsChangeNothing() {
        Ec2Exception refusal = catchThrowableOfType(
                Ec2Exception.class,
                () -> ec2.deleteSecurityGroup(r -> r.groupId(group).dryRun(true)));
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("DryRunOperation");
        assertThat(refusal.statusCode()).isEqualTo(412);
        assertThat(shown().groupId()).isEqualTo(group);
    }
}
