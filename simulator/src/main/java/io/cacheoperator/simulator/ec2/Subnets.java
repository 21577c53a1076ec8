package io.cacheoperator.simulator.ec2;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.Page;
import io.cacheoperator.simulator.world.RegionState;
import io.cacheoperator.simulator.world.World;
import io.cacheoperator.simulator.world.Zones;
import io.cacheoperator.simulator.world.Zones.Zone;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.CreateSubnetResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.HostnameType;
import software.amazon.awssdk.services.ec2.model.ModifySubnetAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifySubnetAttributeResponse;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.SubnetCidrBlockStateCode;
import software.amazon.awssdk.services.ec2.model.SubnetIpv6CidrBlockAssociation;

/** Subnets. */
final class Subnets {
    private static final int LARGEST = 16;
    private static final int SMALLEST = 28;
    private static final int RESERVED = 5;
    private static final Filters<Subnet> FILTERS = Filters.withTags(Subnet::tags)
            .one("subnet-id", Subnet::subnetId)
            .one("vpc-id", Subnet::vpcId)
            .one("availability-zone", Subnet::availabilityZone)
            .one("availabilityZone", Subnet::availabilityZone)
            .one("availability-zone-id", Subnet::availabilityZoneId)
            .one("cidr-block", Subnet::cidrBlock)
            .one("cidr", Subnet::cidrBlock)
            .one("cidrBlock", Subnet::cidrBlock)
            .one("default-for-az", Subnet::defaultForAz)
            .one("defaultForAz", Subnet::defaultForAz)
            .one("map-public-ip-on-launch", Subnet::mapPublicIpOnLaunch)
            .one("available-ip-address-count", Subnet::availableIpAddressCount)
            .one("ipv6-native", Subnet::ipv6Native)
            .many(
                    "ipv6-cidr-block-association.ipv6-cidr-block",
                    subnet -> blocks6(subnet, SubnetIpv6CidrBlockAssociation::ipv6CidrBlock))
            .many(
                    "ipv6-cidr-block-association.association-id",
                    subnet -> blocks6(subnet, SubnetIpv6CidrBlockAssociation::associationId))
            .many(
                    "ipv6-cidr-block-association.state",
                    subnet ->
                            blocks6(subnet, block -> block.ipv6CidrBlockState().stateAsString()))
            .one("enable-dns64", Subnet::enableDns64)
            .one("map-customer-owned-ip-on-launch", Subnet::mapCustomerOwnedIpOnLaunch)
            .one(
                    "private-dns-name-options-on-launch.hostname-type",
                    subnet -> subnet.privateDnsNameOptionsOnLaunch().hostnameTypeAsString())
            .one(
                    "private-dns-name-options-on-launch.enable-resource-name-dns-a-record",
                    subnet -> subnet.privateDnsNameOptionsOnLaunch().enableResourceNameDnsARecord())
            .one(
                    "private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record",
                    subnet -> subnet.privateDnsNameOptionsOnLaunch().enableResourceNameDnsAAAARecord())
            .none("customer-owned-ipv4-pool", "enable-lni-at-device-index", "outpost-arn")
            .one("owner-id", Subnet::ownerId)
            .one("subnet-arn", Subnet::subnetArn)
            .one("state", Subnet::stateAsString);

    private final World world;

    Subnets(World world) {
        this.world = world;
    }

    private static List<String> blocks6(Subnet subnet, Function<SubnetIpv6CidrBlockAssociation, String> value) {
        return subnet.ipv6CidrBlockAssociationSet().stream().map(value).toList();
    }

    void register(Ec2Operations operations) {
        operations.add("CreateSubnet", CreateSubnetRequest::builder, this::create);
        operations.add("DeleteSubnet", DeleteSubnetRequest::builder, this::delete);
        operations.add("DescribeSubnets", DescribeSubnetsRequest::builder, this::describe);
        operations.add("ModifySubnetAttribute", ModifySubnetAttributeRequest::builder, this::modify);
    }

    /** A subnet that is available, with what all subnets have. */
    static Subnet.Builder subnet(RegionState region, String id, String vpcId, Zone zone, Cidr cidr) {
        return Subnet.builder()
                .subnetId(id)
                .subnetArn(region.arn("ec2", "subnet/" + id).toString())
                .vpcId(vpcId)
                .ownerId(region.account())
                .availabilityZone(zone.name())
                .availabilityZoneId(zone.id())
                .cidrBlock(cidr.toString())
                .ipv6CidrBlockAssociationSet(List.of())
                .state("available")
                .defaultForAz(false)
                .mapPublicIpOnLaunch(false)
                .assignIpv6AddressOnCreation(false)
                .ipv6Native(false)
                .enableDns64(false)
                .mapCustomerOwnedIpOnLaunch(false)
                .privateDnsNameOptionsOnLaunch(options -> options.hostnameType(HostnameType.IP_NAME)
                        .enableResourceNameDnsARecord(false)
                        .enableResourceNameDnsAAAARecord(false));
    }

    private CreateSubnetResponse create(CreateSubnetRequest request, Call call) {
        Ec2State state = world.region(call).get(Ec2State.KEY);
        if (request.vpcId() == null || request.cidrBlock() == null) {
            throw Ec2Errors.missing(request.vpcId() == null ? "vpcId" : "cidrBlock");
        }
        VpcRecord vpc = state.vpc(request.vpcId());
        Cidr cidr = cidr(state, vpc, request.cidrBlock());
        Zone zone = zone(state.region(), request.availabilityZone(), request.availabilityZoneId());
        Map<String, String> tags = Ec2Tags.requested(request.tagSpecifications(), ResourceKind.SUBNET);
        String id = state.region().ids().next("subnet-");
        Subnet.Builder subnet = subnet(state.region(), id, vpc.id(), zone, cidr);
        if (request.ipv6CidrBlock() != null) {
            String block = Cidr.v6(request.ipv6CidrBlock()).toString();
            subnet.ipv6CidrBlockAssociationSet(association -> association
                    .associationId(state.region().ids().named("subnet-cidr-assoc-", id))
                    .ipv6CidrBlock(block)
                    .ipv6CidrBlockState(s -> s.state(SubnetCidrBlockStateCode.ASSOCIATED)));
        }
        state.subnets().put(id, subnet.build(), call.now());
        if (!tags.isEmpty()) {
            state.tags().put(id, Map.copyOf(tags), call.now());
        }
        return CreateSubnetResponse.builder()
                .subnet(show(state, subnet.build(), call.now()))
                .build();
    }

    private static Cidr cidr(Ec2State state, VpcRecord vpc, String text) {
        Cidr cidr = Cidr.v4(text);
        if (cidr.prefix() < LARGEST || cidr.prefix() > SMALLEST || !vpc.cidr().contains(cidr)) {
            throw AwsError.badRequest("InvalidSubnet.Range", "The CIDR '" + text + "' is invalid.");
        }
        boolean overlaps = state.subnets().values().stream()
                .anyMatch(other -> vpc.id().equals(other.vpcId())
                        && Cidr.v4(other.cidrBlock()).overlaps(cidr));
        if (overlaps) {
            throw AwsError.badRequest(
                    "InvalidSubnet.Conflict", "The CIDR '" + text + "' conflicts with another subnet");
        }
        return cidr;
    }

    private static Zone zone(RegionState region, @Nullable String name, @Nullable String id) {
        List<Zone> zones = Zones.of(region.region());
        if (name == null && id == null) {
            return zones.getFirst();
        }
        return zones.stream()
                .filter(zone -> zone.name().equals(name) || zone.id().equals(id))
                .findFirst()
                .orElseThrow(() -> AwsError.invalidParameterValue("Value (" + (name == null ? id : name)
                        + ") for parameter availabilityZone is invalid. Subnets can currently only be created in the"
                        + " following availability zones: "
                        + zones.stream().map(Zone::name).collect(Collectors.joining(", ")) + "."));
    }

    private DeleteSubnetResponse delete(DeleteSubnetRequest request, Call call) {
        Ec2State state = world.region(call).get(Ec2State.KEY);
        String id = Optional.ofNullable(request.subnetId()).orElseThrow(() -> Ec2Errors.missing("subnetId"));
        existing(state, id);
        if (state.interfaces().values().stream().anyMatch(card -> id.equals(card.subnetId()))) {
            throw Ec2Errors.dependency("The subnet '" + id + "' has dependencies and cannot be deleted.");
        }
        state.subnets().remove(id, call.now());
        state.tags().remove(id, call.now());
        return DeleteSubnetResponse.builder().build();
    }

    private static Subnet existing(Ec2State state, String id) {
        return state.subnets().find(id).orElseThrow(() -> Ec2Errors.noSubnet(id));
    }

    private DescribeSubnetsResponse describe(DescribeSubnetsRequest request, Call call) {
        Ec2State state = world.region(call).get(Ec2State.KEY);
        Ec2Pages pages =
                new Ec2Pages(request.maxResults(), request.nextToken()).notWith(request.subnetIds(), "subnetIds");
        Instant asOf = call.readAt();
        var view = state.subnets().at(asOf);
        List<Subnet> asked = request.subnetIds().isEmpty()
                ? view.values()
                : request.subnetIds().stream()
                        .map(id -> view.find(id).orElseThrow(() -> Ec2Errors.noSubnet(id)))
                        .toList();
        List<Subnet> shown = FILTERS.apply(
                request.filters(),
                asked.stream().map(subnet -> show(state, subnet, asOf)).toList());
        Page<Subnet> page = pages.of(shown, Subnet::subnetId);
        return DescribeSubnetsResponse.builder()
                .subnets(page.items())
                .nextToken(page.next().orElse(null))
                .build();
    }

    private static Subnet show(Ec2State state, Subnet subnet, Instant asOf) {
        long used = state.interfaces().at(asOf).values().stream()
                .filter(card -> subnet.subnetId().equals(card.subnetId()))
                .count();
        long free = Cidr.v4(subnet.cidrBlock()).size() - RESERVED - used;
        return subnet.copy(
                copy -> copy.availableIpAddressCount((int) free).tags(Ec2Tags.of(state, subnet.subnetId(), asOf)));
    }

    private ModifySubnetAttributeResponse modify(ModifySubnetAttributeRequest request, Call call) {
        Ec2State state = world.region(call).get(Ec2State.KEY);
        String id = Optional.ofNullable(request.subnetId()).orElseThrow(() -> Ec2Errors.missing("subnetId"));
        Subnet subnet = existing(state, id);
        var names = subnet.privateDnsNameOptionsOnLaunch();
        Subnet changed = subnet.copy(copy -> copy.mapPublicIpOnLaunch(
                        Vpcs.orElse(request.mapPublicIpOnLaunch(), subnet.mapPublicIpOnLaunch()))
                .assignIpv6AddressOnCreation(
                        Vpcs.orElse(request.assignIpv6AddressOnCreation(), subnet.assignIpv6AddressOnCreation()))
                .enableDns64(Vpcs.orElse(request.enableDns64(), subnet.enableDns64()))
                .privateDnsNameOptionsOnLaunch(options -> options.hostnameType(
                                Optional.ofNullable(request.privateDnsHostnameTypeOnLaunch())
                                        .orElse(names.hostnameType()))
                        .enableResourceNameDnsARecord(Vpcs.orElse(
                                request.enableResourceNameDnsARecordOnLaunch(), names.enableResourceNameDnsARecord()))
                        .enableResourceNameDnsAAAARecord(Vpcs.orElse(
                                request.enableResourceNameDnsAAAARecordOnLaunch(),
                                names.enableResourceNameDnsAAAARecord()))));
        state.subnets().put(id, changed, call.now());
        return ModifySubnetAttributeResponse.builder().build();
    }
}
