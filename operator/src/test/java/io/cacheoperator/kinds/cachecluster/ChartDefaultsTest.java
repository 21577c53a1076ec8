package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.aws.SecurityGroupState;
import io.cacheoperator.kinds.cachecluster.NetworkSpec.AllowFrom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The chart's defaults decide when a cache is made: an edit of them changes nothing about one that runs. */
class ChartDefaultsTest {

    private static final String BARE = "nodeType: cache.t4g.small\nengine: valkey\n";

    private static OperatorDefaults defaults(String cidr, String tag, DeletionPolicy policy) {
        return new OperatorDefaults(
                List.of("subnet-a", "subnet-b"),
                Optional.empty(),
                List.of(new AllowFrom(cidr, null, null, null)),
                Map.of("env", tag),
                Optional.empty(),
                Optional.of(policy));
    }

    private static ClusterSettings settings(OperatorDefaults defaults) {
        return new ClusterSettings(Clusters.CLUSTER_NAME, Clusters.REGION, defaults, AllowList.NONE);
    }

    private static RunningCache madeByDefault(String spec) {
        ModelWorld world = new ModelWorld();
        return new RunningCache(
                Clusters.ofWhole(spec), world, settings(defaults("10.0.0.0/16", "test", DeletionPolicy.SNAPSHOT)));
    }

    private static void chartIsEdited(RunningCache cache) {
        cache.operator.settings = settings(new OperatorDefaults(
                List.of("subnet-c"),
                Optional.empty(),
                List.of(new AllowFrom("10.9.0.0/16", null, null, null)),
                Map.of("env", "prod", "more", "tags"),
                Optional.of("arn:aws:kms:eu-west-1:1:key/a"),
                Optional.of(DeletionPolicy.DELETE)));
    }

    private static SecurityGroupState group(RunningCache cache) {
        return cache.world.securityGroups.values().iterator().next();
    }

    @Test
    void changeNoCacheThatRuns() {
        RunningCache cache = madeByDefault(BARE).looked();
        CacheClusterStatus before = cache.cr.getStatus();
        chartIsEdited(cache);

        assertThat(cache.actions()).isEmpty();
        assertThat(cache.plan().steps()).isEmpty();
        assertThat(cache.looked().cr.getStatus()).isEqualTo(before);
    }

    @Test
    void areShownAsTheyWereWhenTheCacheWasMade() {
        RunningCache cache = madeByDefault(BARE).looked();
        chartIsEdited(cache);
        CacheClusterSpec effective =
                Objects.requireNonNull(cache.looked().cr.getStatus().effective());

        assertThat(effective.network().allowFrom()).containsExactly(new AllowFrom("10.0.0.0/16", null, null, null));
        assertThat(effective.tags()).isEqualTo(Map.of("env", "test"));
        assertThat(effective.deletionPolicy()).isEqualTo(DeletionPolicy.SNAPSHOT);
    }

    /** Taken off the cache by a read of EC2 that is late, it would lock every client out. */
    @Test
    void keepTheirGroupAttachedWhileALateReadDoesNotShowIt() {
        String spec = BARE + "network: {securityGroupIds: [sg-given]}\n";
        RunningCache cache = madeByDefault(spec).looked();
        cache.world.securityGroups.clear();
        cache.edit(Clusters.ofWhole(spec + "description: edited\n"));

        assertThat(cache.actions()).singleElement().isInstanceOfSatisfying(ClusterAction.ModifyGroup.class, modify -> {
            assertThat(modify.request().description()).contains("edited");
            assertThat(modify.request().securityGroupIds()).isEmpty();
        });
    }

    @Test
    void changeNoRuleWithAnEditOfAnotherField() {
        RunningCache cache = madeByDefault(BARE).looked();
        chartIsEdited(cache);
        cache.edit(Clusters.ofWhole(BARE + "description: new\n"));

        cache.operator.run(cache.cr);

        assertThat(cache.operator.doneNames()).containsExactly("ModifyGroup");
        assertThat(rules(cache)).containsExactly("tcp 6379 from 10.0.0.0/16");
    }

    /** Whom the spec let in no longer, the chart may still. */
    @Test
    void comeBackWhereTheSpecGivesItsOwnNoLonger() {
        RunningCache cache = madeByDefault(BARE + "network: {allowFrom: [{cidr: 10.1.0.0/16}]}\n")
                .looked();
        assertThat(rules(cache)).containsExactly("tcp 6379 from 10.1.0.0/16");
        cache.edit(Clusters.ofWhole(BARE));

        cache.operator.run(cache.cr);

        assertThat(cache.operator.doneNames()).containsExactly("AuthorizeIngress", "RevokeIngress");
        assertThat(rules(cache)).containsExactly("tcp 6379 from 10.0.0.0/16");
        cache.looked().operator.done.clear();
        chartIsEdited(cache);
        assertThat(cache.actions()).isEmpty();
    }

    private static List<String> rules(RunningCache cache) {
        return group(cache).ingress().stream()
                .map(rule -> IngressRules.text(rule.rule()))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(DeletionPolicy.class)
    void decideOnceWhatBecomesOfTheCache(DeletionPolicy given) {
        RunningCache cache =
                madeByDefault(BARE + "deletionPolicy: " + word(given) + "\n").looked();
        assertThat(policy(cache)).isEqualTo(given);

        cache.edit(Clusters.ofWhole(BARE)).looked();
        assertThat(policy(cache)).as("given no longer: the chart's").isEqualTo(DeletionPolicy.SNAPSHOT);

        chartIsEdited(cache);
        cache.looked();
        assertThat(policy(cache)).as("the chart's of then").isEqualTo(DeletionPolicy.SNAPSHOT);
    }

    private static DeletionPolicy policy(RunningCache cache) {
        return DesiredClusterFactory.deletionPolicy(cache.cr, cache.operator.settings.defaults());
    }

    private static String word(DeletionPolicy policy) {
        return policy.name().charAt(0) + policy.name().substring(1).toLowerCase(Locale.ROOT);
    }
}
