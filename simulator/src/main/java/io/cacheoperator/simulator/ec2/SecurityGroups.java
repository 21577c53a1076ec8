package io.cacheoperator.simulator.ec2;

import io.cacheoperator.simulator.ec2.Ec2State.Group;
import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.Page;
import io.cacheoperator.simulator.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** Security groups, without the changing of their rules. */
final class SecurityGroups {
    private static final int QUOTA = 2500;
    private static final Pattern TEXT = Pattern.compile("[a-zA-Z0-9 ._\\-:/()#,@\\[\\]+=&;{}!$*]{1,255}");
    private static final String CHARSET = "Valid characters: a-z, A-Z, 0-9, spaces, and ._-:/()#,@[]+=&;{}!$*";
    private static final Filters<SecurityGroup> FILTERS = Filters.withTags(SecurityGroup::tags)
            .one("group-id", SecurityGroup::groupId)
            .one("group-name", SecurityGroup::groupName)
            .one("vpc-id", SecurityGroup::vpcId)
            .one("owner-id", SecurityGroup::ownerId)
            .one("description", SecurityGroup::description)
            .many("ip-permission.cidr", group -> cidrs(group.ipPermissions()))
            .many("ip-permission.ipv6-cidr", group -> cidrs6(group.ipPermissions()))
            .many("ip-permission.from-port", group -> fromPorts(group.ipPermissions()))
            .many("ip-permission.to-port", group -> toPorts(group.ipPermissions()))
            .many("ip-permission.protocol", group -> protocols(group.ipPermissions()))
            .many("ip-permission.group-id", group -> groups(group.ipPermissions()))
            .many("ip-permission.prefix-list-id", group -> lists(group.ipPermissions()))
            .many("egress.ip-permission.cidr", group -> cidrs(group.ipPermissionsEgress()))
            .many("egress.ip-permission.ipv6-cidr", group -> cidrs6(group.ipPermissionsEgress()))
            .many("egress.ip-permission.from-port", group -> fromPorts(group.ipPermissionsEgress()))
            .many("egress.ip-permission.to-port", group -> toPorts(group.ipPermissionsEgress()))
            .many("egress.ip-permission.protocol", group -> protocols(group.ipPermissionsEgress()))
            .many("egress.ip-permission.group-id", group -> groups(group.ipPermissionsEgress()))
            .many("egress.ip-permission.prefix-list-id", group -> lists(group.ipPermissionsEgress()))
            .many("ip-permission.user-id", group -> owners(group.ipPermissions()))
            .many("egress.ip-permission.user-id", group -> owners(group.ipPermissionsEgress()))
            .none("ip-permission.group-name", "egress.ip-permission.group-name");

    private final World world;

    SecurityGroups(World world) {
        this.world = world;
    }

    void register(Ec2Operations operations) {
        operations.add("CreateSecurityGroup", CreateSecurityGroupRequest::builder, this::create);
        operations.add("DeleteSecurityGroup", DeleteSecurityGroupRequest::builder, this::delete);
        operations.add("DescribeSecurityGroups", DescribeSecurityGroupsRequest::builder, this::describe);
    }

    /** The group that a call names by id, or by a name in the default VPC. */
    static Group named(Ec2State state, @Nullable String id, @Nullable String name) {
        if (id != null) {
            return state.group(id);
        }
        if (name == null) {
            throw AwsError.missingParameter("The request must contain the parameter GroupName or GroupId");
        }
        return state.groups().values().stream()
                .filter(group -> group.name().equals(name) && state.inDefaultVpc(group))
                .findFirst()
                .orElseThrow(() -> AwsError.badRequest(
                        "InvalidGroup.NotFound", "The security group '" + name + "' does not exist in default VPC"));
    }

    private CreateSecurityGroupResponse create(CreateSecurityGroupRequest request, Call call) {
        Ec2State state = world.region(call).get(Ec2State.KEY);
        String name = text(request.groupName(), "GroupName");
        String description = text(request.description(), "GroupDescription");
        if (name.startsWith("sg-")) {
            throw AwsError.invalidParameterValue("Value (" + name
                    + ") for parameter GroupName is invalid. Group names may not be in the format sg-*.");
        }
        Map<String, String> tags = Ec2Tags.requested(request.tagSpecifications(), ResourceKind.SECURITY_GROUP);
        VpcRecord vpc = request.vpcId() != null
                ? state.vpc(request.vpcId())
                : state.defaultVpc()
                        .orElseThrow(() -> AwsError.badRequest("VPCIdNotSpecified", "No default VPC for this user"));
        checkUnique(state, vpc.id(), name);
        Group group = state.addGroup(state.region().ids().next("sg-"), vpc.id(), name, description, call.now());
        if (!tags.isEmpty()) {
            state.tags().put(group.id(), Map.copyOf(tags), call.now());
        }
        return CreateSecurityGroupResponse.builder()
                .groupId(group.id())
                .securityGroupArn(arn(state, group))
                .tags(Ec2Tags.list(tags))
                .build();
    }

    private static void checkUnique(Ec2State state, String vpcId, String name) {
        boolean taken = state.groups().values().stream()
                .anyMatch(group -> group.vpcId().equals(vpcId) && group.name().equalsIgnoreCase(name));
        if (taken) {
            throw AwsError.badRequest(
                    "InvalidGroup.Duplicate",
                    "The security group '" + name + "' already exists for VPC '" + vpcId + "'");
        }
        if (state.groups().values().size() >= QUOTA) {
            throw AwsError.badRequest(
                    "SecurityGroupLimitExceeded", "The maximum number of security groups has been reached.");
        }
    }

    private DeleteSecurityGroupResponse delete(DeleteSecurityGroupRequest request, Call call) {
        Ec2State state = world.region(call).get(Ec2State.KEY);
        Group group = named(state, request.groupId(), request.groupName());
        if (group.name().equals("default")) {
            throw AwsError.badRequest(
                    "CannotDelete",
                    "the specified group: \"" + group.id() + "\" name: \"default\" cannot be deleted by a user");
        }
        if (isUsed(state, group.id())) {
            throw Ec2Errors.dependency("resource " + group.id() + " has a dependent object");
        }
        state.removeGroup(group.id(), call.now());
        return DeleteSecurityGroupResponse.builder()
                .returnValue(true)
                .groupId(group.id())
                .build();
    }

    private static boolean isUsed(Ec2State state, String id) {
        boolean attached = state.interfaces().values().stream()
                .anyMatch(card -> card.groups().stream().anyMatch(g -> id.equals(g.groupId())));
        return attached
                || state.rules().values().stream()
                        .anyMatch(rule -> !rule.groupId().equals(id)
                                && rule.spec().peer() instanceof Peer.Group peer
                                && peer.id().equals(id));
    }

    private DescribeSecurityGroupsResponse describe(DescribeSecurityGroupsRequest request, Call call) {
        Ec2State state = world.region(call).get(Ec2State.KEY);
        Ec2Pages pages =
                new Ec2Pages(request.maxResults(), request.nextToken()).notWith(request.groupIds(), "securityGroupIds");
        Instant asOf = call.readAt();
        List<Group> groups = asked(state, request, asOf);
        Map<String, List<Rule>> rules =
                state.rules().at(asOf).values().stream().collect(Collectors.groupingBy(Rule::groupId));
        List<SecurityGroup> shown = FILTERS.apply(
                request.filters(),
                groups.stream()
                        .map(group -> show(state, group, rules.getOrDefault(group.id(), List.of()), asOf))
                        .toList());
        Page<SecurityGroup> page = pages.of(shown, SecurityGroup::groupId);
        return DescribeSecurityGroupsResponse.builder()
                .securityGroups(page.items())
                .nextToken(page.next().orElse(null))
                .build();
    }

    private static List<Group> asked(Ec2State state, DescribeSecurityGroupsRequest request, Instant asOf) {
        if (request.groupIds().isEmpty() && request.groupNames().isEmpty()) {
            return state.groups().at(asOf).values();
        }
        List<Group> groups = new ArrayList<>();
        for (String id : request.groupIds()) {
            if (!id.startsWith("sg-")) {
                throw Ec2Errors.malformedGroupId(id);
            }
            groups.add(state.groups().at(asOf).find(id).orElseThrow(() -> Ec2Errors.noGroup(id)));
        }
        request.groupNames().forEach(name -> groups.add(named(state, null, name)));
        return groups;
    }

    private static SecurityGroup show(Ec2State state, Group group, List<Rule> rules, Instant asOf) {
        return SecurityGroup.builder()
                .groupId(group.id())
                .groupName(group.name())
                .description(group.description())
                .vpcId(group.vpcId())
                .ownerId(state.region().account())
                .securityGroupArn(arn(state, group))
                .ipPermissions(permissions(rules, false))
                .ipPermissionsEgress(permissions(rules, true))
                .tags(Ec2Tags.of(state, group.id(), asOf))
                .build();
    }

    private static List<IpPermission> permissions(List<Rule> rules, boolean egress) {
        return Permissions.merge(rules.stream()
                .filter(rule -> rule.egress() == egress)
                .map(Rule::spec)
                .toList());
    }

    private static String arn(Ec2State state, Group group) {
        return state.region().arn("ec2", "security-group/" + group.id()).toString();
    }

    /** The group as network interfaces show it. */
    static Optional<GroupIdentifier> identifier(Ec2State state, String id) {
        return state.groups()
                .find(id)
                .map(group -> GroupIdentifier.builder()
                        .groupId(group.id())
                        .groupName(group.name())
                        .build());
    }

    private static String text(@Nullable String value, String parameter) {
        if (value == null || value.isEmpty()) {
            throw Ec2Errors.missing(parameter);
        }
        if (!TEXT.matcher(value).matches()) {
            throw AwsError.invalidParameterValue("Value (" + value + ") for parameter " + parameter
                    + " is invalid. Character sets beyond ASCII are not supported. " + CHARSET);
        }
        return value;
    }

    private static List<String> cidrs(List<IpPermission> permissions) {
        return permissions.stream()
                .flatMap(p -> p.ipRanges().stream())
                .map(range -> range.cidrIp())
                .toList();
    }

    private static List<String> cidrs6(List<IpPermission> permissions) {
        return permissions.stream()
                .flatMap(p -> p.ipv6Ranges().stream())
                .map(range -> range.cidrIpv6())
                .toList();
    }

    private static List<String> groups(List<IpPermission> permissions) {
        return permissions.stream()
                .flatMap(p -> p.userIdGroupPairs().stream())
                .map(pair -> pair.groupId())
                .toList();
    }

    private static List<String> owners(List<IpPermission> permissions) {
        return permissions.stream()
                .flatMap(p -> p.userIdGroupPairs().stream())
                .map(pair -> pair.userId())
                .toList();
    }

    private static List<String> lists(List<IpPermission> permissions) {
        return permissions.stream()
                .flatMap(p -> p.prefixListIds().stream())
                .map(list -> list.prefixListId())
                .toList();
    }

    private static List<String> protocols(List<IpPermission> permissions) {
        return permissions.stream().map(IpPermission::ipProtocol).toList();
    }

    private static List<String> fromPorts(List<IpPermission> permissions) {
        return permissions.stream().map(p -> String.valueOf(p.fromPort())).toList();
    }

    private static List<String> toPorts(List<IpPermission> permissions) {
        return permissions.stream().map(p -> String.valueOf(p.toPort())).toList();
    }
}
