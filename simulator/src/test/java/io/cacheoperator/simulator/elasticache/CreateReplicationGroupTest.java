package io.cacheoperator.simulator.elasticache;

import static io.cacheoperator.simulator.elasticache.SimulatedElastiCache.redis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.CreateReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.LogDeliveryConfigurationRequest;
import software.amazon.awssdk.services.elasticache.model.NodeGroup;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;

class CreateReplicationGroupTest {
    private final SimulatedElastiCache elastiCache = new SimulatedElastiCache();

    @Test
    void showsNoEndpointUntilFirstAvailable() {
        elastiCache.call(redis("orders", b -> b.numCacheClusters(2)));
        ReplicationGroup creating = elastiCache.group("orders");
        assertThat(creating.status()).isEqualTo("creating");
        assertThat(creating.memberClusters()).containsExactly("orders-001", "orders-002");
        assertThat(creating.hasNodeGroups()).isFalse();
        assertThat(creating.configurationEndpoint()).isNull();

        elastiCache.step();
        ReplicationGroup available = elastiCache.group("orders");
        assertThat(available.status()).isEqualTo("available");
        NodeGroup shard = available.nodeGroups().getFirst();
        assertThat(shard.primaryEndpoint().address())
                .matches("orders\\.[0-9a-f]{6}\\.ng\\.0001\\.use1\\.cache\\.amazonaws\\.com");
        assertThat(shard.readerEndpoint().address()).startsWith("orders-ro.");
        assertThat(shard.nodeGroupMembers())
                .extracting("cacheClusterId", "currentRole", "preferredAvailabilityZone")
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("orders-001", "primary", "us-east-1a"),
                        org.assertj.core.groups.Tuple.tuple("orders-002", "replica", "us-east-1b"));
    }

    @Test
    void clusterModeShowsConfigurationEndpointAndSlotsButNoRoles() {
        ReplicationGroup group = elastiCache.available(
                "orders",
                b -> b.numNodeGroups(3)
                        .replicasPerNodeGroup(1)
                        .automaticFailoverEnabled(true)
                        .transitEncryptionEnabled(true));
        assertThat(group.clusterEnabled()).isTrue();
        assertThat(group.clusterModeAsString()).isEqualTo("enabled");
        assertThat(group.configurationEndpoint().address()).startsWith("clustercfg.orders.");
        assertThat(group.nodeGroups())
                .extracting(NodeGroup::slots)
                .containsExactly("0-5460", "5461-10921", "10922-16383");
        assertThat(group.nodeGroups()).allSatisfy(shard -> {
            assertThat(shard.primaryEndpoint()).isNull();
            assertThat(shard.nodeGroupMembers()).allMatch(member -> member.currentRole() == null);
        });
        assertThat(elastiCache.cluster("orders-0002-001").cacheParameterGroup().cacheParameterGroupName())
                .isEqualTo("default.redis7.cluster.on");
    }

    @Test
    void membersCarryWhatTheGroupDoesNotShow() {
        elastiCache.available(
                "orders",
                b -> b.securityGroupIds("sg-1")
                        .engineVersion("7.0")
                        .preferredMaintenanceWindow("Sun:05:00-Sun:06:00")
                        .notificationTopicArn("arn:aws:sns:us-east-1:123456789012:topic"));
        CacheCluster member = elastiCache.cluster("orders-001");
        assertThat(member.engineVersion()).isEqualTo("7.0.7");
        assertThat(member.preferredMaintenanceWindow()).isEqualTo("sun:05:00-sun:06:00");
        assertThat(member.securityGroups())
                .singleElement()
                .satisfies(g -> assertThat(g.securityGroupId()).isEqualTo("sg-1"));
        assertThat(member.notificationConfiguration().topicStatus()).isEqualTo("active");
        assertThat(member.cacheSubnetGroupName()).isEqualTo("default");
        assertThat(member.cacheNodes()).singleElement().satisfies(node -> {
            assertThat(node.customerAvailabilityZone()).isEqualTo("us-east-1a");
            assertThat(node.endpoint().port()).isEqualTo(6379);
        });
        assertThat(elastiCache.network.attachedGroups()).containsExactly("sg-1");
    }

    @Test
    void idsAreStoredInLowerCaseAndTakenWhileDeleting() {
        elastiCache.call(redis("Orders", b -> {}));
        elastiCache.assertRefused(
                redis("orders", b -> {}),
                "ReplicationGroupAlreadyExists",
                "Replication group with specified name already exists.");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(
                        "InvalidParameterCombination",
                        "there must be at least 2 cache clusters",
                        b -> b.automaticFailoverEnabled(true)),
                refusal(
                        "InvalidParameterValue",
                        "cannot be created with auto failover turned off",
                        b -> b.numNodeGroups(2).automaticFailoverEnabled(false)),
                refusal(
                        "InvalidParameterCombination",
                        "PreferredCacheClusterAZs can only be specified for one node group.",
                        b -> b.numNodeGroups(2).preferredCacheClusterAZs("us-east-1a")),
                refusal(
                        "InvalidParameterCombination",
                        "Must specify the same number of preferred availability zones",
                        b -> b.numCacheClusters(2).preferredCacheClusterAZs("us-east-1a")),
                refusal("InvalidParameterCombination", "TransitEncryptionEnabled", b -> b.engine("valkey")),
                refusal(
                        "InvalidParameterCombination",
                        "Expected a parameter group of family redis7 but found one of family redis6.x",
                        b -> b.cacheParameterGroupName("default.redis6.x")),
                refusal(
                        "InvalidParameterCombination",
                        "Cannot find version 7.4 for redis",
                        b -> b.engineVersion("7.4")),
                refusal(
                        "InvalidParameterValue",
                        "Specific version selection is not allowed for '6.2.6', please use '6.2'",
                        b -> b.engineVersion("6.2.6")),
                refusal(
                        "InvalidParameterValue",
                        "The AUTH token is only supported when encryption-in-transit is enabled",
                        b -> b.authToken("0123456789abcdef")),
                refusal(
                        "InvalidParameterValue",
                        "Invalid AuthToken provided.",
                        b -> b.authToken("short").transitEncryptionEnabled(true)),
                refusal(
                        "UserGroupNotFound",
                        "User group none not found.",
                        b -> b.userGroupIds("none").transitEncryptionEnabled(true)),
                refusal(
                        "InvalidParameterCombination",
                        "User group based access control requires encryption-in-transit",
                        b -> b.userGroupIds("none")),
                refusal("CacheSubnetGroupNotFoundFault", "none", b -> b.cacheSubnetGroupName("none")),
                refusal("CacheParameterGroupNotFound", "none", b -> b.cacheParameterGroupName("none")),
                refusal(
                        "InvalidParameterCombination",
                        "belongs to a different VPC [vpc-1] than [vpc-2]",
                        b -> b.securityGroupIds("sg-x")),
                refusal(
                        "InvalidParameterValue",
                        "Snapshot window must be at least 60 minutes.",
                        b -> b.snapshotWindow("03:00-03:30")),
                refusal(
                        "InvalidParameterCombination",
                        "must not overlap",
                        b -> b.snapshotWindow("03:00-04:00").preferredMaintenanceWindow("mon:03:30-mon:04:30")),
                refusal(
                        "InvalidParameterCombination",
                        "When using the cache.r6gd.xlarge node type, you must enable data tiering.",
                        b -> b.cacheNodeType("cache.r6gd.xlarge")),
                refusal(
                        "InvalidParameterValue",
                        "The parameter CacheNodeType must be provided and must not be null.",
                        b -> b.cacheNodeType(null)),
                refusal(
                        "InvalidParameterValue",
                        "The parameter ReplicationGroupId is not a valid identifier.",
                        b -> b.replicationGroupId("a--b")),
                refusal(
                        "InvalidParameterCombination",
                        "Transit encryption preferred is not supported with redis access control.",
                        b -> b.authToken("0123456789abcdef")
                                .transitEncryptionEnabled(true)
                                .transitEncryptionMode("preferred")),
                refusal(
                        "InvalidParameterCombination",
                        "Transit encryption mode is not supported for engine version 6.2.6.",
                        b -> b.engineVersion("6.2")
                                .transitEncryptionEnabled(true)
                                .transitEncryptionMode("preferred")),
                refusal(
                        "InvalidParameterCombination",
                        "Slots must be provided when restoring from snapshot ARNs",
                        b -> b.numNodeGroups(2).automaticFailoverEnabled(true).snapshotArns("arn:aws:s3:::b/k.rdb")),
                refusal(
                        "InvalidParameterValue",
                        "slow-log log delivery is not available",
                        b -> b.engineVersion("5.0.6").logDeliveryConfigurations(slowLog())),
                refusal("SnapshotNotFoundFault", "none", b -> b.snapshotName("none")),
                refusal("GlobalReplicationGroupNotFoundFault", "none", b -> b.globalReplicationGroupId("none")));
    }

    private static LogDeliveryConfigurationRequest slowLog() {
        return LogDeliveryConfigurationRequest.builder()
                .logType("slow-log")
                .logFormat("json")
                .destinationType("cloudwatch-logs")
                .destinationDetails(d -> d.cloudWatchLogsDetails(l -> l.logGroup("group")))
                .build();
    }

    private static Arguments refusal(
            String code, String message, Consumer<CreateReplicationGroupRequest.Builder> change) {
        return arguments(code, message, change);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refusals")
    void refuses(String code, String message, Consumer<CreateReplicationGroupRequest.Builder> change) {
        elastiCache.assertRefused(redis("orders", change), code, message);
    }

    @Test
    void aFailedCreateStaysUntilDeletedAndNeverHadEndpoints() {
        elastiCache.knobs.failCreate("orders");
        elastiCache.call(redis("orders", b -> {}));
        elastiCache.step();
        ReplicationGroup failed = elastiCache.group("orders");
        assertThat(failed.status()).isEqualTo("create-failed");
        assertThat(failed.hasNodeGroups()).isFalse();
    }
}
