package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.iam.Authorizer;
import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.AwsService;
import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.NewerParameter;
import io.cacheoperator.simulator.service.Operations;
import io.cacheoperator.simulator.service.ServiceDescription;
import io.cacheoperator.simulator.service.TaggedResources;
import io.cacheoperator.simulator.world.Arn;
import io.cacheoperator.simulator.world.RegionState;
import io.cacheoperator.simulator.world.World;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.elasticache.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.elasticache.model.AuthorizeCacheSecurityGroupIngressRequest;
import software.amazon.awssdk.services.elasticache.model.BatchApplyUpdateActionRequest;
import software.amazon.awssdk.services.elasticache.model.BatchStopUpdateActionRequest;
import software.amazon.awssdk.services.elasticache.model.CopySnapshotRequest;
import software.amazon.awssdk.services.elasticache.model.CreateCacheClusterRequest;
import software.amazon.awssdk.services.elasticache.model.CreateCacheParameterGroupRequest;
import software.amazon.awssdk.services.elasticache.model.CreateCacheSecurityGroupRequest;
import software.amazon.awssdk.services.elasticache.model.CreateCacheSubnetGroupRequest;
import software.amazon.awssdk.services.elasticache.model.CreateReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.CreateSnapshotRequest;
import software.amazon.awssdk.services.elasticache.model.CreateUserGroupRequest;
import software.amazon.awssdk.services.elasticache.model.CreateUserRequest;
import software.amazon.awssdk.services.elasticache.model.DecreaseReplicaCountRequest;
import software.amazon.awssdk.services.elasticache.model.DeleteCacheClusterRequest;
import software.amazon.awssdk.services.elasticache.model.DeleteCacheParameterGroupRequest;
import software.amazon.awssdk.services.elasticache.model.DeleteCacheSecurityGroupRequest;
import software.amazon.awssdk.services.elasticache.model.DeleteCacheSubnetGroupRequest;
import software.amazon.awssdk.services.elasticache.model.DeleteReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.elasticache.model.DeleteUserGroupRequest;
import software.amazon.awssdk.services.elasticache.model.DeleteUserRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheClustersRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheEngineVersionsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheParameterGroupsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheParametersRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheSecurityGroupsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheSubnetGroupsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeEngineDefaultParametersRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeEventsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeGlobalReplicationGroupsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeReplicationGroupsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeReservedCacheNodesOfferingsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeReservedCacheNodesRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeServerlessCacheSnapshotsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeServerlessCachesRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeServiceUpdatesRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeUpdateActionsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeUserGroupsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeUsersRequest;
import software.amazon.awssdk.services.elasticache.model.IncreaseReplicaCountRequest;
import software.amazon.awssdk.services.elasticache.model.ListAllowedNodeTypeModificationsRequest;
import software.amazon.awssdk.services.elasticache.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.elasticache.model.ModifyCacheClusterRequest;
import software.amazon.awssdk.services.elasticache.model.ModifyCacheParameterGroupRequest;
import software.amazon.awssdk.services.elasticache.model.ModifyCacheSubnetGroupRequest;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupShardConfigurationRequest;
import software.amazon.awssdk.services.elasticache.model.ModifyUserGroupRequest;
import software.amazon.awssdk.services.elasticache.model.ModifyUserRequest;
import software.amazon.awssdk.services.elasticache.model.PurchaseReservedCacheNodesOfferingRequest;
import software.amazon.awssdk.services.elasticache.model.RebootCacheClusterRequest;
import software.amazon.awssdk.services.elasticache.model.RemoveTagsFromResourceRequest;
import software.amazon.awssdk.services.elasticache.model.ResetCacheParameterGroupRequest;
import software.amazon.awssdk.services.elasticache.model.RevokeCacheSecurityGroupIngressRequest;
import software.amazon.awssdk.services.elasticache.model.TestFailoverRequest;

/** Simulated Amazon ElastiCache, API version 2015-02-02. */
public final class ElastiCacheService implements AwsService, TaggedResources, Authorizer.ResourcesOfCall {
    private static final ServiceDescription DESCRIPTION = ServiceDescription.query(
                    "elasticache", "2015-02-02", "http://elasticache.amazonaws.com/doc/2015-02-02/")
            .with(List.of(durability("CreateReplicationGroup"), durability("ModifyReplicationGroup")));

    private final Operations operations;
    private final World world;
    private final ElastiCacheConfig config;
    private final AuthorizedResources authorized;

    public ElastiCacheService(World world, ElastiCacheConfig config) {
        this.world = world;
        this.config = config;
        this.authorized = new AuthorizedResources(world, config.knobs());
        Context.Source contexts = Context.source(world, config);
        Operations.Builder builder = Operations.builder();
        replicationGroups(builder, contexts);
        cacheClusters(builder, contexts);
        parameterGroups(builder, contexts);
        subnetGroups(builder, contexts);
        snapshots(builder, contexts);
        users(builder, contexts);
        others(builder, contexts);
        cacheSecurityGroups(builder);
        this.operations = builder.build();
    }

    /** No cache is durable here, which is what AWS does where nothing is said too. */
    private static NewerParameter durability(String operation) {
        return new NewerParameter(
                operation,
                "Durability",
                Set.of("default", "disabled"),
                AwsError.invalidParameterCombination("Durability cannot currently be enabled on non-durable clusters"));
    }

    /** What a person sees and does in a region, beside the callers of the API. */
    public ElastiCacheConsole console(RegionState region) {
        return new ElastiCacheConsole(region, config, world.clock());
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
        return authorized.of(call, request);
    }

    @Override
    public List<Authorizer.Check> further(Call call, Map<String, Object> request) {
        return authorized.further(call, request);
    }

    @Override
    public List<TaggedResource> taggedResources(RegionState region, Instant asOf) {
        return region.locked(() -> region.get(ElastiCacheState.KEY).tags.at(asOf).entries().entrySet().stream()
                .map(entry -> new TaggedResource(
                        entry.getKey(),
                        "elasticache:" + Arn.parse(entry.getKey()).resource().split(":", 2)[0],
                        entry.getValue()))
                .toList());
    }

    private static void replicationGroups(Operations.Builder builder, Context.Source contexts) {
        DescribeReplicationGroups describe = new DescribeReplicationGroups(contexts);
        builder.add(
                        "CreateReplicationGroup",
                        CreateReplicationGroupRequest::builder,
                        new CreateReplicationGroup(contexts)::handle)
                .add("DescribeReplicationGroups", DescribeReplicationGroupsRequest::builder, describe::handle)
                .add(
                        "DeleteReplicationGroup",
                        DeleteReplicationGroupRequest::builder,
                        new DeleteReplicationGroup(contexts)::handle)
                .add(
                        "ListAllowedNodeTypeModifications",
                        ListAllowedNodeTypeModificationsRequest::builder,
                        describe::allowedNodeTypes);
        ReplicaCounts replicas = new ReplicaCounts(contexts);
        builder.add(
                        "ModifyReplicationGroup",
                        ModifyReplicationGroupRequest::builder,
                        new ModifyReplicationGroup(contexts)::handle)
                .add("IncreaseReplicaCount", IncreaseReplicaCountRequest::builder, replicas::increase)
                .add("DecreaseReplicaCount", DecreaseReplicaCountRequest::builder, replicas::decrease)
                .add(
                        "ModifyReplicationGroupShardConfiguration",
                        ModifyReplicationGroupShardConfigurationRequest::builder,
                        new ShardConfiguration(contexts)::handle)
                .add("TestFailover", TestFailoverRequest::builder, new Failovers(contexts)::test);
    }

    private static void cacheClusters(Operations.Builder builder, Context.Source contexts) {
        CacheClusters clusters = new CacheClusters(contexts);
        builder.add("CreateCacheCluster", CreateCacheClusterRequest::builder, new CreateCacheCluster(contexts)::handle)
                .add("DescribeCacheClusters", DescribeCacheClustersRequest::builder, clusters::describe)
                .add("ModifyCacheCluster", ModifyCacheClusterRequest::builder, new ModifyCacheCluster(contexts)::handle)
                .add("DeleteCacheCluster", DeleteCacheClusterRequest::builder, clusters::delete)
                .add("RebootCacheCluster", RebootCacheClusterRequest::builder, clusters::reboot);
    }

    private static void parameterGroups(Operations.Builder builder, Context.Source contexts) {
        ParameterGroups groups = new ParameterGroups(contexts);
        Parameters parameters = new Parameters(contexts);
        builder.add("CreateCacheParameterGroup", CreateCacheParameterGroupRequest::builder, groups::create)
                .add("DescribeCacheParameterGroups", DescribeCacheParameterGroupsRequest::builder, groups::describe)
                .add("ModifyCacheParameterGroup", ModifyCacheParameterGroupRequest::builder, groups::modify)
                .add("ResetCacheParameterGroup", ResetCacheParameterGroupRequest::builder, groups::reset)
                .add("DeleteCacheParameterGroup", DeleteCacheParameterGroupRequest::builder, groups::delete)
                .add("DescribeCacheParameters", DescribeCacheParametersRequest::builder, parameters::describe)
                .add(
                        "DescribeEngineDefaultParameters",
                        DescribeEngineDefaultParametersRequest::builder,
                        parameters::defaults);
    }

    private static void subnetGroups(Operations.Builder builder, Context.Source contexts) {
        SubnetGroups groups = new SubnetGroups(contexts);
        builder.add("CreateCacheSubnetGroup", CreateCacheSubnetGroupRequest::builder, groups::create)
                .add("DescribeCacheSubnetGroups", DescribeCacheSubnetGroupsRequest::builder, groups::describe)
                .add("ModifyCacheSubnetGroup", ModifyCacheSubnetGroupRequest::builder, groups::modify)
                .add("DeleteCacheSubnetGroup", DeleteCacheSubnetGroupRequest::builder, groups::delete);
    }

    private static void snapshots(Operations.Builder builder, Context.Source contexts) {
        SnapshotOperations snapshots = new SnapshotOperations(contexts);
        builder.add("CreateSnapshot", CreateSnapshotRequest::builder, snapshots::create)
                .add("DescribeSnapshots", DescribeSnapshotsRequest::builder, snapshots::describe)
                .add("CopySnapshot", CopySnapshotRequest::builder, snapshots::copy)
                .add("DeleteSnapshot", DeleteSnapshotRequest::builder, snapshots::delete);
    }

    private static void users(Operations.Builder builder, Context.Source contexts) {
        Users users = new Users(contexts);
        UserGroups groups = new UserGroups(contexts);
        builder.add("CreateUser", CreateUserRequest::builder, users::create)
                .add("DescribeUsers", DescribeUsersRequest::builder, users::describe)
                .add("ModifyUser", ModifyUserRequest::builder, users::modify)
                .add("DeleteUser", DeleteUserRequest::builder, users::delete)
                .add("CreateUserGroup", CreateUserGroupRequest::builder, groups::create)
                .add("DescribeUserGroups", DescribeUserGroupsRequest::builder, groups::describe)
                .add("ModifyUserGroup", ModifyUserGroupRequest::builder, groups::modify)
                .add("DeleteUserGroup", DeleteUserGroupRequest::builder, groups::delete);
    }

    private static void others(Operations.Builder builder, Context.Source contexts) {
        TagOperations tags = new TagOperations(contexts);
        Catalogue catalogue = new Catalogue();
        builder.add("ListTagsForResource", ListTagsForResourceRequest::builder, tags::list)
                .add("AddTagsToResource", AddTagsToResourceRequest::builder, tags::add)
                .add("RemoveTagsFromResource", RemoveTagsFromResourceRequest::builder, tags::remove)
                .add("DescribeEvents", DescribeEventsRequest::builder, new Events(contexts)::describe)
                .add(
                        "DescribeCacheEngineVersions",
                        DescribeCacheEngineVersionsRequest::builder,
                        catalogue::engineVersions)
                .add("DescribeServiceUpdates", DescribeServiceUpdatesRequest::builder, catalogue::serviceUpdates)
                .add("DescribeUpdateActions", DescribeUpdateActionsRequest::builder, catalogue::updateActions)
                .add("DescribeReservedCacheNodes", DescribeReservedCacheNodesRequest::builder, catalogue::reservedNodes)
                .add(
                        "DescribeReservedCacheNodesOfferings",
                        DescribeReservedCacheNodesOfferingsRequest::builder,
                        catalogue::offerings)
                .add(
                        "PurchaseReservedCacheNodesOffering",
                        PurchaseReservedCacheNodesOfferingRequest::builder,
                        catalogue::purchase)
                .add("BatchApplyUpdateAction", BatchApplyUpdateActionRequest::builder, catalogue::applyUpdate)
                .add("BatchStopUpdateAction", BatchStopUpdateActionRequest::builder, catalogue::stopUpdate)
                .add("DescribeServerlessCaches", DescribeServerlessCachesRequest::builder, catalogue::serverlessCaches)
                .add(
                        "DescribeServerlessCacheSnapshots",
                        DescribeServerlessCacheSnapshotsRequest::builder,
                        catalogue::serverlessSnapshots)
                .add(
                        "DescribeGlobalReplicationGroups",
                        DescribeGlobalReplicationGroupsRequest::builder,
                        catalogue::globalGroups);
    }

    private static void cacheSecurityGroups(Operations.Builder builder) {
        CacheSecurityGroups groups = new CacheSecurityGroups();
        builder.add("DescribeCacheSecurityGroups", DescribeCacheSecurityGroupsRequest::builder, groups::describe)
                .add("CreateCacheSecurityGroup", CreateCacheSecurityGroupRequest::builder, groups::create)
                .add("DeleteCacheSecurityGroup", DeleteCacheSecurityGroupRequest::builder, groups::delete)
                .add(
                        "AuthorizeCacheSecurityGroupIngress",
                        AuthorizeCacheSecurityGroupIngressRequest::builder,
                        groups::authorize)
                .add(
                        "RevokeCacheSecurityGroupIngress",
                        RevokeCacheSecurityGroupIngressRequest::builder,
                        groups::revoke);
    }
}
