package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.core.Condition;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.cacheoperator.kinds.cachecluster.Phase;
import io.cacheoperator.simulator.calllog.LoggedCall;
import io.cacheoperator.simulator.elasticache.ElastiCacheConsole;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cache that somebody deleted in the console is never made again by itself: it would be empty, and nobody would notice. */
@RequiresApiServer
class LostCacheIT {

    private final ShiftedClock clock = new ShiftedClock();
    private OperatorHarness operator;

    @BeforeEach
    void start(ApiServer server) {
        operator = OperatorHarness.start(server, clock);
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    private static String cache(String name, String engine) {
        return """
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: %s}
                spec: {engine: %s, nodeType: cache.t4g.small}
                """.formatted(name, engine);
    }

    private ElastiCacheConsole console() {
        return operator.simulator().elastiCache(OperatorHarness.REGION);
    }

    /** Long after it was made: what was made just now is not believed to be missing. */
    private void deleteInTheConsole(String id) {
        clock.passes(Duration.ofMinutes(5));
        console().deleteReplicationGroup(id);
        console().deleteCacheCluster(id);
    }

    private List<LoggedCall> creates(String id) {
        return operator.simulator()
                .callLog()
                .calls(call ->
                        call.operation().startsWith("Create") && call.request().containsValue(id));
    }

    private CacheCluster awaitLost() {
        return operator.awaitCluster(
                "a",
                "says that it is lost",
                a -> a.getStatus()
                        .condition("Stalled")
                        .filter(stalled -> stalled.reason().equals("CacheLost"))
                        .isPresent());
    }

    /** Passes go on, and what is new is made. */
    private void awaitTheOperatorAtWork(String name) {
        operator.annotate("a", "cacheoperator.io/reconcile-at", name);
        operator.apply(cache(name, "memcached"));
        operator.awaitSynced(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"valkey", "memcached"})
    void itIsSaidWithTheChoicesAndNothingIsEverCreated(String engine) {
        operator.apply(cache("a", engine));
        String id = operator.awaitSynced("a").getStatus().id();
        operator.simulator().callLog().clear();
        deleteInTheConsole(id);
        CacheCluster lost = awaitLost();
        Condition stalled = lost.getStatus().condition("Stalled").orElseThrow();
        assertThat(stalled.message())
                .contains(
                        id,
                        "delete this CacheCluster and apply it again to have an empty one",
                        "restore a snapshot in AWS under this id",
                        "cacheoperator.io/owner = " + operator.owner("a"));
        assertThat(lost.getStatus().phase()).isEqualTo(Phase.FAILED);
        assertThat(lost.getStatus().id()).as("what tells that it existed").isEqualTo(id);
        assertThat(lost.getStatus().endpoint()).isNull();
        assertThat(lost.getStatus().condition("Ready").orElseThrow().status()).isEqualTo(Condition.Status.FALSE);
        awaitTheOperatorAtWork("second");

        operator.restart();
        awaitTheOperatorAtWork("third");
        operator.kill();
        operator.startAgain();
        awaitTheOperatorAtWork("fourth");
        operator.apply(cache("a", engine).replace("spec: {", "spec: {tags: {edited: spec}, "));
        awaitTheOperatorAtWork("fifth");
        awaitLost();
        assertThat(creates(id)).isEmpty();
    }

    @Test
    void itIsMadeEmptyWhenItsCacheClusterIsDeletedAndAppliedAgain() {
        operator.apply(cache("a", "valkey"));
        String id = operator.awaitSynced("a").getStatus().id();
        deleteInTheConsole(id);
        awaitLost();
        operator.delete("a");
        operator.awaitGone("a");
        assertThat(operator.account().everything())
                .as("nothing could be saved, and nothing is left over")
                .isEmpty();
        operator.apply(cache("a", "valkey"));
        assertThat(operator.awaitSynced("a").getStatus().id()).isEqualTo(id);
        assertThat(creates(id)).hasSize(2);
    }

    @Test
    void itIsGoneOnWithWhenASnapshotWasRestoredUnderItsId() {
        operator.apply(cache("a", "valkey"));
        CacheCluster before = operator.awaitSynced("a");
        String id = before.getStatus().id();
        operator.account()
                .elastiCache()
                .createSnapshot(r -> r.snapshotName("saved").replicationGroupId(id));
        operator.awaitAws(
                "a",
                "the snapshot is available",
                () -> console().snapshot("saved").orElseThrow().snapshotStatus().equals("available"));
        deleteInTheConsole(id);
        awaitLost();
        operator.simulator().callLog().clear();
        String token = operator.secretData("a-cache-auth").get("current");
        operator.account()
                .elastiCache()
                .createReplicationGroup(r -> r.replicationGroupId(id)
                        .replicationGroupDescription("restored")
                        .snapshotName("saved")
                        .engine("valkey")
                        .cacheNodeType("cache.t4g.small")
                        .numNodeGroups(1)
                        .replicasPerNodeGroup(1)
                        .automaticFailoverEnabled(true)
                        .multiAZEnabled(true)
                        .cacheSubnetGroupName(before.getStatus().resources().subnetGroupName())
                        .securityGroupIds(before.getStatus().resources().securityGroupId())
                        .atRestEncryptionEnabled(true)
                        .transitEncryptionEnabled(true)
                        .authToken(token)
                        .tags(t -> t.key("cacheoperator.io/owner").value(operator.owner("a"))));
        CacheCluster restored = operator.awaitReady("a");
        assertThat(restored.getStatus().condition("Stalled")).isEmpty();
        assertThat(restored.getStatus().endpoint()).isNotNull();
        assertThat(creates(id)).as("the user's own").hasSize(1);
        assertThat(operator.secretData("a-cache")).containsEntry("password", token);
    }

    /** In AWS a deletion takes minutes: meanwhile nothing is done, and nothing is said to be lost yet. */
    @Test
    void aDeletionBySomebodyElseIsWatchedToItsEnd() {
        operator.apply(cache("a", "valkey"));
        String id = operator.awaitSynced("a").getStatus().id();
        operator.simulator().callLog().clear();
        console().changeReplicationGroup(id, group -> group.status("deleting"));
        CacheCluster going =
                operator.awaitCluster("a", "sees it go", a -> a.getStatus().phase() == Phase.DELETING);
        assertThat(going.getStatus().condition("Stalled")).isEmpty();
        assertThat(going.getStatus().condition("Ready").orElseThrow().status()).isEqualTo(Condition.Status.FALSE);
        deleteInTheConsole(id);
        awaitLost();
        assertThat(operator.awsWrites()).isEmpty();
    }
}
