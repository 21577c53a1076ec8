package io.cacheoperator.simulator.ec2;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.world.World;
import io.cacheoperator.simulator.world.Zones;
import io.cacheoperator.simulator.world.Zones.Zone;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.AccountAttribute;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.DescribeAccountAttributesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAccountAttributesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsResponse;
import software.amazon.awssdk.services.ec2.model.Region;

/** What EC2 tells about regions, zones and the account. */
final class RegionFacts {
    private static final Filters<AvailabilityZone> ZONE_FILTERS = Filters.<AvailabilityZone>withTags(zone -> List.of())
            .one("zone-name", AvailabilityZone::zoneName)
            .one("zone-id", AvailabilityZone::zoneId)
            .one("zone-type", AvailabilityZone::zoneType)
            .one("region-name", AvailabilityZone::regionName)
            .one("group-name", AvailabilityZone::groupName)
            .one("opt-in-status", AvailabilityZone::optInStatusAsString)
            .one("state", AvailabilityZone::stateAsString)
            .none("group-long-name", "message", "parent-zone-id", "parent-zone-name");
    private static final Filters<Region> REGION_FILTERS = Filters.<Region>withTags(region -> List.of())
            .one("region-name", Region::regionName)
            .one("endpoint", Region::endpoint)
            .one("opt-in-status", Region::optInStatus);

    private final World world;

    RegionFacts(World world) {
        this.world = world;
    }

    void register(Ec2Operations operations) {
        operations.add("DescribeAvailabilityZones", DescribeAvailabilityZonesRequest::builder, this::zones);
        operations.add("DescribeRegions", DescribeRegionsRequest::builder, this::regions);
        operations.add("DescribeAccountAttributes", DescribeAccountAttributesRequest::builder, this::attributes);
    }

    private DescribeAvailabilityZonesResponse zones(DescribeAvailabilityZonesRequest request, Call call) {
        List<AvailabilityZone> all =
                Zones.of(call.region()).stream().map(zone -> zone(call, zone)).toList();
        for (String name : request.zoneNames()) {
            if (all.stream().noneMatch(zone -> zone.zoneName().equals(name))) {
                throw AwsError.invalidParameterValue("Invalid availability zone: [" + name + "]");
            }
        }
        List<AvailabilityZone> asked = all.stream()
                .filter(zone ->
                        request.zoneNames().isEmpty() || request.zoneNames().contains(zone.zoneName()))
                .filter(zone -> request.zoneIds().isEmpty() || request.zoneIds().contains(zone.zoneId()))
                .toList();
        return DescribeAvailabilityZonesResponse.builder()
                .availabilityZones(ZONE_FILTERS.apply(request.filters(), asked))
                .build();
    }

    private static AvailabilityZone zone(Call call, Zone zone) {
        return AvailabilityZone.builder()
                .zoneName(zone.name())
                .zoneId(zone.id())
                .regionName(call.region())
                .groupName(call.region() + "-zg-1")
                .networkBorderGroup(call.region())
                .zoneType("availability-zone")
                .optInStatus("opt-in-not-required")
                .messages(List.of())
                .state("available")
                .build();
    }

    private DescribeRegionsResponse regions(DescribeRegionsRequest request, Call call) {
        List<Region> asked = Zones.regions().stream()
                .filter(name ->
                        request.regionNames().isEmpty() || request.regionNames().contains(name))
                .map(name -> Region.builder()
                        .regionName(name)
                        .endpoint("ec2." + name + ".amazonaws.com")
                        .optInStatus("opt-in-not-required")
                        .build())
                .toList();
        return DescribeRegionsResponse.builder()
                .regions(REGION_FILTERS.apply(request.filters(), asked))
                .build();
    }

    private DescribeAccountAttributesResponse attributes(DescribeAccountAttributesRequest request, Call call) {
        String defaultVpc = world.region(call)
                .get(Ec2State.KEY)
                .defaultVpc()
                .map(VpcRecord::id)
                .orElse("none");
        Map<String, String> values = new LinkedHashMap<>();
        values.put("supported-platforms", "VPC");
        values.put("default-vpc", defaultVpc);
        values.put("max-instances", "20");
        values.put("vpc-max-security-groups-per-interface", "5");
        values.put("max-elastic-ips", "5");
        values.put("vpc-max-elastic-ips", "5");
        List<AccountAttribute> attributes = values.entrySet().stream()
                .filter(entry -> request.attributeNamesAsStrings().isEmpty()
                        || request.attributeNamesAsStrings().contains(entry.getKey()))
                .map(entry -> AccountAttribute.builder()
                        .attributeName(entry.getKey())
                        .attributeValues(value -> value.attributeValue(entry.getValue()))
                        .build())
                .toList();
        return DescribeAccountAttributesResponse.builder()
                .accountAttributes(attributes)
                .build();
    }
}
