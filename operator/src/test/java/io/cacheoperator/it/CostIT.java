package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.app.OperatorConfig;
import io.cacheoperator.simulator.calllog.LoggedCall;
import io.cacheoperator.simulator.elasticache.ElastiCacheDurations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What caches cost, in calls and writes, which are the same on every machine; how long it takes, `hack/bench.sh` measures. The
 * operator as it ships, and an AWS that takes 10 s to make a cache, by a clock that runs some times as fast as real time.
 */
@RequiresApiServer
class CostIT {

    private static final int MANY = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String PASSES = "cache_operator_passes_total";

    private static OperatorHarness start(ApiServer server, double speed) {
        HarnessSetup setup = HarnessSetup.scaled(speed, ElastiCacheDurations.fast())
                .withConfiguration(config -> config.withDefaults(OperatorConfig.DEFAULT.defaults()));
        OperatorHarness operator = OperatorHarness.start(server, setup).patient(PATIENCE);
        operator.simulator().elastiCacheKnobs().quota("NodeQuotaForCustomerExceeded", 10 * MANY);
        operator.account()
                .elastiCache()
                .createCacheSubnetGroup(r -> r.cacheSubnetGroupName("existing")
                        .cacheSubnetGroupDescription("existing")
                        .subnetIds(operator.account().subnetIds()));
        return operator;
    }

    private static String securityGroup(OperatorHarness operator) {
        return operator.account().ec2().describeSecurityGroups().securityGroups().stream()
                .filter(group -> group.groupName().equals("default"))
                .findFirst()
                .orElseThrow()
                .groupId();
    }

    /** With a subnet group and a security group that exist. */
    private static void apply(OperatorHarness operator, String name) {
        operator.apply("""
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: %s}
                spec:
                  engine: valkey
                  engineVersion: "8.0"
                  nodeType: cache.t4g.small
                  replicasPerShard: 0
                  network: {subnetGroupName: existing, securityGroupIds: [%s]}
                """.formatted(name, securityGroup(operator)));
    }

    private static List<LoggedCall> callsSince(OperatorHarness operator, long seq) {
        return operator.simulator().callLog().calls(call -> call.seq() > seq && SimulatedAccount.isOperators(call));
    }

    /** Asks for one thing by its name, where others are for everyone. */
    private static boolean isForOne(LoggedCall call) {
        return call.request().keySet().stream()
                .anyMatch(name -> name.equals("ReplicationGroupId") || name.equals("CacheClusterId"));
    }

    @Test
    void oneCacheTakesFourCallsOfItsOwnUntilItIsReady(ApiServer server) {
        try (OperatorHarness operator = start(server, 4)) {
            awaitLooked(operator);
            long before = operator.simulator().callLog().lastSeq();
            apply(operator, "one");
            operator.awaitSynced("one");
            assertThat(callsSince(operator, before))
                    .filteredOn(CostIT::isForOne)
                    .as("one create, two looks at the group, one at its member")
                    .hasSizeLessThanOrEqualTo(4)
                    .extracting(LoggedCall::operation)
                    .containsOnlyOnce("CreateReplicationGroup");
        }
    }

    private static void awaitLooked(OperatorHarness operator) {
        operator.awaitAws(
                "", "all was read once", () -> operator.simulator().callLog().count("tagging", "GetResources") > 0);
    }

    @Test
    void oneCacheTakesFiveWritesToTheApiServerUntilItIsReady(ApiServer server) {
        try (OperatorHarness operator = OperatorHarness.start(server)) {
            operator.apply(RepositoryFiles.example("valkey-minimal"));
            operator.awaitSynced("valkey-minimal");
            String cluster = "/apis/cacheoperator.io/v1alpha1/namespaces/" + operator.namespace()
                    + "/cacheclusters/valkey-minimal";
            String secrets = "/api/v1/namespaces/" + operator.namespace() + "/secrets";
            assertThat(operator.writes().ofResources())
                    .as("finalizer, token, status with id, connection, status Ready")
                    .containsExactly(
                            "PATCH " + cluster,
                            "POST " + secrets,
                            "PATCH " + cluster + "/status",
                            "POST " + secrets,
                            "PATCH " + cluster + "/status");
        }
    }

    @Test
    void oneWriteToAwsForEachThingMade(ApiServer server) {
        try (OperatorHarness operator = OperatorHarness.start(server)) {
            operator.apply(RepositoryFiles.example("valkey-minimal"));
            operator.awaitSynced("valkey-minimal");
            assertThat(operator.simulator().callLog().calls(LoggedCall::mutating).stream()
                            .map(LoggedCall::operation))
                    .containsExactly(
                            "CreateSecurityGroup",
                            "AuthorizeSecurityGroupIngress",
                            "CreateCacheSubnetGroup",
                            "CreateReplicationGroup");
        }
    }

    /** The rows of a hundred caches, one after the other, for making them is what takes time. */
    @Test
    void aHundredCachesShareTheirReadsWhenTheyAreMadeWatchedAndAfterARestart(ApiServer server) {
        try (OperatorHarness operator = start(server, 10)) {
            awaitLooked(operator);
            making(operator);
            watching(operator);
            restarting(operator);
        }
    }

    private static void making(OperatorHarness operator) {
        long before = operator.simulator().callLog().lastSeq();
        IntStream.range(0, MANY).forEach(i -> apply(operator, "many-" + i));
        operator.awaitAws("many-0", "all are as their spec says", () -> operator.synced() == MANY);
        assertThat(operator.simulator().callLog().mutatingSince(before))
                .as("one write to AWS for each")
                .hasSize(MANY)
                .allMatch(call -> call.operation().equals("CreateReplicationGroup"));
        assertThat(callsSince(operator, before).size())
                .as("calls to AWS for a hundred, from apply until all are as their spec says")
                .isLessThanOrEqualTo(4 * MANY);
        assertThat(operator.writes().ofResources().size())
                .as("writes to the API server for a hundred")
                .isLessThanOrEqualTo(5 * MANY);
    }

    private static void watching(OperatorHarness operator) {
        Duration time = Duration.ofMinutes(5);
        pass(operator, Duration.ofMinutes(2));
        long before = operator.simulator().callLog().lastSeq();
        operator.writes().clear();
        pass(operator, time);
        assertThat(callsSince(operator, before).size())
                .as("calls to AWS for five checks of a hundred caches, one each minute")
                .isBetween(5, 10 * (int) time.toMinutes());
        assertThat(operator.simulator().callLog().mutatingSince(before)).isEmpty();
        assertThat(operator.writes().all()).as("writes to the API server").isEmpty();
    }

    private static void restarting(OperatorHarness operator) {
        long before = operator.simulator().callLog().lastSeq();
        operator.writes().clear();
        operator.restart();
        operator.awaitAws("many-0", "all are checked", () -> operator.metric(PASSES) >= MANY);
        assertThat(callsSince(operator, before).size())
                .as("calls to AWS until all are checked after a restart")
                .isLessThanOrEqualTo(10);
        pass(operator, Duration.ofMinutes(1));
        assertThat(operator.simulator().callLog().mutatingSince(before)).isEmpty();
        assertThat(operator.writes().all()).as("writes to the API server").isEmpty();
    }

    private static void pass(OperatorHarness operator, Duration time) {
        Instant end = operator.simulator().clock().instant().plus(time);
        operator.awaitAws(
                "",
                time + " are over",
                () -> !operator.simulator().clock().instant().isBefore(end));
    }
}
