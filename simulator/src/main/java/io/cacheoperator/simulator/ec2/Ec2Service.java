package io.cacheoperator.simulator.ec2;

import io.cacheoperator.simulator.iam.Authorizer;
import io.cacheoperator.simulator.service.AwsService;
import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.Operations;
import io.cacheoperator.simulator.service.ServiceDescription;
import io.cacheoperator.simulator.service.TaggedResources;
import io.cacheoperator.simulator.world.RegionState;
import io.cacheoperator.simulator.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** EC2, as far as networks go. */
public final class Ec2Service implements AwsService, TaggedResources, Authorizer.ResourcesOfCall {
    private static final ServiceDescription DESCRIPTION =
            ServiceDescription.ec2Query("ec2", "2016-11-15", "http://ec2.amazonaws.com/doc/2016-11-15/");

    private final Operations operations;
    private final NetworkInterfaces interfaces;
    private final Ec2Resources resources;

    public Ec2Service(World world) {
        Ec2Operations all = new Ec2Operations();
        this.resources = new Ec2Resources(world);
        this.interfaces = new NetworkInterfaces(world);
        interfaces.register(all);
        new SecurityGroups(world).register(all);
        new SecurityGroupRules(world).register(all);
        new RuleChanges(world).register(all);
        new Ec2Tags(world).register(all);
        new Vpcs(world).register(all);
        new VpcParts(world).register(all);
        new Subnets(world).register(all);
        new PrefixLists(world).register(all);
        new RegionFacts(world).register(all);
        this.operations = all.build();
    }

    /** The network as other services use it. */
    public NetworkUse network() {
        return interfaces;
    }

    @Override
    public ServiceDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Operations operations() {
        return operations;
    }

    @Override
    public List<Authorizer.Resource> resources(Call call, Map<String, Object> request) {
        return resources.of(call, request);
    }

    @Override
    public List<Authorizer.Check> further(Call call, Map<String, Object> request) {
        return resources.tagging(call, request);
    }

    @Override
    public List<TaggedResource> taggedResources(RegionState region, Instant asOf) {
        Ec2State state = region.get(Ec2State.KEY);
        var tags = state.tags().at(asOf);
        List<TaggedResource> resources = new ArrayList<>();
        for (ResourceKind kind : ResourceKind.values()) {
            for (String id : kind.ids(state, asOf)) {
                tags.find(id)
                        .ifPresent(values -> resources.add(new TaggedResource(
                                region.arn("ec2", kind.type() + "/" + id).toString(), "ec2:" + kind.type(), values)));
            }
        }
        return resources;
    }
}
