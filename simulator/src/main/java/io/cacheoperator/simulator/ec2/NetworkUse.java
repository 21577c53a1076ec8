package io.cacheoperator.simulator.ec2;

import io.cacheoperator.simulator.world.RegionState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What other simulated services may see of the network and do in it: they look up subnets and groups, and attach network interfaces
 * of their own (requester-managed ones), which use up addresses and keep security groups and subnets from being deleted.
 */
public interface NetworkUse {
    Optional<SubnetPlace> subnet(RegionState region, String subnetId);

    /** The subnets of the default VPC, one per zone, sorted by zone; empty if the default VPC is gone. */
    List<SubnetPlace> defaultSubnets(RegionState region);

    Optional<GroupPlace> securityGroup(RegionState region, String groupId);

    /** The group named {@code default} that every VPC has. */
    Optional<GroupPlace> defaultSecurityGroup(RegionState region, String vpcId);

    /** Attaches an interface with the next free address of a subnet. The subnet must exist. */
    Interface attach(RegionState region, InterfaceRequest request, Instant at);

    /** Replaces the groups of an interface that was attached; no effect if it is gone. */
    void changeGroups(RegionState region, String interfaceId, List<String> groupIds, Instant at);

    /** Removes an interface; no effect if it is gone. */
    void detach(RegionState region, String interfaceId, Instant at);

    /**
     * A subnet.
     *
     * @param zone such as {@code us-east-1a}
     */
    record SubnetPlace(String subnetId, String vpcId, String zone, String zoneId, String cidr, boolean ipv6) {}

    /** A security group. */
    record GroupPlace(String groupId, String vpcId, String name) {}

    /**
     * An interface to attach.
     *
     * @param requester   the service, such as {@code amazon-elasticache}
     * @param description such as {@code ElastiCache orders-001}
     */
    record InterfaceRequest(String subnetId, List<String> groupIds, String requester, String description) {
        public InterfaceRequest {
            groupIds = List.copyOf(groupIds);
        }
    }

    /** An attached interface. */
    record Interface(String interfaceId, String privateIp) {}
}
