package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.core.Condition;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Edits of what a spec says of Secrets, and of the Secrets with tokens themselves. */
@RequiresApiServer
class SecretChangesIT {

    private static final String FIRST = "A-token-of-1-user-0123";
    private static final String SECOND = "Another-token-of-1-user";

    private OperatorHarness operator;

    @BeforeEach
    void start(ApiServer server) {
        operator = OperatorHarness.start(server);
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    private static String cluster(String more) {
        return """
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: a}
                spec: {engine: valkey, nodeType: cache.t4g.small, deletionPolicy: Delete%s}
                """.formatted(more);
    }

    private static final String OWN_TOKEN = ", auth: {token: {secretRef: {name: mine, key: token}}}";

    private void createToken() {
        operator.admin()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("mine")
                        .withNamespace(operator.namespace())
                        .addToLabels("cacheoperator.io/secret", "token")
                        .endMetadata()
                        .withStringData(Map.of("token", FIRST))
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

    private void write(String name, String key, String value) {
        edit(
                name,
                secret -> new SecretBuilder(secret)
                        .addToData(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)))
                        .build());
    }

    private void delete(String name) {
        operator.admin()
                .secrets()
                .inNamespace(operator.namespace())
                .withName(name)
                .delete();
    }

    private String reason(String type) {
        return operator.status("a").condition(type).orElseThrow().reason();
    }

    @Test
    void aRenamedConnectionSecretIsWrittenAndTheOldOneGoes() {
        operator.apply(cluster(", connectionSecret: {name: one}"));
        operator.awaitSynced("a");
        Map<String, String> data = operator.secretData("one");

        operator.apply(cluster(", connectionSecret: {name: two}"));
        operator.awaitAws(
                "a", "the old one is gone", () -> operator.secret("one").isEmpty());

        operator.awaitSynced("a");
        assertThat(operator.secretData("two")).isEqualTo(data);
        assertThat(operator.status("a").binding().name()).isEqualTo("two");
    }

    /** What looks like ours and is not owned by this very resource stays. */
    @Test
    void aSecretOfAnotherOwnerIsNoLeftover() {
        operator.apply(cluster(""));
        operator.awaitSynced("a");
        operator.admin()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("copied")
                        .withNamespace(operator.namespace())
                        .addToLabels("cacheoperator.io/secret", "connection")
                        .addToAnnotations("cacheoperator.io/belongs-to", "a")
                        .endMetadata()
                        .withType("servicebinding.io/redis")
                        .withStringData(Map.of("host", "somewhere"))
                        .build())
                .create();

        operator.apply(cluster(", connectionSecret: {name: two}"));
        operator.awaitAws("a", "ours is gone", () -> operator.secret("a-cache").isEmpty());
        operator.awaitSynced("a");
        assertThat(operator.secret("copied")).isPresent();
    }

    @Test
    void labelsAndAnnotationsFollowTheSpecAndThoseOfOthersStay() {
        operator.apply(cluster(", connectionSecret: {labels: {app: shop, tier: web}, annotations: {note: x}}"));
        operator.awaitSynced("a");
        edit(
                "a-cache",
                secret -> new SecretBuilder(secret)
                        .editMetadata()
                        .addToLabels("theirs", "yes")
                        .addToAnnotations("theirs", "yes")
                        .endMetadata()
                        .build());

        operator.apply(cluster(", connectionSecret: {labels: {app: pay}}"));
        operator.awaitAws(
                "a",
                "the labels follow",
                () -> "pay"
                        .equals(operator.secret("a-cache")
                                .orElseThrow()
                                .getMetadata()
                                .getLabels()
                                .get("app")));
        operator.awaitSynced("a");
        Secret secret = operator.secret("a-cache").orElseThrow();
        assertThat(secret.getMetadata().getLabels())
                .containsEntry("theirs", "yes")
                .doesNotContainKey("tier");
        assertThat(secret.getMetadata().getAnnotations())
                .containsEntry("theirs", "yes")
                .doesNotContainKey("note");

        operator.apply(cluster(""));
        operator.awaitAws(
                "a",
                "nothing of the spec is left",
                () -> !operator.secret("a-cache")
                        .orElseThrow()
                        .getMetadata()
                        .getLabels()
                        .containsKey("app"));
        operator.awaitSynced("a");
        assertThat(operator.secret("a-cache").orElseThrow().getMetadata().getAnnotations())
                .doesNotContainKey("cacheoperator.io/given")
                .containsEntry("theirs", "yes");
    }

    @Test
    void anotherTypeUnderItsNameIsSaidAndMendedByRemovingIt() {
        operator.apply(cluster(""));
        operator.awaitSynced("a");
        Secret ours = operator.secret("a-cache").orElseThrow();
        operator.kill();
        delete("a-cache");
        operator.admin()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("a-cache")
                        .withNamespace(operator.namespace())
                        .withLabels(ours.getMetadata().getLabels())
                        .withAnnotations(ours.getMetadata().getAnnotations())
                        .endMetadata()
                        .withType("Opaque")
                        .withData(ours.getData())
                        .build())
                .create();
        operator.startAgain();

        operator.awaitStalled("a");
        assertThat(reason("Stalled")).isEqualTo("SecretTypeConflict");
        assertThat(reason("SecretWritten")).isEqualTo("SecretTypeConflict");
        delete("a-cache");
        operator.awaitSynced("a");
        assertThat(operator.secret("a-cache").orElseThrow().getType()).isEqualTo("servicebinding.io/redis");
    }

    @Test
    void aLostTokenStopsAndIsNeverMadeAnew() {
        operator.apply(cluster(""));
        operator.awaitSynced("a");
        Secret token = operator.secret("a-cache-auth").orElseThrow();
        Map<String, String> connection = operator.secretData("a-cache");
        operator.simulator().callLog().clear();
        delete("a-cache-auth");

        operator.awaitStalled("a");
        assertThat(reason("Stalled")).isEqualTo("TokenLost");
        assertThat(operator.secret("a-cache-auth")).isEmpty();
        assertThat(operator.secretData("a-cache")).isEqualTo(connection);

        operator.admin()
                .resource(new SecretBuilder(token)
                        .editMetadata()
                        .withResourceVersion(null)
                        .withUid(null)
                        .endMetadata()
                        .build())
                .create();
        operator.awaitSynced("a");
        assertThat(operator.simulator().callLog().mutatingSince(0)).isEmpty();
    }

    @Test
    void aGeneratedTokenThatSomebodyEditsIsNotHandedToClients() {
        operator.apply(cluster(""));
        operator.awaitSynced("a");
        Map<String, String> connection = operator.secretData("a-cache");
        String token = operator.secretData("a-cache-auth").get("current");

        write("a-cache-auth", "current", SECOND);
        operator.awaitCondition("a", "Synced", Condition.Status.FALSE);
        assertThat(reason("Synced")).isEqualTo("UnsupportedChange");
        assertThat(operator.status("a").condition("Ready").orElseThrow().status())
                .isEqualTo(Condition.Status.TRUE);
        assertThat(operator.secretData("a-cache")).isEqualTo(connection);

        write("a-cache-auth", "current", token);
        operator.awaitSynced("a");
    }

    @Test
    void aUsersTokenThatChangesIsShownAsAStepAndTheConnectionStays() {
        createToken();
        operator.apply(cluster(OWN_TOKEN));
        operator.awaitSynced("a");
        assertThat(operator.secretData("a-cache-auth"))
                .as("only by what it is known again")
                .containsOnlyKeys("applied");

        write("mine", "token", SECOND);
        operator.awaitCondition("a", "Synced", Condition.Status.FALSE);
        assertThat(operator.status("a").plan().steps()).singleElement().satisfies(step -> {
            assertThat(step.action()).isEqualTo("RotateAuthToken");
            assertThat(step.state()).isEqualTo("Refused");
            assertThat(step.message()).contains("not supported by this version yet");
        });
        assertThat(operator.secretData("a-cache")).containsEntry("password", FIRST);
        delete("a-cache");
        operator.awaitStalled("a");
        assertThat(reason("Stalled")).isEqualTo("TokenLost");
        assertThat(operator.secret("a-cache"))
                .as("no wrong password is handed out")
                .isEmpty();

        write("mine", "token", FIRST);
        operator.awaitSynced("a");
        assertThat(operator.secretData("a-cache")).containsEntry("password", FIRST);
    }
}
