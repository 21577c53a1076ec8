package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.core.Condition;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Base64;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Secrets that are removed, edited, of another type or of another owner. */
@RequiresApiServer
class SecretsIT {

    private static final String CLUSTER = """
            apiVersion: cacheoperator.io/v1alpha1
            kind: CacheCluster
            metadata: {name: a}
            spec: {engine: valkey, nodeType: cache.t4g.small}
            """;

    private OperatorHarness operator;

    @BeforeEach
    void start(ApiServer server) {
        operator = OperatorHarness.start(server);
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    private void create(String name, String type, Map<String, String> data) {
        operator.admin()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(operator.namespace())
                        .endMetadata()
                        .withType(type)
                        .withStringData(data)
                        .build())
                .create();
    }

    private void edit(String name, UnaryOperator<Secret> edit) {
        operator.admin()
                .secrets()
                .inNamespace(operator.namespace())
                .withName(name)
                .edit(edit);
    }

    /** AWS's answer to an edit does not tell the nodes. */
    @Test
    void theNodesOfMemcachedStayInItsSecretWhenItIsEdited() {
        String memcached = """
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: m}
                spec: {engine: memcached, nodeType: cache.t4g.micro, nodes: 2, maintenance: {window: "%s"}}
                """;
        operator.apply(memcached.formatted("mon:04:00-mon:05:00"));
        operator.awaitSynced("m");
        Map<String, String> before = operator.secretData("m-cache");
        assertThat(before.get("nodes").split(",")).hasSize(2);
        int written = secretWrites();

        operator.apply(memcached.formatted("tue:04:00-tue:05:00"));
        operator.awaitSynced("m");

        assertThat(operator.secretData("m-cache")).isEqualTo(before);
        assertThat(secretWrites()).as("not even for a moment").isEqualTo(written);
    }

    private int secretWrites() {
        return (int) operator.writes().ofResources().stream()
                .filter(write -> write.contains("/secrets/m-cache"))
                .count();
    }

    @Test
    void aRemovedConnectionSecretIsWrittenAgain() {
        operator.apply(CLUSTER);
        operator.awaitSynced("a");
        Map<String, String> before = operator.secretData("a-cache");
        operator.admin()
                .secrets()
                .inNamespace(operator.namespace())
                .withName("a-cache")
                .delete();
        operator.awaitAws(
                "a", "it is there again", () -> operator.secret("a-cache").isPresent());
        assertThat(operator.secretData("a-cache")).isEqualTo(before);
    }

    @Test
    void aSecretThatAQuotaForbidsIsSaidInTheStatus() {
        ResourceQuota quota = operator.admin()
                .resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName("none")
                        .withNamespace(operator.namespace())
                        .endMetadata()
                        .withNewSpec()
                        .addToHard("count/secrets", new Quantity("0"))
                        .endSpec()
                        .build())
                .create();
        // What the quota controller would say, which does not run here.
        operator.admin()
                .resource(quota)
                .editStatus(counted -> new ResourceQuotaBuilder(counted)
                        .withNewStatus()
                        .addToHard("count/secrets", new Quantity("0"))
                        .addToUsed("count/secrets", new Quantity("0"))
                        .endStatus()
                        .build());
        Secret any = new SecretBuilder()
                .withNewMetadata()
                .withName("any")
                .withNamespace(operator.namespace())
                .endMetadata()
                .build();
        await("the quota to be known")
                .until(() -> catchThrowable(
                                () -> operator.admin().resource(any).dryRun().create())
                        != null);
        operator.apply(CLUSTER);
        CacheCluster said = operator.awaitCluster(
                "a",
                "says what Kubernetes has against its Secret",
                a -> a.getStatus()
                        .condition("Ready")
                        .filter(ready -> ready.reason().equals("SecretRefused"))
                        .isPresent());
        assertThat(said.getStatus().condition("Ready").orElseThrow().message())
                .contains("Kubernetes refuses Secret a-cache-auth", "quota");
        assertThat(said.getStatus().condition("SecretWritten").orElseThrow().reason())
                .isEqualTo("SecretRefused");
        assertThat(operator.simulator().elastiCache(OperatorHarness.REGION).replicationGroups())
                .as("nothing is made whose token would be nowhere")
                .isEmpty();
        operator.admin().resource(quota).delete();
        operator.annotate("a", "cacheoperator.io/reconcile-at", "now");
        operator.awaitSynced("a");
    }

    @Test
    void anEditedConnectionSecretIsPutRight() {
        operator.apply(CLUSTER);
        operator.awaitSynced("a");
        Map<String, String> before = operator.secretData("a-cache");
        edit(
                "a-cache",
                secret -> new SecretBuilder(secret)
                        .addToData("host", Base64.getEncoder().encodeToString("evil".getBytes()))
                        .build());
        operator.awaitAws(
                "a",
                "it says what it said",
                () -> operator.secretData("a-cache").equals(before));
    }

    @Test
    void aConnectionSecretThatLostItsLabelIsFoundAndMarkedAgain() {
        operator.apply(CLUSTER);
        operator.awaitSynced("a");
        edit(
                "a-cache",
                secret -> new SecretBuilder(secret)
                        .editMetadata()
                        .removeFromLabels("cacheoperator.io/secret")
                        .endMetadata()
                        .build());
        operator.awaitAws(
                "a",
                "it has its label",
                () -> operator.secret("a-cache")
                        .orElseThrow()
                        .getMetadata()
                        .getLabels()
                        .containsKey("cacheoperator.io/secret"));
    }

    @Test
    void aSecretOfSomebodyElseIsNeverWrittenOver() {
        create("a-cache", "servicebinding.io/redis", Map.of("mine", "yes"));
        operator.apply(CLUSTER);
        Condition stalled =
                operator.awaitStalled("a").getStatus().condition("Stalled").orElseThrow();
        assertThat(stalled.reason()).as("its type is the right one").isEqualTo("SecretNotOurs");
        assertThat(stalled.message()).contains("a-cache");
        assertThat(operator.secretData("a-cache")).isEqualTo(Map.of("mine", "yes"));
        assertThat(operator.cluster("a")
                        .orElseThrow()
                        .getStatus()
                        .condition("Ready")
                        .orElseThrow()
                        .status())
                .isEqualTo(Condition.Status.FALSE);
        operator.admin()
                .secrets()
                .inNamespace(operator.namespace())
                .withName("a-cache")
                .delete();
        operator.annotate("a", "cacheoperator.io/reconcile-at", "now");
        operator.awaitSynced("a");
    }

    @Test
    void aTokenSecretOfSomebodyElseStopsTheCreate() {
        create("a-cache-auth", "Opaque", Map.of("current", "not-ours-at-all-1234"));
        operator.apply(CLUSTER);
        Condition stalled =
                operator.awaitStalled("a").getStatus().condition("Stalled").orElseThrow();
        assertThat(stalled.reason()).isEqualTo("SecretNotOurs");
        assertThat(operator.account().groups()).isEmpty();
        assertThat(operator.secretData("a-cache-auth")).isEqualTo(Map.of("current", "not-ours-at-all-1234"));
    }

    @Test
    void aUsersTokenIsTakenFromASecretWithoutLabel() {
        create("mine", "Opaque", Map.of("token", "A-token-of-1-user-0123"));
        operator.apply("""
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: a}
                spec:
                  engine: valkey
                  nodeType: cache.t4g.small
                  auth: {type: Token, token: {secretRef: {name: mine, key: token}}}
                """);
        operator.awaitSynced("a");
        assertThat(operator.secretData("a-cache")).containsEntry("password", "A-token-of-1-user-0123");
        assertThat(operator.secretData("a-cache-auth"))
                .as("only by what the user's token is known again")
                .containsOnlyKeys("applied");
    }

    @Test
    void aUsersSecretThatIsMissingIsWaitedForAndThenTaken() {
        operator.apply("""
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: a}
                spec:
                  engine: valkey
                  nodeType: cache.t4g.small
                  auth: {type: Token, token: {secretRef: {name: later, key: token}}}
                """);
        Condition stalled =
                operator.awaitStalled("a").getStatus().condition("Stalled").orElseThrow();
        assertThat(stalled.reason()).isEqualTo("TokenSecretMissing");
        operator.admin()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("later")
                        .withNamespace(operator.namespace())
                        .addToLabels("cacheoperator.io/secret", "token")
                        .endMetadata()
                        .withStringData(Map.of("token", "A-token-of-1-user-0123"))
                        .build())
                .create();
        operator.awaitSynced("a");
    }
}
