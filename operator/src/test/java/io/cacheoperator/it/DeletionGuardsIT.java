package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.core.Condition;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.cacheoperator.simulator.elasticache.ElastiCacheConsole;
import io.cacheoperator.simulator.faults.Fault;
import io.cacheoperator.simulator.faults.FaultScope;
import io.cacheoperator.simulator.faults.Trigger;
import io.cacheoperator.simulator.hooks.CallHooks.Verdict;
import io.cacheoperator.simulator.service.AwsError;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands between a deleted CacheCluster and the loss of its data. */
@RequiresApiServer
class DeletionGuardsIT {

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

    private static String valkey(String spec) {
        return """
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: a}
                spec: {engine: valkey, nodeType: cache.t4g.small, id: guarded, %s}
                """.formatted(spec);
    }

    /** A cache that is Ready; what was called until then is forgotten. */
    private void made(String spec) {
        operator.apply(valkey(spec));
        operator.awaitSynced("a");
        operator.simulator().callLog().clear();
    }

    private ElastiCacheConsole console() {
        return operator.simulator().elastiCache(OperatorHarness.REGION);
    }

    private Condition awaitBlocked(String reason) {
        CacheCluster blocked = operator.awaitCluster(
                "a",
                "is blocked by " + reason,
                a -> a.getStatus()
                        .condition("DeletionBlocked")
                        .filter(c -> c.status() == Condition.Status.TRUE
                                && c.reason().equals(reason))
                        .isPresent());
        return blocked.getStatus().condition("DeletionBlocked").orElseThrow();
    }

    private void assertTheCacheStays() {
        assertThat(operator.awsWrites()).doesNotContain("DeleteReplicationGroup");
        assertThat(console().replicationGroup("guarded").orElseThrow().status()).isNotEqualTo("deleting");
    }

    private void assertGoneWithASnapshot() {
        operator.awaitGone("a");
        assertThat(console().replicationGroups()).isEmpty();
        assertThat(operator.account().everything()).singleElement().asString().startsWith("snapshot ");
        assertThat(console()
                        .snapshot(console().snapshots().getFirst())
                        .orElseThrow()
                        .snapshotStatus())
                .isEqualTo("available");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Snapshot", "Delete", "Retain"})
    void protectionRefusesTheDeletionUntilItIsSwitchedOff(String policy) {
        made("deletionProtection: true, deletionPolicy: " + policy);
        List<String> before = operator.account().everything();
        operator.delete("a");
        Condition blocked = awaitBlocked("DeletionProtected");
        assertThat(blocked.message()).contains("spec.deletionProtection");
        operator.restart();
        operator.annotate("a", "cacheoperator.io/reconcile-at", "now");
        awaitBlocked("DeletionProtected");
        assertThat(operator.awsWrites()).isEmpty();
        assertThat(operator.account().everything()).isEqualTo(before);

        operator.apply(valkey("deletionProtection: false, deletionPolicy: " + policy));
        if (policy.equals("Snapshot")) {
            assertGoneWithASnapshot();
        } else {
            operator.awaitGone("a");
            assertThat(operator.account().everything()).isEqualTo(policy.equals("Retain") ? before : List.of());
        }
    }

    @Test
    void aSnapshotQuotaKeepsTheCacheUntilItIsRaised() {
        made("deletionPolicy: Snapshot");
        operator.simulator().elastiCacheKnobs().quota("SnapshotQuotaExceededFault", 0);
        operator.delete("a");
        Condition blocked = awaitBlocked("SnapshotFailed");
        assertThat(blocked.message())
                .contains(
                        "You have exceeded the maximum number of manual snapshots in 24 hours: 0",
                        "SnapshotQuotaExceededFault",
                        "the cache stays",
                        "spec.deletionPolicy");
        assertTheCacheStays();
        operator.simulator().elastiCacheKnobs().quota("SnapshotQuotaExceededFault", 20);
        assertGoneWithASnapshot();
    }

    @Test
    void aSnapshotThatAwsDoesNotSupportKeepsTheCacheUntilThePolicyChanges() {
        made("deletionPolicy: Snapshot");
        operator.simulator()
                .faults()
                .refuse(
                        FaultScope.operation("elasticache", "CreateSnapshot"),
                        Trigger.always(),
                        AwsError.badRequest(
                                "SnapshotFeatureNotSupportedFault", "Snapshots are not supported for this node type."));
        operator.delete("a");
        Condition blocked = awaitBlocked("SnapshotFailed");
        assertThat(blocked.message())
                .contains("Snapshots are not supported for this node type.", "spec.deletionPolicy to Delete");
        assertThat(operator.status("a").condition("Stalled").orElseThrow().reason())
                .as("nothing but a decision helps")
                .isEqualTo("SnapshotFailed");
        assertTheCacheStays();
        operator.apply(valkey("deletionPolicy: Delete"));
        operator.awaitGone("a");
        operator.assertNothingLeft();
    }

    @Test
    void aMissingPermissionKeepsTheCacheUntilItIsGiven() {
        made("deletionPolicy: Snapshot");
        Fault denied = operator.simulator()
                .faults()
                .refuse(
                        FaultScope.operation("elasticache", "CreateSnapshot"),
                        Trigger.always(),
                        AwsError.badRequest(
                                "AccessDenied", "User is not authorized to perform: elasticache:CreateSnapshot"));
        operator.delete("a");
        assertThat(awaitBlocked("SnapshotFailed").message()).contains("elasticache:CreateSnapshot");
        assertTheCacheStays();
        operator.simulator().faults().remove(denied);
        assertGoneWithASnapshot();
    }

    /** AWS took the call, and minutes later there is no snapshot. */
    @Test
    void aSnapshotThatFailsKeepsTheCacheAndIsTakenAnewWhenItWasRemoved() {
        made("deletionPolicy: Snapshot");
        operator.simulator().elastiCacheKnobs().failSnapshot("guarded");
        operator.delete("a");
        Condition blocked = awaitBlocked("SnapshotFailed");
        String failed = console().snapshots().getFirst();
        assertThat(blocked.message()).contains(failed, "delete that snapshot in AWS", "Delete", "Retain");
        assertTheCacheStays();
        // In AWS it takes minutes until a snapshot has failed: what was made just now is not believed to be missing.
        clock.passes(Duration.ofMinutes(3));
        console().deleteSnapshot(failed);
        assertGoneWithASnapshot();
        assertThat(operator.awsWrites().stream().filter("CreateSnapshot"::equals))
                .hasSize(2);
    }

    /** The delete is refused for two days, and applications write on. */
    @Test
    void aSnapshotOfTwoDaysAgoDoesNotLetTheCacheGo() {
        made("deletionPolicy: Snapshot");
        Fault denied = operator.simulator()
                .faults()
                .refuse(
                        FaultScope.operation("elasticache", "DeleteReplicationGroup"),
                        Trigger.always(),
                        AwsError.badRequest(
                                "AccessDenied",
                                "User is not authorized to perform: elasticache:DeleteReplicationGroup"));
        operator.delete("a");
        await("the delete")
                .atMost(Duration.ofSeconds(30))
                .until(() -> operator.awsWrites().contains("DeleteReplicationGroup"));
        clock.passes(Duration.ofDays(2));
        operator.simulator().faults().remove(denied);
        assertThat(awaitBlocked("SnapshotFailed").message())
                .contains(console().snapshots().getFirst(), "has nothing of what was written since");
        assertThat(console().replicationGroup("guarded").orElseThrow().status()).isEqualTo("available");
        operator.apply(valkey("deletionPolicy: Delete"));
        operator.awaitGone("a");
        assertThat(console().replicationGroups()).isEmpty();
    }

    @Test
    void aSnapshotThatFailsGivesWayToThePolicyDelete() {
        made("deletionPolicy: Snapshot");
        operator.simulator().elastiCacheKnobs().failSnapshot("guarded");
        operator.delete("a");
        awaitBlocked("SnapshotFailed");
        operator.apply(valkey("deletionPolicy: Delete"));
        operator.awaitGone("a");
        assertThat(console().replicationGroups()).isEmpty();
        assertThat(operator.awsWrites()).containsOnlyOnce("CreateSnapshot");
    }

    /** While AWS takes the snapshot, the user decides to keep the cache. */
    @Test
    void retainKeepsTheCacheThoughItsSnapshotIsUnderWay() {
        made("deletionPolicy: Snapshot");
        operator.simulator().hooks().afterEffect(call -> call.is("elasticache", "CreateSnapshot"), call -> {
            operator.apply(valkey("deletionPolicy: Retain"));
            return Verdict.PROCEED;
        });
        operator.delete("a");
        operator.awaitGone("a");
        assertTheCacheStays();
        assertThat(operator.awsWrites()).containsExactly("CreateSnapshot");
        assertThat(operator.secret("a-cache-auth").orElseThrow().getMetadata().getOwnerReferences())
                .as("the token outlives the CR with the cache")
                .isEmpty();
        assertThat(operator.secret("a-cache").orElseThrow().getMetadata().getOwnerReferences())
                .isEmpty();
        operator.awaitAws(
                "a",
                "an Event says what stays and why",
                () -> operator.events("a").stream()
                        .anyMatch(event -> event.startsWith("LeftBehind: guarded") && event.contains("Retain")));
    }

    @Test
    void aPolicyThatBecomesSnapshotBeforeTheDeleteIsSentIsFollowed() {
        made("deletionPolicy: Delete");
        console().changeReplicationGroup("guarded", group -> group.status("modifying"));
        operator.delete("a");
        operator.awaitCluster(
                "a",
                "waits for the cache",
                a -> a.getStatus().plan() != null
                        && a.getStatus().plan().steps().getFirst().action().equals("AwaitAvailable"));
        operator.apply(valkey("deletionPolicy: Snapshot"));
        console().changeReplicationGroup("guarded", group -> group.status("available"));
        assertGoneWithASnapshot();
        assertThat(operator.awsWrites()).containsSubsequence("CreateSnapshot", "DeleteReplicationGroup");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Snapshot", "Delete", "Retain"})
    void aDeletionWhileTheCacheIsMadeWaitsAndThenFollowsThePolicy(String policy) {
        operator.apply(valkey("deletionPolicy: " + policy));
        operator.awaitCluster(
                "a", "has its create call sent", a -> a.getStatus().id() != null);
        operator.delete("a");
        if (policy.equals("Snapshot")) {
            assertGoneWithASnapshot();
        } else {
            operator.awaitGone("a");
            assertThat(console().replicationGroups())
                    .isEqualTo(policy.equals("Retain") ? List.of("guarded") : List.of());
        }
        assertThat(operator.awsWrites()).containsOnlyOnce("CreateReplicationGroup");
    }

    @Test
    void aCacheOfAnotherThatAwsCouldNotMakeIsLeft() {
        operator.simulator().elastiCacheKnobs().failCreate("guarded");
        operator.account()
                .elastiCache()
                .createReplicationGroup(r -> r.replicationGroupId("guarded")
                        .replicationGroupDescription("somebody else's")
                        .engine("valkey")
                        .cacheNodeType("cache.t4g.small")
                        .numCacheClusters(1)
                        .transitEncryptionEnabled(true)
                        .tags(t -> t.key("cacheoperator.io/owner").value("other/ns/name")));
        operator.awaitAws(
                "a",
                "it could not be made",
                () -> console()
                        .replicationGroup("guarded")
                        .orElseThrow()
                        .status()
                        .equals("create-failed"));
        operator.simulator().callLog().clear();
        operator.apply(valkey("deletionPolicy: Delete"));
        operator.awaitCondition("a", "Ready", Condition.Status.FALSE);
        operator.delete("a");
        operator.awaitGone("a");
        assertThat(operator.awsWrites()).isEmpty();
        assertThat(console().replicationGroups()).containsExactly("guarded");
    }
}
