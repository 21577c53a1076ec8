package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.aws.ModifyReplicationGroup;
import io.cacheoperator.aws.SecurityGroupState;
import io.cacheoperator.aws.SecurityGroupState.IngressRule;
import io.cacheoperator.aws.SecurityGroupState.Rule;
import io.cacheoperator.aws.SecurityGroupState.Source;
import io.cacheoperator.core.Plan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Entries of collections edited, drifted and taken out, each alone. */
class CollectionChangesTest {

    private static final String TOPIC = "arn:aws:sns:eu-west-1:1:alerts";

    private static final String FULL = """
            engine: valkey
            description: before
            maintenance: {window: "sun:05:00-sun:06:00", autoMinorVersionUpgrade: true, notificationTopicArn: "%s"}
            snapshots: {retentionDays: 7, window: "01:00-02:00"}
            parameters: {timeout: 300, maxmemory-policy: allkeys-lru}
            tags: {team: shop, cost: "42"}
            """.formatted(TOPIC);

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
        String group = ModelAws.arn("parametergroup", parameterGroup(cache));
        assertThat(cache.actions())
                .containsExactly(
                        tagged(cache, Map.of("team", "web"), Set.of()),
                        tagged(cache, Map.of(), Set.of("cost")),
                        new ClusterAction.AddTags(group, Map.of("team", "web")),
                        new ClusterAction.RemoveTags(group, List.of("cost")),
                        new ClusterAction.AddTags(arn, Map.of("team", "web")),
                        new ClusterAction.RemoveTags(arn, List.of("cost")));
        assertThat(tagsOfAll(cache))
                .allSatisfy(
                        tags -> assertThat(tags).containsEntry("team", "web").doesNotContainKey("cost"));
    }

    private static ClusterAction tagged(RunningCache cache, Map<String, String> set, Set<String> removed) {
        SecurityGroupState group =
                cache.world.securityGroups.values().iterator().next();
        return new ClusterAction.TagSecurityGroup(group.vpcId(), group.name(), group.id(), set, removed);
    }

    /** Of the cache, its security group and its parameter group. */
    private static List<Map<String, String>> tagsOfAll(RunningCache cache) {
        return List.of(
                cache.world.tags.getOrDefault(cache.arn(), Map.of()),
                cache.world.tags.getOrDefault(ModelAws.arn("parametergroup", parameterGroup(cache)), Map.of()),
                cache.world.securityGroups.values().iterator().next().tags());
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

    private static ModifyReplicationGroup onlyModify(RunningCache cache) {
        List<ClusterAction> actions = cache.actions();
        assertThat(actions).hasSize(1);
        return ((ClusterAction.ModifyGroup) actions.getFirst()).request();
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
