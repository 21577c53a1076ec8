package io.cacheoperator.simulator.ec2;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.world.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** The kinds of resources that can be tagged: how their ids begin, and what EC2 says if one is not there. */
enum ResourceKind {
    VPC("vpc", "vpc-", (s, t) -> ids(s.vpcs(), t, VpcRecord::id), Ec2Errors::noVpc),
    SUBNET("subnet", "subnet-", (s, t) -> ids(s.subnets(), t, Subnet::subnetId), Ec2Errors::noSubnet),
    SECURITY_GROUP("security-group", "sg-", (s, t) -> ids(s.groups(), t, Ec2State.Group::id), Ec2Errors::noGroup),
    SECURITY_GROUP_RULE("security-group-rule", "sgr-", (s, t) -> ids(s.rules(), t, Rule::id), Ec2Errors::noRule),
    NETWORK_INTERFACE(
            "network-interface",
            "eni-",
            (s, t) -> ids(s.interfaces(), t, NetworkInterface::networkInterfaceId),
            Ec2Errors::noInterface);

    private final String type;
    private final String prefix;
    private final BiFunction<Ec2State, Instant, List<String>> ids;
    private final Function<String, AwsError> absent;

    ResourceKind(
            String type,
            String prefix,
            BiFunction<Ec2State, Instant, List<String>> ids,
            Function<String, AwsError> absent) {
        this.type = type;
        this.prefix = prefix;
        this.ids = ids;
        this.absent = absent;
    }

    /** As in TagSpecification.ResourceType and in ARNs. */
    String type() {
        return type;
    }

    List<String> ids(Ec2State state, Instant asOf) {
        return ids.apply(state, asOf);
    }

    /** The kind of resource that an id is of, as its beginning tells. */
    static Optional<ResourceKind> of(String id) {
        return Arrays.stream(values())
                .filter(kind -> id.startsWith(kind.prefix))
                .findFirst();
    }

    /** Refuses an id of nothing that exists. */
    static void require(Ec2State state, String id) {
        ResourceKind kind = of(id).orElseThrow(() -> Ec2Errors.noId(id));
        if (!kind.ids(state, Instant.MAX).contains(id)) {
            throw kind.absent.apply(id);
        }
    }

    private static <V> List<String> ids(Table<V> table, Instant asOf, Function<V, String> id) {
        return table.at(asOf).values().stream().map(id).toList();
    }
}
