package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.core.Condition;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.cacheoperator.kinds.cachecluster.DeletionPolicy;
import io.cacheoperator.simulator.calllog.LoggedCall;
import io.cacheoperator.simulator.hooks.CallHooks.Verdict;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a cache when its CacheCluster goes. */
@RequiresApiServer
class DeletionIT {

    private OperatorHarness operator;

    @BeforeEach
    void start(ApiServer server) {
        operator = OperatorHarness.start(server);
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    private static String valkey(String policy) {
        return """
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: a}
                spec: {engine: valkey, nodeType: cache.t4g.small, parameters: {timeout: 300}, deletionPolicy: %s}
                """.formatted(policy);
    }

    private List<String> writes() {
        return operator.simulator().callLog().calls(LoggedCall::mutating).stream()
                .map(LoggedCall::operation)
                .toList();
    }

    @Test
    void theSnapshotIsAvailableBeforeTheCacheIsDeleted() {
        operator.apply(valkey("Snapshot"));
        operator.awaitSynced("a");
        operator.simulator().callLog().clear();
        operator.simulator().hooks().before(call -> call.is("elasticache", "DeleteReplicationGroup"), call -> {
            assertThat(operator.account().snapshots())
                    .singleElement()
                    .satisfies(s -> assertThat(s.snapshotStatus()).isEqualTo("available"));
            return Verdict.PROCEED;
        });
        operator.delete("a");
        operator.awaitGone("a");
        assertThat(writes())
                .containsSubsequence("CreateSnapshot", "DeleteReplicationGroup", "DeleteCacheParameterGroup")
                .containsSubsequence("DeleteReplicationGroup", "DeleteSecurityGroup")
                .containsOnlyOnce("CreateSnapshot", "DeleteReplicationGroup");
        assertThat(operator.simulator().callLog().calls("elasticache", "DeleteReplicationGroup"))
                .allSatisfy(call ->
                        assertThat(call.parameter("FinalSnapshotIdentifier")).isEmpty());
        assertThat(operator.account().everything()).singleElement().asString().startsWith("snapshot ");
    }

    @Test
    void deleteTakesNoSnapshotAndLeavesNothing() {
        operator.apply(valkey("Delete"));
        operator.awaitSynced("a");
        operator.delete("a");
        operator.awaitGone("a");
        assertThat(writes()).doesNotContain("CreateSnapshot");
        operator.assertNothingLeft();
    }

    /** As when Argo CD prunes a cache with the Secret of its token: what the one wakes is under way when the other comes. */
    @Test
    void aDeletionThatComesWithAWriteOfTheStatusIsSeen() {
        operator.apply(valkey("Delete"));
        operator.awaitSynced("a");
        beforeTheNextStatus(() -> operator.delete("a"));
        operator.apply(valkey("Snapshot"));
        operator.awaitGone("a");
        assertThat(operator.account().groups()).isEmpty();
    }

    @Test
    void anEditThatComesWithAWriteOfTheStatusIsSeen() {
        operator.apply(valkey("Delete"));
        operator.awaitSynced("a");
        beforeTheNextStatus(() -> operator.apply(valkey("Retain")));
        operator.apply(valkey("Snapshot"));
        operator.awaitCluster(
                "a",
                "says what the newest edit asks for",
                cluster -> cluster.getMetadata()
                                .getGeneration()
                                .equals(cluster.getStatus().observedGeneration())
                        && cluster.getStatus().effective().deletionPolicy() == DeletionPolicy.RETAIN);
    }

    private void beforeTheNextStatus(Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        operator.writes().trap(new ApiWrites.Trap() {
            @Override
            public boolean cutsBefore(String write) {
                if (write.endsWith("/a/status") && done.compareAndSet(false, true)) {
                    action.run();
                }
                return false;
            }

            @Override
            public boolean cutsAfter(String write) {
                return false;
            }
        });
    }

    /** In the foreground, as by Argo CD, Kubernetes deletes first whatever refers to the CacheCluster. */
    @Test
    void theTokensSecretIsNothingThatKubernetesCollectsAndGoesWhenTheCacheIsGone() {
        operator.apply(valkey("Delete"));
        operator.awaitSynced("a");
        assertThat(operator.secret("a-cache-auth").orElseThrow().getMetadata().getOwnerReferences())
                .isEmpty();
        List<Boolean> there = new CopyOnWriteArrayList<>();
        operator.simulator().hooks().before(call -> call.is("ec2", "DeleteSecurityGroup"), call -> {
            there.add(operator.secret("a-cache-auth").isPresent());
            return Verdict.PROCEED;
        });
        operator.delete("a");
        operator.awaitGone("a");
        assertThat(there)
                .as("while the cache or what it needs is there")
                .contains(true)
                .doesNotContain(false);
        assertThat(operator.secret("a-cache-auth")).isEmpty();
    }

    @Test
    void retainTouchesNothingInAwsAndKeepsTheSecrets() {
        operator.apply(valkey("Retain"));
        operator.awaitSynced("a");
        List<String> before = operator.account().everything();
        operator.simulator().callLog().clear();
        operator.delete("a");
        operator.awaitGone("a");
        assertThat(writes()).isEmpty();
        assertThat(operator.account().everything()).isEqualTo(before);
        assertThat(operator.secret("a-cache-auth").orElseThrow().getMetadata().getOwnerReferences())
                .as("the token outlives the CR with the cache")
                .isEmpty();
    }

    @Test
    void aCacheIsFoundAgainByACacheClusterOfTheSameName() {
        operator.apply(valkey("Retain"));
        operator.awaitSynced("a");
        String token = operator.secretData("a-cache-auth").get("current");
        operator.delete("a");
        operator.awaitGone("a");
        operator.apply(valkey("Delete"));
        operator.awaitSynced("a");
        assertThat(operator.account().groups()).hasSize(1);
        assertThat(operator.secretData("a-cache").get("password")).isEqualTo(token);
        assertThat(operator.simulator().callLog().count("elasticache", "CreateReplicationGroup"))
                .isEqualTo(1);
    }

    @Test
    void aCacheThatNeverWasAvailableIsDeletedWithoutSnapshot() {
        operator.apply("""
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: a}
                spec: {engine: valkey, nodeType: cache.t4g.small, id: never-made}
                """);
        operator.simulator().elastiCacheKnobs().failCreate("never-made");
        CacheCluster failed = operator.awaitStalled("a");
        assertThat(failed.getStatus().condition("Stalled").orElseThrow().reason())
                .isEqualTo("CreateFailed");
        operator.delete("a");
        operator.awaitGone("a");
        operator.assertNothingLeft();
    }

    @Test
    void pausedKeepsADeletionWaitingAndSaysSo() {
        operator.apply(valkey("Delete"));
        operator.awaitSynced("a");
        operator.annotate("a", "cacheoperator.io/paused", "true");
        operator.delete("a");
        operator.awaitCondition("a", "DeletionBlocked", Condition.Status.TRUE);
        assertThat(operator.account().groups()).hasSize(1);
        operator.annotate("a", "cacheoperator.io/paused", "false");
        operator.awaitGone("a");
        operator.assertNothingLeft();
    }
}
