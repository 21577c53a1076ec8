package io.cacheoperator.aws;

import io.cacheoperator.core.Done;
import io.cacheoperator.core.Result;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every write the operator makes to ElastiCache, in one region. Each is one call; none retries by itself. */
public interface ElastiCachePort {

    Result<ReplicationGroupState> createReplicationGroup(CreateReplicationGroup request);

    Result<ReplicationGroupState> modifyReplicationGroup(ModifyReplicationGroup request);

    /** Without a final snapshot id: those can fail and the cache is gone all the same. */
    Result<ReplicationGroupState> deleteReplicationGroup(String id);

    Result<CacheClusterState> createCacheCluster(CreateCacheCluster request);

    Result<CacheClusterState> modifyCacheCluster(ModifyCacheCluster request);

    Result<CacheClusterState> deleteCacheCluster(String id);

    Result<SubnetGroupState> createSubnetGroup(
            String name, String description, Set<String> subnetIds, Map<String, String> tags);

    Result<Done> deleteSubnetGroup(String name);

    Result<ParameterGroupState> createParameterGroup(
            String name, String family, String description, Map<String, String> tags);

    /** @param values at most 20 */
    Result<Done> modifyParameters(String groupName, Map<String, String> values);

    /** @param names at most 20 */
    Result<Done> resetParameters(String groupName, Set<String> names);

    Result<Done> deleteParameterGroup(String name);

    Result<SnapshotState> createSnapshot(String name, String replicationGroupId, Map<String, String> tags);

    /** @return all tags afterwards */
    Result<Map<String, String>> addTags(String arn, Map<String, String> tags);

    /** @return all tags afterwards */
    Result<Map<String, String>> removeTags(String arn, List<String> keys);
}
