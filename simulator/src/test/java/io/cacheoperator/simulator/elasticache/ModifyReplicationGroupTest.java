package io.cacheoperator.simulator.elasticache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.elasticache.model.CreateCacheParameterGroupRequest;
import software.amazon.awssdk.services.elasticache.model.CreateReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.LogDeliveryConfigurationRequest;
import software.amazon.awssdk.services.elasticache.model.ModifyCacheParameterGroupRequest;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupResponse;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;

class ModifyReplicationGroupTest {
    private static final String TOKEN = "0123456789abcdef";
    private final SimulatedElastiCache elastiCache = new SimulatedElastiCache();

    private static ModifyReplicationGroupRequest modify(Consumer<ModifyReplicationGroupRequest.Builder> change) {
        ModifyReplicationGroupRequest.Builder request = ModifyReplicationGroupRequest.builder()
                .replicationGroupId("orders")
                .applyImmediately(true);
        change.accept(request);
        return request.build();
    }

    private ReplicationGroup modified(Consumer<ModifyReplicationGroupRequest.Builder> change) {
        elastiCache.call(modify(change));
        elastiCache.step();
        ReplicationGroup group = elastiCache.group("orders");
        assertThat(group.status()).isEqualTo("available");
        return group;
    }

    /** What one member of the request changes, and where it is seen. */
    private record Case(
            String name,
            Consumer<ModifyReplicationGroupRequest.Builder> change,
            Function<SimulatedElastiCache, Object> seen,
            Object expected,
            boolean busy) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> attributes() {
        return Stream.of(
                new Case(
                        "description",
                        b -> b.replicationGroupDescription("new"),
                        e -> e.group("orders").description(),
                        "new",
                        false),
                new Case(
                        "maintenance window",
                        b -> b.preferredMaintenanceWindow("Tue:03:00-Tue:04:00"),
                        e -> e.cluster("orders-002").preferredMaintenanceWindow(),
                        "tue:03:00-tue:04:00",
                        false),
                new Case(
                        "snapshot window",
                        b -> b.snapshotWindow("01:00-02:00"),
                        e -> e.group("orders").snapshotWindow(),
                        "01:00-02:00",
                        false),
                new Case(
                        "snapshot retention",
                        b -> b.snapshotRetentionLimit(3).snapshottingClusterId("orders-002"),
                        e -> e.group("orders").snapshotRetentionLimit(),
                        3,
                        false),
                new Case(
                        "topic",
                        b -> b.notificationTopicArn("arn:aws:sns:us-east-1:123456789012:t"),
                        e -> Optional.ofNullable(e.cluster("orders-001").notificationConfiguration())
                                .map(n -> n.topicArn()),
                        Optional.of("arn:aws:sns:us-east-1:123456789012:t"),
                        false),
                new Case(
                        "auto minor upgrade",
                        b -> b.autoMinorVersionUpgrade(false),
                        e -> e.group("orders").autoMinorVersionUpgrade(),
                        false,
                        false),
                new Case(
                        "security groups",
                        b -> b.securityGroupIds("sg-1", "sg-2"),
                        e -> e.cluster("orders-001").securityGroups().stream()
                                .map(g -> g.securityGroupId())
                                .toList(),
                        List.of("sg-1", "sg-2"),
                        true),
                new Case(
                        "node type",
                        b -> b.cacheNodeType("cache.m6g.large"),
                        e -> e.cluster("orders-002").cacheNodeType(),
                        "cache.m6g.large",
                        true),
                new Case(
                        "engine version",
                        b -> b.engineVersion("7.1"),
                        e -> e.cluster("orders-001").engineVersion(),
                        "7.1.0",
                        true),
                new Case(
                        "failover",
                        b -> b.automaticFailoverEnabled(true),
                        e -> e.group("orders").automaticFailoverAsString(),
                        "enabled",
                        true),
                new Case(
                        "multi-AZ",
                        b -> b.automaticFailoverEnabled(true).multiAZEnabled(true),
                        e -> e.group("orders").multiAZAsString(),
                        "enabled",
                        true),
                new Case(
                        "IP discovery",
                        b -> b.ipDiscovery("ipv6"),
                        e -> e.group("orders").ipDiscoveryAsString(),
                        "ipv6",
                        true),
                new Case(
                        "primary",
                        b -> b.primaryClusterId("orders-002"),
                        e -> e.group("orders")
                                .nodeGroups()
                                .getFirst()
                                .nodeGroupMembers()
                                .get(1)
                                .currentRole(),
                        "primary",
                        true),
                new Case(
                        "TLS",
                        b -> b.transitEncryptionEnabled(true).transitEncryptionMode("preferred"),
                        e -> e.group("orders").transitEncryptionModeAsString(),
                        "preferred",
                        true),
                new Case(
                        "log delivery",
                        b -> b.logDeliveryConfigurations(slowLog()),
                        e -> e.group("orders").logDeliveryConfigurations().stream()
                                .map(l -> l.statusAsString())
                                .toList(),
                        List.of("active"),
                        true));
    }

    private static LogDeliveryConfigurationRequest slowLog() {
        return LogDeliveryConfigurationRequest.builder()
                .logType("slow-log")
                .logFormat("json")
                .destinationType("cloudwatch-logs")
                .destinationDetails(d -> d.cloudWatchLogsDetails(l -> l.logGroup("group")))
                .build();
    }

    @ParameterizedTest
    @MethodSource("attributes")
    void changesAttribute(Case attribute) {
        elastiCache.available("orders", b -> b.numCacheClusters(2).engineVersion("7.0"));
        assertThat(attribute.seen().apply(elastiCache)).isNotEqualTo(attribute.expected());
        ReplicationGroup answer = elastiCache
                .call(modify(attribute.change()), ModifyReplicationGroupResponse.class)
                .replicationGroup();
        assertThat(answer.status()).isEqualTo(attribute.busy() ? "modifying" : "available");
        elastiCache.step();
        assertThat(elastiCache.group("orders").status()).isEqualTo("available");
        assertThat(attribute.seen().apply(elastiCache)).isEqualTo(attribute.expected());
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal("InvalidParameterCombination", "No modifications were requested", b -> {}),
                refusal(
                        "InvalidParameterCombination",
                        "Cluster mode updates are not supported while attempting to update additional properties.",
                        b -> b.clusterMode("compatible").replicationGroupDescription("x")),
                refusal(
                        "InvalidParameterCombination",
                        "To modify transit encryption mode, set encryption-in-transit as enabled.",
                        b -> b.transitEncryptionMode("required")),
                refusal(
                        "InvalidParameterCombination",
                        "Cannot modify redis from 7.1.0 to 7.0.7",
                        b -> b.engineVersion("7.0")),
                refusal(
                        "InvalidParameterValue",
                        "The AUTH token is only supported when encryption-in-transit is enabled",
                        b -> b.authToken(TOKEN)),
                refusal(
                        "InvalidParameterValue",
                        "Auth token update strategy delete is not supported currently",
                        b -> b.authTokenUpdateStrategy("DELETE")),
                refusal(
                        "InvalidParameterCombination",
                        "Expected a parameter group of family redis7 but found one of family redis6.x",
                        b -> b.cacheParameterGroupName("default.redis6.x")),
                refusal(
                        "InvalidParameterCombination",
                        "valkey parameter group is not applicable to engine redis",
                        b -> b.cacheParameterGroupName("default.valkey8")),
                refusal(
                        "InvalidParameterCombination",
                        "The parameter cluster-enabled has a different value",
                        b -> b.cacheParameterGroupName("default.redis7.cluster.on")),
                refusal(
                        "InvalidParameterValue",
                        "set the apply-immediately parameter to true",
                        b -> b.applyImmediately(false).logDeliveryConfigurations(slowLog())),
                refusal(
                        "InvalidParameterCombination",
                        "Must specify both SnapshotRetentionLimit and SnapshottingClusterId",
                        b -> b.snapshotRetentionLimit(1)),
                refusal(
                        "InvalidParameterCombination",
                        "must not overlap",
                        b -> b.snapshotWindow("01:00-02:00").preferredMaintenanceWindow("mon:01:30-mon:02:30")),
                refusal("InvalidParameterCombination", "Multi-AZ", b -> b.multiAZEnabled(true)),
                refusal("CacheParameterGroupNotFound", "none", b -> b.cacheParameterGroupName("none")));
    }

    private static Arguments refusal(
            String code, String message, Consumer<ModifyReplicationGroupRequest.Builder> change) {
        return arguments(code, message, change);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refusals")
    void refuses(String code, String message, Consumer<ModifyReplicationGroupRequest.Builder> change) {
        elastiCache.available("orders", b -> b.numCacheClusters(2).engineVersion("7.1"));
        elastiCache.assertRefused(modify(change), code, message);
        assertThat(elastiCache.group("orders").status()).isEqualTo("available");
    }

    @Test
    void nothingElseIsPossibleWhileBusy() {
        elastiCache.available("orders", b -> {});
        elastiCache.call(modify(b -> b.cacheNodeType("cache.m6g.large")));
        elastiCache.assertRefused(
                modify(b -> b.replicationGroupDescription("x")),
                "InvalidReplicationGroupState",
                "Replication group must be in available state to modify.");
    }

    @Test
    void withoutApplyImmediatelyTheNodeTypeWaitsForTheWindowInTheMembers() {
        elastiCache.available("orders", b -> b.preferredMaintenanceWindow("fri:05:00-fri:06:00"));
        elastiCache.call(modify(b -> b.applyImmediately(false).cacheNodeType("cache.m6g.large")));
        assertThat(elastiCache.group("orders").status()).isEqualTo("available");
        assertThat(elastiCache.cluster("orders-001").pendingModifiedValues().cacheNodeType())
                .isEqualTo("cache.m6g.large");
        assertThat(elastiCache.group("orders").cacheNodeType()).isEqualTo("cache.t4g.small");

        elastiCache.clock.advance(Duration.ofDays(2));
        assertThat(elastiCache.group("orders").cacheNodeType()).isEqualTo("cache.m6g.large");
        assertThat(elastiCache.cluster("orders-001").pendingModifiedValues().cacheNodeType())
                .isNull();
    }

    @Test
    void aRolledBackScalingLeavesTheOldTypeAndAnEvent() {
        elastiCache.available("orders", b -> {});
        elastiCache.knobs.rollBackNext("orders");
        assertThat(modified(b -> b.cacheNodeType("cache.m6g.large")).cacheNodeType())
                .isEqualTo("cache.t4g.small");
        assertThat(elastiCache.events())
                .contains("Failed applying modification to cache node type to cache.m6g.large.");
    }

    @Test
    void redisBecomesValkeyAndItsDefaultParameterGroupFollows() {
        elastiCache.available("orders", b -> b.engineVersion("6.2"));
        ReplicationGroup group = modified(b -> b.engine("valkey").engineVersion("8.0"));
        assertThat(group.engine()).isEqualTo("valkey");
        assertThat(elastiCache.cluster("orders-001").engineVersion()).isEqualTo("8.0.1");
        assertThat(elastiCache.cluster("orders-001").cacheParameterGroup().cacheParameterGroupName())
                .isEqualTo("default.valkey8");
        elastiCache.assertRefused(
                modify(b -> b.engine("redis").engineVersion("7.1")),
                "InvalidParameterCombination",
                "Cannot modify engine");
    }

    @Test
    void aCustomParameterGroupMustBeReplacedWithTheFamily() {
        elastiCache.call(parameterGroup("mine", "redis7"));
        elastiCache.call(parameterGroup("other", "valkey8"));
        elastiCache.available("orders", b -> b.cacheParameterGroupName("mine"));
        elastiCache.assertRefused(
                modify(b -> b.engine("valkey").engineVersion("8.0")),
                "InvalidParameterCombination",
                "Expected a parameter group of family valkey8 but found one of family redis7");
        modified(b -> b.engine("valkey").engineVersion("8.0").cacheParameterGroupName("other"));
        assertThat(elastiCache.cluster("orders-001").cacheParameterGroup().cacheParameterGroupName())
                .isEqualTo("other");
    }

    private static CreateCacheParameterGroupRequest parameterGroup(String name, String family) {
        return CreateCacheParameterGroupRequest.builder()
                .cacheParameterGroupName(name)
                .cacheParameterGroupFamily(family)
                .description("d")
                .build();
    }

    @Test
    void swappingToAGroupThatNeedsARebootLeavesMembersPending() {
        elastiCache.call(parameterGroup("mine", "redis7"));
        elastiCache.call(ModifyCacheParameterGroupRequest.builder()
                .cacheParameterGroupName("mine")
                .parameterNameValues(p -> p.parameterName("databases").parameterValue("32"))
                .build());
        elastiCache.available("orders", b -> {});
        modified(b -> b.cacheParameterGroupName("mine"));
        assertThat(elastiCache.cluster("orders-001").cacheParameterGroup().parameterApplyStatus())
                .isEqualTo("pending-reboot");
        assertThat(elastiCache.cluster("orders-001").cacheParameterGroup().cacheNodeIdsToReboot())
                .containsExactly("0001");
    }

    private void encrypted(Consumer<CreateReplicationGroupRequest.Builder> more) {
        elastiCache.available("orders", b -> more.accept(b.numCacheClusters(2).transitEncryptionEnabled(true)));
    }

    @Test
    void aTokenIsRotatedInAndThenSet() {
        encrypted(b -> {});
        elastiCache.assertRefused(
                modify(b -> b.authToken(TOKEN).authTokenUpdateStrategy("SET")),
                "InvalidParameterValue",
                "last rotated");
        ReplicationGroup rotated = modified(b -> b.authToken(TOKEN).authTokenUpdateStrategy("ROTATE"));
        assertThat(rotated.authTokenEnabled()).isTrue();
        assertThat(rotated.pendingModifiedValues().authTokenStatus()).isNull();
        ReplicationGroup set = modified(b -> b.authToken(TOKEN).authTokenUpdateStrategy("SET"));
        assertThat(set.authTokenLastModifiedDate()).isAfter(rotated.authTokenLastModifiedDate());
        elastiCache.assertRefused(
                modify(b -> b.transitEncryptionMode("preferred")),
                "InvalidParameterCombination",
                "Modification of transit encryption is not supported for access control enabled clusters.");
    }

    @Test
    void encryptionGoesOnOverPreferredAndMovesTheEndpoints() {
        elastiCache.available("orders", b -> {});
        assertThat(modified(b -> b.transitEncryptionEnabled(true).transitEncryptionMode("preferred"))
                        .nodeGroups()
                        .getFirst()
                        .primaryEndpoint()
                        .address())
                .startsWith("master.orders.");
        assertThat(modified(b -> b.transitEncryptionMode("required")).transitEncryptionModeAsString())
                .isEqualTo("required");
    }

    @Test
    void clusterModeGoesOverCompatibleAndHasBothEndpointsThere() {
        elastiCache.available("orders", b -> b.numCacheClusters(2).automaticFailoverEnabled(true));
        elastiCache.assertRefused(modify(b -> b.clusterMode("enabled")), "InvalidParameterCombination", "Cluster mode");
        ReplicationGroup compatible = modified(b -> b.clusterMode("compatible"));
        assertThat(compatible.configurationEndpoint()).isNotNull();
        assertThat(compatible.nodeGroups().getFirst().primaryEndpoint()).isNotNull();
        assertThat(elastiCache.cluster("orders-001").cacheParameterGroup().cacheParameterGroupName())
                .isEqualTo("default.redis7.cluster.on");
        ReplicationGroup enabled = modified(b -> b.clusterMode("enabled"));
        assertThat(enabled.clusterEnabled()).isTrue();
        assertThat(enabled.nodeGroups().getFirst().primaryEndpoint()).isNull();
        assertThat(enabled.nodeGroups().getFirst().slots()).isEqualTo("0-16383");
    }
}
