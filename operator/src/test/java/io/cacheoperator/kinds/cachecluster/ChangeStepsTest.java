package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.aws.CacheClusterState.Notification;
import io.cacheoperator.aws.ModifyCacheCluster;
import io.cacheoperator.aws.ModifyReplicationGroup;
import io.cacheoperator.aws.Queries;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Plan;
import io.cacheoperator.core.Step;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each scalar field edited alone, drifted alone and un-set: exactly the right call with nothing else in it. */
class ChangeStepsTest {

    private static final String TOPIC = "arn:aws:sns:eu-west-1:1:alerts";

    private static final String FULL = """
            engine: valkey
            description: before
            maintenance: {window: "sun:05:00-sun:06:00", autoMinorVersionUpgrade: true, notificationTopicArn: "%s"}
            snapshots: {retentionDays: 7, window: "01:00-02:00"}
            parameters: {timeout: 300, maxmemory-policy: allkeys-lru}
            tags: {team: shop, cost: "42"}
            """.formatted(TOPIC);

    /** A change of {@link #FULL}, and the one request that makes it. */
    static Stream<Arguments> scalarEdits() {
        return Stream.of(
                Arguments.of("description: before", "description: after", "description=Optional[after]"),
                Arguments.of(
                        "sun:05:00-sun:06:00",
                        "Mon:07:00-Mon:08:00",
                        "maintenanceWindow=Optional[Mon:07:00-Mon:08:00]"),
                Arguments.of(
                        "autoMinorVersionUpgrade: true",
                        "autoMinorVersionUpgrade: false",
                        "autoMinorVersionUpgrade=Optional[false]"),
                Arguments.of("retentionDays: 7", "retentionDays: 3", "snapshotRetentionDays=Optional[3]"),
                Arguments.of("retentionDays: 7", "retentionDays: 0", "snapshotRetentionDays=Optional[0]"),
                Arguments.of("01:00-02:00", "03:00-04:00", "snapshotWindow=Optional[03:00-04:00]"));
    }

    @ParameterizedTest
    @MethodSource("scalarEdits")
    void sendsOneEditedFieldAlone(String before, String after, String expected) {
        RunningCache cache = new RunningCache(FULL).edit(FULL.replace(before, after));

        assertThat(onlyModify(cache)).hasToString(only(cache, expected).toString());
    }

    @ParameterizedTest
    @MethodSource("scalarEdits")
    void correctsOneDriftedFieldAlone(String before, String after, String expected) {
        RunningCache cache = new RunningCache(FULL.replace(before, after));
        RunningCache other = new RunningCache(FULL);
        cache.world.groups.putAll(other.world.groups);
        cache.world.members.putAll(other.world.members);

        assertThat(onlyModify(cache.forgetful()))
                .hasToString(only(cache, expected).toString());
    }

    /** As text, so that a table of texts can say what must be in it; everything else must be empty. */
    private static String only(RunningCache cache, String field) {
        String name = field.substring(0, field.indexOf('='));
        return States.unmodified(cache.id()).toString().replaceFirst(name + "=Optional.empty", field);
    }

    @Test
    void writesNothingWhereDriftIsReportedOnly() {
        RunningCache cache = new RunningCache(FULL + "driftPolicy: Report\n")
                .group(g -> States.modified(g, withRetention(g.id(), 0)));

        assertThat(cache.actions()).isEmpty();
        assertThat(drift(cache)).containsExactly("spec.snapshots.retentionDays 7 0");
    }

    @Test
    void makesEditsWhereDriftIsReportedOnly() {
        RunningCache cache = new RunningCache(FULL + "driftPolicy: Report\n")
                .edit(FULL.replace("before", "after") + "driftPolicy: Report\n");

        assertThat(onlyModify(cache).description()).contains("after");
    }

    @Test
    void leavesReportedDriftAloneWhenAnotherFieldIsEdited() {
        RunningCache cache = new RunningCache(FULL + "driftPolicy: Report\n")
                .group(g -> States.modified(g, withRetention(g.id(), 0)));
        cache.cr = Clusters.withStatus(
                cache.cr,
                cache.cr.getStatus().toBuilder()
                        .drift(List.of(new DriftEntry("spec.snapshots.retentionDays", "7", "0")))
                        .build());
        cache.edit(FULL.replace("before", "after") + "driftPolicy: Report\n");

        ModifyReplicationGroup sent = onlyModify(cache);
        assertThat(sent.description()).contains("after");
        assertThat(sent.snapshotRetentionDays()).isEmpty();
    }

    @Test
    void putsEverythingThatChangesAtOnceIntoOneRequest() {
        RunningCache cache = new RunningCache(FULL)
                .edit(FULL.replace("before", "after")
                        .replace("retentionDays: 7", "retentionDays: 9")
                        .replace("01:00-02:00", "02:00-03:00"));

        ModifyReplicationGroup sent = onlyModify(cache);
        assertThat(sent.description()).contains("after");
        assertThat(sent.snapshotRetentionDays()).contains(9);
        assertThat(sent.snapshotWindow()).contains("02:00-03:00");
    }

    @Test
    void makesATopicInactiveThatIsGivenNoLonger() {
        RunningCache cache = new RunningCache(FULL).edit(FULL.replace(", notificationTopicArn: \"" + TOPIC + "\"", ""));

        ModifyReplicationGroup sent = onlyModify(cache);
        assertThat(sent.notificationTopicStatus()).contains("inactive");
        assertThat(sent.notificationTopicArn()).isEmpty();
    }

    @Test
    void leavesATopicAloneThatItNeverSet() {
        RunningCache cache = new RunningCache("engine: valkey\n")
                .members(m -> States.modified(
                        m,
                        Optional.empty(),
                        List.of(),
                        Optional.of(TOPIC),
                        Optional.of("active"),
                        Optional.empty(),
                        Optional.empty()));

        assertThat(cache.actions()).isEmpty();
    }

    @Test
    void activatesATopicAgainThatSomebodyMadeInactive() {
        RunningCache cache = new RunningCache(FULL)
                .members(m -> States.modified(
                        m,
                        Optional.empty(),
                        List.of(),
                        Optional.of(TOPIC),
                        Optional.of("inactive"),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(cache.member().notification()).contains(new Notification(TOPIC, "inactive"));

        ModifyReplicationGroup sent = onlyModify(cache.forgetful());
        assertThat(sent.notificationTopicArn()).contains(TOPIC);
        assertThat(sent.notificationTopicStatus()).contains("active");
    }

    @Test
    void movesTheSnapshotWindowOutOfTheWayOfANewMaintenanceWindow() {
        RunningCache cache = new RunningCache("engine: valkey\n")
                .edit("engine: valkey\nmaintenance: {window: \"mon:01:30-mon:02:30\"}\n");

        ModifyReplicationGroup sent = onlyModify(cache);
        assertThat(sent.maintenanceWindow()).contains("mon:01:30-mon:02:30");
        assertThat(sent.snapshotWindow()).contains("02:30-03:30");
    }

    @Test
    void movesTheMaintenanceWindowOutOfTheWayOfANewSnapshotWindow() {
        RunningCache cache =
                new RunningCache("engine: valkey\n").edit("engine: valkey\nsnapshots: {window: \"05:30-06:30\"}\n");

        ModifyReplicationGroup sent = onlyModify(cache);
        assertThat(sent.snapshotWindow()).contains("05:30-06:30");
        assertThat(sent.maintenanceWindow()).contains("sun:06:30-sun:07:30");
    }

    @Test
    void takesSnapshotsFromAReplicaWhenTheyAreTurnedOnInClusterModeDisabled() {
        RunningCache cache = new RunningCache("engine: valkey\nsnapshots: {retentionDays: 0}\n")
                .edit("engine: valkey\nsnapshots: {retentionDays: 5}\n");

        assertThat(onlyModify(cache).snapshottingClusterId()).contains(cache.id() + "-002");
    }

    @Test
    void namesNoSnapshottingClusterInClusterModeEnabled() {
        RunningCache cache = new RunningCache("engine: valkey\nshards: 2\nsnapshots: {retentionDays: 0}\n")
                .edit("engine: valkey\nshards: 2\nsnapshots: {retentionDays: 5}\n");

        assertThat(onlyModify(cache).snapshottingClusterId()).isEmpty();
        assertThat(cache.operator.done).hasSize(1);
    }

    @Test
    void followsAwsWhereAFieldWasNeverGiven() {
        RunningCache cache = new RunningCache("engine: valkey\n")
                .group(g -> States.modified(g, withRetention(g.id(), 1)))
                .edit("engine: valkey\ndescription: new\n");

        assertThat(onlyModify(cache).snapshotRetentionDays()).isEmpty();
    }

    @Test
    void modifiesMemcachedByItsOwnCall() {
        RunningCache cache = new RunningCache("engine: memcached\n")
                .edit("engine: memcached\nmaintenance: {window: \"mon:01:30-mon:02:30\"}\n");

        assertThat(cache.actions())
                .containsExactly(new ClusterAction.ModifyMemcached(new ModifyCacheCluster(
                        cache.id(),
                        Optional.of("mon:01:30-mon:02:30"),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())));
    }

    @Test
    void waitsWithChangesUntilTheCacheIsAvailable() {
        RunningCache cache = new RunningCache(FULL).edit(FULL.replace("before", "after"));
        cache.operator.aws.status(cache.id(), "snapshotting");

        Plan<ClusterAction> plan = cache.plan();

        assertThat(plan.next()).isEmpty();
        assertThat(plan.problems()).isEmpty();
        assertThat(plan.steps().stream().filter(s -> s.name().equals("ModifyReplicationGroup")))
                .singleElement()
                .satisfies(step -> assertThat(step.state()).isEqualTo(Step.State.Waiting));
    }

    @Test
    void writesNoTagBeforeOwnershipIsProven() {
        RunningCache cache = new RunningCache(FULL).edit(FULL.replace("before", "after"));
        cache.forgetful();
        cache.world.hidden = query -> query instanceof Queries.Tags;

        assertThat(cache.actions()).isEmpty();
        assertThat(cache.plan().reads()).isNotEmpty();
        assertThat(cache.world
                        .inputs(cache.cr, cache.operator.settings)
                        .observed()
                        .tags()
                        .answer())
                .isInstanceOf(Observation.Unknown.class);
    }

    private static ModifyReplicationGroup onlyModify(RunningCache cache) {
        List<ClusterAction> actions = cache.actions();
        assertThat(actions).hasSize(1);
        return ((ClusterAction.ModifyGroup) actions.getFirst()).request();
    }

    private static ModifyReplicationGroup withRetention(String id, int days) {
        return new ModifyReplicationGroup(
                id,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(days),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<String> drift(RunningCache cache) {
        ClusterInputs in = cache.world.inputs(cache.cr, cache.operator.settings);
        return ClusterDiff.drift(cache.cr, in, in.observed().cache().orElseThrow()).stream()
                .map(entry -> entry.field() + " " + entry.desired() + " " + entry.actual())
                .toList();
    }
}
