package io.cacheoperator.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.core.Condition;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that the program says while caches are made, changed, damaged and deleted, at its most talkative: JSON lines that
 * tell whose step was taken and why, and no secret anywhere.
 */
@RequiresApiServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProgramOutputIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String USERS_TOKEN = "Users&Token^With-Signs0123456789";
    private static final String REFUSED_TOKEN = "short/token";

    private OperatorHarness world;
    private OperatorProgram program;
    private String generatedToken;
    private String said;
    private final List<String> versions = new CopyOnWriteArrayList<>();

    @BeforeAll
    void wholeRun(ApiServer server, @TempDir Path folder) throws IOException {
        world = OperatorHarness.start(server).patient(Duration.ofSeconds(120));
        world.app().close();
        Watch everyVersion = world.admin()
                .resources(CacheCluster.class)
                .inNamespace(world.namespace())
                .watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, CacheCluster version) {
                        versions.add(Serialization.asYaml(version));
                    }

                    @Override
                    public void onClose(WatcherException cause) {
                        versions.add("the watch ended: " + cause);
                    }
                });
        program = OperatorProgram.start(folder, OperatorUser.kubeconfig(server, world.admin()), environment());
        run();
        program.close();
        everyVersion.close();
        said = program.output();
    }

    private Map<String, String> environment() {
        return Map.of(
                "AWS_REGION",
                OperatorHarness.REGION,
                "AWS_ENDPOINT_URL",
                world.simulator().endpoint().toString(),
                "AWS_ACCESS_KEY_ID",
                SimulatedAccount.OPERATOR,
                "AWS_SECRET_ACCESS_KEY",
                "TheOperatorsOwnSecretKey",
                "CACHE_OPERATOR_CLUSTER_NAME",
                "it-" + world.namespace(),
                "CACHE_OPERATOR_WATCH_NAMESPACES",
                world.namespace(),
                "CACHE_OPERATOR_LOG_FORMAT",
                "json",
                "CACHE_OPERATOR_LOG_LEVEL",
                "trace",
                "CACHE_OPERATOR_HTTP_PORT",
                "0",
                "CACHE_OPERATOR_POLL_INTERVAL",
                "1s");
    }

    private void run() {
        world.apply(cache("generated", "description: first"));
        secret("users", USERS_TOKEN);
        secret("refused", REFUSED_TOKEN);
        world.apply(cache("brought", "auth: {token: {secretRef: {name: users, key: token}}}"));
        world.apply(cache("refused", "auth: {token: {secretRef: {name: refused, key: token}}}"));
        ready("generated");
        ready("brought");
        world.awaitStalled("refused");
        generatedToken = world.secretData("generated-cache-auth").get("current");
        // Edited by a human, and lost.
        world.admin()
                .secrets()
                .inNamespace(world.namespace())
                .withName("generated-cache")
                .edit(secret -> new SecretBuilder(secret)
                        .addToData("password", Base64.getEncoder().encodeToString("wrong".getBytes(UTF_8)))
                        .build());
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(world.secretData("generated-cache")).containsEntry("password", generatedToken));
        world.apply(cache("generated", "description: second"));
        synced("generated");
        for (String name : List.of("generated", "brought", "refused")) {
            world.delete(name);
        }
        for (String name : List.of("generated", "brought", "refused")) {
            world.awaitGone(name);
        }
    }

    @AfterAll
    void stop() {
        if (program != null) {
            program.close();
        }
        world.close();
    }

    private String cache(String name, String more) {
        return """
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: %s}
                spec:
                  engine: valkey
                  nodeType: cache.t4g.small
                  network:
                    subnetIds: [%s]
                    allowFrom: [{cidr: 10.0.0.0/16}]
                  %s
                """.formatted(name, String.join(", ", world.account().subnetIds()), more);
    }

    private void secret(String name, String token) {
        world.admin()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(world.namespace())
                        .endMetadata()
                        .addToStringData("token", token)
                        .build())
                .create();
    }

    private void ready(String name) {
        condition(name, "Ready");
    }

    private void synced(String name) {
        condition(name, "Synced");
    }

    private void condition(String name, String type) {
        world.awaitCondition(name, type, Condition.Status.TRUE);
    }

    private List<JsonNode> lines() {
        return said.lines().map(ProgramOutputIT::parsed).toList();
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }

    private List<JsonNode> linesOf(String name) {
        return lines().stream()
                .filter(line -> line.at("/mdc/resource.name").asText().equals(name))
                .toList();
    }

    @Test
    void everyLineIsJsonWithTimeLevelLoggerAndMessage() {
        assertThat(lines()).hasSizeGreaterThan(10).allSatisfy(line -> {
            assertThat(line.path("timestamp").isNumber()).as("%s", line).isTrue();
            assertThat(line.path("level").asText()).as("%s", line).matches("[A-Z]+");
            assertThat(line.path("loggerName").asText()).as("%s", line).contains(".");
            assertThat(line.path("formattedMessage").asText()).as("%s", line).isNotBlank();
        });
    }

    @Test
    void everyStepIsOneLineWithItsReasonAndItsResource() {
        List<String> steps = linesOf("generated").stream()
                .filter(line -> line.path("level").asText().equals("INFO"))
                .map(line -> line.path("formattedMessage").asText())
                .toList();
        for (String step : List.of(
                "CreateSecurityGroup .*: done; makes the security group of the cache in vpc-.*",
                "AuthorizeSecurityGroupIngress .*: done; lets in .*10\\.0\\.0\\.0/16.*",
                "WriteTokenSecret generated-cache-auth: done; keeps a new AUTH token",
                "CreateReplicationGroup .*: done; makes a valkey cache on cache.t4g.small",
                "ModifyReplicationGroup .*: done; changes .*description.*",
                "CreateSnapshot .*: done; takes the snapshot that precedes the deletion",
                "DeleteReplicationGroup .*: done; deletes the cache")) {
            assertThat(steps)
                    .filteredOn(message -> message.matches(step))
                    .as("%s among%n%s%nelsewhere:%n%s", step, String.join("\n", steps), elsewhere(step))
                    .hasSize(1);
        }
        assertThat(linesOf("generated"))
                .allSatisfy(line ->
                        assertThat(line.at("/mdc/resource.namespace").asText()).isEqualTo(world.namespace()));
    }

    /** Lines of that step, whatever resource they are said of. */
    private String elsewhere(String step) {
        return lines().stream()
                .filter(line -> line.path("formattedMessage").asText().matches(step))
                .map(JsonNode::toString)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void noSecretIsInAnyLine() {
        assertThat(said).isNotBlank().doesNotContain(secrets().toArray(String[]::new));
    }

    @Test
    void noSecretIsInAnyEvent() {
        String events = Serialization.asYaml(world.admin()
                .events()
                .v1()
                .events()
                .inNamespace(world.namespace())
                .list());
        assertThat(events)
                .contains("CreateReplicationGroup")
                .doesNotContain(secrets().toArray(String[]::new));
    }

    @Test
    void noSecretWasEverInAnyStatus() {
        assertThat(versions)
                .anyMatch(version -> version.contains("CreateReplicationGroup"))
                .allSatisfy(
                        version -> assertThat(version).doesNotContain(secrets().toArray(String[]::new)));
    }

    /** Each as it is, as Secrets hold it, and as a URI does. */
    private Set<String> secrets() {
        return Stream.of(generatedToken, USERS_TOKEN, REFUSED_TOKEN, "TheOperatorsOwnSecretKey")
                .flatMap(token -> Stream.of(
                        token,
                        Base64.getEncoder().encodeToString(token.getBytes(UTF_8)),
                        URLEncoder.encode(token, UTF_8)))
                .collect(Collectors.toSet());
    }
}
