package io.cacheoperator.simulator.elasticache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.NodeGroupMember;

/** What AWS does by itself, or what befalls it. */
class IncidentsTest {
    private final SimulatedElastiCache elastiCache = new SimulatedElastiCache();

    private List<String> roles(String group) {
        return elastiCache.group(group).nodeGroups().getFirst().nodeGroupMembers().stream()
                .map(member -> member.cacheClusterId() + " " + member.currentRole())
                .toList();
    }

    @Test
    void aReplacedPrimaryComesBackAsAReplicaUnderTheNextNumber() {
        elastiCache.available(
                "orders", b -> b.numCacheClusters(2).tags(t -> t.key("a").value("1")));
        elastiCache.console().replaceNode("orders", "orders-001");
        assertThat(elastiCache.group("orders").status()).isEqualTo("modifying");
        assertThat(elastiCache.cluster("orders-003").cacheClusterStatus()).isEqualTo("creating");
        elastiCache.step();
        assertThat(elastiCache.group("orders").status()).isEqualTo("available");
        assertThat(elastiCache.group("orders").memberClusters()).containsExactly("orders-003", "orders-002");
        assertThat(roles("orders")).containsExactly("orders-003 replica", "orders-002 primary");
        assertThat(elastiCache.console().cacheCluster("orders-001")).isEmpty();
        assertThat(elastiCache.console().tags(elastiCache.cluster("orders-003").arn()))
                .containsEntry("a", "1");
    }

    @Test
    void aFailedZoneMovesThePrimariesWhereFailoverIsAutomatic() {
        elastiCache.available(
                "safe",
                b -> b.numCacheClusters(2)
                        .automaticFailoverEnabled(true)
                        .preferredCacheClusterAZs("us-east-1a", "us-east-1b"));
        elastiCache.available("lone", b -> b.numCacheClusters(2));
        elastiCache.console().failZone("us-east-1a");
        assertThat(roles("safe")).containsExactly("safe-001 replica", "safe-002 primary");
        assertThat(roles("lone")).containsExactly("lone-001 primary", "lone-002 replica");
        assertThat(elastiCache.group("safe").nodeGroups().getFirst().nodeGroupMembers())
                .extracting(NodeGroupMember::preferredAvailabilityZone)
                .containsExactly("us-east-1a", "us-east-1b");
        assertThat(elastiCache.events())
                .contains("Failover from primary node safe-001 to replica node safe-002 completed");
    }

    @Test
    void aDisabledKeyStopsModifications() {
        String key = "arn:aws:kms:us-east-1:123456789012:key/1";
        elastiCache.available("orders", b -> b.atRestEncryptionEnabled(true).kmsKeyId(key));
        ModifyReplicationGroupRequest modify = ModifyReplicationGroupRequest.builder()
                .replicationGroupId("orders")
                .replicationGroupDescription("new")
                .build();
        elastiCache.knobs.kmsKey(key, false);
        elastiCache.assertRefused(modify, "InvalidKMSKeyFault", "KMS");
        elastiCache.knobs.kmsKey(key, true);
        elastiCache.call(modify);
        assertThat(elastiCache.group("orders").description()).isEqualTo("new");
    }
}
