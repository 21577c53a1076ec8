package io.cacheoperator.simulator.elasticache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.CacheNode;
import software.amazon.awssdk.services.elasticache.model.CreateCacheClusterRequest;
import software.amazon.awssdk.services.elasticache.model.CreateCacheParameterGroupRequest;
import software.amazon.awssdk.services.elasticache.model.CreateSnapshotRequest;
import software.amazon.awssdk.services.elasticache.model.DeleteCacheClusterRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheClustersRequest;
import software.amazon.awssdk.services.elasticache.model.LogDeliveryConfigurationRequest;
import software.amazon.awssdk.services.elasticache.model.ModifyCacheClusterRequest;
import software.amazon.awssdk.services.elasticache.model.ModifyCacheParameterGroupRequest;
import software.amazon.awssdk.services.elasticache.model.RebootCacheClusterRequest;

class CacheClusterTest {
    private static final LogDeliveryConfigurationRequest SLOW_LOG = LogDeliveryConfigurationRequest.builder()
            .logType("slow-log")
            .logFormat("json")
            .destinationType("cloudwatch-logs")
            .destinationDetails(d -> d.cloudWatchLogsDetails(l -> l.logGroup("logs")))
            .build();

    private final SimulatedElastiCache elastiCache = new SimulatedElastiCache();

    private CacheCluster memcached(Consumer<CreateCacheClusterRequest.Builder> change) {
        CreateCacheClusterRequest.Builder request = CreateCacheClusterRequest.builder()
                .cacheClusterId("mem")
                .engine("memcached")
                .cacheNodeType("cache.t4g.small")
                .numCacheNodes(2);
        change.accept(request);
        elastiCache.call(request.build());
        elastiCache.step();
        return elastiCache.cluster("mem");
    }

    private static ModifyCacheClusterRequest modify(Consumer<ModifyCacheClusterRequest.Builder> change) {
        ModifyCacheClusterRequest.Builder request =
                ModifyCacheClusterRequest.builder().cacheClusterId("mem").applyImmediately(true);
        change.accept(request);
        return request.build();
    }

    @Test
    void memcachedHasAConfigurationEndpointAndNodesInTheirZones() {
        CacheCluster cluster = memcached(b -> b.azMode("cross-az"));
        assertThat(cluster.configurationEndpoint().address())
                .matches("mem\\.[0-9a-f]{6}\\.cfg\\.use1\\.cache\\.amazonaws\\.com");
        assertThat(cluster.configurationEndpoint().port()).isEqualTo(11211);
        assertThat(cluster.preferredAvailabilityZone()).isEqualTo("Multiple");
        assertThat(cluster.cacheNodes())
                .extracting(CacheNode::customerAvailabilityZone)
                .containsExactly("us-east-1a", "us-east-1b");
        assertThat(cluster.snapshotRetentionLimit()).isNull();
    }

    @Test
    void nodesAreAddedAndTheNamedOnesRemoved() {
        memcached(b -> {});
        elastiCache.call(modify(b -> b.numCacheNodes(3)));
        assertThat(elastiCache.cluster("mem").pendingModifiedValues().numCacheNodes())
                .isEqualTo(3);
        elastiCache.step();
        assertThat(elastiCache.cluster("mem").numCacheNodes()).isEqualTo(3);
        elastiCache.assertRefused(
                modify(b -> b.numCacheNodes(2)),
                "InvalidParameterCombination",
                "The number of cache node IDs to remove must be 1");
        elastiCache.call(modify(b -> b.numCacheNodes(2).cacheNodeIdsToRemove("0002")));
        elastiCache.step();
        assertThat(elastiCache.cluster("mem").cacheNodes())
                .extracting(CacheNode::cacheNodeId)
                .containsExactly("0001", "0003");
        assertThat(elastiCache.events()).contains("Finished modifying number of nodes from 3 to 2");
    }

    @Test
    void nodesAddedAcrossZonesGoWhereTheFewestAre() {
        memcached(b -> b.numCacheNodes(1).preferredAvailabilityZone("us-east-1b"));
        elastiCache.call(modify(b -> b.numCacheNodes(4).azMode("cross-az")));
        elastiCache.step();
        assertThat(elastiCache.cluster("mem").cacheNodes())
                .extracting(CacheNode::customerAvailabilityZone)
                .containsExactly("us-east-1b", "us-east-1a", "us-east-1c", "us-east-1a");
        assertThat(elastiCache.cluster("mem").preferredAvailabilityZone()).isEqualTo("Multiple");
    }

    @Test
    void oneRequestChangesAllThatItNames() {
        elastiCache.call(CreateCacheClusterRequest.builder()
                .cacheClusterId("mem")
                .engine("redis")
                .engineVersion("7.0")
                .cacheNodeType("cache.t4g.small")
                .build());
        elastiCache.step();
        elastiCache.call(modify(b -> b.cacheNodeType("cache.t4g.medium")
                .engineVersion("7.1")
                .securityGroupIds("sg-2")
                .snapshotRetentionLimit(3)
                .logDeliveryConfigurations(SLOW_LOG)));
        assertThat(elastiCache
                        .cluster("mem")
                        .logDeliveryConfigurations()
                        .getFirst()
                        .statusAsString())
                .isEqualTo("enabling");
        elastiCache.step();
        CacheCluster changed = elastiCache.cluster("mem");
        assertThat(changed.cacheNodeType()).isEqualTo("cache.t4g.medium");
        assertThat(changed.engineVersion()).isEqualTo("7.1.0");
        assertThat(changed.securityGroups().getFirst().securityGroupId()).isEqualTo("sg-2");
        assertThat(changed.snapshotRetentionLimit()).isEqualTo(3);
        assertThat(changed.logDeliveryConfigurations().getFirst().statusAsString())
                .isEqualTo("active");
    }

    @Test
    void whatWaitsForTheWindowSurvivesWhatIsChangedAtOnce() {
        memcached(b -> b.preferredMaintenanceWindow("thu:03:00-thu:04:00"));
        elastiCache.call(modify(b -> b.applyImmediately(false)
                .cacheNodeType("cache.t4g.medium")
                .scaleConfig(s -> s.scalePercentage(50).scaleIntervalMinutes(3))
                .securityGroupIds("sg-2")));
        assertThat(elastiCache.cluster("mem").cacheClusterStatus()).isEqualTo("modifying");
        elastiCache.step();
        assertThat(elastiCache.cluster("mem").securityGroups().getFirst().securityGroupId())
                .isEqualTo("sg-2");
        assertThat(elastiCache.cluster("mem").pendingModifiedValues().cacheNodeType())
                .isEqualTo("cache.t4g.medium");
        assertThat(elastiCache
                        .cluster("mem")
                        .pendingModifiedValues()
                        .scaleConfig()
                        .scalePercentage())
                .isEqualTo(50);
        elastiCache.clock.advance(Duration.ofDays(1));
        assertThat(elastiCache.cluster("mem").cacheNodeType()).isEqualTo("cache.t4g.medium");
    }

    @Test
    void aNodeCountThatWaitsIsCancelledByThePresentOne() {
        memcached(b -> {});
        elastiCache.call(modify(b -> b.applyImmediately(false).numCacheNodes(3)));
        assertThat(elastiCache.cluster("mem").cacheClusterStatus()).isEqualTo("available");
        assertThat(elastiCache.cluster("mem").pendingModifiedValues().numCacheNodes())
                .isEqualTo(3);
        elastiCache.call(modify(b -> b.applyImmediately(false).numCacheNodes(2)));
        assertThat(elastiCache.cluster("mem").pendingModifiedValues().numCacheNodes())
                .isNull();
    }

    @Test
    void changedParametersWaitForAReboot() {
        elastiCache.call(CreateCacheParameterGroupRequest.builder()
                .cacheParameterGroupName("mine")
                .cacheParameterGroupFamily("memcached1.6")
                .description("d")
                .build());
        memcached(b -> b.cacheParameterGroupName("mine"));
        elastiCache.call(ModifyCacheParameterGroupRequest.builder()
                .cacheParameterGroupName("mine")
                .parameterNameValues(p -> p.parameterName("max_item_size").parameterValue("2097152"))
                .build());
        assertThat(elastiCache.cluster("mem").cacheParameterGroup().parameterApplyStatus())
                .isEqualTo("applying");
        elastiCache.step();
        assertThat(elastiCache.cluster("mem").cacheParameterGroup().parameterApplyStatus())
                .isEqualTo("pending-reboot");
        elastiCache.call(RebootCacheClusterRequest.builder()
                .cacheClusterId("mem")
                .cacheNodeIdsToReboot("0001", "0002")
                .build());
        assertThat(elastiCache.cluster("mem").cacheClusterStatus()).isEqualTo("rebooting cluster nodes");
        elastiCache.step();
        assertThat(elastiCache.cluster("mem").cacheParameterGroup().parameterApplyStatus())
                .isEqualTo("in-sync");
    }

    @Test
    void refusesWhatMemcachedDoesNotHave() {
        memcached(b -> {});
        elastiCache.assertRefused(
                CreateSnapshotRequest.builder()
                        .cacheClusterId("mem")
                        .snapshotName("s")
                        .build(),
                "SnapshotFeatureNotSupportedFault",
                "memcached");
        elastiCache.assertRefused(
                modify(b -> b.engineVersion("1.5.16")),
                "InvalidParameterCombination",
                "Cannot modify memcached from 1.6.22 to 1.5.16");
    }

    @Test
    void isGoneSomeTimeAfterTheDelete() {
        memcached(b -> {});
        elastiCache.call(
                DeleteCacheClusterRequest.builder().cacheClusterId("mem").build());
        assertThat(elastiCache.cluster("mem").cacheClusterStatus()).isEqualTo("deleting");
        elastiCache.step();
        elastiCache.assertRefused(
                DescribeCacheClustersRequest.builder().cacheClusterId("mem").build(),
                "CacheClusterNotFound",
                "CacheCluster not found: mem");
        assertThat(elastiCache.network.interfaces).isEmpty();
    }
}
