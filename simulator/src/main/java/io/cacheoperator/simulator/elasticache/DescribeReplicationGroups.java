package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.Page;
import io.cacheoperator.simulator.world.Table;
import java.util.List;
import software.amazon.awssdk.services.elasticache.model.DescribeReplicationGroupsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeReplicationGroupsResponse;
import software.amazon.awssdk.services.elasticache.model.ListAllowedNodeTypeModificationsRequest;
import software.amazon.awssdk.services.elasticache.model.ListAllowedNodeTypeModificationsResponse;

/** What can be read about replication groups. */
final class DescribeReplicationGroups {
    private final Context.Source contexts;

    DescribeReplicationGroups(Context.Source contexts) {
        this.contexts = contexts;
    }

    DescribeReplicationGroupsResponse handle(DescribeReplicationGroupsRequest request, Call call) {
        Context c = contexts.of(call);
        Views views = new Views(c);
        Table.View<GroupState> groups = c.state().groups.at(call.readAt());
        if (request.replicationGroupId() != null) {
            String id = Identifiers.required("ReplicationGroupId", request.replicationGroupId());
            GroupState group = groups.find(id).orElseThrow(() -> ElastiCacheErrors.replicationGroupNotFound(id));
            return DescribeReplicationGroupsResponse.builder()
                    .replicationGroups(views.group(group))
                    .build();
        }
        Page<GroupState> page = Paging.page(groups.values(), GroupState::id, request.marker(), request.maxRecords());
        return DescribeReplicationGroupsResponse.builder()
                .replicationGroups(page.items().stream().map(views::group).toList())
                .marker(page.next().orElse(null))
                .build();
    }

    ListAllowedNodeTypeModificationsResponse allowedNodeTypes(
            ListAllowedNodeTypeModificationsRequest request, Call call) {
        Context c = contexts.of(call);
        if ((request.replicationGroupId() == null) == (request.cacheClusterId() == null)) {
            throw ElastiCacheErrors.invalidCombination(
                    "Either CacheClusterId or ReplicationGroupId must be provided, but not both.");
        }
        String type = request.replicationGroupId() != null
                ? group(c, request.replicationGroupId()).shown().cacheNodeType()
                : cluster(c, request.cacheClusterId()).shown().cacheNodeType();
        return ListAllowedNodeTypeModificationsResponse.builder()
                .scaleUpModifications(List.copyOf(NodeTypes.modifications(type, true)))
                .scaleDownModifications(List.copyOf(NodeTypes.modifications(type, false)))
                .build();
    }

    /** The replication group of a request that changes it. */
    static GroupState group(Context c, String given) {
        String id = Identifiers.required("ReplicationGroupId", given);
        return c.state().groups.find(id).orElseThrow(() -> ElastiCacheErrors.replicationGroupNotFound(id));
    }

    private static ClusterState cluster(Context c, String given) {
        String id = Identifiers.required("CacheClusterId", given);
        return c.state().clusters.find(id).orElseThrow(() -> ElastiCacheErrors.cacheClusterNotFound(id));
    }
}
