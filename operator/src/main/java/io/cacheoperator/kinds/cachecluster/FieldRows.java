package io.cacheoperator.kinds.cachecluster;

import static io.cacheoperator.kinds.cachecluster.FieldRow.EXACTLY;
import static io.cacheoperator.kinds.cachecluster.FieldRow.IGNORING_CASE;
import static io.cacheoperator.kinds.cachecluster.FieldRow.group;
import static io.cacheoperator.kinds.cachecluster.FieldRow.made;
import static io.cacheoperator.kinds.cachecluster.FieldRow.member;
import static io.cacheoperator.kinds.cachecluster.FieldRow.row;
import static io.cacheoperator.kinds.cachecluster.FieldRow.text;

import io.cacheoperator.aws.CacheClusterState;
import io.cacheoperator.aws.CacheClusterState.Notification;
import io.cacheoperator.aws.ReplicationGroupState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One row for each scalar field of the spec that a running cache can be compared with; aws-behaviour.md, 1.1 and 3.3. These
 * here AWS changes at once and together.
 */
final class FieldRows {

    static final String DESCRIPTION = "spec.description";
    static final String MAINTENANCE_WINDOW = "spec.maintenance.window";
    static final String AUTO_MINOR = "spec.maintenance.autoMinorVersionUpgrade";
    static final String TOPIC = "spec.maintenance.notificationTopicArn";
    static final String RETENTION = "spec.snapshots.retentionDays";
    static final String SNAPSHOT_WINDOW = "spec.snapshots.window";
    static final String IP_DISCOVERY = "spec.network.ipDiscovery";
    static final String PARAMETER_GROUP_NAME = "spec.parameterGroupName";

    /** Fields that belong to the global datastore where the cache is a member of one. */
    static final List<String> GLOBAL = List.of(
            ShapeRows.NODE_TYPE,
            ShapeRows.ENGINE,
            ShapeRows.ENGINE_VERSION,
            ShapeRows.SHARDS,
            PARAMETER_GROUP_NAME,
            ParameterRows.PARAMETER_GROUP);

    private static final List<FieldRow> AT_ONCE = List.of(
            row(
                    DESCRIPTION,
                    spec -> text(spec.description()).filter(given -> !given.isBlank()),
                    sight -> sight.group().map(ReplicationGroupState::description),
                    EXACTLY,
                    made()),
            row(
                    MAINTENANCE_WINDOW,
                    s -> text(s.maintenance().window()),
                    member(CacheClusterState::maintenanceWindow),
                    IGNORING_CASE,
                    made()),
            row(
                    AUTO_MINOR,
                    s -> text(s.maintenance().autoMinorVersionUpgrade()),
                    member(m -> m.autoMinorVersionUpgrade().map(String::valueOf)),
                    EXACTLY,
                    made()),
            new FieldRow(TOPIC, FieldRows::topicWanted, FieldRows::topic, EXACTLY, made()),
            row(
                    RETENTION,
                    s -> text(s.snapshots().retentionDays()),
                    group(g -> Optional.of(String.valueOf(g.snapshotRetentionDays()))),
                    EXACTLY,
                    made()),
            row(
                    SNAPSHOT_WINDOW,
                    s -> text(s.snapshots().window()),
                    group(ReplicationGroupState::snapshotWindow),
                    IGNORING_CASE,
                    made()),
            row(
                    IP_DISCOVERY,
                    s -> text(s.network().ipDiscovery()).map(FieldRow::lower),
                    member(CacheClusterState::ipDiscovery),
                    IGNORING_CASE,
                    made()),
            row(
                    PARAMETER_GROUP_NAME,
                    s -> text(s.parameterGroupName()),
                    sight -> sight.cache().parameterGroup(),
                    IGNORING_CASE,
                    made()));

    static final List<FieldRow> ALL = Stream.of(AT_ONCE, ShapeRows.ALL, PlacementRows.ALL)
            .flatMap(List::stream)
            .toList();

    private FieldRows() {}

    /** Empty text where a topic that we set is given no longer: AWS cannot unset it, but make it inactive. */
    private static Optional<String> topicWanted(Sight sight) {
        return text(sight.spec().maintenance().notificationTopicArn())
                .or(() -> sight.applied().value(TOPIC).isPresent() ? Optional.of("") : Optional.empty());
    }

    private static Optional<String> topic(Sight sight) {
        return sight.speaker()
                .map(member -> member.notification()
                        .filter(n -> n.status().equals("active"))
                        .map(Notification::topicArn)
                        .orElse(""));
    }
}
