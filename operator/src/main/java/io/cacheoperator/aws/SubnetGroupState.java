package io.cacheoperator.aws;

import java.util.List;

/** A cache subnet group. */
public record SubnetGroupState(String name, String arn, String description, String vpcId, List<Subnet> subnets) {

    public SubnetGroupState {
        subnets = List.copyOf(subnets);
    }

    /** A subnet of the group and its zone. */
    public record Subnet(String id, String availabilityZone) {}
}
