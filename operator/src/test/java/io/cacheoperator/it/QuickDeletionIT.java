package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.simulator.faults.FaultScope;
import io.cacheoperator.simulator.faults.Trigger;
import io.cacheoperator.simulator.hooks.CallHooks.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What never got to AWS goes in seconds where that can be known, and is waited for where it cannot. */
@RequiresApiServer
class QuickDeletionIT {

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

    private static String valkey(String name, String spec) {
        return """
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: %s}
                spec: {engine: valkey, deletionPolicy: Delete, %s}
                """.formatted(name, spec);
    }

    private static String valkey(String name) {
        return valkey(name, "nodeType: cache.t4g.small");
    }

    /** The operator has been running long enough that what one before it sent would be seen. */
    private void runForFiveMinutes() {
        operator.apply(valkey("first"));
        operator.awaitSynced("first");
        operator.delete("first");
        operator.awaitGone("first");
        clock.passes(Duration.ofMinutes(5));
        operator.simulator().callLog().clear();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nodeType: cache.t4g.small, network: {subnetIds: [subnet-0123456789abcdef0]}",
                "nodeType: cache.t4g.small, engineVersion: '7.9'",
                "nodeType: cache.x9g.huge"
            })
    void whatAwsOrTheChecksRefusedGoesAtOnce(String spec) {
        runForFiveMinutes();
        operator.apply(valkey("a", spec));
        operator.awaitStalled("a");
        operator.delete("a");
        operator.awaitGone("a");
        operator.assertNothingLeft();
        assertThat(operator.simulator().callLog().calls("elasticache", "CreateReplicationGroup"))
                .noneMatch(call -> call.outcome().tookEffect());
    }

    @Test
    void whatAQuotaKeptFromBeingMadeGoesAtOnce() {
        runForFiveMinutes();
        operator.simulator().elastiCacheKnobs().quota("NodeQuotaForCustomerExceeded", 0);
        operator.apply(valkey("a"));
        operator.awaitCluster(
                "a",
                "says quota",
                a -> a.getStatus() != null
                        && a.getStatus()
                                .condition("Ready")
                                .filter(ready -> ready.message().contains("NodeQuotaForCustomerExceeded"))
                                .isPresent());
        operator.delete("a");
        operator.awaitGone("a");
        operator.assertNothingLeft();
    }

    @Test
    void whatWasDeletedBeforeTheOperatorLookedGoesAtOnce() {
        runForFiveMinutes();
        operator.apply(valkey("a")
                .replace(
                        "metadata: {",
                        "metadata: {annotations: {cacheoperator.io/paused: 'true'}, "
                                + "finalizers: [cacheoperator.io/cachecluster], "));
        operator.delete("a");
        operator.annotate("a", "cacheoperator.io/paused", "false");
        operator.awaitGone("a");
        assertThat(operator.awsWrites()).isEmpty();
    }

    /** A create call whose answer was lost, and an AWS that denies the cache still: what was made is found and deleted. */
    @Test
    void whatMayHaveBeenMadeIsWaitedFor() {
        runForFiveMinutes();
        operator.simulator()
                .faults()
                .loseResponse(FaultScope.operation("elasticache", "CreateReplicationGroup"), Trigger.next(1));
        operator.simulator().hooks().afterEffect(call -> call.is("elasticache", "CreateReplicationGroup"), call -> {
            operator.simulator().faults().staleReads(FaultScope.service("elasticache"), Duration.ofSeconds(20));
            operator.delete("a");
            return Verdict.PROCEED;
        });
        operator.apply(valkey("a"));
        operator.awaitCluster(
                "a",
                "waits for AWS to show it",
                a -> a.getStatus() != null
                        && a.getStatus().plan() != null
                        && a.getStatus().plan().steps().getFirst().action().equals("CreateReplicationGroup"));
        operator.simulator().faults().clear();
        operator.simulator().hooks().clear();
        operator.awaitGone("a");
        operator.assertNothingLeft();
    }
}
