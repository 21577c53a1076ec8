package io.cacheoperator.it;

import io.cacheoperator.kinds.cachecluster.CacheClusterStatus;
import io.cacheoperator.simulator.elasticache.ElastiCacheConsole;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.NotificationConfiguration;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;
import software.amazon.awssdk.services.elasticache.model.SecurityGroupMembership;

/** Every field that this version changes on a running cache: edited, un-set, and what somebody may do to it in AWS. */
final class DriftFields {

    /** What the user brings for {@link #parameterGroup} and {@link #securityGroups}. */
    static final List<String> PARAMETER_GROUPS = List.of("one", "two");

    private static final String TOPIC = "arn:aws:sns:eu-west-1:000000000000:";
    private static final String NOTHING = "";
    private static final String MODIFY = "ModifyReplicationGroup";

    private DriftFields() {}

    /** One call. @param carries what is in it beside the name of what it changes */
    record Sent(String operation, Set<String> carries) {}

    /**
     * A field.
     *
     * @param before its value at create, as a piece of spec
     * @param after its value after the edit, or nothing of it where it is un-set
     * @param calls what makes the edit, in order
     * @param holds whether AWS has the value after the edit
     * @param drift changes it in AWS
     * @param mends the calls that undo that
     */
    record Field(
            String name,
            String before,
            String after,
            List<Sent> calls,
            BiPredicate<ElastiCacheConsole, CacheClusterStatus> holds,
            BiConsumer<ElastiCacheConsole, CacheClusterStatus> drift,
            List<Sent> mends) {}

    private static Field field(
            String name,
            String before,
            String after,
            Sent call,
            BiPredicate<ElastiCacheConsole, CacheClusterStatus> holds,
            BiConsumer<ElastiCacheConsole, CacheClusterStatus> drift) {
        return new Field(name, before, after, List.of(call), holds, drift, List.of(call));
    }

    private static Sent modify(String... carries) {
        return new Sent(MODIFY, Set.of(carries));
    }

    /** @param groups two security groups of the user, in the caches' VPC */
    static List<Field> all(List<String> groups) {
        return List.of(
                field(
                        "description",
                        "description: first",
                        "description: second",
                        modify("ReplicationGroupDescription"),
                        (aws, s) -> group(aws, s).description().equals("second"),
                        (aws, s) -> aws.changeReplicationGroup(s.id(), g -> g.description("drifted"))),
                field(
                        "retention",
                        "snapshots: {retentionDays: 3}",
                        "snapshots: {retentionDays: 5}",
                        modify("SnapshotRetentionLimit"),
                        (aws, s) -> group(aws, s).snapshotRetentionLimit() == 5,
                        (aws, s) -> aws.changeReplicationGroup(s.id(), g -> g.snapshotRetentionLimit(9))),
                field(
                        "snapshot-window",
                        "snapshots: {window: '01:00-02:00'}, maintenance: {window: 'sun:05:00-sun:06:00'}",
                        "snapshots: {window: '02:00-03:00'}, maintenance: {window: 'sun:05:00-sun:06:00'}",
                        modify("SnapshotWindow"),
                        (aws, s) -> group(aws, s).snapshotWindow().equals("02:00-03:00"),
                        (aws, s) -> aws.changeReplicationGroup(s.id(), g -> g.snapshotWindow("09:00-10:00"))),
                field(
                        "maintenance-window",
                        "maintenance: {window: 'mon:05:00-mon:06:00'}, snapshots: {window: '01:00-02:00'}",
                        "maintenance: {window: 'tue:05:00-tue:06:00'}, snapshots: {window: '01:00-02:00'}",
                        modify("PreferredMaintenanceWindow"),
                        (aws, s) -> member(aws, s).preferredMaintenanceWindow().equals("tue:05:00-tue:06:00"),
                        (aws, s) ->
                                aws.changeMembers(s.id(), m -> m.preferredMaintenanceWindow("wed:05:00-wed:06:00"))),
                field(
                        "auto-minor",
                        "maintenance: {autoMinorVersionUpgrade: true}",
                        "maintenance: {autoMinorVersionUpgrade: false}",
                        modify("AutoMinorVersionUpgrade"),
                        (aws, s) -> !group(aws, s).autoMinorVersionUpgrade(),
                        (aws, s) -> {
                            aws.changeReplicationGroup(s.id(), g -> g.autoMinorVersionUpgrade(true));
                            aws.changeMembers(s.id(), m -> m.autoMinorVersionUpgrade(true));
                        }),
                field(
                        "topic",
                        "maintenance: {notificationTopicArn: '" + TOPIC + "a'}",
                        "maintenance: {notificationTopicArn: '" + TOPIC + "b'}",
                        modify("NotificationTopicArn", "NotificationTopicStatus"),
                        (aws, s) -> member(aws, s).notificationConfiguration().equals(topic("b", "active")),
                        (aws, s) ->
                                aws.changeMembers(s.id(), m -> m.notificationConfiguration(topic("b", "inactive")))),
                field(
                        "parameter-group",
                        "parameterGroupName: one",
                        "parameterGroupName: two",
                        modify("CacheParameterGroupName"),
                        (aws, s) -> "two".equals(parameterGroup(aws, s)),
                        (aws, s) -> aws.changeMembers(
                                s.id(),
                                m -> m.cacheParameterGroup(
                                        p -> p.cacheParameterGroupName("one").parameterApplyStatus("in-sync")))),
                field(
                        "security-groups",
                        "network: {securityGroupIds: [" + groups.getFirst() + "]}",
                        "network: {securityGroupIds: [" + groups.getLast() + "]}",
                        modify("SecurityGroupIds"),
                        (aws, s) -> securityGroups(aws, s).contains(groups.getLast())
                                && !securityGroups(aws, s).contains(groups.getFirst()),
                        (aws, s) -> aws.changeMembers(
                                s.id(),
                                m -> m.securityGroups(SecurityGroupMembership.builder()
                                        .securityGroupId(groups.getFirst())
                                        .status("active")
                                        .build()))),
                field(
                        "parameter",
                        "parameters: {timeout: 300, tcp-keepalive: 60}",
                        "parameters: {timeout: 600, tcp-keepalive: 60}",
                        new Sent("ModifyCacheParameterGroup", Set.of("ParameterNameValues")),
                        (aws, s) -> "600".equals(parameters(aws, s).get("timeout")),
                        (aws, s) -> aws.setParameter(s.resources().parameterGroupName(), "timeout", "99")),
                new Field(
                        "tag",
                        "tags: {team: shop}",
                        "tags: {team: pay}",
                        List.of(new Sent("CreateTags", Set.of("Tags")), new Sent("AddTagsToResource", Set.of("Tags"))),
                        (aws, s) -> "pay".equals(aws.tags(s.arn()).get("team")),
                        (aws, s) -> retag(aws, s.arn()),
                        List.of(new Sent("AddTagsToResource", Set.of("Tags")))),
                new Field(
                        "tag-of-group",
                        "tags: {team: shop}, parameters: {timeout: 300}",
                        "tags: {team: pay}, parameters: {timeout: 300}",
                        List.of(
                                new Sent("CreateTags", Set.of("Tags")),
                                new Sent("AddTagsToResource", Set.of("Tags")),
                                new Sent("AddTagsToResource", Set.of("Tags"))),
                        (aws, s) ->
                                "pay".equals(aws.tags(parameterGroupArn(aws, s)).get("team")),
                        (aws, s) -> retag(aws, parameterGroupArn(aws, s)),
                        List.of(new Sent("AddTagsToResource", Set.of("Tags")))));
    }

    /** What was given and is given no longer: entries go, a topic becomes inactive, other values stay as AWS has them. */
    static List<Field> unset() {
        return List.of(
                unset(
                        "topic-unset",
                        "maintenance: {notificationTopicArn: '" + TOPIC + "a'}",
                        NOTHING,
                        List.of(modify("NotificationTopicStatus")),
                        (aws, s) -> member(aws, s).notificationConfiguration().equals(topic("a", "inactive"))),
                unset(
                        "parameter-unset",
                        "parameters: {timeout: 300, tcp-keepalive: 60}",
                        "parameters: {tcp-keepalive: 60}",
                        List.of(new Sent("ResetCacheParameterGroup", Set.of("ParameterNameValues"))),
                        (aws, s) -> parameters(aws, s).equals(Map.of("tcp-keepalive", "60"))),
                unset(
                        "tag-unset",
                        "tags: {team: shop, old: gone}",
                        "tags: {team: shop}",
                        List.of(
                                new Sent("DeleteTags", Set.of("Tags")),
                                new Sent("RemoveTagsFromResource", Set.of("TagKeys"))),
                        (aws, s) -> !aws.tags(s.arn()).containsKey("old")),
                unset(
                        "window-unset",
                        "maintenance: {window: 'mon:05:00-mon:06:00'}, snapshots: {window: '01:00-02:00', retentionDays: 3}",
                        NOTHING,
                        List.of(),
                        (aws, s) -> member(aws, s).preferredMaintenanceWindow().equals("mon:05:00-mon:06:00")
                                && group(aws, s).snapshotWindow().equals("01:00-02:00")
                                && group(aws, s).snapshotRetentionLimit() == 3),
                unset(
                        "description-unset",
                        "description: first",
                        NOTHING,
                        List.of(),
                        (aws, s) -> group(aws, s).description().equals("first")),
                unset(
                        "policy-unset",
                        "driftPolicy: Report",
                        NOTHING,
                        List.of(),
                        (aws, s) -> s.effective().driftPolicy().name().equals("CORRECT")));
    }

    private static Field unset(
            String name,
            String before,
            String after,
            List<Sent> calls,
            BiPredicate<ElastiCacheConsole, CacheClusterStatus> holds) {
        return new Field(name, before, after, calls, holds, (aws, s) -> {}, List.of());
    }

    private static ReplicationGroup group(ElastiCacheConsole aws, CacheClusterStatus status) {
        return aws.replicationGroup(status.id()).orElseThrow();
    }

    static CacheCluster member(ElastiCacheConsole aws, CacheClusterStatus status) {
        return aws.cacheCluster(group(aws, status).memberClusters().getFirst()).orElseThrow();
    }

    private static Map<String, String> parameters(ElastiCacheConsole aws, CacheClusterStatus status) {
        return aws.parameters(status.resources().parameterGroupName());
    }

    private static String parameterGroup(ElastiCacheConsole aws, CacheClusterStatus status) {
        return member(aws, status).cacheParameterGroup().cacheParameterGroupName();
    }

    private static String parameterGroupArn(ElastiCacheConsole aws, CacheClusterStatus status) {
        return aws.parameterGroup(status.resources().parameterGroupName())
                .orElseThrow()
                .arn();
    }

    private static List<String> securityGroups(ElastiCacheConsole aws, CacheClusterStatus status) {
        return member(aws, status).securityGroups().stream()
                .map(SecurityGroupMembership::securityGroupId)
                .toList();
    }

    private static NotificationConfiguration topic(String name, String status) {
        return NotificationConfiguration.builder()
                .topicArn(TOPIC + name)
                .topicStatus(status)
                .build();
    }

    private static void retag(ElastiCacheConsole aws, String arn) {
        Map<String, String> tags = new HashMap<>(aws.tags(arn));
        tags.put("team", "drifted");
        aws.setTags(arn, tags);
    }
}
