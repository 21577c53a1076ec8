package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.simulator.faults.FaultScope;
import io.cacheoperator.simulator.faults.Trigger;
import io.cacheoperator.simulator.hooks.CallHooks.Verdict;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator dies, or an answer gets lost, at the worst instant: one cache all the same, and it is ours. */
@RequiresApiServer
class CrashIT {

    private OperatorHarness operator;

    @BeforeEach
    void start(ApiServer server) {
        operator = OperatorHarness.start(server);
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    private void assertOneGroupOwnedAndReady() {
        operator.awaitSynced("valkey-minimal");
        assertThat(operator.account().groups())
                .singleElement()
                .satisfies(group -> assertThat(operator.account().tags(group.arn()))
                        .containsEntry("cacheoperator.io/owner", operator.owner("valkey-minimal")));
        assertThat(operator.account().everything())
                .as("nothing twice, nothing left over")
                .hasSize(5);
        assertThat(operator.secretData("valkey-minimal-cache").get("password"))
                .isEqualTo(operator.secretData("valkey-minimal-cache-auth").get("current"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "elasticache:CreateReplicationGroup",
                "elasticache:CreateCacheSubnetGroup",
                "ec2:CreateSecurityGroup",
                "ec2:AuthorizeSecurityGroupIngress"
            })
    void killedBetweenEffectAndAnswer(String call) throws InterruptedException {
        String service = call.split(":")[0];
        String operation = call.split(":")[1];
        CountDownLatch dead = new CountDownLatch(1);
        operator.simulator().hooks().afterEffect(hooked -> hooked.is(service, operation), hooked -> {
            operator.kill();
            dead.countDown();
            return Verdict.DROP;
        });
        operator.apply(RepositoryFiles.example("valkey-minimal"));
        assertThat(dead.await(30, TimeUnit.SECONDS))
                .as("the operator was killed")
                .isTrue();
        operator.simulator().hooks().clear();
        operator.startAgain();
        assertOneGroupOwnedAndReady();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "elasticache:CreateReplicationGroup",
                "elasticache:CreateCacheSubnetGroup",
                "ec2:CreateSecurityGroup",
                "ec2:AuthorizeSecurityGroupIngress"
            })
    void anAnswerThatIsLost(String call) {
        operator.simulator()
                .faults()
                .loseResponse(FaultScope.operation(call.split(":")[0], call.split(":")[1]), new Trigger.Next(1));
        operator.apply(RepositoryFiles.example("valkey-minimal"));
        assertOneGroupOwnedAndReady();
    }

    @Test
    void aRestartWritesNothing() {
        operator.apply(RepositoryFiles.example("valkey-minimal"));
        operator.awaitSynced("valkey-minimal");
        operator.writes().clear();
        long before = operator.simulator().callLog().lastSeq();
        operator.restart();
        operator.awaitAws(
                "valkey-minimal",
                "the new operator has looked",
                () -> operator.simulator()
                                .callLog()
                                .calls(c -> c.seq() > before && c.operation().equals("DescribeReplicationGroups"))
                                .size()
                        > 0);
        operator.apply("""
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: second}
                spec: {engine: valkey, nodeType: cache.t4g.small}
                """);
        operator.awaitSynced("second");
        assertThat(operator.writes().ofResources()).noneMatch(write -> write.contains("valkey-minimal"));
        assertThat(operator.simulator().callLog().mutatingSince(before))
                .noneMatch(c -> c.toString().contains("valkey-minimal"));
    }
}
