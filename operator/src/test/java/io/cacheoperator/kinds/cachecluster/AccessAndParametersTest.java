package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.aws.ModifyReplicationGroup;
import io.cacheoperator.aws.SecurityGroupState;
import io.cacheoperator.aws.SecurityGroupState.IngressRule;
import io.cacheoperator.aws.SecurityGroupState.Rule;
import io.cacheoperator.aws.SecurityGroupState.Source;
import io.cacheoperator.core.Condition;
import io.cacheoperator.core.Impact;
import io.cacheoperator.core.Problem;
import io.cacheoperator.kinds.cachecluster.NetworkSpec.AllowFrom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Security groups and parameter groups of a running cache that come, go, and are changed by others. */
class AccessAndParametersTest {

    private static final String REPORT = "driftPolicy: Report\n";

    private static SecurityGroupState ownGroup(RunningCache cache) {
        return cache.world.securityGroups.values().iterator().next();
    }

    private static String ownParameterGroup(RunningCache cache) {
        return cache.world.parameterGroups.keySet().iterator().next();
    }

    private static void swapParameterGroup(RunningCache cache) {
        cache.members(m -> States.modified(
                m,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("theirs")));
    }

    private static void letIn(RunningCache cache, String cidr) {
        Rule rule =
                new Rule("sgr-x", new IngressRule("tcp", 6379, 6379, new Source.Ipv4(cidr), Optional.of("by hand")));
        rules(
                cache,
                Stream.concat(ownGroup(cache).ingress().stream(), Stream.of(rule))
                        .toList());
    }

    private static void attach(RunningCache cache, String... groups) {
        cache.members(m -> States.modified(
                m,
                Optional.empty(),
                List.of(groups),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    private static CacheCluster withGroups(String groups, String more) {
        return Clusters.ofWhole(Clusters.NETWORK.replace("network:", "network:\n  securityGroupIds: " + groups)
                + "engine: valkey\n" + more);
    }

    private static CacheCluster withOnlyGroups(String groups) {
        return Clusters.ofWhole("""
                engine: valkey
                nodeType: cache.t4g.small
                network: {subnetIds: [subnet-a, subnet-b], securityGroupIds: %s}
                """.formatted(groups));
    }

    @Test
    void aRuleMadeByHandIsDriftAndGoes() {
        RunningCache cache = new RunningCache("engine: valkey\n").looked();
        letIn(cache, "0.0.0.0/0");

        assertThat(cache.drift()).singleElement().asString().contains("0.0.0.0/0 (by hand)");
        assertThat(cache.actions())
                .containsExactly(new ClusterAction.RevokeIngress(
                        "vpc-1", ownGroup(cache).name(), ownGroup(cache).id(), Set.of("sgr-x")));
    }

    @Test
    void aRuleMadeByHandIsOnlyReportedWhereDriftIs() {
        RunningCache cache = new RunningCache("engine: valkey\n" + REPORT).looked();
        letIn(cache, "0.0.0.0/0");

        assertThat(cache.drift()).hasSize(1);
        assertThat(cache.actions()).isEmpty();
        assertThat(cache.looked()
                        .cr
                        .getStatus()
                        .condition("Drifted")
                        .orElseThrow()
                        .status())
                .isEqualTo(Condition.Status.TRUE);
    }

    @Test
    void aRuleOfOursTakenOffByHandIsPutBackOrOnlyReported() {
        RunningCache cache = new RunningCache("engine: valkey\n").looked();
        rules(cache, List.of());
        assertThat(cache.drift())
                .singleElement()
                .asString()
                .startsWith("spec.network.allowFrom tcp 6379 from 10.0.0.0/16");
        assertThat(cache.actions())
                .singleElement()
                .isInstanceOfSatisfying(
                        ClusterAction.AuthorizeIngress.class,
                        authorize -> assertThat(authorize.rules())
                                .extracting(IngressRule::source)
                                .containsExactly(new Source.Ipv4("10.0.0.0/16")));

        RunningCache reporting = new RunningCache("engine: valkey\n" + REPORT).looked();
        rules(reporting, List.of());
        assertThat(reporting.actions()).isEmpty();
        assertThat(reporting.drift()).hasSize(1);
    }

    @Test
    void aDescriptionWrittenByHandIsPutRightOrOnlyReported() {
        for (String policy : List.of("", REPORT)) {
            RunningCache cache = new RunningCache("engine: valkey\n" + policy).looked();
            List<Rule> described = ownGroup(cache).ingress().stream()
                    .map(rule -> new Rule(
                            rule.id(),
                            new IngressRule("tcp", 6379, 6379, rule.rule().source(), Optional.of("by hand"))))
                    .toList();
            rules(cache, described);

            assertThat(cache.drift()).singleElement().asString().contains("(by hand)");
            if (policy.isEmpty()) {
                assertThat(cache.actions()).singleElement().isInstanceOf(ClusterAction.DescribeIngress.class);
            } else {
                assertThat(cache.actions()).isEmpty();
            }
        }
    }

    private static void rules(RunningCache cache, List<Rule> rules) {
        SecurityGroupState group = ownGroup(cache);
        cache.world.securityGroups.put(
                group.id(),
                new SecurityGroupState(
                        group.id(), group.name(), group.vpcId(), group.description(), group.tags(), rules));
    }

    /** Who let somebody in by hand, at night, is not locked out by an edit of something else. */
    @Test
    void aRuleMadeByHandStaysWhereDriftIsOnlyReportedAlsoWhenOthersAreEdited() {
        RunningCache cache = new RunningCache("engine: valkey\n" + REPORT).looked();
        letIn(cache, "192.0.2.0/24");
        cache.looked();
        String more =
                Clusters.NETWORK.replace("allowFrom: [", "allowFrom: [{cidr: 198.51.100.0/24}, ") + "engine: valkey\n";
        cache.cr = Clusters.edited(cache.cr, Clusters.ofWhole(more + REPORT));

        assertThat(cache.actions())
                .singleElement()
                .isInstanceOfSatisfying(
                        ClusterAction.AuthorizeIngress.class,
                        authorize -> assertThat(authorize.rules())
                                .extracting(IngressRule::source)
                                .containsExactly(new Source.Ipv4("198.51.100.0/24")));
        cache.operator.done.clear();
        cache.looked();

        assertThat(ownGroup(cache).ingress())
                .extracting(rule -> rule.rule().source())
                .contains(new Source.Ipv4("192.0.2.0/24"), new Source.Ipv4("198.51.100.0/24"));
        assertThat(cache.drift()).singleElement().asString().contains("192.0.2.0/24 (by hand)");
        assertThat(cache.actions()).isEmpty();

        cache.cr = Clusters.edited(cache.cr, Clusters.ofWhole(more));
        assertThat(cache.actions())
                .as("corrected once that is asked for")
                .containsExactly(new ClusterAction.RevokeIngress(
                        "vpc-1", ownGroup(cache).name(), ownGroup(cache).id(), Set.of("sgr-x")));
    }

    @Test
    void theOwnGroupDetachedByHandIsOnlyReportedWhereDriftIs() {
        RunningCache cache = new RunningCache("engine: valkey\n" + REPORT).looked();
        attach(cache, "sg-other");

        assertThat(cache.actions()).isEmpty();
        assertThat(cache.drift()).singleElement().asString().startsWith("spec.network.securityGroupIds");
        cache.looked().edit("engine: valkey\ndescription: new\n" + REPORT);
        cache.operator.run(cache.cr);
        assertThat(cache.operator.done)
                .singleElement()
                .satisfies(action -> assertThat(
                                ((ClusterAction.ModifyGroup) action).request().securityGroupIds())
                        .isEmpty());
    }

    @Test
    void aGroupOfTheUserDetachedByHandIsAttachedAgainAndOneAttachedByHandGoes() {
        RunningCache cache = new RunningCache(withGroups("[sg-theirs]", "")).looked();
        attach(cache, "sg-1", "sg-intruder");

        assertThat(cache.drift()).singleElement().asString().contains("sg-1, sg-intruder");
        assertThat(onlyModify(cache).securityGroupIds()).containsExactly("sg-1", "sg-theirs");
    }

    /** AWS takes no empty list: to leave the group on without a word would be to ignore the edit. */
    @Test
    void theLastSecurityGroupIsNotTakenOff() {
        RunningCache cache = new RunningCache(withOnlyGroups("[sg-theirs]")).looked();
        cache.edit(withOnlyGroups("[]"));

        assertThat(cache.actions()).isEmpty();
        assertThat(cache.plan().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.reason()).isEqualTo(ClusterReason.AccessNotGiven);
            assertThat(problem.message()).contains("sg-theirs").contains("spec.network.allowFrom");
        });
    }

    @Test
    void aGroupIsMadeAndAttachedUnderReportTooWhenTheSpecAsksForIt() {
        RunningCache cache = new RunningCache(withOnlyGroups("[sg-theirs]")).looked();
        cache.edit(withGroups("[sg-theirs]", REPORT));

        cache.operator.run(cache.cr);

        assertThat(cache.operator.doneNames())
                .containsExactly("CreateSecurityGroup", "AuthorizeIngress", "ModifyGroup");
    }

    private static ModifyReplicationGroup onlyModify(RunningCache cache) {
        assertThat(cache.actions()).hasSize(1);
        return ((ClusterAction.ModifyGroup) cache.operator.done.getFirst()).request();
    }

    @Test
    void aGroupOfTheUserIsSwappedInWithoutAResetOfTheValuesInUse() {
        RunningCache cache = new RunningCache("engine: valkey\nparameters: {timeout: 60}\n").looked();
        String own = ownParameterGroup(cache);
        cache.edit("engine: valkey\nparameterGroupName: theirs\n");

        cache.operator.run(cache.cr);

        assertThat(cache.operator.doneNames()).containsExactly("ModifyGroup", "DeleteParameterGroup");
        assertThat(cache.operator.done.get(1)).isEqualTo(new ClusterAction.DeleteParameterGroup(own));
        assertThat(cache.plan().steps()).isEmpty();
    }

    @Test
    void theOwnGroupIsSwappedInAgain() {
        RunningCache cache = new RunningCache("engine: valkey\nparameterGroupName: theirs\n").looked();
        cache.edit("engine: valkey\nparameters: {timeout: 60}\n");

        cache.operator.run(cache.cr);

        assertThat(cache.operator.doneNames())
                .containsExactly("CreateParameterGroup", "ModifyParameters", "ModifyGroup");
    }

    @Test
    void aGroupSwappedByHandIsDriftAndTheOwnOneStays() {
        RunningCache cache = new RunningCache("engine: valkey\nparameters: {timeout: 60}\n" + REPORT).looked();
        String own = ownParameterGroup(cache);
        swapParameterGroup(cache);

        assertThat(cache.actions()).isEmpty();
        assertThat(cache.drift()).containsExactly("spec.parameters " + own + " theirs");
    }

    /** A template rendered nothing; EC2 knows no difference, and would be asked to change it each minute. */
    @Test
    void anEmptyDescriptionOfARuleIsNone() {
        AllowFrom empty = new AllowFrom("10.0.0.0/8", null, null, "");

        assertThat(empty).isEqualTo(new AllowFrom("10.0.0.0/8", null, null, null));
        assertThat(IngressRules.of(List.of(empty), 6379))
                .singleElement()
                .satisfies(rule -> assertThat(rule.description()).isEmpty());
    }

    /** A new operator has not asked for engine versions, from which the own group's name follows. */
    @Test
    void aGroupSwappedByHandIsDriftForANewOperatorToo() {
        RunningCache cache = new RunningCache("engine: valkey\nparameters: {timeout: 60}\n" + REPORT).looked();
        String own = ownParameterGroup(cache);
        swapParameterGroup(cache);
        cache.forgetful();

        assertThat(cache.actions()).isEmpty();
        assertThat(cache.drift()).containsExactly("spec.parameters " + own + " theirs");
    }

    @Test
    void aParameterSetByHandInTheOwnGroupIsDriftAlsoWhileAnEditIsUnderWay() {
        RunningCache cache = new RunningCache("engine: valkey\nparameters: {timeout: 60}\n" + REPORT).looked();
        cache.world.parameters.put(ownParameterGroup(cache), Map.of("timeout", "60", "tuning-1", "5"));
        cache.edit("engine: valkey\nparameters: {timeout: 90}\n" + REPORT);

        assertThat(cache.actions())
                .containsExactly(new ClusterAction.ModifyParameters(ownParameterGroup(cache), Map.of("timeout", "90")));
    }

    @Test
    void valuesThatWaitForARebootAreNotCalledApplied() {
        RunningCache cache =
                new RunningCache("engine: valkey\nparameters: {timeout: 60}\n").members(States::pendingReboot);

        assertThat(cache.onlyRefused()).satisfies(step -> {
            assertThat(step.name()).isEqualTo("RebootCacheCluster");
            assertThat(step.impact()).isEqualTo(Impact.DISRUPTIVE);
        });
        CacheClusterStatus status = cache.looked().cr.getStatus();
        assertThat(status.condition("Synced").orElseThrow().reason()).isEqualTo("UnsupportedChange");
        assertThat(status.condition("Ready").orElseThrow().status()).isEqualTo(Condition.Status.TRUE);
    }

    @Test
    void aRebootOfMemcachedLosesWhatIsInIt() {
        RunningCache cache = new RunningCache("engine: memcached\nparameters: {max_item_size: 2048}\n")
                .members(States::pendingReboot);

        assertThat(cache.onlyRefused().impact()).isEqualTo(Impact.DATA_LOSS);
        assertThat(cache.plan().problems()).extracting(Problem::reason).isEmpty();
    }
}
