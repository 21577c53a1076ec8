package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.ec2.NetworkUse.SubnetPlace;
import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticache.model.CreateCacheSubnetGroupRequest;
import software.amazon.awssdk.services.elasticache.model.CreateCacheSubnetGroupResponse;
import software.amazon.awssdk.services.elasticache.model.DeleteCacheSubnetGroupRequest;
import software.amazon.awssdk.services.elasticache.model.DeleteCacheSubnetGroupResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheSubnetGroupsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheSubnetGroupsResponse;
import software.amazon.awssdk.services.elasticache.model.ModifyCacheSubnetGroupRequest;
import software.amazon.awssdk.services.elasticache.model.ModifyCacheSubnetGroupResponse;

/** The operations on subnet groups. */
final class SubnetGroups {
    private static final String NAME = "CacheSubnetGroupName";
    private final Context.Source contexts;

    SubnetGroups(Context.Source contexts) {
        this.contexts = contexts;
    }

    CreateCacheSubnetGroupResponse create(CreateCacheSubnetGroupRequest request, Call call) {
        Context c = contexts.of(call);
        String name = Identifiers.create(NAME, request.cacheSubnetGroupName(), Identifiers.NAME_LENGTH);
        String description = Identifiers.text("CacheSubnetGroupDescription", request.cacheSubnetGroupDescription());
        var tags = Tags.read(request.tags());
        if (name.equals("default")) {
            throw AwsError.invalidParameterValue("The parameter CacheSubnetGroupName must not be default.");
        }
        if (request.subnetIds().isEmpty()) {
            throw ElastiCacheErrors.missing("SubnetIds");
        }
        if (c.state().subnetGroups.contains(name)) {
            throw AwsError.badRequest(
                    "CacheSubnetGroupAlreadyExists", "Cache subnet group %s already exists.".formatted(name));
        }
        List<SubnetPlace> subnets = subnets(c, request.subnetIds());
        Quotas.subnetGroups(c);
        SubnetGroupState group = new SubnetGroupState(name, description, subnets, c.arn("subnetgroup", name));
        c.state().subnetGroups.put(name, group, c.now());
        Tags.create(c, group.arn(), tags);
        return CreateCacheSubnetGroupResponse.builder()
                .cacheSubnetGroup(group.shown())
                .build();
    }

    DescribeCacheSubnetGroupsResponse describe(DescribeCacheSubnetGroupsRequest request, Call call) {
        Context c = contexts.of(call);
        if (request.cacheSubnetGroupName() != null) {
            String name = Identifiers.required(NAME, request.cacheSubnetGroupName());
            SubnetGroupState group = c.state()
                    .subnetGroups
                    .at(call.readAt())
                    .find(name)
                    .or(() -> defaultGroup(c).filter(g -> g.name().equals(name)))
                    .orElseThrow(() -> ElastiCacheErrors.subnetGroupNotFound(name));
            return DescribeCacheSubnetGroupsResponse.builder()
                    .cacheSubnetGroups(group.shown())
                    .build();
        }
        List<SubnetGroupState> all = Stream.concat(
                        c.state().subnetGroups.at(call.readAt()).values().stream(), defaultGroup(c).stream())
                .sorted(Comparator.comparing(SubnetGroupState::name))
                .toList();
        Page<SubnetGroupState> page = Paging.page(all, SubnetGroupState::name, request.marker(), request.maxRecords());
        return DescribeCacheSubnetGroupsResponse.builder()
                .cacheSubnetGroups(
                        page.items().stream().map(SubnetGroupState::shown).toList())
                .marker(page.next().orElse(null))
                .build();
    }

    private static Optional<SubnetGroupState> defaultGroup(Context c) {
        return c.state().subnetGroups.contains("default") ? Optional.empty() : Placement.subnetGroup(c, "default");
    }

    ModifyCacheSubnetGroupResponse modify(ModifyCacheSubnetGroupRequest request, Call call) {
        Context c = contexts.of(call);
        SubnetGroupState group = find(c, request.cacheSubnetGroupName());
        boolean describes = request.cacheSubnetGroupDescription() != null;
        if (!describes && request.subnetIds().isEmpty()) {
            throw AwsError.invalidParameterValue("No modifications were requested.");
        }
        List<SubnetPlace> subnets =
                request.subnetIds().isEmpty() ? group.subnets() : replaced(c, group, request.subnetIds());
        String description = describes ? request.cacheSubnetGroupDescription() : group.description();
        SubnetGroupState changed = new SubnetGroupState(group.name(), description, subnets, group.arn());
        c.state().subnetGroups.put(group.name(), changed, c.now());
        return ModifyCacheSubnetGroupResponse.builder()
                .cacheSubnetGroup(changed.shown())
                .build();
    }

    private static List<SubnetPlace> replaced(Context c, SubnetGroupState group, List<String> ids) {
        List<SubnetPlace> subnets = subnets(c, ids);
        if (!subnets.getFirst().vpcId().equals(group.vpcId())) {
            throw invalidSubnet(group.subnets().getFirst(), subnets.getFirst());
        }
        Set<String> zones = subnets.stream().map(SubnetPlace::zone).collect(Collectors.toSet());
        boolean occupied = c.state().clusters.values().stream()
                .filter(cluster -> group.name().equals(cluster.shown().cacheSubnetGroupName()))
                .flatMap(cluster -> cluster.shown().cacheNodes().stream())
                .anyMatch(node -> !zones.contains(node.customerAvailabilityZone()));
        if (occupied) {
            throw AwsError.badRequest(
                    "SubnetInUse", "A subnet of the cache subnet group is in use by a cache cluster.");
        }
        return subnets;
    }

    DeleteCacheSubnetGroupResponse delete(DeleteCacheSubnetGroupRequest request, Call call) {
        Context c = contexts.of(call);
        SubnetGroupState group = find(c, request.cacheSubnetGroupName());
        boolean used = c.state().clusters.values().stream()
                        .anyMatch(cluster -> group.name().equals(cluster.shown().cacheSubnetGroupName()))
                || c.state().lingering(c.now()).stream()
                        .anyMatch(gone -> gone.subnetGroup().equals(group.name()));
        if (used) {
            throw AwsError.badRequest(
                    "CacheSubnetGroupInUse",
                    "Cache subnet group %s is currently in use by a cache cluster.".formatted(group.name()));
        }
        c.state().subnetGroups.remove(group.name(), c.now());
        Tags.remove(c, group.arn());
        return DeleteCacheSubnetGroupResponse.builder().build();
    }

    private static SubnetGroupState find(Context c, String given) {
        String name = Identifiers.required(NAME, given);
        return c.state().subnetGroups.find(name).orElseThrow(() -> ElastiCacheErrors.subnetGroupNotFound(name));
    }

    private static List<SubnetPlace> subnets(Context c, List<String> ids) {
        if (ids.size() > Quotas.SUBNETS_PER_GROUP) {
            throw AwsError.badRequest(
                    "CacheSubnetQuotaExceededFault",
                    "A cache subnet group can have at most %d subnets.".formatted(Quotas.SUBNETS_PER_GROUP));
        }
        List<SubnetPlace> subnets = new ArrayList<>();
        for (String id : ids.stream().distinct().toList()) {
            subnets.add(c.config()
                    .network()
                    .subnet(c.region(), id)
                    .orElseThrow(() ->
                            AwsError.invalidParameterValue("Some input subnets in :[%s] are invalid.".formatted(id))));
        }
        for (SubnetPlace subnet : subnets) {
            if (!subnet.vpcId().equals(subnets.getFirst().vpcId())) {
                throw invalidSubnet(subnets.getFirst(), subnet);
            }
        }
        return subnets;
    }

    private static AwsError invalidSubnet(SubnetPlace one, SubnetPlace other) {
        return AwsError.badRequest(
                "InvalidSubnet",
                "Subnets %s and %s are not in the same VPC.".formatted(one.subnetId(), other.subnetId()));
    }
}
