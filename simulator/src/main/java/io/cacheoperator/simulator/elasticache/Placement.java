package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.ec2.NetworkUse;
import io.cacheoperator.simulator.ec2.NetworkUse.GroupPlace;
import io.cacheoperator.simulator.ec2.NetworkUse.SubnetPlace;
import io.cacheoperator.simulator.service.AwsError;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticache.model.SecurityGroupMembership;

/**
 * Where a cache lives.
 *
 * @param subnetGroup    given, or {@code default} in the default VPC
 * @param securityGroups given, or the VPC's default group
 */
record Placement(SubnetGroupState subnetGroup, List<String> securityGroups) {
    Placement {
        securityGroups = List.copyOf(securityGroups);
    }

    /**
     * Looks up what a request names.
     *
     * @throws AwsError if it does not exist or does not fit
     */
    static Placement of(Context c, @Nullable String subnetGroup, List<String> securityGroups) {
        String name = subnetGroup == null || subnetGroup.isEmpty()
                ? "default"
                : Identifiers.required("CacheSubnetGroupName", subnetGroup);
        SubnetGroupState group = subnetGroup(c, name).orElseThrow(() -> ElastiCacheErrors.subnetGroupNotFound(name));
        return new Placement(group, securityGroups(c, group, securityGroups));
    }

    /** The security groups of a request, or the default one, after checking that they are in the VPC. */
    static List<String> securityGroups(Context c, SubnetGroupState group, List<String> given) {
        NetworkUse network = c.config().network();
        if (given.isEmpty()) {
            return network.defaultSecurityGroup(c.region(), group.vpcId()).stream()
                    .map(GroupPlace::groupId)
                    .toList();
        }
        for (String id : given) {
            GroupPlace place = network.securityGroup(c.region(), id)
                    .orElseThrow(() ->
                            AwsError.invalidParameterValue("Some security group IDs are invalid: [%s]".formatted(id)));
            if (!place.vpcId().equals(group.vpcId())) {
                throw AwsError.invalidParameterCombination("Subnet group [%s] belongs to a different VPC [%s] than [%s]"
                        .formatted(group.name(), group.vpcId(), place.vpcId()));
            }
        }
        return given.stream().distinct().toList();
    }

    /** A subnet group by name. {@code default} exists while there is a default VPC, whether or not it was ever asked for. */
    static Optional<SubnetGroupState> subnetGroup(Context c, String name) {
        Optional<SubnetGroupState> stored = c.state().subnetGroups.find(name);
        if (stored.isPresent() || !name.equals("default")) {
            return stored;
        }
        List<SubnetPlace> subnets = c.config().network().defaultSubnets(c.region());
        return subnets.isEmpty()
                ? Optional.empty()
                : Optional.of(new SubnetGroupState("default", "default", subnets, c.arn("subnetgroup", "default")));
    }

    static List<SecurityGroupMembership> memberships(List<String> securityGroups) {
        return securityGroups.stream()
                .map(id -> SecurityGroupMembership.builder()
                        .securityGroupId(id)
                        .status("active")
                        .build())
                .toList();
    }

    /** A zone by number, round robin over those of the subnet group. */
    String zone(int number) {
        List<String> zones = subnetGroup.zones();
        return zones.get(Math.floorMod(number, zones.size()));
    }

    /** The zone of the subnet group that the fewest nodes are in. */
    static Optional<String> leastUsed(Context c, String subnetGroup, List<String> used) {
        return subnetGroup(c, subnetGroup).map(SubnetGroupState::zones).orElse(List.of()).stream()
                .min(Comparator.comparingInt(zone -> Collections.frequency(used, zone)));
    }

    /** Refuses a network type that not all subnets have addresses for, and discovery by a family that it does not have. */
    void checkNetwork(@Nullable String networkType, @Nullable String ipDiscovery) {
        String type = networkType == null ? "ipv4" : networkType;
        if (subnetGroup.networkTypes().stream()
                .noneMatch(known -> known.toString().equals(type))) {
            throw AwsError.invalidParameterCombination(
                    "Network type %s is not supported by cache subnet group %s.".formatted(type, subnetGroup.name()));
        }
        if (ipDiscovery != null && !type.equals("dual_stack") && !type.equals(ipDiscovery)) {
            throw AwsError.invalidParameterCombination(
                    "IP discovery %s is not supported with network type %s.".formatted(ipDiscovery, type));
        }
    }

    /** Refuses zones in which the subnet group has no subnet. */
    void checkZones(List<String> zones) {
        for (String zone : zones) {
            if (!subnetGroup.zones().contains(zone)) {
                throw AwsError.invalidParameterValue("%s is not a valid availability zone.".formatted(zone));
            }
        }
    }

    /** A subnet in a zone. */
    static SubnetPlace subnetIn(SubnetGroupState group, String zone) {
        return group.subnets().stream()
                .filter(subnet -> subnet.zone().equals(zone))
                .findFirst()
                .orElseGet(() -> group.subnets().getFirst());
    }
}
