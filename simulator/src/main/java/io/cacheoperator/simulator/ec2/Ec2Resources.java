package io.cacheoperator.simulator.ec2;

import io.cacheoperator.simulator.iam.Authorizer.Check;
import io.cacheoperator.simulator.iam.Authorizer.Resource;
import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.OperationBinding.Access;
import io.cacheoperator.simulator.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which resources the policies of a call are checked for: those that it names by id, and for what it makes the ARN with {@code *} in
 * place of the id. Reads are checked for {@code *} only, as in AWS.
 */
final class Ec2Resources {
    private static final Map<String, ResourceKind> MEMBERS = Map.of(
            "GroupId", ResourceKind.SECURITY_GROUP,
            "VpcId", ResourceKind.VPC,
            "SubnetId", ResourceKind.SUBNET);

    private static final Map<String, ResourceKind> MADE = Map.of(
            "CreateSecurityGroup", ResourceKind.SECURITY_GROUP,
            "CreateVpc", ResourceKind.VPC,
            "CreateSubnet", ResourceKind.SUBNET);

    private final World world;

    Ec2Resources(World world) {
        this.world = world;
    }

    List<Resource> of(Call call, Map<String, Object> request) {
        List<Resource> resources = new ArrayList<>();
        if (Access.of(call.operation()) == Access.READ) {
            return resources;
        }
        Ec2State state = world.region(call).get(Ec2State.KEY);
        ResourceKind made = MADE.get(call.operation());
        if (made != null) {
            resources.add(new Resource(arn(state, made, "*"), Map.of()));
        }
        MEMBERS.forEach((member, kind) -> {
            if (request.get(member) instanceof String id) {
                resources.add(resource(state, kind, id));
            }
        });
        if (request.get("Resources") instanceof List<?> ids) {
            for (Object id : ids) {
                ResourceKind.of(String.valueOf(id))
                        .ifPresent(kind -> resources.add(resource(state, kind, String.valueOf(id))));
            }
        }
        return resources;
    }

    /** Who makes something with tags must be permitted to tag it, too. */
    List<Check> tagging(Call call, Map<String, Object> request) {
        List<Check> checks = new ArrayList<>();
        Ec2State state = world.region(call).get(Ec2State.KEY);
        if (request.get("TagSpecifications") instanceof List<?> specifications) {
            for (Object specification : specifications) {
                if (specification instanceof Map<?, ?> map && map.get("ResourceType") instanceof String type) {
                    String arn = state.region().arn("ec2", type + "/*").toString();
                    checks.add(new Check("ec2:CreateTags", new Resource(arn, Map.of())));
                }
            }
        }
        return checks;
    }

    private static Resource resource(Ec2State state, ResourceKind kind, String id) {
        return new Resource(arn(state, kind, id), state.tags().find(id).orElse(Map.of()));
    }

    private static String arn(Ec2State state, ResourceKind kind, String id) {
        return state.region().arn("ec2", kind.type() + "/" + id).toString();
    }
}
