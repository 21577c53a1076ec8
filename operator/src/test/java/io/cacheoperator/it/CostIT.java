package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.simulator.calllog.LoggedCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one cache costs, from apply to Ready. */
@RequiresApiServer
class CostIT {

    private OperatorHarness operator;

    @BeforeEach
    void start(ApiServer server) {
        operator = OperatorHarness.start(server);
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    @Test
    void fiveWritesToTheApiServer() {
        operator.apply(RepositoryFiles.example("valkey-minimal"));
        operator.awaitSynced("valkey-minimal");
        String cluster =
                "/apis/cacheoperator.io/v1alpha1/namespaces/" + operator.namespace() + "/cacheclusters/valkey-minimal";
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

    @Test
    void oneCallToAwsForEachThingMade() {
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
