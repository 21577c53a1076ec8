package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.app.OperatorConfig.Defaults;
import io.cacheoperator.core.Condition;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only AWS can know becomes a condition with AWS's words and the field to change, and heals when it is changed. */
@RequiresApiServer
class BadInputIT {

    private OperatorHarness operator;

    @BeforeEach
    void start(ApiServer server) {
        operator = OperatorHarness.start(server);
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    private static String cluster(String spec) {
        return """
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: a}
                spec: {engine: valkey, %s}
                """.formatted(spec);
    }

    private static Condition stalled(CacheCluster cluster) {
        return cluster.getStatus().condition("Stalled").orElseThrow();
    }

    @Test
    void aSubnetThatDoesNotExist() {
        operator.apply(cluster("nodeType: cache.t4g.small, network: {subnetIds: [subnet-0123456789abcdef0]}"));
        Condition stalled = stalled(operator.awaitStalled("a"));
        assertThat(stalled.reason()).isEqualTo("SubnetNotFound");
        assertThat(stalled.message()).contains("subnet-0123456789abcdef0");
        operator.assertNothingLeft();
        operator.apply(cluster("nodeType: cache.t4g.small"));
        operator.awaitSynced("a");
    }

    @Test
    void aNodeTypeThatIsNotOffered() {
        operator.apply(cluster("nodeType: cache.x9g.huge"));
        Condition stalled = stalled(operator.awaitStalled("a"));
        assertThat(stalled.message()).contains("cache.x9g.huge", "spec.nodeType");
        operator.apply(cluster("nodeType: cache.t4g.small"));
        operator.awaitSynced("a");
    }

    @Test
    void aQuotaIsTriedAgainSlowlyAndHealsByItself() {
        operator.simulator().elastiCacheKnobs().quota("NodeQuotaForCustomerExceeded", 0);
        operator.apply(cluster("nodeType: cache.t4g.small"));
        CacheCluster cluster = operator.awaitCluster(
                "a",
                "says quota",
                c -> c.getStatus() != null
                        && c.getStatus()
                                .condition("Ready")
                                .map(r -> r.message().contains("NodeQuotaForCustomerExceeded"))
                                .orElse(false));
        assertThat(cluster.getStatus().condition("Stalled")).isEmpty();
        operator.simulator().elastiCacheKnobs().quota("NodeQuotaForCustomerExceeded", 300);
        operator.awaitSynced("a");
    }

    @Test
    void noSubnetsAtAllStallBeforeAnythingIsMade() {
        operator.restartWith(
                config -> config.withDefaults(new Defaults(List.of(), null, List.of(), Map.of(), null, null)));
        operator.apply(cluster("nodeType: cache.t4g.small"));
        Condition stalled = stalled(operator.awaitStalled("a"));
        assertThat(stalled.message()).contains("spec.network");
        operator.assertNothingLeft();
    }

    @Test
    void anUnknownFieldInAStoredObjectDoesNotStopTheOperator() {
        operator.apply(cluster("nodeType: cache.t4g.small"));
        try {
            operator.storeUnknownField("a", "fromTheFuture");
            operator.awaitSynced("a");
            operator.restart();
            operator.apply(cluster("nodeType: cache.t4g.small").replace("name: a", "name: b"));
            operator.awaitSynced("b");
        } finally {
            operator.forgetUnknownField("fromTheFuture");
        }
    }
}
