package io.cacheoperator.simulator.ec2;

import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.Page;
import io.cacheoperator.simulator.world.RegionState;
import io.cacheoperator.simulator.world.World;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesResponse;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** The network interfaces that other services attach, and what else they may see of the network. */
final class NetworkInterfaces implements NetworkUse {
    /** The first four addresses of a subnet and the last are AWS's own. */
    private static final int FIRST_FREE = 4;

    private static final Filters<NetworkInterface> FILTERS = Filters.withTags(NetworkInterface::tagSet)
            .one("network-interface-id", NetworkInterface::networkInterfaceId)
            .one("subnet-id", NetworkInterface::subnetId)
            .one("vpc-id", NetworkInterface::vpcId)
            .one("availability-zone", NetworkInterface::availabilityZone)
            .one("description", NetworkInterface::description)
            .one("requester-id", NetworkInterface::requesterId)
            .one("requester-managed", NetworkInterface::requesterManaged)
            .one("interface-type", NetworkInterface::interfaceTypeAsString)
            .one("owner-id", NetworkInterface::ownerId)
            .one("private-ip-address", NetworkInterface::privateIpAddress)
            .one("addresses.private-ip-address", NetworkInterface::privateIpAddress)
            .one("status", NetworkInterface::statusAsString)
            .one("availability-zone-id", NetworkInterface::availabilityZoneId)
            .one("mac-address", NetworkInterface::macAddress)
            .one("private-dns-name", NetworkInterface::privateDnsName)
            .one("source-dest-check", NetworkInterface::sourceDestCheck)
            .one("addresses.primary", card -> true)
            .one("attachment.attachment-id", card -> card.attachment().attachmentId())
            .one("attachment.attach-time", card -> card.attachment().attachTime())
            .one("attachment.delete-on-termination", card -> card.attachment().deleteOnTermination())
            .one("attachment.device-index", card -> card.attachment().deviceIndex())
            .one("attachment.instance-owner-id", card -> card.attachment().instanceOwnerId())
            .one("attachment.status", card -> card.attachment().statusAsString())
            .none(
                    "addresses.association.owner-id",
                    "addresses.association.public-ip",
                    "association.allocation-id",
                    "association.association-id",
                    "association.ip-owner-id",
                    "association.public-dns-name",
                    "association.public-ip",
                    "attachment.instance-id",
                    "ipv6-addresses.ipv6-address",
                    "operator.managed",
                    "operator.principal")
            .many(
                    "group-id",
                    card -> card.groups().stream().map(GroupIdentifier::groupId).toList())
            .many(
                    "group-name",
                    card -> card.groups().stream()
                            .map(GroupIdentifier::groupName)
                            .toList());

    private final World world;

    NetworkInterfaces(World world) {
        this.world = world;
    }

    void register(Ec2Operations operations) {
        operations.add("DescribeNetworkInterfaces", DescribeNetworkInterfacesRequest::builder, this::describe);
    }

    private DescribeNetworkInterfacesResponse describe(DescribeNetworkInterfacesRequest request, Call call) {
        Ec2State state = world.region(call).get(Ec2State.KEY);
        Ec2Pages pages = new Ec2Pages(request.maxResults(), request.nextToken())
                .notWith(request.networkInterfaceIds(), "networkInterfaceIds");
        Instant asOf = call.readAt();
        var view = state.interfaces().at(asOf);
        List<NetworkInterface> asked = request.networkInterfaceIds().isEmpty()
                ? view.values()
                : request.networkInterfaceIds().stream()
                        .map(id -> view.find(id).orElseThrow(() -> Ec2Errors.noInterface(id)))
                        .toList();
        List<NetworkInterface> shown = FILTERS.apply(
                request.filters(),
                asked.stream()
                        .map(card -> card.copy(copy -> copy.tagSet(Ec2Tags.of(state, card.networkInterfaceId(), asOf))))
                        .toList());
        Page<NetworkInterface> page = pages.of(shown, NetworkInterface::networkInterfaceId);
        return DescribeNetworkInterfacesResponse.builder()
                .networkInterfaces(page.items())
                .nextToken(page.next().orElse(null))
                .build();
    }

    @Override
    public Optional<SubnetPlace> subnet(RegionState region, String subnetId) {
        return region.get(Ec2State.KEY).subnets().find(subnetId).map(NetworkInterfaces::place);
    }

    @Override
    public List<SubnetPlace> defaultSubnets(RegionState region) {
        return region.get(Ec2State.KEY).subnets().values().stream()
                .filter(Subnet::defaultForAz)
                .map(NetworkInterfaces::place)
                .sorted(Comparator.comparing(SubnetPlace::zone))
                .toList();
    }

    @Override
    public Optional<GroupPlace> securityGroup(RegionState region, String groupId) {
        return region.get(Ec2State.KEY).groups().find(groupId).map(NetworkInterfaces::place);
    }

    @Override
    public Optional<GroupPlace> defaultSecurityGroup(RegionState region, String vpcId) {
        return region.get(Ec2State.KEY).defaultGroup(vpcId).map(NetworkInterfaces::place);
    }

    @Override
    public Interface attach(RegionState region, InterfaceRequest request, Instant at) {
        return region.locked(() -> {
            Ec2State state = region.get(Ec2State.KEY);
            Subnet subnet =
                    state.subnets().find(request.subnetId()).orElseThrow(() -> Ec2Errors.noSubnet(request.subnetId()));
            String ip = freeAddress(state, subnet);
            String id = region.ids().next("eni-");
            state.interfaces().put(id, card(state, subnet, request, id, ip, at), at);
            return new Interface(id, ip);
        });
    }

    private static String freeAddress(Ec2State state, Subnet subnet) {
        Set<String> used = state.interfaces().values().stream()
                .filter(card -> subnet.subnetId().equals(card.subnetId()))
                .map(NetworkInterface::privateIpAddress)
                .collect(Collectors.toSet());
        Cidr cidr = Cidr.v4(subnet.cidrBlock());
        for (long offset = FIRST_FREE; offset < cidr.size() - 1; offset++) {
            if (!used.contains(cidr.address(offset))) {
                return cidr.address(offset);
            }
        }
        throw io.cacheoperator.simulator.service.AwsError.badRequest(
                "InsufficientFreeAddressesInSubnet",
                "The specified subnet does not have enough free addresses to satisfy the request.");
    }

    private static NetworkInterface card(
            Ec2State state, Subnet subnet, InterfaceRequest request, String id, String ip, Instant at) {
        String mac = state.region().ids().hex("mac/" + id, 10);
        return NetworkInterface.builder()
                .networkInterfaceId(id)
                .subnetId(subnet.subnetId())
                .vpcId(subnet.vpcId())
                .availabilityZone(subnet.availabilityZone())
                .availabilityZoneId(subnet.availabilityZoneId())
                .ownerId(state.region().account())
                .requesterId(request.requester())
                .requesterManaged(true)
                .description(request.description())
                .interfaceType("interface")
                .status("in-use")
                .sourceDestCheck(true)
                .macAddress(
                        "0a:" + String.join(":", mac.split("(?<=\\G..)", -1)).replaceAll(":$", ""))
                .privateIpAddress(ip)
                .privateIpAddresses(address -> address.privateIpAddress(ip).primary(true))
                .ipv6Addresses(List.of())
                .groups(identifiers(state, request.groupIds()))
                .attachment(attachment -> attachment
                        .attachmentId(state.region().ids().named("eni-attach-", id))
                        .attachTime(at)
                        .deleteOnTermination(false)
                        .deviceIndex(1)
                        .instanceOwnerId(request.requester())
                        .status("attached"))
                .build();
    }

    @Override
    public void changeGroups(RegionState region, String interfaceId, List<String> groupIds, Instant at) {
        Ec2State state = region.get(Ec2State.KEY);
        region.locked(() -> state.interfaces()
                .update(interfaceId, at, card -> card.copy(copy -> copy.groups(identifiers(state, groupIds)))));
    }

    @Override
    public void detach(RegionState region, String interfaceId, Instant at) {
        region.locked(() -> region.get(Ec2State.KEY).interfaces().remove(interfaceId, at));
    }

    private static List<GroupIdentifier> identifiers(Ec2State state, List<String> groupIds) {
        return groupIds.stream()
                .flatMap(id -> SecurityGroups.identifier(state, id).stream())
                .toList();
    }

    private static SubnetPlace place(Subnet subnet) {
        return new SubnetPlace(
                subnet.subnetId(),
                subnet.vpcId(),
                subnet.availabilityZone(),
                subnet.availabilityZoneId(),
                subnet.cidrBlock(),
                !subnet.ipv6CidrBlockAssociationSet().isEmpty());
    }

    private static GroupPlace place(Ec2State.Group group) {
        return new GroupPlace(group.id(), group.vpcId(), group.name());
    }
}
