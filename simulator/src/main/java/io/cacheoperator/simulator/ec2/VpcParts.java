package io.cacheoperator.simulator.ec2;

import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.Page;
import io.cacheoperator.simulator.world.IdSource;
import io.cacheoperator.simulator.world.World;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesResponse;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.NetworkAclAssociation;
import software.amazon.awssdk.services.ec2.model.NetworkAclEntry;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** What every VPC is born with and infrastructure-as-code tools read: its main route table and its default network ACL. */
final class VpcParts {
    private static final int FIRST_RULE = 100;
    private static final int LAST_RULE = 32767;
    private static final Filters<RouteTable> TABLE_FILTERS = Filters.withTags(RouteTable::tags)
            .one("vpc-id", RouteTable::vpcId)
            .one("route-table-id", RouteTable::routeTableId)
            .one("association.main", table -> true)
            .one("association.route-table-id", RouteTable::routeTableId)
            .many(
                    "association.route-table-association-id",
                    table -> table.associations().stream()
                            .map(RouteTableAssociation::routeTableAssociationId)
                            .toList())
            .many("route.destination-cidr-block", table -> routes(table, Route::destinationCidrBlock))
            .many("route.gateway-id", table -> routes(table, Route::gatewayId))
            .many("route.origin", table -> routes(table, Route::originAsString))
            .many("route.state", table -> routes(table, Route::stateAsString))
            .none(
                    "association.gateway-id",
                    "association.subnet-id",
                    "route.destination-ipv6-cidr-block",
                    "route.destination-prefix-list-id",
                    "route.egress-only-internet-gateway-id",
                    "route.instance-id",
                    "route.nat-gateway-id",
                    "route.transit-gateway-id",
                    "route.vpc-peering-connection-id")
            .one("owner-id", RouteTable::ownerId);
    private static final Filters<NetworkAcl> ACL_FILTERS = Filters.withTags(NetworkAcl::tags)
            .one("vpc-id", NetworkAcl::vpcId)
            .one("network-acl-id", NetworkAcl::networkAclId)
            .one("default", NetworkAcl::isDefault)
            .one("association.network-acl-id", NetworkAcl::networkAclId)
            .many(
                    "association.association-id",
                    acl -> acl.associations().stream()
                            .map(NetworkAclAssociation::networkAclAssociationId)
                            .toList())
            .many("entry.cidr", acl -> entries(acl, NetworkAclEntry::cidrBlock))
            .many("entry.protocol", acl -> entries(acl, NetworkAclEntry::protocol))
            .many("entry.rule-action", acl -> entries(acl, NetworkAclEntry::ruleActionAsString))
            .many("entry.egress", acl -> entries(acl, entry -> String.valueOf(entry.egress())))
            .many("entry.rule-number", acl -> entries(acl, entry -> String.valueOf(entry.ruleNumber())))
            .none(
                    "entry.icmp.code",
                    "entry.icmp.type",
                    "entry.ipv6-cidr",
                    "entry.port-range.from",
                    "entry.port-range.to")
            .many(
                    "association.subnet-id",
                    acl -> acl.associations().stream()
                            .map(NetworkAclAssociation::subnetId)
                            .toList())
            .one("owner-id", NetworkAcl::ownerId);

    private final World world;

    VpcParts(World world) {
        this.world = world;
    }

    private static List<String> routes(RouteTable table, Function<Route, String> value) {
        return table.routes().stream().map(value).toList();
    }

    private static List<String> entries(NetworkAcl acl, Function<NetworkAclEntry, String> value) {
        return acl.entries().stream().map(value).toList();
    }

    void register(Ec2Operations operations) {
        operations.add("DescribeRouteTables", DescribeRouteTablesRequest::builder, this::routeTables);
        operations.add("DescribeNetworkAcls", DescribeNetworkAclsRequest::builder, this::networkAcls);
    }

    private DescribeRouteTablesResponse routeTables(DescribeRouteTablesRequest request, Call call) {
        Ec2State state = world.region(call).get(Ec2State.KEY);
        List<RouteTable> tables = state.vpcs().at(call.readAt()).values().stream()
                .map(vpc -> mainTable(state, vpc))
                .filter(table -> request.routeTableIds().isEmpty()
                        || request.routeTableIds().contains(table.routeTableId()))
                .toList();
        Page<RouteTable> page = new Ec2Pages(request.maxResults(), request.nextToken())
                .of(TABLE_FILTERS.apply(request.filters(), tables), RouteTable::routeTableId);
        return DescribeRouteTablesResponse.builder()
                .routeTables(page.items())
                .nextToken(page.next().orElse(null))
                .build();
    }

    private static RouteTable mainTable(Ec2State state, VpcRecord vpc) {
        IdSource ids = state.region().ids();
        String id = ids.named("rtb-", "main/" + vpc.id());
        return RouteTable.builder()
                .routeTableId(id)
                .vpcId(vpc.id())
                .ownerId(state.region().account())
                .associations(association -> association
                        .main(true)
                        .routeTableId(id)
                        .routeTableAssociationId(ids.named("rtbassoc-", "main/" + vpc.id()))
                        .associationState(s -> s.state("associated")))
                .routes(route -> route.destinationCidrBlock(vpc.vpc().cidrBlock())
                        .gatewayId("local")
                        .origin("CreateRouteTable")
                        .state("active"))
                .propagatingVgws(List.of())
                .tags(List.of())
                .build();
    }

    private DescribeNetworkAclsResponse networkAcls(DescribeNetworkAclsRequest request, Call call) {
        Ec2State state = world.region(call).get(Ec2State.KEY);
        List<Subnet> subnets = state.subnets().at(call.readAt()).values();
        List<NetworkAcl> acls = state.vpcs().at(call.readAt()).values().stream()
                .map(vpc -> defaultAcl(state, vpc, subnets))
                .filter(acl -> request.networkAclIds().isEmpty()
                        || request.networkAclIds().contains(acl.networkAclId()))
                .toList();
        Page<NetworkAcl> page = new Ec2Pages(request.maxResults(), request.nextToken())
                .of(ACL_FILTERS.apply(request.filters(), acls), NetworkAcl::networkAclId);
        return DescribeNetworkAclsResponse.builder()
                .networkAcls(page.items())
                .nextToken(page.next().orElse(null))
                .build();
    }

    private static NetworkAcl defaultAcl(Ec2State state, VpcRecord vpc, List<Subnet> subnets) {
        IdSource ids = state.region().ids();
        String id = ids.named("acl-", vpc.id());
        List<NetworkAclAssociation> associations = subnets.stream()
                .filter(subnet -> vpc.id().equals(subnet.vpcId()))
                .map(subnet -> NetworkAclAssociation.builder()
                        .networkAclId(id)
                        .networkAclAssociationId(ids.named("aclassoc-", subnet.subnetId()))
                        .subnetId(subnet.subnetId())
                        .build())
                .toList();
        return NetworkAcl.builder()
                .networkAclId(id)
                .vpcId(vpc.id())
                .ownerId(state.region().account())
                .isDefault(true)
                .associations(associations)
                .entries(
                        entry(true, FIRST_RULE, "allow"),
                        entry(true, LAST_RULE, "deny"),
                        entry(false, FIRST_RULE, "allow"),
                        entry(false, LAST_RULE, "deny"))
                .tags(List.of())
                .build();
    }

    private static NetworkAclEntry entry(boolean egress, int number, String action) {
        return NetworkAclEntry.builder()
                .cidrBlock("0.0.0.0/0")
                .egress(egress)
                .protocol("-1")
                .ruleAction(action)
                .ruleNumber(number)
                .build();
    }
}
