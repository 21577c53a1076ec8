package io.cacheoperator.simulator.ec2;

import io.cacheoperator.simulator.world.RegionState;
import io.cacheoperator.simulator.world.Zones;
import io.cacheoperator.simulator.world.Zones.Zone;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.Tenancy;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** The network that AWS makes in every region of a new account: a default VPC with a subnet in each zone. */
final class DefaultNetwork {
    private static final String CIDR = "172.31.0.0/16";
    private static final int SUBNET_PREFIX = 20;

    private DefaultNetwork() {}

    /** It has been there for ever, so that also the stalest read sees it. */
    static Ec2State seed(RegionState region) {
        Instant ever = Instant.EPOCH;
        Ec2State state = new Ec2State(region);
        String vpcId = region.ids().named("vpc-", "default");
        Vpc vpc = Vpcs.vpc(region, vpcId, Cidr.v4(CIDR), Tenancy.DEFAULT)
                .isDefault(true)
                .build();
        state.vpcs().put(vpcId, new VpcRecord(vpc, true, true, false), ever);
        state.addDefaultGroup(vpcId, ever);
        List<Zone> zones = Zones.of(region.region());
        for (int i = 0; i < zones.size(); i++) {
            Zone zone = zones.get(i);
            String id = region.ids().named("subnet-", "default/" + zone.id());
            Cidr cidr = Cidr.v4(CIDR).part(i, SUBNET_PREFIX);
            state.subnets()
                    .put(
                            id,
                            Subnets.subnet(region, id, vpcId, zone, cidr)
                                    .defaultForAz(true)
                                    .mapPublicIpOnLaunch(true)
                                    .build(),
                            ever);
        }
        return state;
    }
}
