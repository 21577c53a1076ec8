package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.CacheClusterState;
import io.cacheoperator.aws.ModifyCacheCluster;
import io.cacheoperator.aws.ModifyReplicationGroup;
import io.cacheoperator.aws.ReplicationGroupState;
import io.cacheoperator.aws.ReplicationGroupState.Member;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The one request that carries every change which AWS takes together and at once (aws-behaviour.md, 11.1, row 12). Only
 * changed fields are in it, for AWS refuses some even with their present value.
 */
final class ImmediateBundle {

    private static final String ACTIVE = "active";
    private static final String INACTIVE = "inactive";

    private final Sight sight;
    private final Map<String, String> wanted;

    /** @param changes those to be made; others than the bundle's are passed over */
    ImmediateBundle(Sight sight, List<Change> changes) {
        this.sight = sight;
        this.wanted = changes.stream()
                .filter(change -> fields().contains(change.field()))
                .collect(Collectors.toMap(Change::field, Change::desired));
    }

    /** Whatever AWS takes together. */
    static List<String> fields() {
        return List.of(
                FieldRows.DESCRIPTION,
                FieldRows.MAINTENANCE_WINDOW,
                FieldRows.SNAPSHOT_WINDOW,
                FieldRows.RETENTION,
                FieldRows.AUTO_MINOR,
                FieldRows.TOPIC,
                FieldRows.IP_DISCOVERY,
                FieldRows.PARAMETER_GROUP_NAME,
                CollectionRows.SECURITY_GROUPS,
                ParameterRows.PARAMETER_GROUP);
    }

    /** What is in it. */
    Set<String> changed() {
        return wanted.keySet();
    }

    boolean isEmpty() {
        return wanted.isEmpty();
    }

    /** The spec fields in it, for people. */
    String text() {
        return wanted.keySet().stream().sorted().collect(Collectors.joining(", "));
    }

    ClusterAction action() {
        return sight.group()
                .<ClusterAction>map(this::group)
                .orElseGet(() -> new ClusterAction.ModifyMemcached(memcached()));
    }

    private ClusterAction group(ReplicationGroupState group) {
        return new ClusterAction.ModifyGroup(new ModifyReplicationGroup(
                group.id(),
                value(FieldRows.DESCRIPTION),
                maintenanceWindow(),
                snapshotWindow(),
                value(FieldRows.RETENTION).map(Integer::valueOf),
                snapshottingCluster(group),
                securityGroups(),
                topic(),
                topicStatus(),
                value(FieldRows.AUTO_MINOR).map(Boolean::valueOf),
                parameterGroup(),
                value(FieldRows.IP_DISCOVERY)));
    }

    private ModifyCacheCluster memcached() {
        return new ModifyCacheCluster(
                sight.cache().id(),
                value(FieldRows.MAINTENANCE_WINDOW),
                securityGroups(),
                topic(),
                topicStatus(),
                value(FieldRows.AUTO_MINOR).map(Boolean::valueOf),
                parameterGroup(),
                value(FieldRows.IP_DISCOVERY));
    }

    private Optional<String> value(String field) {
        return Optional.ofNullable(wanted.get(field));
    }

    private Optional<String> parameterGroup() {
        return value(FieldRows.PARAMETER_GROUP_NAME).or(() -> value(ParameterRows.PARAMETER_GROUP));
    }

    private List<String> securityGroups() {
        return value(CollectionRows.SECURITY_GROUPS)
                .map(text -> Arrays.asList(text.split(", ", -1)))
                .orElse(List.of());
    }

    private Optional<String> topic() {
        return value(FieldRows.TOPIC).filter(arn -> !arn.isEmpty());
    }

    /** A topic cannot be unset. */
    private Optional<String> topicStatus() {
        return value(FieldRows.TOPIC).map(arn -> arn.isEmpty() ? INACTIVE : ACTIVE);
    }

    /** Gives way to a new snapshot window, unless the spec gives it. */
    private Optional<String> maintenanceWindow() {
        Optional<String> has = sight.speaker().flatMap(CacheClusterState::maintenanceWindow);
        return value(FieldRows.MAINTENANCE_WINDOW)
                .or(() -> value(FieldRows.SNAPSHOT_WINDOW)
                        .flatMap(snapshot -> has.filter(maintenance -> Windows.overlap(maintenance, snapshot))
                                .filter(maintenance ->
                                        sight.spec().maintenance().window() == null)
                                .flatMap(maintenance -> Windows.maintenanceAfter(snapshot, maintenance))));
    }

    /** Gives way to a new maintenance window, unless the spec gives it. */
    private Optional<String> snapshotWindow() {
        Optional<String> has = sight.group().flatMap(ReplicationGroupState::snapshotWindow);
        return value(FieldRows.SNAPSHOT_WINDOW)
                .or(() -> value(FieldRows.MAINTENANCE_WINDOW)
                        .flatMap(maintenance -> has.filter(snapshot -> Windows.overlap(maintenance, snapshot))
                                .filter(snapshot -> sight.spec().snapshots().window() == null)
                                .flatMap(snapshot -> Windows.snapshotAfter(maintenance))));
    }

    /**
     * In cluster mode disabled, turning snapshots on takes the node that they are taken from: a replica, so that the primary
     * is spared. In cluster mode enabled AWS refuses it.
     */
    private Optional<String> snapshottingCluster(ReplicationGroupState group) {
        boolean turnsOn = group.snapshotRetentionDays() == 0
                && value(FieldRows.RETENTION).filter(days -> !days.equals("0")).isPresent();
        if (!turnsOn || !group.clusterMode().equals("disabled")) {
            return Optional.empty();
        }
        List<Member> members = group.nodeGroups().stream()
                .flatMap(shard -> shard.members().stream())
                .toList();
        return members.stream()
                .filter(member -> member.role().filter("replica"::equals).isPresent())
                .map(Member::cacheClusterId)
                .sorted()
                .findFirst()
                .or(() -> members.stream().map(Member::cacheClusterId).sorted().findFirst());
    }
}
