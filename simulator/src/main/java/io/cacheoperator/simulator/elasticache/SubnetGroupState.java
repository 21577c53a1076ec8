package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.ec2.NetworkUse.SubnetPlace;
import java.util.List;
import software.amazon.awssdk.services.elasticache.model.AvailabilityZone;
import software.amazon.awssdk.services.elasticache.model.CacheSubnetGroup;
import software.amazon.awssdk.services.elasticache.model.NetworkType;
import software.amazon.awssdk.services.elasticache.model.Subnet;

/** A subnet group: at least one subnet, all of one VPC. */
record SubnetGroupState(String name, String description, List<SubnetPlace> subnets, String arn) {
    SubnetGroupState {
        subnets = List.copyOf(subnets);
    }

    String vpcId() {
        return subnets.getFirst().vpcId();
    }

    /** The zones of its subnets, sorted. */
    List<String> zones() {
        return subnets.stream().map(SubnetPlace::zone).distinct().sorted().toList();
    }

    /** What every one of its subnets supports. */
    List<NetworkType> networkTypes() {
        return networkTypes(subnets.stream().allMatch(SubnetPlace::ipv6));
    }

    private static List<NetworkType> networkTypes(boolean ipv6) {
        return ipv6 ? List.of(NetworkType.IPV4, NetworkType.IPV6, NetworkType.DUAL_STACK) : List.of(NetworkType.IPV4);
    }

    CacheSubnetGroup shown() {
        return CacheSubnetGroup.builder()
                .cacheSubnetGroupName(name)
                .cacheSubnetGroupDescription(description)
                .vpcId(vpcId())
                .subnets(subnets.stream().map(SubnetGroupState::shown).toList())
                .arn(arn)
                .supportedNetworkTypes(networkTypes())
                .build();
    }

    private static Subnet shown(SubnetPlace subnet) {
        return Subnet.builder()
                .subnetIdentifier(subnet.subnetId())
                .subnetAvailabilityZone(
                        AvailabilityZone.builder().name(subnet.zone()).build())
                .supportedNetworkTypes(networkTypes(subnet.ipv6()))
                .build();
    }
}
