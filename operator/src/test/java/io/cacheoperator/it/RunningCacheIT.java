package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.app.OperatorConfig;
import io.cacheoperator.core.Condition;
import io.cacheoperator.kinds.cachecluster.CacheClusterStatus;
import io.cacheoperator.kinds.cachecluster.DeletionPolicy;
import io.cacheoperator.simulator.calllog.LoggedCall;
import io.cacheoperator.simulator.hooks.CallHooks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to a cache that runs: the chart's defaults change, AWS takes a change back, it is busy, it is paused. */
@RequiresApiServer
class RunningCacheIT {

    private OperatorHarness operator;

    @BeforeEach
    void start(ApiServer server) {
        operator = OperatorHarness.start(
                server, HarnessSetup.STANDARD.withOptions(options -> options.withSettling(Duration.ofMillis(600))));
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    private static String cluster(String more) {
        return """
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: a}
                spec: {engine: valkey, nodeType: cache.t4g.small%s}
                """.formatted(more);
    }

    private List<String> written() {
        return operator.simulator().callLog().mutatingSince(0).stream()
                .map(LoggedCall::operation)
                .toList();
    }

    @Test
    void otherDefaultsOfTheChartChangeNothing() {
        operator.apply(cluster(""));
        CacheClusterStatus before = operator.awaitSynced("a").getStatus();
        operator.simulator().callLog().clear();
        operator.restartWith(config -> config.withDefaults(new OperatorConfig.Defaults(
                operator.account().subnetIds().subList(0, 1),
                null,
                List.of(new OperatorConfig.AllowFrom("10.99.0.0/16", null, null, null)),
                Map.of("env", "prod"),
                null,
                DeletionPolicy.DELETE)));

        operator.apply(cluster(", description: new"));
        operator.awaitSynced("a");

        assertThat(written()).containsExactly("ModifyReplicationGroup");
        CacheClusterStatus after = operator.status("a");
        assertThat(after.effective().network().allowFrom())
                .isEqualTo(before.effective().network().allowFrom());
        assertThat(after.effective().tags()).isEqualTo(before.effective().tags());
        assertThat(after.effective().deletionPolicy())
                .isEqualTo(before.effective().deletionPolicy());
    }

    @Test
    void whatAwsTakesBackTwiceIsNotSentAgainUntilTheSpecIsEdited() {
        operator.apply(cluster(""));
        String id = operator.awaitSynced("a").getStatus().id();
        String group = operator.account()
                .ec2()
                .createSecurityGroup(r -> r.groupName("theirs").description("d"))
                .groupId();
        operator.simulator().callLog().clear();
        CallHooks.Registration fails = operator.simulator()
                .hooks()
                .before(call -> call.is("elasticache", "ModifyReplicationGroup"), call -> {
                    operator.simulator().elastiCacheKnobs().rollBackNext(id);
                    return CallHooks.Verdict.PROCEED;
                });

        operator.apply(cluster(", network: {securityGroupIds: [" + group + "]}"));
        operator.awaitStalled("a");

        CacheClusterStatus status = operator.status("a");
        assertThat(status.condition("Stalled").orElseThrow()).satisfies(stalled -> {
            assertThat(stalled.reason()).isEqualTo("ChangeReverted");
            assertThat(stalled.message()).contains(group).contains("AWS's events: ");
        });
        assertThat(status.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.count()).isEqualTo(2);
            assertThat(attempt.step()).isEqualTo("ModifyReplicationGroup spec.network.securityGroupIds");
        });
        operator.restart();
        operator.awaitStalled("a");
        assertThat(written()).containsExactly("ModifyReplicationGroup", "ModifyReplicationGroup");

        fails.close();
        operator.annotate("a", "cacheoperator.io/reconcile-at", "once-more");
        operator.awaitSynced("a");
        assertThat(operator.status("a").attempts()).isEmpty();
        assertThat(operator.status("a").lastHandled().reconcileAt()).isEqualTo("once-more");
    }

    @Test
    void anEditWhileAwsTakesASnapshotIsNotCalledAppliedBeforeItIs() {
        operator.apply(cluster(", description: first"));
        String id = operator.awaitSynced("a").getStatus().id();
        operator.simulator()
                .elastiCache(OperatorHarness.REGION)
                .changeReplicationGroup(id, g -> g.status("snapshotting"));
        operator.awaitCluster(
                "a", "snapshotting", c -> c.getStatus().phase().name().equals("SNAPSHOTTING"));
        operator.awaitCondition("a", "Synced", Condition.Status.TRUE);

        operator.apply(cluster(", description: second"));
        operator.awaitCondition("a", "Synced", Condition.Status.FALSE);
        CacheClusterStatus waiting = operator.status("a");
        assertThat(waiting.condition("Ready").orElseThrow().status()).isEqualTo(Condition.Status.TRUE);
        assertThat(waiting.condition("Reconciling")).isPresent();
        assertThat(waiting.plan().steps())
                .anySatisfy(step -> assertThat(step.waitingFor()).isEqualTo("the cache to be available"));

        operator.simulator().elastiCache(OperatorHarness.REGION).changeReplicationGroup(id, g -> g.status("available"));
        operator.awaitSynced("a");
        assertThat(operator.account().groups().getFirst().description()).isEqualTo("second");
    }

    @Test
    void whilePausedNothingIsWrittenAndWhatDriftedMeanwhileIsDrift() {
        operator.apply(cluster(", description: first, driftPolicy: Report"));
        String id = operator.awaitSynced("a").getStatus().id();
        operator.annotate("a", "cacheoperator.io/paused", "true");
        operator.awaitCluster(
                "a",
                "paused",
                c -> c.getStatus().condition("Synced").orElseThrow().reason().equals("Paused"));
        operator.simulator().callLog().clear();
        operator.simulator()
                .elastiCache(OperatorHarness.REGION)
                .changeReplicationGroup(id, g -> g.description("by hand"));
        operator.annotate("a", "cacheoperator.io/paused", "false");

        operator.awaitCondition("a", "Drifted", Condition.Status.TRUE);
        operator.awaitSynced("a");
        assertThat(written()).isEmpty();
    }
}
