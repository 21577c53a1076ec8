package io.cacheoperator.aws;

import io.cacheoperator.core.Done;
import io.cacheoperator.core.Result;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.ParameterNameValue;

/** The writes to ElastiCache through the SDK, one call each. */
final class SdkElastiCache implements ElastiCachePort {

    private static final String SERVICE = "elasticache";

    private final SdkCalls calls;
    private final Supplier<ElastiCacheClient> client;

    SdkElastiCache(SdkCalls calls, Supplier<ElastiCacheClient> client) {
        this.calls = calls;
        this.client = client;
    }

    @Override
    public Result<ReplicationGroupState> createReplicationGroup(CreateReplicationGroup request) {
        return calls.write(
                SERVICE,
                "CreateReplicationGroup",
                () -> FromElastiCache.replicationGroup(client.get()
                        .createReplicationGroup(ToElastiCache.create(request))
                        .replicationGroup()));
    }

    @Override
    public Result<ReplicationGroupState> modifyReplicationGroup(ModifyReplicationGroup request) {
        return calls.write(
                SERVICE,
                "ModifyReplicationGroup",
                () -> FromElastiCache.replicationGroup(client.get()
                        .modifyReplicationGroup(ToElastiCache.modify(request))
                        .replicationGroup()));
    }

    @Override
    public Result<ReplicationGroupState> deleteReplicationGroup(String id) {
        return calls.write(
                SERVICE,
                "DeleteReplicationGroup",
                () -> FromElastiCache.replicationGroup(client.get()
                        .deleteReplicationGroup(r -> r.replicationGroupId(id))
                        .replicationGroup()));
    }

    @Override
    public Result<CacheClusterState> createCacheCluster(CreateCacheCluster request) {
        return calls.write(
                SERVICE,
                "CreateCacheCluster",
                () -> FromElastiCache.cacheCluster(client.get()
                        .createCacheCluster(ToElastiCache.create(request))
                        .cacheCluster()));
    }

    @Override
    public Result<CacheClusterState> modifyCacheCluster(ModifyCacheCluster request) {
        return calls.write(
                SERVICE,
                "ModifyCacheCluster",
                () -> FromElastiCache.cacheCluster(client.get()
                        .modifyCacheCluster(ToElastiCache.modify(request))
                        .cacheCluster()));
    }

    @Override
    public Result<CacheClusterState> deleteCacheCluster(String id) {
        return calls.write(
                SERVICE,
                "DeleteCacheCluster",
                () -> FromElastiCache.cacheCluster(client.get()
                        .deleteCacheCluster(r -> r.cacheClusterId(id))
                        .cacheCluster()));
    }

    @Override
    public Result<SubnetGroupState> createSubnetGroup(
            String name, String description, Set<String> subnetIds, Map<String, String> tags) {
        return calls.write(
                SERVICE,
                "CreateCacheSubnetGroup",
                () -> FromElastiCache.subnetGroup(client.get()
                        .createCacheSubnetGroup(r -> r.cacheSubnetGroupName(name)
                                .cacheSubnetGroupDescription(description)
                                .subnetIds(subnetIds.stream().sorted().toList())
                                .tags(ToElastiCache.tags(tags)))
                        .cacheSubnetGroup()));
    }

    @Override
    public Result<Done> deleteSubnetGroup(String name) {
        return done(
                "DeleteCacheSubnetGroup", () -> client.get().deleteCacheSubnetGroup(r -> r.cacheSubnetGroupName(name)));
    }

    @Override
    public Result<ParameterGroupState> createParameterGroup(
            String name, String family, String description, Map<String, String> tags) {
        return calls.write(
                SERVICE,
                "CreateCacheParameterGroup",
                () -> FromElastiCache.parameterGroup(client.get()
                        .createCacheParameterGroup(r -> r.cacheParameterGroupName(name)
                                .cacheParameterGroupFamily(family)
                                .description(description)
                                .tags(ToElastiCache.tags(tags)))
                        .cacheParameterGroup()));
    }

    @Override
    public Result<Done> modifyParameters(String groupName, Map<String, String> values) {
        List<ParameterNameValue> pairs = values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> pair(e.getKey()).parameterValue(e.getValue()).build())
                .toList();
        return done(
                "ModifyCacheParameterGroup",
                () -> client.get()
                        .modifyCacheParameterGroup(
                                r -> r.cacheParameterGroupName(groupName).parameterNameValues(pairs)));
    }

    @Override
    public Result<Done> resetParameters(String groupName, Set<String> names) {
        List<ParameterNameValue> pairs =
                names.stream().sorted().map(n -> pair(n).build()).toList();
        return done(
                "ResetCacheParameterGroup",
                () -> client.get()
                        .resetCacheParameterGroup(
                                r -> r.cacheParameterGroupName(groupName).parameterNameValues(pairs)));
    }

    @Override
    public Result<Done> deleteParameterGroup(String name) {
        return done(
                "DeleteCacheParameterGroup",
                () -> client.get().deleteCacheParameterGroup(r -> r.cacheParameterGroupName(name)));
    }

    @Override
    public Result<SnapshotState> createSnapshot(String name, String replicationGroupId, Map<String, String> tags) {
        return calls.write(
                SERVICE,
                "CreateSnapshot",
                () -> FromElastiCache.snapshot(client.get()
                        .createSnapshot(r -> r.snapshotName(name)
                                .replicationGroupId(replicationGroupId)
                                .tags(ToElastiCache.tags(tags)))
                        .snapshot()));
    }

    @Override
    public Result<Map<String, String>> addTags(String arn, Map<String, String> tags) {
        return calls.write(
                SERVICE,
                "AddTagsToResource",
                () -> FromElastiCache.tags(client.get()
                        .addTagsToResource(r -> r.resourceName(arn).tags(ToElastiCache.tags(tags)))
                        .tagList()));
    }

    @Override
    public Result<Map<String, String>> removeTags(String arn, List<String> keys) {
        return calls.write(
                SERVICE,
                "RemoveTagsFromResource",
                () -> FromElastiCache.tags(client.get()
                        .removeTagsFromResource(r -> r.resourceName(arn).tagKeys(keys))
                        .tagList()));
    }

    private Result<Done> done(String operation, Runnable call) {
        return calls.write(SERVICE, operation, () -> {
            call.run();
            return Done.DONE;
        });
    }

    private static ParameterNameValue.Builder pair(String name) {
        return ParameterNameValue.builder().parameterName(name);
    }
}
