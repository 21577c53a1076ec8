package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.ec2.NetworkUse;
import io.cacheoperator.simulator.world.RegionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two VPCs: {@code vpc-1}, the default one, with three subnets in three zones, and {@code vpc-2} with one. */
final class FakeNetwork implements NetworkUse {
    final Map<String, InterfaceRequest> interfaces = new HashMap<>();
    private final List<SubnetPlace> subnets = List.of(
            subnet("subnet-a", "vpc-1", "a"),
            subnet("subnet-b", "vpc-1", "b"),
            subnet("subnet-c", "vpc-1", "c"),
            subnet("subnet-x", "vpc-2", "a"));
    private int count;

    private static SubnetPlace subnet(String id, String vpc, String letter) {
        return new SubnetPlace(id, vpc, "us-east-1" + letter, "use1-az1", "10.0.0.0/24", false);
    }

    @Override
    public Optional<SubnetPlace> subnet(RegionState region, String subnetId) {
        return subnets.stream().filter(s -> s.subnetId().equals(subnetId)).findFirst();
    }

    @Override
    public List<SubnetPlace> defaultSubnets(RegionState region) {
        return subnets.stream().filter(s -> s.vpcId().equals("vpc-1")).toList();
    }

    @Override
    public Optional<GroupPlace> securityGroup(RegionState region, String groupId) {
        return switch (groupId) {
            case "sg-1", "sg-2" -> Optional.of(new GroupPlace(groupId, "vpc-1", groupId));
            case "sg-x" -> Optional.of(new GroupPlace(groupId, "vpc-2", groupId));
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<GroupPlace> defaultSecurityGroup(RegionState region, String vpcId) {
        return Optional.of(new GroupPlace("sg-default-" + vpcId, vpcId, "default"));
    }

    @Override
    public Interface attach(RegionState region, InterfaceRequest request, Instant at) {
        String id = "eni-" + ++count;
        interfaces.put(id, request);
        return new Interface(id, "10.0.0." + count);
    }

    @Override
    public void changeGroups(RegionState region, String interfaceId, List<String> groupIds, Instant at) {
        interfaces.computeIfPresent(
                interfaceId,
                (id, old) -> new InterfaceRequest(old.subnetId(), groupIds, old.requester(), old.description()));
    }

    @Override
    public void detach(RegionState region, String interfaceId, Instant at) {
        interfaces.remove(interfaceId);
    }

    /** The security groups of all interfaces, in the order of their ids. */
    List<String> attachedGroups() {
        List<String> groups = new ArrayList<>();
        interfaces.values().forEach(request -> groups.addAll(request.groupIds()));
        return groups.stream().sorted().toList();
    }
}
