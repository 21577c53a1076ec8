package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.simulator.calllog.LoggedCall;
import io.cacheoperator.simulator.elasticache.ElastiCacheConsole;
import io.cacheoperator.simulator.hooks.CallHooks.Verdict;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One subnet group for all caches of a Kubernetes cluster in the same subnets: made with the first, gone with the last. */
@RequiresApiServer
class SharedSubnetGroupIT {

    private OperatorHarness operator;

    @BeforeEach
    void start(ApiServer server) {
        operator = OperatorHarness.start(server);
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    private void apply(String name, String engine, List<String> subnets) {
        operator.apply("""
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: %s}
                spec:
                  engine: %s
                  nodeType: cache.t4g.small
                  deletionPolicy: Delete
                  network: {subnetIds: [%s]}
                """.formatted(name, engine, String.join(", ", subnets)));
    }

    private ElastiCacheConsole console() {
        return operator.simulator().elastiCache(OperatorHarness.REGION);
    }

    private String groupOf(String name) {
        return operator.awaitSynced(name).getStatus().resources().subnetGroupName();
    }

    private List<LoggedCall> calls(String operation) {
        return operator.simulator()
                .callLog()
                .calls(call ->
                        call.operation().equals(operation) && call.outcome().tookEffect());
    }

    @Test
    void theFirstMakesItTheOthersUseItAndTheLastTakesItAway() {
        List<String> all = operator.account().subnetIds();
        apply("a", "valkey", all);
        apply("b", "valkey", all.reversed());
        apply("m", "memcached", all);
        apply("other", "valkey", all.subList(0, 2));
        String shared = groupOf("a");
        assertThat(groupOf("b")).as("in whatever order the subnets are given").isEqualTo(shared);
        assertThat(groupOf("m")).isEqualTo(shared);
        assertThat(groupOf("other")).isNotEqualTo(shared);
        assertThat(console().subnetGroups()).hasSize(2);
        assertThat(calls("CreateCacheSubnetGroup")).hasSize(2);

        operator.delete("a");
        operator.awaitGone("a");
        operator.delete("other");
        operator.awaitGone("other");
        assertThat(console().subnetGroups())
                .as("the shared one has users still; the other had one")
                .containsExactly(shared);
        operator.delete("m");
        operator.awaitGone("m");
        assertThat(console().subnetGroups()).containsExactly(shared);
        operator.awaitReady("b");
        operator.delete("b");
        operator.awaitGone("b");
        assertThat(calls("DeleteCacheSubnetGroup")).hasSize(2);
        operator.assertNothingLeft();
    }

    @Test
    void twoThatGoTogetherDoNotTakeEachOtherForAUser() {
        List<String> all = operator.account().subnetIds();
        apply("a", "valkey", all);
        apply("b", "valkey", all);
        groupOf("a");
        groupOf("b");
        operator.delete("a");
        operator.delete("b");
        operator.awaitGone("a");
        operator.awaitGone("b");
        operator.assertNothingLeft();
    }

    @Test
    void aCacheThatSomebodyPutIntoItKeepsIt() {
        apply("a", "valkey", operator.account().subnetIds());
        String shared = groupOf("a");
        operator.account()
                .elastiCache()
                .createReplicationGroup(r -> r.replicationGroupId("by-hand")
                        .replicationGroupDescription("made by hand")
                        .engine("valkey")
                        .cacheNodeType("cache.t4g.small")
                        .numCacheClusters(1)
                        .cacheSubnetGroupName(shared)
                        .transitEncryptionEnabled(true));
        operator.delete("a");
        operator.awaitGone("a");
        assertThat(console().subnetGroups()).containsExactly(shared);
        assertThat(calls("DeleteCacheSubnetGroup")).isEmpty();
        assertThat(console().replicationGroups()).containsExactly("by-hand");
    }

    /** A group of that name which somebody else tagged as theirs is used, for that changes nothing in it, and never deleted. */
    @Test
    void oneThatBelongsToAnotherIsUsedAndLeft() {
        apply("a", "valkey", operator.account().subnetIds());
        String shared = groupOf("a");
        String arn = console().subnetGroup(shared).orElseThrow().arn();
        console().setTags(arn, java.util.Map.of("cacheoperator.io/owner", "another-cluster"));
        operator.restart();
        operator.delete("a");
        operator.awaitGone("a");
        assertThat(console().subnetGroups()).containsExactly(shared);
        assertThat(calls("DeleteCacheSubnetGroup")).isEmpty();
        operator.awaitAws(
                "a",
                "an Event says that it was left",
                () -> operator.events("a").stream()
                        .anyMatch(event -> event.startsWith("LeftBehind: ") && event.contains(shared)));
    }

    /** The last user's deletion and the next one's creation meet. */
    @Test
    void oneThatVanishesJustBeforeItIsUsedIsMadeAgain() {
        apply("a", "valkey", operator.account().subnetIds());
        String shared = groupOf("a");
        AtomicBoolean once = new AtomicBoolean();
        operator.simulator().hooks().before(call -> call.is("elasticache", "CreateReplicationGroup"), call -> {
            if (once.compareAndSet(false, true)) {
                console().deleteReplicationGroup(operator.status("a").id());
                operator.awaitAws("a", "the subnet group is released and deleted", () -> {
                    operator.account().elastiCache().deleteCacheSubnetGroup(r -> r.cacheSubnetGroupName(shared));
                    return true;
                });
            }
            return Verdict.PROCEED;
        });
        apply("b", "valkey", operator.account().subnetIds());
        assertThat(groupOf("b")).isEqualTo(shared);
        assertThat(calls("CreateCacheSubnetGroup")).hasSize(2);
        assertThat(calls("CreateReplicationGroup")).hasSize(2);
    }
}
