package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.aws.Queries;
import io.cacheoperator.aws.SecurityGroupState;
import io.cacheoperator.core.Condition;
import io.cacheoperator.core.Owner;
import io.cacheoperator.core.Plan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The tags of a spec stand on the cache, its security group and its parameter group: edited, drifted and taken out. */
class TagsOfGroupsTest {

    private static final String SPEC = """
            engine: valkey
            parameters: {timeout: 300}
            tags: {team: shop, cost: "42"}
            """;

    private static SecurityGroupState securityGroup(RunningCache cache) {
        return cache.world.securityGroups.values().iterator().next();
    }

    private static String parameterGroup(RunningCache cache) {
        return cache.world.parameterGroups.keySet().iterator().next();
    }

    private static String parameterGroupArn(RunningCache cache) {
        return ModelAws.arn("parametergroup", parameterGroup(cache));
    }

    private static void retagSecurityGroup(RunningCache cache, Consumer<Map<String, String>> edit) {
        SecurityGroupState group = securityGroup(cache);
        Map<String, String> tags = new HashMap<>(group.tags());
        edit.accept(tags);
        cache.world.securityGroups.put(
                group.id(),
                new SecurityGroupState(
                        group.id(), group.name(), group.vpcId(), group.description(), tags, group.ingress()));
    }

    private static void retag(RunningCache cache, String arn, Consumer<Map<String, String>> edit) {
        Map<String, String> tags = new HashMap<>(cache.world.tags.getOrDefault(arn, Map.of()));
        edit.accept(tags);
        cache.world.tags.put(arn, tags);
    }

    @Test
    void areCorrectedOnTheSecurityGroupAlone() {
        RunningCache cache = new RunningCache(SPEC).looked();
        retagSecurityGroup(cache, tags -> tags.put("team", "theirs"));

        assertThat(cache.drift())
                .containsExactly("spec.tags.team of security group "
                        + securityGroup(cache).id() + " shop theirs");
        assertThat(cache.actions())
                .containsExactly(new ClusterAction.TagSecurityGroup(
                        "vpc-1",
                        securityGroup(cache).name(),
                        securityGroup(cache).id(),
                        Map.of("team", "shop"),
                        Set.of()));
    }

    @Test
    void areCorrectedOnTheParameterGroupAloneOnceItsLiveTagsAreRead() {
        RunningCache cache = new RunningCache(SPEC).looked();
        retag(cache, parameterGroupArn(cache), tags -> tags.remove("cost"));
        cache.forgetful();

        assertThat(cache.drift())
                .containsExactly("spec.tags.cost of parameter group " + parameterGroup(cache) + " 42 ");
        Plan<ClusterAction> first =
                ClusterPlanner.plan(cache.cr, cache.world.inputs(cache.cr, cache.operator.settings), ModelWorld.NOW);
        assertThat(first.reads()).containsExactly(new Queries.Tags(Clusters.REGION, parameterGroupArn(cache)));
        assertThat(cache.actions())
                .containsExactly(new ClusterAction.AddTags(parameterGroupArn(cache), Map.of("cost", "42")));
    }

    @Test
    void areOnlyReportedWhereDriftIs() {
        RunningCache cache = new RunningCache(SPEC + "driftPolicy: Report\n").looked();
        retagSecurityGroup(cache, tags -> tags.put("team", "theirs"));
        retag(cache, parameterGroupArn(cache), tags -> tags.put("team", "theirs"));
        retag(cache, cache.arn(), tags -> tags.put("team", "theirs"));

        assertThat(cache.actions()).isEmpty();
        assertThat(cache.drift()).hasSize(3);
        cache.looked().edit(SPEC.replace("42", "43") + "driftPolicy: Report\n");
        cache.operator.run(cache.cr);
        assertThat(cache.operator.done)
                .hasSize(3)
                .allSatisfy(
                        action -> assertThat(action.toString()).contains("cost").doesNotContain("team"));
    }

    @Test
    void goFromAllOfThemWhenTheyAreTakenOut() {
        RunningCache cache = new RunningCache(SPEC).looked();
        cache.edit(SPEC.replace(", cost: \"42\"", ""));

        assertThat(cache.actions()).hasSize(3);
        assertThat(List.of(
                        securityGroup(cache).tags(),
                        cache.world.tags.getOrDefault(parameterGroupArn(cache), Map.of()),
                        cache.world.tags.getOrDefault(cache.arn(), Map.of())))
                .allSatisfy(tags -> assertThat(tags).doesNotContainKey("cost").containsKey(Owner.TAG));
        assertThat(applied(cache.looked()).tagKeys()).containsExactly("team");
    }

    @Test
    void areRememberedUntilTheyAreGoneFromAllOfThem() {
        RunningCache cache = new RunningCache(SPEC).looked();
        cache.edit(SPEC.replace(", cost: \"42\"", ""));
        retag(cache, cache.arn(), tags -> tags.remove("cost"));

        assertThat(applied(cache.looked()).tagKeys()).contains("cost");
        assertThat(cache.actions()).hasSize(2);
    }

    @Test
    void ofTheChartDecideWhenSomethingIsMadeAndNeverLater() {
        RunningCache cache = new RunningCache(SPEC).looked();
        cache.operator.settings = withTags(Map.of("env", "prod", "team", "platform"));

        assertThat(cache.actions()).isEmpty();
        cache.edit(SPEC + "description: new\n");
        cache.operator.run(cache.cr);
        assertThat(cache.operator.doneNames()).containsExactly("ModifyGroup");
    }

    @Test
    void ofTheChartComeBackWhereTheSpecGivesItsOwnNoLonger() {
        RunningCache cache = new RunningCache(SPEC).looked();
        cache.operator.settings = withTags(Map.of("team", "platform"));
        cache.edit(SPEC.replace("team: shop, ", ""));

        cache.operator.run(cache.cr);
        assertThat(cache.world.tags.getOrDefault(cache.arn(), Map.of())).containsEntry("team", "platform");
        cache.looked();
        assertThat(applied(cache).tagKeys()).containsExactly("cost");
        assertThat(Objects.requireNonNull(cache.cr.getStatus().effective()).tags())
                .containsEntry("team", "platform");

        cache.operator.done.clear();
        cache.operator.settings = withTags(Map.of("team", "another"));
        assertThat(cache.actions()).isEmpty();
    }

    @Test
    void withAnEmptyValueAreSet() {
        RunningCache cache = new RunningCache(SPEC).looked();
        cache.edit(SPEC.replace("team: shop", "team: shop, marker: \"\""));

        assertThat(cache.actions()).hasSize(3);
        assertThat(cache.world.tags.getOrDefault(cache.arn(), Map.of())).containsEntry("marker", "");
        assertThat(cache.plan().steps()).isEmpty();
    }

    @Test
    void costNoQuestionWhileNothingChanges() {
        RunningCache cache = new RunningCache(SPEC).looked();
        cache.forgetful();
        cache.world.asked.add(new Queries.SecurityGroupByName(
                Clusters.REGION, "vpc-1", securityGroup(cache).name()));

        Plan<ClusterAction> plan =
                ClusterPlanner.plan(cache.cr, cache.world.inputs(cache.cr, cache.operator.settings), ModelWorld.NOW);
        assertThat(plan.reads()).isEmpty();
        assertThat(plan.steps()).isEmpty();
        assertThat(cache.status(plan).condition("Synced").orElseThrow().status())
                .isEqualTo(Condition.Status.TRUE);
    }

    private static ClusterSettings withTags(Map<String, String> tags) {
        return new ClusterSettings(
                Clusters.CLUSTER_NAME,
                Clusters.REGION,
                new OperatorDefaults(List.of(), Optional.empty(), List.of(), tags, Optional.empty(), Optional.empty()),
                AllowList.NONE);
    }

    private static AppliedStatus applied(RunningCache cache) {
        return Objects.requireNonNull(cache.cr.getStatus().applied());
    }
}
