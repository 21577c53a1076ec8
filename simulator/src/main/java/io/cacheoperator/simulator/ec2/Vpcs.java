package io.cacheoperator.simulator.ec2;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.Page;
import io.cacheoperator.simulator.world.RegionState;
import io.cacheoperator.simulator.world.World;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcResponse;
import software.amazon.awssdk.services.ec2.model.DeleteVpcRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVpcResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeResponse;
import software.amazon.awssdk.services.ec2.model.Tenancy;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockAssociation;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockStateCode;
import software.amazon.awssdk.services.ec2.model.VpcIpv6CidrBlockAssociation;

/** VPCs. */
final class Vpcs {
    private static final int LARGEST = 16;
    private static final int SMALLEST = 28;
    private static final int V6_PREFIX = 56;
    private static final Filters<Vpc> FILTERS = Filters.withTags(Vpc::tags)
            .one("vpc-id", Vpc::vpcId)
            .one("is-default", Vpc::isDefault)
            .one("isDefault", Vpc::isDefault)
            .one("cidr", Vpc::cidrBlock)
            .many("cidr-block-association.cidr-block", vpc -> blocks(vpc, VpcCidrBlockAssociation::cidrBlock))
            .many("cidr-block-association.association-id", vpc -> blocks(vpc, VpcCidrBlockAssociation::associationId))
            .many(
                    "cidr-block-association.state",
                    vpc -> blocks(vpc, block -> block.cidrBlockState().stateAsString()))
            .many(
                    "ipv6-cidr-block-association.ipv6-cidr-block",
                    vpc -> blocks6(vpc, VpcIpv6CidrBlockAssociation::ipv6CidrBlock))
            .many(
                    "ipv6-cidr-block-association.association-id",
                    vpc -> blocks6(vpc, VpcIpv6CidrBlockAssociation::associationId))
            .many("ipv6-cidr-block-association.ipv6-pool", vpc -> blocks6(vpc, VpcIpv6CidrBlockAssociation::ipv6Pool))
            .many(
                    "ipv6-cidr-block-association.state",
                    vpc -> blocks6(vpc, block -> block.ipv6CidrBlockState().stateAsString()))
            .one("owner-id", Vpc::ownerId)
            .one("dhcp-options-id", Vpc::dhcpOptionsId)
            .one("state", Vpc::stateAsString);

    private final World world;

    Vpcs(World world) {
        this.world = world;
    }

    private static List<String> blocks(Vpc vpc, Function<VpcCidrBlockAssociation, String> value) {
        return vpc.cidrBlockAssociationSet().stream().map(value).toList();
    }

    private static List<String> blocks6(Vpc vpc, Function<VpcIpv6CidrBlockAssociation, String> value) {
        return vpc.ipv6CidrBlockAssociationSet().stream().map(value).toList();
    }

    void register(Ec2Operations operations) {
        operations.add("CreateVpc", CreateVpcRequest::builder, this::create);
        operations.add("DeleteVpc", DeleteVpcRequest::builder, this::delete);
        operations.add("DescribeVpcs", DescribeVpcsRequest::builder, this::describe);
        operations.add("DescribeVpcAttribute", DescribeVpcAttributeRequest::builder, this::attribute);
        operations.add("ModifyVpcAttribute", ModifyVpcAttributeRequest::builder, this::modify);
    }

    /** A VPC that is available, with what all VPCs have. */
    static Vpc.Builder vpc(RegionState region, String id, Cidr cidr, Tenancy tenancy) {
        return Vpc.builder()
                .vpcId(id)
                .ownerId(region.account())
                .cidrBlock(cidr.toString())
                .cidrBlockAssociationSet(association -> association
                        .associationId(region.ids().named("vpc-cidr-assoc-", id))
                        .cidrBlock(cidr.toString())
                        .cidrBlockState(state -> state.state(VpcCidrBlockStateCode.ASSOCIATED)))
                .dhcpOptionsId(region.ids().named("dopt-", "default"))
                .instanceTenancy(tenancy)
                .isDefault(false)
                .state("available");
    }

    private CreateVpcResponse create(CreateVpcRequest request, Call call) {
        Ec2State state = world.region(call).get(Ec2State.KEY);
        if (request.cidrBlock() == null) {
            throw Ec2Errors.missing("CidrBlock");
        }
        Cidr cidr = Cidr.v4(request.cidrBlock());
        if (cidr.prefix() < LARGEST || cidr.prefix() > SMALLEST) {
            throw AwsError.badRequest("InvalidVpc.Range", "The CIDR '" + request.cidrBlock() + "' is invalid.");
        }
        Map<String, String> tags = Ec2Tags.requested(request.tagSpecifications(), ResourceKind.VPC);
        RegionState region = state.region();
        String id = region.ids().next("vpc-");
        Tenancy tenancy = Optional.ofNullable(request.instanceTenancy()).orElse(Tenancy.DEFAULT);
        Vpc.Builder vpc = vpc(region, id, cidr, tenancy);
        if (Boolean.TRUE.equals(request.amazonProvidedIpv6CidrBlock())) {
            String block = "2600:1f18:" + region.ids().hex("v6/" + id, 4) + ":"
                    + region.ids().hex("v6b/" + id, 2) + "00::/" + V6_PREFIX;
            vpc.ipv6CidrBlockAssociationSet(association -> association
                    .associationId(region.ids().named("vpc-cidr-assoc-", "v6/" + id))
                    .ipv6CidrBlock(Cidr.v6(block).toString())
                    .ipv6Pool("Amazon")
                    .networkBorderGroup(region.region())
                    .ipv6CidrBlockState(s -> s.state(VpcCidrBlockStateCode.ASSOCIATED)));
        }
        state.vpcs().put(id, new VpcRecord(vpc.build(), true, false, false), call.now());
        state.addDefaultGroup(id, call.now());
        if (!tags.isEmpty()) {
            state.tags().put(id, Map.copyOf(tags), call.now());
        }
        return CreateVpcResponse.builder()
                .vpc(vpc.tags(Ec2Tags.list(tags)).build())
                .build();
    }

    private DeleteVpcResponse delete(DeleteVpcRequest request, Call call) {
        Ec2State state = world.region(call).get(Ec2State.KEY);
        String id = required(request.vpcId());
        state.vpc(id);
        boolean used = state.subnets().values().stream().anyMatch(subnet -> id.equals(subnet.vpcId()))
                || state.groups().values().stream()
                        .anyMatch(group ->
                                group.vpcId().equals(id) && !group.name().equals("default"));
        if (used) {
            throw Ec2Errors.dependency("The vpc '" + id + "' has dependencies and cannot be deleted.");
        }
        state.defaultGroup(id).ifPresent(group -> state.removeGroup(group.id(), call.now()));
        state.vpcs().remove(id, call.now());
        state.tags().remove(id, call.now());
        return DeleteVpcResponse.builder().build();
    }

    private DescribeVpcsResponse describe(DescribeVpcsRequest request, Call call) {
        Ec2State state = world.region(call).get(Ec2State.KEY);
        Ec2Pages pages = new Ec2Pages(request.maxResults(), request.nextToken()).notWith(request.vpcIds(), "vpcIds");
        Instant asOf = call.readAt();
        var view = state.vpcs().at(asOf);
        List<VpcRecord> asked = request.vpcIds().isEmpty()
                ? view.values()
                : request.vpcIds().stream()
                        .map(id -> view.find(id).orElseThrow(() -> Ec2Errors.noVpc(id)))
                        .toList();
        List<Vpc> shown = FILTERS.apply(
                request.filters(),
                asked.stream()
                        .map(vpc -> vpc.vpc().copy(copy -> copy.tags(Ec2Tags.of(state, vpc.id(), asOf))))
                        .toList());
        Page<Vpc> page = pages.of(shown, Vpc::vpcId);
        return DescribeVpcsResponse.builder()
                .vpcs(page.items())
                .nextToken(page.next().orElse(null))
                .build();
    }

    private DescribeVpcAttributeResponse attribute(DescribeVpcAttributeRequest request, Call call) {
        Ec2State state = world.region(call).get(Ec2State.KEY);
        String id = required(request.vpcId());
        VpcRecord vpc = state.vpcs().at(call.readAt()).find(id).orElseThrow(() -> Ec2Errors.noVpc(id));
        var response = DescribeVpcAttributeResponse.builder().vpcId(vpc.id());
        return switch (Optional.ofNullable(request.attributeAsString()).orElse("")) {
            case "enableDnsSupport" ->
                response.enableDnsSupport(bool(vpc.dnsSupport())).build();
            case "enableDnsHostnames" ->
                response.enableDnsHostnames(bool(vpc.dnsHostnames())).build();
            case "enableNetworkAddressUsageMetrics" ->
                response.enableNetworkAddressUsageMetrics(bool(vpc.usageMetrics()))
                        .build();
            case "" -> throw Ec2Errors.missing("Attribute");
            default ->
                throw AwsError.invalidParameterValue("Value (" + request.attributeAsString()
                        + ") for parameter attribute is invalid. Unknown attribute.");
        };
    }

    private ModifyVpcAttributeResponse modify(ModifyVpcAttributeRequest request, Call call) {
        Ec2State state = world.region(call).get(Ec2State.KEY);
        VpcRecord vpc = state.vpc(required(request.vpcId()));
        VpcRecord changed = new VpcRecord(
                vpc.vpc(),
                orElse(request.enableDnsSupport(), vpc.dnsSupport()),
                orElse(request.enableDnsHostnames(), vpc.dnsHostnames()),
                orElse(request.enableNetworkAddressUsageMetrics(), vpc.usageMetrics()));
        state.vpcs().put(vpc.id(), changed, call.now());
        return ModifyVpcAttributeResponse.builder().build();
    }

    static AttributeBooleanValue bool(boolean value) {
        return AttributeBooleanValue.builder().value(value).build();
    }

    static boolean orElse(@Nullable AttributeBooleanValue value, boolean otherwise) {
        return value == null || value.value() == null ? otherwise : value.value();
    }

    private static String required(@Nullable String vpcId) {
        if (vpcId == null) {
            throw Ec2Errors.missing("vpcId");
        }
        return vpcId;
    }
}
