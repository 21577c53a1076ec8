package io.cacheoperator.kinds.cachecluster;

import static io.cacheoperator.kinds.cachecluster.FieldRow.forbidden;
import static io.cacheoperator.kinds.cachecluster.FieldRow.made;
import static io.cacheoperator.kinds.cachecluster.FieldRow.unsupported;

import io.cacheoperator.aws.CacheClusterState;
import io.cacheoperator.aws.CacheClusterState.Notification;
import io.cacheoperator.aws.Endpoint;
import io.cacheoperator.aws.ReplicationGroupState;
import io.cacheoperator.core.Impact;
import io.cacheoperator.kinds.cachecluster.Change.How;
import io.cacheoperator.kinds.cachecluster.FieldRow.Takes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One row for each scalar field of the spec that a running cache can be compared with; aws-behaviour.md, 1.1 and 3.3. */
final class FieldRows {

    static final String DESCRIPTION = "spec.description";
    static final String MAINTENANCE_WINDOW = "spec.maintenance.window";
    static final String AUTO_MINOR = "spec.maintenance.autoMinorVersionUpgrade";
    static final String TOPIC = "spec.maintenance.notificationTopicArn";
    static final String RETENTION = "spec.snapshots.retentionDays";
    static final String SNAPSHOT_WINDOW = "spec.snapshots.window";
    static final String IP_DISCOVERY = "spec.network.ipDiscovery";
    static final String PARAMETER_GROUP_NAME = "spec.parameterGroupName";
    static final String SHARDS = "spec.shards";
    static final String ENGINE_VERSION = "spec.engineVersion";

    /** How {@code status.applied.fields} calls the topic. */
    private static final String APPLIED_TOPIC = "maintenance.notificationTopicArn";

    private static final BiPredicate<String, String> EXACTLY = String::equals;
    private static final BiPredicate<String, String> IGNORING_CASE = String::equalsIgnoreCase;

    /** Fields that belong to the global datastore where the cache is a member of one. */
    static final List<String> GLOBAL = List.of(
            "spec.nodeType", "spec.engine", ENGINE_VERSION, SHARDS, "spec.parameterGroupName", "spec.parameters");

    static final List<FieldRow> ALL = List.of(
            row(DESCRIPTION, spec -> blankIsNone(spec.description()), FieldRows::description, EXACTLY, made()),
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
                    s -> text(s.network().ipDiscovery()).map(FieldRows::lower),
                    member(CacheClusterState::ipDiscovery),
                    IGNORING_CASE,
                    made()),
            row(
                    PARAMETER_GROUP_NAME,
                    s -> text(s.parameterGroupName()),
                    sight -> sight.cache().parameterGroup(),
                    IGNORING_CASE,
                    made()),
            row(
                    "spec.engine",
                    s -> Optional.of(s.engine().wireName()),
                    sight -> sight.cache().engine(),
                    IGNORING_CASE,
                    FieldRows::engine),
            row(
                    ENGINE_VERSION,
                    s -> text(s.engineVersion()),
                    sight -> sight.cache().engineVersion(),
                    (wanted, has) -> EngineVersion.of(wanted).matches(EngineVersion.of(has)),
                    FieldRows::version),
            row("spec.nodeType", s -> Optional.of(s.nodeType()), FieldRows::nodeType, EXACTLY, FieldRows::scaling),
            row(
                    "spec.clusterMode",
                    s -> text(s.clusterMode()).map(FieldRows::lower),
                    Sight::clusterMode,
                    EXACTLY,
                    (sight, wanted, has) -> has.equals("enabled")
                            ? new Takes(How.FORBIDDEN, Impact.FORBIDDEN)
                            : new Takes(How.UNSUPPORTED, Impact.BRIEF)),
            row(
                    SHARDS,
                    s -> text(s.shards()),
                    group(g -> Optional.of(String.valueOf(g.nodeGroups().size()))),
                    EXACTLY,
                    FieldRows::shards),
            row(
                    "spec.replicasPerShard",
                    s -> text(s.replicasPerShard()),
                    sight -> sight.group().map(g -> String.valueOf(sight.cache().replicasPerShard())),
                    EXACTLY,
                    unsupported(Impact.IN_PLACE)),
            row(
                    "spec.multiAz",
                    s -> text(s.multiAz()),
                    group(g -> Optional.of(String.valueOf(g.multiAz()))),
                    EXACTLY,
                    unsupported(Impact.IN_PLACE)),
            row(
                    "spec.automaticFailover",
                    s -> text(s.automaticFailover()),
                    group(g -> Optional.of(String.valueOf(g.automaticFailover().startsWith("enabl")))),
                    EXACTLY,
                    unsupported(Impact.IN_PLACE)),
            row("spec.nodes", s -> text(s.nodes()), FieldRows::nodes, EXACTLY, FieldRows::nodeCount),
            row(
                    "spec.dataTiering",
                    s -> text(s.dataTiering()),
                    group(g -> Optional.of(String.valueOf(g.dataTiering()))),
                    EXACTLY,
                    forbidden()),
            row(
                    "spec.network.subnetGroupName",
                    s -> text(s.network().subnetGroupName()),
                    sight -> sight.cache().subnetGroup(),
                    IGNORING_CASE,
                    forbidden()),
            row(
                    "spec.network.port",
                    s -> text(s.network().port()),
                    sight -> sight.cache().endpoint().map(Endpoint::port).map(String::valueOf),
                    EXACTLY,
                    forbidden()),
            row(
                    "spec.network.networkType",
                    s -> text(s.network().networkType()).map(FieldRows::lower),
                    member(CacheClusterState::networkType),
                    IGNORING_CASE,
                    forbidden()),
            // More encrypted than asked is no difference.
            row(
                    "spec.encryption.atRest",
                    s -> text(s.encryption().atRest()),
                    group(g -> Optional.of(String.valueOf(g.atRestEncryption()))),
                    (wanted, has) -> has.equals("true"),
                    forbidden()),
            row(
                    "spec.encryption.kmsKeyId",
                    s -> text(s.encryption().kmsKeyId()),
                    group(ReplicationGroupState::kmsKeyId),
                    FieldRows::sameKey,
                    forbidden()),
            row(
                    "spec.encryption.inTransit",
                    s -> text(s.encryption().inTransit()).map(FieldRows::lower),
                    FieldRows::transit,
                    EXACTLY,
                    (sight, wanted, has) -> wanted.equals("disabled")
                                    || has.equals("required")
                                    || sight.group().isEmpty()
                            ? new Takes(How.FORBIDDEN, Impact.FORBIDDEN)
                            : new Takes(How.UNSUPPORTED, Impact.BRIEF)),
            row(
                    "spec.auth.type",
                    s -> text(s.auth().type()),
                    group(g -> Optional.of(g.authTokenEnabled() ? "TOKEN" : "NONE")),
                    EXACTLY,
                    (sight, wanted, has) -> wanted.equals("NONE")
                            ? new Takes(How.FORBIDDEN, Impact.FORBIDDEN)
                            : new Takes(How.UNSUPPORTED, Impact.BRIEF)));

    private FieldRows() {}

    private static FieldRow row(
            String field,
            Function<CacheClusterSpec, Optional<String>> desired,
            Function<Sight, Optional<String>> actual,
            BiPredicate<String, String> same,
            FieldRow.Verdict verdict) {
        return new FieldRow(field, sight -> desired.apply(sight.spec()), actual, same, verdict);
    }

    private static Function<Sight, Optional<String>> group(Function<ReplicationGroupState, Optional<String>> value) {
        return sight -> sight.group().flatMap(value);
    }

    private static Function<Sight, Optional<String>> member(Function<CacheClusterState, Optional<String>> value) {
        return sight -> sight.speaker().flatMap(value);
    }

    private static Optional<String> text(@Nullable Object value) {
        return Optional.ofNullable(value).map(Object::toString);
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    private static Optional<String> blankIsNone(@Nullable String text) {
        return text(text).filter(t -> !t.isBlank());
    }

    private static Optional<String> description(Sight sight) {
        return sight.group().map(ReplicationGroupState::description);
    }

    /** Empty text where a topic that we set is given no longer: AWS cannot unset it, but make it inactive. */
    private static Optional<String> topicWanted(Sight sight) {
        return text(sight.spec().maintenance().notificationTopicArn())
                .or(() -> sight.applied().fields().contains(APPLIED_TOPIC) ? Optional.of("") : Optional.empty());
    }

    private static Optional<String> topic(Sight sight) {
        return sight.speaker()
                .map(member -> member.notification()
                        .filter(n -> n.status().equals("active"))
                        .map(Notification::topicArn)
                        .orElse(""));
    }

    private static Optional<String> nodeType(Sight sight) {
        return sight.group()
                .map(ReplicationGroupState::nodeType)
                .or(() -> sight.speaker().map(CacheClusterState::nodeType));
    }

    private static Takes scaling(Sight sight, String wanted, String has) {
        return new Takes(How.UNSUPPORTED, sight.group().isPresent() ? Impact.BRIEF : Impact.DATA_LOSS);
    }

    private static Optional<String> nodes(Sight sight) {
        return sight.group().isPresent()
                ? Optional.empty()
                : sight.speaker().map(cluster -> String.valueOf(cluster.numCacheNodes()));
    }

    private static Takes nodeCount(Sight sight, String wanted, String has) {
        boolean fewer = Integer.parseInt(wanted) < Integer.parseInt(has);
        return new Takes(How.UNSUPPORTED, fewer ? Impact.DATA_LOSS : Impact.IN_PLACE);
    }

    private static Takes shards(Sight sight, String wanted, String has) {
        return sight.clusterMode().equals(Optional.of("disabled"))
                ? new Takes(How.FORBIDDEN, Impact.FORBIDDEN)
                : new Takes(How.UNSUPPORTED, Impact.IN_PLACE);
    }

    private static Takes engine(Sight sight, String wanted, String has) {
        return wanted.equals("valkey") && has.equals("redis")
                ? new Takes(How.UNSUPPORTED, upgrade(sight))
                : new Takes(How.FORBIDDEN, Impact.FORBIDDEN);
    }

    private static Takes version(Sight sight, String wanted, String has) {
        return EngineVersion.of(wanted).compareTo(EngineVersion.of(has)) < 0
                ? new Takes(How.FORBIDDEN, Impact.FORBIDDEN)
                : new Takes(How.UNSUPPORTED, upgrade(sight));
    }

    /** Without Multi-AZ the primary is away during an upgrade; memcached starts empty (aws-behaviour.md, 1.1.3, 1.2). */
    private static Impact upgrade(Sight sight) {
        return sight.group()
                .map(g -> g.multiAz() ? Impact.BRIEF : Impact.DISRUPTIVE)
                .orElse(Impact.DATA_LOSS);
    }

    /** AWS answers with the key's ARN; an id and an alias cannot be compared with it, and the key is immutable anyway. */
    private static boolean sameKey(String wanted, String has) {
        return !wanted.startsWith("arn:") || wanted.contains(":alias/") || wanted.equals(has);
    }

    private static Optional<String> transit(Sight sight) {
        return sight.group()
                .map(g -> g.transitEncryption() ? g.transitEncryptionMode().orElse("required") : "disabled")
                .or(() -> sight.speaker().map(c -> c.transitEncryption() ? "required" : "disabled"));
    }
}
