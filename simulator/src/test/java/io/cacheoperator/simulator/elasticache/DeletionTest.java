package io.cacheoperator.simulator.elasticache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticache.model.CreateCacheParameterGroupRequest;
import software.amazon.awssdk.services.elasticache.model.CreateCacheSubnetGroupRequest;
import software.amazon.awssdk.services.elasticache.model.DeleteCacheParameterGroupRequest;
import software.amazon.awssdk.services.elasticache.model.DeleteCacheSubnetGroupRequest;
import software.amazon.awssdk.services.elasticache.model.DeleteReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeReplicationGroupsRequest;

class DeletionTest {
    private static final DeleteReplicationGroupRequest DELETE =
            DeleteReplicationGroupRequest.builder().replicationGroupId("orders").build();
    private final SimulatedElastiCache elastiCache = new SimulatedElastiCache();

    @Test
    void isRefusedWhileCreating() {
        elastiCache.call(SimulatedElastiCache.redis("orders", b -> {}));
        elastiCache.assertRefused(
                DELETE,
                "InvalidReplicationGroupState",
                "Cache cluster orders-001 is not in a valid state to be deleted");
    }

    @Test
    void isPossibleAfterAFailedCreate() {
        elastiCache.knobs.failCreate("orders");
        elastiCache.call(SimulatedElastiCache.redis("orders", b -> {}));
        elastiCache.step();
        elastiCache.call(DELETE);
        elastiCache.step();
        assertThat(elastiCache.console().replicationGroups()).isEmpty();
        assertThat(elastiCache.console().cacheClusters()).isEmpty();
    }

    @Test
    void theNameIsTakenUntilTheGroupIsGone() {
        elastiCache.available("orders", b -> {});
        elastiCache.call(DELETE);
        elastiCache.assertRefused(
                SimulatedElastiCache.redis("orders", b -> {}), "ReplicationGroupAlreadyExists", "already exists");
        elastiCache.step();
        elastiCache.call(SimulatedElastiCache.redis("orders", b -> {}));
    }

    @Test
    void thePrimaryCanBeKeptAsAClusterOfItsOwn() {
        elastiCache.available("orders", b -> b.numCacheClusters(2));
        elastiCache.call(DELETE.toBuilder().retainPrimaryCluster(true).build());
        elastiCache.step();
        assertThat(elastiCache.console().cacheClusters()).containsExactly("orders-001");
        assertThat(elastiCache.cluster("orders-001").replicationGroupId()).isNull();
        assertThat(elastiCache.cluster("orders-001").cacheClusterStatus()).isEqualTo("available");
    }

    @Test
    void whatTheGroupUsedIsReleasedLater() {
        ElastiCacheDurations step = ElastiCacheDurations.uniform(SimulatedElastiCache.STEP);
        SimulatedElastiCache slow = new SimulatedElastiCache(step.withRelease(Duration.ofMinutes(5)));
        slow.call(CreateCacheSubnetGroupRequest.builder()
                .cacheSubnetGroupName("subnets")
                .cacheSubnetGroupDescription("d")
                .subnetIds("subnet-a")
                .build());
        slow.call(CreateCacheParameterGroupRequest.builder()
                .cacheParameterGroupName("mine")
                .cacheParameterGroupFamily("redis7")
                .description("d")
                .build());
        slow.available("orders", b -> b.cacheSubnetGroupName("subnets").cacheParameterGroupName("mine"));
        slow.call(DELETE);
        slow.step();
        slow.assertRefused(
                DescribeReplicationGroupsRequest.builder()
                        .replicationGroupId("orders")
                        .build(),
                "ReplicationGroupNotFoundFault",
                "orders");
        var subnets = DeleteCacheSubnetGroupRequest.builder()
                .cacheSubnetGroupName("subnets")
                .build();
        var parameters = DeleteCacheParameterGroupRequest.builder()
                .cacheParameterGroupName("mine")
                .build();
        slow.assertRefused(
                subnets, "CacheSubnetGroupInUse", "Cache subnet group subnets is currently in use by a cache cluster.");
        slow.assertRefused(
                parameters,
                "InvalidCacheParameterGroupState",
                "One or more cache clusters are still members of this parameter group mine");
        assertThat(slow.network.interfaces).hasSize(1);
        slow.clock.advance(Duration.ofMinutes(5));
        slow.call(subnets);
        slow.call(parameters);
        assertThat(slow.network.interfaces).isEmpty();
    }
}
