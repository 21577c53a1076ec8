package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.aws.CacheClusterState.Notification;
import io.cacheoperator.aws.ModifyCacheCluster;
import io.cacheoperator.aws.ModifyReplicationGroup;
import io.cacheoperator.aws.Queries;
import io.cacheoperator.aws.SecurityGroupState;
import io.cacheoperator.aws.SecurityGroupState.IngressRule;
import io.cacheoperator.aws.SecurityGroupState.Rule;
import io.cacheoperator.aws.SecurityGroupState.Source;
import io.cacheoperator.core.Impact;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Plan;
import io.cacheoperator.core.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each field edited alone, drifted alone and un-set: exactly the right call with nothing else in it. */
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

    private static ModifyReplicationGroup onlyModify(RunningCache cache) {
        List<ClusterAction> actions = cache.actions();
        assertThat(actions).hasSize(1);
        return ((ClusterAction.ModifyGroup) actions.getFirst()).request();
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
    void setsOnlyTheParameterThatChanged() {
        RunningCache cache = new RunningCache(FULL).edit(FULL.replace("timeout: 300", "timeout: 60"));

        assertThat(cache.actions())
                .containsExactly(new ClusterAction.ModifyParameters(parameterGroup(cache), Map.of("timeout", "60")));
    }

    @Test
    void resetsAParameterThatIsTakenOut() {
        RunningCache cache = new RunningCache(FULL).edit(FULL.replace("timeout: 300, ", ""));

        assertThat(cache.actions())
                .containsExactly(new ClusterAction.ResetParameters(parameterGroup(cache), Set.of("timeout")));
    }

    @Test
    void resetsAllParametersWhenTheLastIsTakenOut() {
        RunningCache cache = new RunningCache(FULL)
                .edit(FULL.replace("parameters: {timeout: 300, maxmemory-policy: allkeys-lru}\n", ""));

        assertThat(cache.actions())
                .containsExactly(new ClusterAction.ResetParameters(
                        parameterGroup(cache), Set.of("timeout", "maxmemory-policy")));
    }

    @Test
    void correctsAParameterThatSomebodyChangedAsSoonAsItIsSeen() {
        RunningCache cache = new RunningCache(FULL);
        cache.world.parameters.put(
                parameterGroup(cache), Map.of("timeout", "20", "maxmemory-policy", "allkeys-lru", "tuning-1", "5"));

        assertThat(cache.actions())
                .containsExactly(
                        new ClusterAction.ModifyParameters(parameterGroup(cache), Map.of("timeout", "300")),
                        new ClusterAction.ResetParameters(parameterGroup(cache), Set.of("tuning-1")));
    }

    @Test
    void makesAGroupAndSwapsToItWhenParametersComeToARunningCache() {
        RunningCache cache = new RunningCache("engine: valkey\n").edit("engine: valkey\nparameters: {timeout: 60}\n");

        cache.actions();

        assertThat(cache.operator.doneNames())
                .containsExactly("CreateParameterGroup", "ModifyParameters", "ModifyGroup");
        ModifyReplicationGroup sent = ((ClusterAction.ModifyGroup) cache.operator.done.get(2)).request();
        assertThat(sent.parameterGroupName()).contains(parameterGroup(cache));
        assertThat(parameterGroup(cache)).endsWith("-valkey8");
    }

    @Test
    void leavesParametersThatAreWrongUnsent() {
        RunningCache cache = new RunningCache(FULL).edit(FULL.replace("timeout: 300", "timeout: 3"));

        assertThat(cache.actions()).isEmpty();
        assertThat(cache.plan().problems().getFirst().message())
                .contains("timeout")
                .contains("0,20-");
    }

    @Test
    void addsAndRemovesOnlyTheTagsThatChanged() {
        RunningCache cache = new RunningCache(FULL).edit(FULL.replace("{team: shop, cost: \"42\"}", "{team: web}"));

        String arn = cache.arn();
        assertThat(cache.actions())
                .containsExactly(
                        new ClusterAction.AddTags(arn, Map.of("team", "web")),
                        new ClusterAction.RemoveTags(arn, List.of("cost")));
    }

    @Test
    void leavesTagsOfOthersAlone() {
        RunningCache cache = new RunningCache(FULL);
        String arn = cache.arn();
        Map<String, String> tags = new HashMap<>(cache.world.tags.getOrDefault(arn, Map.of()));
        tags.put("aws:cloudformation:stack-name", "x");
        tags.put("backup", "daily");
        cache.world.tags.put(arn, tags);

        assertThat(cache.actions()).isEmpty();
    }

    @Test
    void readsLiveTagsBeforeItCorrectsWhatABulkReadHints() {
        RunningCache cache = new RunningCache(FULL);
        String arn = cache.arn();
        Map<String, String> tags = new HashMap<>(cache.world.tags.getOrDefault(arn, Map.of()));
        tags.remove("cost");
        cache.world.tags.put(arn, tags);
        cache.forgetful();

        Plan<ClusterAction> first =
                ClusterPlanner.plan(cache.cr, cache.world.inputs(cache.cr, cache.operator.settings), ModelWorld.NOW);
        assertThat(first.reads()).hasSize(1);
        assertThat(first.next()).isEmpty();
        assertThat(cache.actions()).containsExactly(new ClusterAction.AddTags(arn, Map.of("cost", "42")));
    }

    @Test
    void letsInBeforeItShutsOut() {
        RunningCache cache = new RunningCache(FULL);
        cache.edit(Clusters.ofWhole((Clusters.NETWORK + FULL).replace("10.0.0.0/16", "10.1.0.0/16")));

        cache.actions();

        assertThat(cache.operator.doneNames()).containsExactly("AuthorizeIngress", "RevokeIngress");
        assertThat(rulesOf(cache)).containsExactly("tcp 6379 from 10.1.0.0/16");
    }

    @Test
    void shutsOutWhoSomebodyLetInByHand() {
        RunningCache cache = new RunningCache(FULL);
        SecurityGroupState group =
                cache.world.securityGroups.values().iterator().next();
        Rule intruder =
                new Rule("sgr-x", new IngressRule("tcp", 6379, 6379, new Source.Ipv4("0.0.0.0/0"), Optional.empty()));
        cache.world.securityGroups.put(
                group.id(),
                new SecurityGroupState(
                        group.id(),
                        group.name(),
                        group.vpcId(),
                        group.description(),
                        group.tags(),
                        Stream.concat(group.ingress().stream(), Stream.of(intruder))
                                .toList()));

        assertThat(cache.actions())
                .containsExactly(new ClusterAction.RevokeIngress("vpc-1", group.name(), group.id(), Set.of("sgr-x")));
    }

    @Test
    void attachesAndDetachesTheUsersSecurityGroups() {
        String with =
                Clusters.NETWORK.replace("network:", "network:\n  securityGroupIds: [sg-theirs]") + "engine: valkey\n";
        RunningCache cache = new RunningCache("engine: valkey\n").edit(Clusters.ofWhole(with));

        assertThat(onlyModify(cache).securityGroupIds()).containsExactly("sg-1", "sg-theirs");

        cache.synced();
        cache.operator.done.clear();
        cache.edit("engine: valkey\n");
        assertThat(onlyModify(cache).securityGroupIds()).containsExactly("sg-1");
    }

    @Test
    void attachesTheOwnGroupAgainThatSomebodyDetached() {
        RunningCache cache = new RunningCache("engine: valkey\n")
                .members(m -> States.modified(
                        m,
                        Optional.empty(),
                        List.of("sg-other"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));

        assertThat(onlyModify(cache).securityGroupIds()).contains("sg-1");
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

    static Stream<Arguments> notSupportedYet() {
        return Stream.of(
                Arguments.of("nodeType", "cache.t4g.small", "cache.r7g.large", Impact.BRIEF),
                Arguments.of(
                        "replicasPerShard", "engine: valkey", "engine: valkey\nreplicasPerShard: 2", Impact.IN_PLACE),
                Arguments.of("clusterMode", "engine: valkey", "engine: valkey\nclusterMode: enabled", Impact.BRIEF),
                Arguments.of("engineVersion", "engine: valkey", "engine: valkey\nengineVersion: \"8.2\"", Impact.BRIEF),
                Arguments.of("multiAz", "engine: valkey", "engine: valkey\nmultiAz: false", Impact.IN_PLACE));
    }

    @ParameterizedTest
    @MethodSource("notSupportedYet")
    void showsWhatItCannotChangeYetAndSendsNothing(String field, String before, String after, Impact impact) {
        String spec = Clusters.NETWORK + "engine: valkey\n";
        RunningCache cache = new RunningCache("engine: valkey\n").edit(Clusters.ofWhole(spec.replace(before, after)));

        assertThat(cache.actions()).isEmpty();
        assertThat(cache.plan().steps()).singleElement().satisfies(step -> {
            assertThat(step.state()).isEqualTo(Step.State.Refused);
            assertThat(step.message()).contains("spec." + field).contains("not supported by this version yet");
            assertThat(step.impact()).isEqualTo(impact);
        });
    }

    @Test
    void blocksEngineDowngrade() {
        RunningCache cache = new RunningCache("engine: valkey\n").edit("engine: valkey\nengineVersion: \"7.2\"\n");

        assertThat(cache.actions()).isEmpty();
        assertThat(cache.plan().problems().getFirst().reason()).isEqualTo(ClusterReason.ForbiddenChange);
        assertThat(cache.plan().impact()).isEqualTo(Impact.FORBIDDEN);
    }

    @Test
    void seesNoDriftInAnUpgradeByAws() {
        RunningCache cache = new RunningCache("engine: valkey\nengineVersion: \"8.0\"\n");
        cache.world.members.computeIfPresent(
                cache.id(),
                (id, members) -> members.stream()
                        .map(m -> States.withVersion(m, "8.1.4"))
                        .toList());

        assertThat(cache.actions()).isEmpty();
        assertThat(drift(cache)).isEmpty();
        assertThat(cache.plan().steps()).isEmpty();
    }

    @Test
    void asksForClusterModeBeforeMoreShards() {
        RunningCache cache = new RunningCache("engine: valkey\n").edit("engine: valkey\nshards: 2\n");

        assertThat(cache.actions()).isEmpty();
        assertThat(cache.plan().problems().getFirst().field()).contains("spec.clusterMode");
        assertThat(cache.plan().problems().getFirst().message()).contains("set clusterMode: enabled");
    }

    @Test
    void leavesFieldsToTheGlobalDatastoreThatOwnsThem() {
        RunningCache cache = new RunningCache("engine: valkey\n")
                .group(g -> States.inGlobalDatastore(g, "global-1"))
                .edit(Clusters.ofWhole(Clusters.NETWORK.replace("t4g.small", "r7g.large") + "engine: valkey\n"));

        assertThat(cache.actions()).isEmpty();
        assertThat(cache.plan().steps().getFirst().message()).contains("global datastore");
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

    private static String parameterGroup(RunningCache cache) {
        return cache.world.parameterGroups.keySet().iterator().next();
    }

    private static List<String> rulesOf(RunningCache cache) {
        return cache.world.securityGroups.values().iterator().next().ingress().stream()
                .map(rule -> IngressRules.text(rule.rule()))
                .toList();
    }
}
