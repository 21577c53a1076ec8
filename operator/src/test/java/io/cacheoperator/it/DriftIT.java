package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.core.Condition;
import io.cacheoperator.kinds.cachecluster.CacheClusterStatus;
import io.cacheoperator.simulator.calllog.LoggedCall;
import io.cacheoperator.simulator.elasticache.ElastiCacheConsole;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Fields of a running cache, each edited alone in the spec and changed alone behind the operator's back: just the right call
 * with nothing else in it, or, under {@code driftPolicy: Report}, none.
 */
@RequiresApiServer
class DriftIT {

    /**
     * A field.
     *
     * @param before its value at create, as a piece of spec
     * @param after its value after the edit
     * @param operation the one call that makes the edit
     * @param sent what that call carries beside the name of what it changes
     * @param holds whether AWS has the value after the edit
     * @param drift changes it in AWS
     */
    private record Field(
            String name,
            String before,
            String after,
            String operation,
            Set<String> sent,
            BiPredicate<ElastiCacheConsole, CacheClusterStatus> holds,
            BiConsumer<ElastiCacheConsole, CacheClusterStatus> drift) {}

    private static final List<Field> FIELDS = List.of(
            new Field(
                    "description",
                    "description: first",
                    "description: second",
                    "ModifyReplicationGroup",
                    Set.of("ReplicationGroupDescription"),
                    (aws, s) -> group(aws, s).description().equals("second"),
                    (aws, s) -> aws.changeReplicationGroup(s.id(), g -> g.description("drifted"))),
            new Field(
                    "retention",
                    "snapshots: {retentionDays: 3}",
                    "snapshots: {retentionDays: 5}",
                    "ModifyReplicationGroup",
                    Set.of("SnapshotRetentionLimit"),
                    (aws, s) -> group(aws, s).snapshotRetentionLimit() == 5,
                    (aws, s) -> aws.changeReplicationGroup(s.id(), g -> g.snapshotRetentionLimit(9))),
            new Field(
                    "snapshot-window",
                    "snapshots: {window: '01:00-02:00'}, maintenance: {window: 'sun:05:00-sun:06:00'}",
                    "snapshots: {window: '02:00-03:00'}, maintenance: {window: 'sun:05:00-sun:06:00'}",
                    "ModifyReplicationGroup",
                    Set.of("SnapshotWindow"),
                    (aws, s) -> group(aws, s).snapshotWindow().equals("02:00-03:00"),
                    (aws, s) -> aws.changeReplicationGroup(s.id(), g -> g.snapshotWindow("09:00-10:00"))),
            new Field(
                    "maintenance-window",
                    "maintenance: {window: 'mon:05:00-mon:06:00'}, snapshots: {window: '01:00-02:00'}",
                    "maintenance: {window: 'tue:05:00-tue:06:00'}, snapshots: {window: '01:00-02:00'}",
                    "ModifyReplicationGroup",
                    Set.of("PreferredMaintenanceWindow"),
                    (aws, s) -> member(aws, s).preferredMaintenanceWindow().equals("tue:05:00-tue:06:00"),
                    (aws, s) -> aws.changeMembers(s.id(), m -> m.preferredMaintenanceWindow("wed:05:00-wed:06:00"))),
            new Field(
                    "auto-minor",
                    "maintenance: {autoMinorVersionUpgrade: true}",
                    "maintenance: {autoMinorVersionUpgrade: false}",
                    "ModifyReplicationGroup",
                    Set.of("AutoMinorVersionUpgrade"),
                    (aws, s) -> !group(aws, s).autoMinorVersionUpgrade(),
                    (aws, s) -> {
                        aws.changeReplicationGroup(s.id(), g -> g.autoMinorVersionUpgrade(true));
                        aws.changeMembers(s.id(), m -> m.autoMinorVersionUpgrade(true));
                    }),
            new Field(
                    "parameter",
                    "parameters: {timeout: 300, tcp-keepalive: 60}",
                    "parameters: {timeout: 600, tcp-keepalive: 60}",
                    "ModifyCacheParameterGroup",
                    Set.of("ParameterNameValues"),
                    (aws, s) -> "600".equals(parameters(aws, s).get("timeout")),
                    (aws, s) -> aws.setParameter(s.resources().parameterGroupName(), "timeout", "99")),
            new Field(
                    "parameter-unset",
                    "parameters: {timeout: 300, tcp-keepalive: 60}",
                    "parameters: {tcp-keepalive: 60}",
                    "ResetCacheParameterGroup",
                    Set.of("ParameterNameValues"),
                    (aws, s) -> parameters(aws, s).equals(Map.of("tcp-keepalive", "60")),
                    (aws, s) -> aws.setParameter(s.resources().parameterGroupName(), "tcp-keepalive", "99")),
            new Field(
                    "tag",
                    "tags: {team: shop}",
                    "tags: {team: pay}",
                    "AddTagsToResource",
                    Set.of("Tags"),
                    (aws, s) -> "pay".equals(aws.tags(s.arn()).get("team")),
                    (aws, s) -> {
                        Map<String, String> tags = new java.util.HashMap<>(aws.tags(s.arn()));
                        tags.put("team", "drifted");
                        aws.setTags(s.arn(), tags);
                    }),
            new Field(
                    "tag-unset",
                    "tags: {team: shop, old: gone}",
                    "tags: {team: shop}",
                    "RemoveTagsFromResource",
                    Set.of("TagKeys"),
                    (aws, s) -> !aws.tags(s.arn()).containsKey("old"),
                    (aws, s) -> {
                        Map<String, String> tags = new java.util.HashMap<>(aws.tags(s.arn()));
                        tags.put("team", "drifted");
                        aws.setTags(s.arn(), tags);
                    }));

    private static software.amazon.awssdk.services.elasticache.model.ReplicationGroup group(
            ElastiCacheConsole aws, CacheClusterStatus status) {
        return aws.replicationGroup(status.id()).orElseThrow();
    }

    private static software.amazon.awssdk.services.elasticache.model.CacheCluster member(
            ElastiCacheConsole aws, CacheClusterStatus status) {
        return aws.cacheCluster(group(aws, status).memberClusters().getFirst()).orElseThrow();
    }

    private static Map<String, String> parameters(ElastiCacheConsole aws, CacheClusterStatus status) {
        return aws.parameters(status.resources().parameterGroupName());
    }

    @Test
    void anEditMakesJustItsOwnCall(ApiServer server) {
        try (OperatorHarness operator = OperatorHarness.start(server)) {
            ElastiCacheConsole aws = operator.simulator().elastiCache(OperatorHarness.REGION);
            FIELDS.forEach(field -> operator.apply(manifest(field.name(), field.before(), "Correct")));
            FIELDS.forEach(field -> operator.awaitSynced(field.name()));
            operator.simulator().callLog().clear();

            FIELDS.forEach(field -> operator.apply(manifest(field.name(), field.after(), "Correct")));
            for (Field field : FIELDS) {
                operator.awaitSynced(field.name());
                CacheClusterStatus status = operator.status(field.name());
                assertThat(field.holds().test(aws, status))
                        .as("AWS has the new %s", field.name())
                        .isTrue();
                assertThat(writesTo(operator, status))
                        .as(field.name())
                        .singleElement()
                        .satisfies(call -> {
                            assertThat(call.operation()).isEqualTo(field.operation());
                            assertThat(carried(call)).isEqualTo(field.sent());
                        });
            }
        }
    }

    @Test
    void driftIsCorrectedByTheSameCallOrOnlyReported(ApiServer server) {
        try (OperatorHarness operator = OperatorHarness.start(server)) {
            ElastiCacheConsole aws = operator.simulator().elastiCache(OperatorHarness.REGION);
            for (Field field : FIELDS) {
                operator.apply(manifest(field.name(), field.after(), "Correct"));
                operator.apply(manifest(field.name() + "-told", field.after(), "Report"));
            }
            for (Field field : FIELDS) {
                operator.awaitSynced(field.name());
                operator.awaitSynced(field.name() + "-told");
            }
            operator.simulator().callLog().clear();
            for (Field field : FIELDS) {
                field.drift().accept(aws, operator.status(field.name()));
                field.drift().accept(aws, operator.status(field.name() + "-told"));
            }

            for (Field field : FIELDS) {
                CacheClusterStatus status = operator.status(field.name());
                operator.awaitAws(
                        field.name(),
                        field.name() + " is corrected",
                        () -> field.holds().test(aws, status));
                assertThat(writesTo(operator, status))
                        .as(field.name())
                        .singleElement()
                        .satisfies(call -> assertThat(carried(call)).hasSize(1));
                operator.awaitCondition(field.name() + "-told", "Drifted", Condition.Status.TRUE);
                CacheClusterStatus told = operator.status(field.name() + "-told");
                assertThat(told.drift()).as("what drifted is listed").isNotEmpty();
                assertThat(told.driftCount()).isEqualTo(told.drift().size());
                assertThat(writesTo(operator, told))
                        .as("nothing is written under Report")
                        .isEmpty();
            }
        }
    }

    private static String manifest(String name, String piece, String driftPolicy) {
        return """
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: %s}
                spec: {engine: valkey, engineVersion: '8.0', nodeType: cache.t4g.small, deletionPolicy: Delete, driftPolicy: %s, %s}
                """.formatted(name, driftPolicy, piece);
    }

    private static List<LoggedCall> writesTo(OperatorHarness operator, CacheClusterStatus status) {
        String group = status.resources() == null ? null : status.resources().parameterGroupName();
        return operator.simulator().callLog().mutatingSince(0).stream()
                .filter(call -> call.request().values().stream()
                        .map(String::valueOf)
                        .anyMatch(value ->
                                value.equals(status.id()) || value.equals(status.arn()) || value.equals(group)))
                .toList();
    }

    /** What a call carries beside the name of its target and the flag that every change has. */
    private static Set<String> carried(LoggedCall call) {
        return call.request().keySet().stream()
                .filter(key -> !Set.of(
                                "ReplicationGroupId", "CacheParameterGroupName", "ResourceName", "ApplyImmediately")
                        .contains(key))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
