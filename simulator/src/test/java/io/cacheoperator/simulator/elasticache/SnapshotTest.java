package io.cacheoperator.simulator.elasticache;

import static io.cacheoperator.simulator.elasticache.SimulatedElastiCache.redis;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticache.model.CreateSnapshotRequest;
import software.amazon.awssdk.services.elasticache.model.DeleteReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeReplicationGroupsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.NodeGroup;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;
import software.amazon.awssdk.services.elasticache.model.Snapshot;

class SnapshotTest {
    private final SimulatedElastiCache elastiCache = new SimulatedElastiCache();

    private static CreateSnapshotRequest snapshotOf(String group, String name) {
        return CreateSnapshotRequest.builder()
                .replicationGroupId(group)
                .snapshotName(name)
                .build();
    }

    private Snapshot snapshot(String name) {
        return list(DescribeSnapshotsRequest.builder()
                        .snapshotName(name)
                        .showNodeGroupConfig(true)
                        .build())
                .getFirst();
    }

    private List<Snapshot> list(DescribeSnapshotsRequest request) {
        return elastiCache.call(request, DescribeSnapshotsResponse.class).snapshots();
    }

    @Test
    void theGroupIsSnapshottingMeanwhile() {
        elastiCache.available("orders", b -> b.tags(t -> t.key("a").value("1")));
        elastiCache.call(snapshotOf("orders", "s"));
        assertThat(elastiCache.group("orders").status()).isEqualTo("snapshotting");
        assertThat(snapshot("s").snapshotStatus()).isEqualTo("creating");
        elastiCache.assertRefused(snapshotOf("orders", "t"), "InvalidReplicationGroupState", "available");
        elastiCache.step();
        assertThat(elastiCache.group("orders").status()).isEqualTo("available");
        assertThat(snapshot("s").snapshotStatus()).isEqualTo("available");
        assertThat(snapshot("s").nodeSnapshots().getFirst().cacheSize()).isEqualTo("5 MB");
        elastiCache.assertRefused(snapshotOf("orders", "s"), "SnapshotAlreadyExistsFault", "s");
        assertThat(elastiCache.console().tags(snapshot("s").arn())).containsEntry("a", "1");
    }

    @Test
    void keepsTheShapeOfAShardedGroup() {
        elastiCache.available(
                "orders", b -> b.numNodeGroups(2).replicasPerNodeGroup(1).automaticFailoverEnabled(true));
        elastiCache.call(snapshotOf("orders", "s"));
        elastiCache.step();
        Snapshot taken = snapshot("s");
        assertThat(taken.numNodeGroups()).isEqualTo(2);
        assertThat(taken.nodeSnapshots()).hasSize(2);
        assertThat(taken.nodeSnapshots().getFirst().nodeGroupConfiguration().slots())
                .isEqualTo("0-8191");
        elastiCache.assertRefused(
                redis("single", b -> b.snapshotName("s").cacheParameterGroupName("default.redis7")),
                "InvalidParameterCombination",
                "cluster mode");
    }

    @Test
    void aRestoreThatSaysNothingOfShardsGetsThoseOfTheSnapshot() {
        elastiCache.available(
                "orders",
                b -> b.nodeGroupConfiguration(
                                shard -> shard.slots("0-99").replicaCount(1),
                                shard -> shard.slots("100-16383").replicaCount(0))
                        .cacheParameterGroupName("default.redis7.cluster.on")
                        .automaticFailoverEnabled(true));
        elastiCache.call(snapshotOf("orders", "s"));
        elastiCache.step();
        ReplicationGroup restored = elastiCache.available("again", b -> b.snapshotName("s"));
        assertThat(restored.clusterEnabled()).isTrue();
        assertThat(restored.nodeGroups()).extracting(NodeGroup::slots).containsExactly("0-99", "100-16383");
        assertThat(restored.memberClusters()).containsExactly("again-0001-001", "again-0001-002", "again-0002-001");
        ReplicationGroup resized =
                elastiCache.available("resized", b -> b.snapshotName("s").numNodeGroups(4));
        assertThat(resized.memberClusters()).hasSize(4);
    }

    @Test
    void twentyManualOnesADayAreEnough() {
        elastiCache.available("orders", b -> {});
        for (int i = 0; i < 20; i++) {
            elastiCache.call(snapshotOf("orders", "s" + i));
            elastiCache.step();
        }
        elastiCache.assertRefused(snapshotOf("orders", "more"), "SnapshotQuotaExceededFault", "20");
        elastiCache.clock.advance(Duration.ofHours(25));
        elastiCache.call(snapshotOf("orders", "more"));
    }

    @Test
    void aFailedOneSaysSo() {
        elastiCache.available("orders", b -> {});
        elastiCache.knobs.failSnapshot("orders");
        elastiCache.call(snapshotOf("orders", "s"));
        elastiCache.step();
        assertThat(snapshot("s").snapshotStatus()).isEqualTo("failed");
        elastiCache.call(DeleteSnapshotRequest.builder().snapshotName("s").build());
    }

    @Test
    void theFinalOneIsTakenBeforeTheGroupGoes() {
        elastiCache.available("orders", b -> {});
        elastiCache.call(DeleteReplicationGroupRequest.builder()
                .replicationGroupId("orders")
                .finalSnapshotIdentifier("final")
                .build());
        assertThat(elastiCache.group("orders").status()).isEqualTo("snapshotting");
        elastiCache.step();
        assertThat(elastiCache.group("orders").status()).isEqualTo("deleting");
        elastiCache.step();
        elastiCache.assertRefused(
                DescribeReplicationGroupsRequest.builder()
                        .replicationGroupId("orders")
                        .build(),
                "ReplicationGroupNotFoundFault",
                "ReplicationGroup orders not found.");
        assertThat(snapshot("final").snapshotStatus()).isEqualTo("available");
    }

    @Test
    void automaticOnesComeDailyAndOldOnesGo() {
        elastiCache.available(
                "orders",
                b -> b.snapshotRetentionLimit(2)
                        .snapshotWindow("03:00-04:00")
                        .preferredMaintenanceWindow("sun:10:00-sun:11:00"));
        elastiCache.clock.advance(Duration.ofDays(1));
        List<Snapshot> first =
                list(DescribeSnapshotsRequest.builder().snapshotSource("system").build());
        assertThat(first).singleElement().satisfies(s -> {
            assertThat(s.snapshotName()).isEqualTo("automatic.orders-001-2026-01-08-03-00");
            assertThat(s.snapshotSource()).isEqualTo("automated");
        });
        elastiCache.clock.advance(Duration.ofDays(3));
        assertThat(list(DescribeSnapshotsRequest.builder()
                        .snapshotSource("system")
                        .build()))
                .extracting(Snapshot::snapshotName)
                .containsExactly("automatic.orders-001-2026-01-10-03-00", "automatic.orders-001-2026-01-11-03-00");
        elastiCache.call(ModifyReplicationGroupRequest.builder()
                .replicationGroupId("orders")
                .snapshotRetentionLimit(0)
                .build());
        assertThat(list(DescribeSnapshotsRequest.builder().build())).isEmpty();
    }
}
