package io.cacheoperator.simulator.elasticache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticache.model.DecreaseReplicaCountRequest;
import software.amazon.awssdk.services.elasticache.model.DeleteCacheClusterRequest;
import software.amazon.awssdk.services.elasticache.model.IncreaseReplicaCountRequest;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupShardConfigurationRequest;
import software.amazon.awssdk.services.elasticache.model.NodeGroup;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;
import software.amazon.awssdk.services.elasticache.model.TestFailoverRequest;

class ShapeChangesTest {
    private final SimulatedElastiCache elastiCache = new SimulatedElastiCache();

    private static IncreaseReplicaCountRequest increase(int replicas) {
        return IncreaseReplicaCountRequest.builder()
                .replicationGroupId("orders")
                .newReplicaCount(replicas)
                .applyImmediately(true)
                .build();
    }

    private static DecreaseReplicaCountRequest decrease(int replicas) {
        return DecreaseReplicaCountRequest.builder()
                .replicationGroupId("orders")
                .newReplicaCount(replicas)
                .applyImmediately(true)
                .build();
    }

    private static ModifyReplicationGroupShardConfigurationRequest.Builder shards(int count) {
        return ModifyReplicationGroupShardConfigurationRequest.builder()
                .replicationGroupId("orders")
                .nodeGroupCount(count)
                .applyImmediately(true);
    }

    private void clusterMode(int shards) {
        elastiCache.available(
                "orders", b -> b.numNodeGroups(shards).replicasPerNodeGroup(1).automaticFailoverEnabled(true));
    }

    @Test
    void addedReplicasAreCreatingUntilTheGroupIsAvailable() {
        elastiCache.available("orders", b -> {});
        elastiCache.call(increase(2));
        assertThat(elastiCache.group("orders").memberClusters())
                .containsExactly("orders-001", "orders-002", "orders-003");
        assertThat(elastiCache.cluster("orders-003").cacheClusterStatus()).isEqualTo("creating");
        elastiCache.step();
        assertThat(elastiCache.group("orders").status()).isEqualTo("available");
        assertThat(elastiCache.cluster("orders-003").cacheClusterStatus()).isEqualTo("available");
        elastiCache.assertRefused(
                increase(2),
                "NoOperationFault",
                "Requested new replica count already matches current number of replicas.");
    }

    @Test
    void removedReplicasAreDeletingAndThenGone() {
        elastiCache.available("orders", b -> b.numCacheClusters(3));
        elastiCache.call(decrease(1));
        assertThat(elastiCache.cluster("orders-003").cacheClusterStatus()).isEqualTo("deleting");
        elastiCache.step();
        assertThat(elastiCache.group("orders").memberClusters()).containsExactly("orders-001", "orders-002");
        assertThat(elastiCache.network.interfaces).hasSize(2);
    }

    @Test
    void theLastReplicaStaysWhileFailoverNeedsIt() {
        elastiCache.available("orders", b -> b.numCacheClusters(2).automaticFailoverEnabled(true));
        elastiCache.assertRefused(
                decrease(0),
                "InvalidParameterValue",
                "Must have at least 1 replica when cluster mode is disabled with auto failover enabled.");
        elastiCache.assertRefused(
                DeleteCacheClusterRequest.builder().cacheClusterId("orders-002").build(),
                "InvalidCacheClusterState",
                "it is the only read replica for replication group orders");
        elastiCache.assertRefused(
                DeleteCacheClusterRequest.builder().cacheClusterId("orders-001").build(),
                "InvalidCacheClusterState",
                "serving as primary");
    }

    @Test
    void reshardingAddsMembersAndSpreadsSlots() {
        clusterMode(2);
        elastiCache.call(shards(3).build());
        assertThat(elastiCache
                        .group("orders")
                        .pendingModifiedValues()
                        .resharding()
                        .slotMigration()
                        .progressPercentage())
                .isEqualTo(0.0);
        elastiCache.step();
        ReplicationGroup group = elastiCache.group("orders");
        assertThat(group.status()).isEqualTo("available");
        assertThat(group.pendingModifiedValues().resharding()).isNull();
        assertThat(group.nodeGroups())
                .extracting(NodeGroup::slots)
                .containsExactly("0-5460", "5461-10921", "10922-16383");
        assertThat(group.memberClusters()).contains("orders-0003-001", "orders-0003-002");
    }

    @Test
    void nodeGroupIdsHaveGapsAfterAScaleIn() {
        clusterMode(3);
        elastiCache.assertRefused(
                shards(2).build(),
                "InvalidParameterCombination",
                "Exactly one of NodeGroupsToRemove and NodeGroupsToRetain");
        elastiCache.assertRefused(
                shards(2).nodeGroupsToRemove("0010").build(),
                "InvalidParameterValue",
                "The following node group ids are invalid: [0010]");
        elastiCache.call(shards(2).nodeGroupsToRemove("0002").build());
        elastiCache.step();
        assertThat(elastiCache.group("orders").nodeGroups())
                .extracting(NodeGroup::nodeGroupId)
                .containsExactly("0001", "0003");
        elastiCache.assertRefused(
                shards(2).build(),
                "InvalidReplicationGroupState",
                "Slots in the replication group are uniformly distributed. Nothing to do.");
    }

    @Test
    void failoverSwapsRolesAndKeepsNames() {
        elastiCache.available("orders", b -> b.numCacheClusters(2).automaticFailoverEnabled(true));
        String before = elastiCache
                .group("orders")
                .nodeGroups()
                .getFirst()
                .primaryEndpoint()
                .address();
        elastiCache.call(TestFailoverRequest.builder()
                .replicationGroupId("orders")
                .nodeGroupId("0001")
                .build());
        assertThat(elastiCache.group("orders").status()).isEqualTo("available");
        elastiCache.step();
        NodeGroup shard = elastiCache.group("orders").nodeGroups().getFirst();
        assertThat(shard.nodeGroupMembers().getFirst().currentRole()).isEqualTo("replica");
        assertThat(shard.nodeGroupMembers().getLast().currentRole()).isEqualTo("primary");
        assertThat(shard.primaryEndpoint().address()).isEqualTo(before);
        assertThat(elastiCache.events())
                .contains("Failover from primary node orders-001 to replica node orders-002 completed");
    }
}
