package io.cacheoperator.chart;

import static io.cacheoperator.chart.Manifests.elements;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.Kubectl;
import io.cacheoperator.apiserver.LoopbackPorts;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.simulator.Simulator;
import io.cacheoperator.simulator.elasticache.ElastiCacheDurations;
import io.cacheoperator.simulator.hooks.CallHooks.Verdict;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Argo CD brings CRDs, chart and examples from Git, with the Applications of docs/gitops.md and the health script of docs/;
 * the operator that it installs makes the caches in a simulated AWS. There is no Kubernetes controller but the API server: the test
 * reports the Deployment's rollout, and starts what would be its pod.
 */
@RequiresApiServer
@RequiresHelm
@RequiresArgoCd
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ArgoCdSyncIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration QUIET = Duration.ofMinutes(2);
    private static final String OPERATOR = "elasticache-operator";
    private static final String CRD = "cacheclusters.cacheoperator.io";
    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    private final Simulator simulator =
            Simulator.builder().durations(ElastiCacheDurations.fast()).build();
    private Path directory;
    private ApiServer server;
    private Kubectl kubectl;
    private KubernetesClient client;
    private RunningArgoCd argo;
    private GitFolder git;
    private ApplicationHistory history;
    private InstalledOperator operator;
    private int port;
    private Instant quietFrom;

    @BeforeAll
    void start(ArgoCd programs, Helm helm, @TempDir Path temp) throws IOException {
        directory = temp;
        simulator.start();
        server = ApiServer.start(ApiServer.Options.defaults());
        kubectl = server.kubectl();
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.kubeconfig()))
                .build();
        port = LoopbackPorts.free(1).getFirst();
        git = GitFolder.create(temp.resolve("platform.git"))
                .copy(Repository.CHART, "helm/elasticache-operator")
                .copy(Repository.ROOT.resolve("examples"), "caches")
                .write(
                        "client-side/cache.yaml",
                        cache("client-side", "engine: memcached, nodeType: cache.t4g.micro, nodes: 1"))
                .write("broken/cache.yaml", cache("broken", """
                        engine: valkey, nodeType: cache.t4g.small, network: {subnetIds: [subnet-0123456789abcdef0]}"""))
                .write("refused/cache.yaml", cache("refused", """
                        engine: memcached, nodeType: cache.t4g.micro, replicasPerShard: 1"""));
        git.commit("all that the platform has");
        argo = RunningArgoCd.start(programs, helm, server, temp.resolve("argocd"));
        history = ApplicationHistory.of(client);
    }

    @AfterAll
    void stop() {
        Stream.of(operator, history, argo, client, server, simulator).forEach(ArgoCdSyncIT::close);
    }

    private static void close(AutoCloseable part) {
        if (part != null) {
            try {
                part.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    @Order(1)
    void installsCrdsAndOperator() throws IOException {
        for (JsonNode application : documented()) {
            apply(application);
        }
        awaitApplication(OPERATOR, "Synced", "Progressing");
        kubectl.run("wait", "--for=condition=Established", "--timeout=20s", "crd/" + CRD)
                .expectSuccess();

        operator = InstalledOperator.start(server, OPERATOR, OPERATOR, simulator.endpoint(), directory);
        await().atMost(PATIENCE)
                .failFast(
                        () -> assertThat(operator.isAlive()).as(operator.log()).isTrue())
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(this::operatorIsReady);
        reportRollout();
        awaitApplication(OPERATOR, "Synced", "Healthy");
    }

    @Test
    @Order(2)
    void everyExampleIsSyncedAndHealthy() throws IOException {
        apply(application("client-side"));
        awaitApplication("caches", "Synced", "Healthy");
        awaitApplication("client-side", "Synced", "Healthy");
        quietFrom = Instant.now();

        List<String> healthy = resources("caches", "CacheCluster")
                .filter(resource -> resource.at("/health/status").asText().equals("Healthy"))
                .map(resource -> resource.path("name").asText())
                .sorted()
                .toList();
        assertThat(healthy).isEqualTo(examples());
        assertThat(names(
                        "get",
                        "ccl",
                        "-n",
                        "shop",
                        "-o",
                        "jsonpath={range .items[?(@.status.phase==\"Available\")]}{.metadata.name} {end}"))
                .isEqualTo(examples());
    }

    @Test
    @Order(3)
    void brokenOneIsDegradedWithTheOperatorsMessage() {
        apply(application("broken"));
        awaitApplication("broken", "Synced", "Degraded");

        String said = kubectl.run(
                        "get",
                        "ccl",
                        "broken",
                        "-n",
                        "shop",
                        "-o",
                        "jsonpath={.status.conditions[?(@.type==\"Stalled\")].message}")
                .expectSuccess();
        assertThat(said).contains("subnet-0123456789abcdef0");
        assertThat(resources("broken", "CacheCluster")
                        .map(resource -> resource.at("/health/message").asText()))
                .containsExactly(said);
    }

    @Test
    @Order(4)
    void specThatTheApiServerRefusesFailsTheSyncWithItsMessage() {
        apply(application("refused"));

        await().atMost(PATIENCE)
                .failFast(argo::assertRuns)
                .untilAsserted(() -> assertThat(
                                status("refused").path("operationState").toString())
                        .contains("\"phase\":\"Failed\"", "`replicasPerShard` is for valkey and redis: set `nodes`"));
        assertThat(kubectl.run("get", "ccl", "refused", "-n", "shop").succeeded())
                .isFalse();
    }

    /** While AWS takes a snapshot, somebody changes AWS, and a Secret is removed: nothing of that is in Git. */
    @Test
    @Order(5)
    void nothingFlipsBackToOutOfSyncInTwoMinutes() {
        disturb("valkey-minimal");

        await().atMost(QUIET.plus(PATIENCE))
                .failFast(argo::assertRuns)
                .until(() -> Duration.between(quietFrom, Instant.now()).compareTo(QUIET) > 0);

        for (String application : List.of(OPERATOR, "caches", "client-side")) {
            List<ApplicationHistory.Seen> seen = history.of(application, quietFrom);
            assertThat(seen)
                    .as(application)
                    .extracting(ApplicationHistory.Seen::sync)
                    .containsOnly("Synced");
            assertThat(seen.stream().map(ApplicationHistory.Seen::reconciledAt).distinct())
                    .as("how often Argo CD compared " + application)
                    .hasSizeGreaterThan(10);
        }
        assertThat(history.of("client-side", quietFrom))
                .extracting(ApplicationHistory.Seen::health)
                .containsOnly("Healthy");
        awaitApplication("caches", "Synced", "Healthy");
    }

    private void disturb(String cache) {
        String id = kubectl.run("get", "ccl", cache, "-n", "shop", "-o", "jsonpath={.status.id}")
                .expectSuccess();
        var aws = simulator.elastiCache("eu-west-1");
        aws.changeReplicationGroup(id, group -> group.snapshotRetentionLimit(1));
        kubectl.run("delete", "secret", cache + "-cache", "-n", "shop").expectSuccess();
        await().atMost(PATIENCE)
                .failFast(
                        () -> assertThat(operator.isAlive()).as(operator.log()).isTrue())
                .untilAsserted(() -> {
                    assertThat(kubectl.run("get", "secret", cache + "-cache", "-n", "shop")
                                    .succeeded())
                            .isTrue();
                    assertThat(aws.replicationGroup(id).orElseThrow().snapshotRetentionLimit())
                            .isEqualTo(7);
                });
    }

    /** So Argo CD does look: what differs from Git is seen. */
    @Test
    @Order(6)
    void editByHandIsPutBack() {
        Instant from = Instant.now();
        kubectl.run(
                        "patch",
                        "ccl",
                        "parameters-and-tags",
                        "-n",
                        "shop",
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"description\":\"by hand\"}}")
                .expectSuccess();

        await().atMost(PATIENCE)
                .failFast(argo::assertRuns)
                .untilAsserted(() -> assertThat(kubectl.run(
                                        "get",
                                        "ccl",
                                        "parameters-and-tags",
                                        "-n",
                                        "shop",
                                        "-o",
                                        "jsonpath={.spec.description}")
                                .expectSuccess())
                        .isEqualTo("sessions of the shop"));
        awaitApplication("caches", "Synced", "Healthy");
        assertThat(history.of("caches", from))
                .extracting(ApplicationHistory.Seen::sync)
                .contains("OutOfSync");
    }

    @Test
    @Order(7)
    void prunedCacheIsSavedThenDeletedAndTheSyncWaitsForIt() {
        String id = kubectl.run("get", "ccl", "auth-from-secret", "-n", "shop", "-o", "jsonpath={.status.id}")
                .expectSuccess();
        var aws = simulator.elastiCache("eu-west-1");
        List<Boolean> savedBefore = new CopyOnWriteArrayList<>();
        simulator.hooks().before(call -> call.is("elasticache", "DeleteReplicationGroup"), call -> {
            savedBefore.add(aws.snapshots().stream()
                    .flatMap(name -> aws.snapshot(name).stream())
                    .anyMatch(snapshot -> snapshot.replicationGroupId().equals(id)
                            && snapshot.snapshotStatus().equals("available")));
            return Verdict.PROCEED;
        });
        git.remove("caches/auth-from-secret.yaml").commit("no longer needed");
        argo.refresh("caches");

        await().atMost(PATIENCE)
                .failFast(argo::assertRuns)
                .untilAsserted(() -> assertThat(
                                status("caches").at("/operationState/message").asText())
                        .contains("waiting for deletion of", "cacheoperator.io/CacheCluster/auth-from-secret"));
        await().atMost(PATIENCE)
                .failFast(argo::assertRuns)
                .untilAsserted(() -> assertThat(
                                status("caches").at("/operationState/phase").asText())
                        .isEqualTo("Succeeded"));
        assertThat(savedBefore).containsExactly(true);
        assertThat(aws.replicationGroup(id)).isEmpty();
        assertThat(kubectl.run(
                                "get",
                                "ccl/auth-from-secret",
                                "secret/auth-from-secret-token",
                                "-n",
                                "shop",
                                "--ignore-not-found",
                                "-o",
                                "name")
                        .expectSuccess())
                .isEmpty();
        awaitApplication("caches", "Synced", "Healthy");
    }

    @Test
    @Order(8)
    void crdsThatLeaveGitAreKept() {
        kubectl.run("patch", "application", OPERATOR, "-n", RunningArgoCd.NAMESPACE, "--type=merge", "-p", """
                        {"spec": {"source": {"helm": {"valuesObject": {"crds": {"install": false}}}}}}""")
                .expectSuccess();

        await().atMost(PATIENCE).failFast(argo::assertRuns).untilAsserted(() -> {
            JsonNode state = status(OPERATOR).path("operationState");
            assertThat(state.at("/operation/sync").toString() + state.at("/syncResult/source/helm"))
                    .contains("\"install\":false");
            assertThat(state.path("phase").asText()).isEqualTo("Succeeded");
        });
        assertThat(kubectl.run("get", "crd", CRD, "-o", "jsonpath={.metadata.deletionTimestamp}")
                        .expectSuccess())
                .isEmpty();
    }

    @Test
    @Order(9)
    void deletedApplicationsLeaveSnapshotsAndCrdsAndNothingElse() {
        Instant from = Instant.now();
        for (String application : List.of("caches", "client-side", "broken")) {
            kubectl.run("delete", "application", application, "-n", RunningArgoCd.NAMESPACE, "--timeout=3m")
                    .expectSuccess();
        }
        assertThat(kubectl.run("get", "ccl", "-A", "-o", "name").expectSuccess())
                .isEmpty();
        var aws = simulator.elastiCache("eu-west-1");
        assertThat(aws.replicationGroups()).isEmpty();
        assertThat(aws.cacheClusters()).isEmpty();
        assertThat(aws.snapshots()).hasSize(6);

        kubectl.run("patch", "application", OPERATOR, "-n", RunningArgoCd.NAMESPACE, "--type=merge", "-p", """
                        {"metadata": {"finalizers": ["resources-finalizer.argocd.argoproj.io"]}}""")
                .expectSuccess();
        kubectl.run("delete", "application", OPERATOR, "-n", RunningArgoCd.NAMESPACE, "--timeout=3m")
                .expectSuccess();
        assertThat(kubectl.run("-n", OPERATOR, "get", "deployment,configmap,serviceaccount,service", "-o", "name")
                        .expectSuccess())
                .doesNotContain(OPERATOR);
        assertThat(kubectl.run("get", "crd", CRD, "-o", "jsonpath={.metadata.deletionTimestamp}")
                        .expectSuccess())
                .isEmpty();
        assertThat(history.of("caches", from)).isNotEmpty();
    }

    /** The Applications of the guide as they stand there, but for addresses and what only this machine has. */
    private List<JsonNode> documented() {
        String page = Repository.read("docs/gitops.md");
        List<JsonNode> applications = YAML.matcher(page)
                .results()
                .filter(block -> block.group(1).contains("kind: Application\n"))
                .flatMap(block -> Manifests.parse(block.group(1)).objects().stream())
                .toList();
        assertThat(applications)
                .extracting(a -> a.at("/metadata/name").asText())
                .containsExactly(OPERATOR, "caches");
        applications.forEach(this::addressed);
        ((ObjectNode) applications.getFirst().at("/spec/source/helm/valuesObject")).setAll((ObjectNode)
                Manifests.parseOne("""
                        region: eu-west-1
                        http: {port: %d}
                        poll: {interval: 1s}
                        probe: {enabled: false}
                        defaults: {subnetIds: [%s], allowFrom: [{cidr: 172.31.0.0/16}]}
                        """.formatted(
                                port, String.join(", ", SimulatedSubnets.of(simulator.endpoint(), "eu-west-1")))));
        return applications;
    }

    /** The documented Application of caches, for another folder and without server-side apply. */
    private JsonNode application(String folder) {
        ObjectNode application = documented().getLast().deepCopy();
        ((ObjectNode) application.path("metadata")).put("name", folder);
        ((ObjectNode) application.at("/spec/source")).put("path", folder);
        ((ObjectNode) application.at("/spec/syncPolicy"))
                .set(
                        "syncOptions",
                        Manifests.parseOne("x: [CreateNamespace=true]").path("x"));
        ((ObjectNode) application.at("/spec/syncPolicy")).remove("retry");
        return application;
    }

    private void addressed(JsonNode application) {
        ((ObjectNode) application.at("/spec/source")).put("repoURL", git.url());
        ((ObjectNode) application.at("/spec/destination")).put("server", server.url());
    }

    private void apply(JsonNode application) {
        kubectl.apply(application.toString()).expectSuccess();
    }

    private static String cache(String name, String spec) {
        return """
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: %s}
                spec: {%s}
                """.formatted(name, spec.strip());
    }

    private void awaitApplication(String name, String sync, String health) {
        await(name + " is " + sync + " and " + health)
                .atMost(PATIENCE)
                .failFast(argo::assertRuns)
                .untilAsserted(() -> {
                    JsonNode status = status(name);
                    assertThat(status.at("/sync/status").asText() + " "
                                    + status.at("/health/status").asText())
                            .as(() -> status.toPrettyString() + argo.logs())
                            .isEqualTo(sync + " " + health);
                });
    }

    private JsonNode status(String application) {
        return Manifests.parseOne(
                        kubectl.run("get", "application", application, "-n", RunningArgoCd.NAMESPACE, "-o", "yaml")
                                .expectSuccess())
                .path("status");
    }

    private Stream<JsonNode> resources(String application, String kind) {
        return elements(status(application).path("resources"))
                .filter(resource -> resource.path("kind").asText().equals(kind));
    }

    private List<String> names(String... get) {
        return Stream.of(kubectl.run(get).expectSuccess().strip().split(" "))
                .sorted()
                .toList();
    }

    private static List<String> examples() throws IOException {
        try (Stream<Path> files = Files.list(Repository.ROOT.resolve("examples"))) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", ""))
                    .sorted()
                    .toList();
        }
    }

    private boolean operatorIsReady() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI ready = URI.create("http://127.0.0.1:" + port + "/readyz");
            return http.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        }
    }

    /** What Kubernetes' own controllers write once the pod is ready. */
    private void reportRollout() {
        String generation = kubectl.run(
                        "-n", OPERATOR, "get", "deployment", OPERATOR, "-o", "jsonpath={.metadata.generation}")
                .expectSuccess();
        kubectl.run(
                        "-n",
                        OPERATOR,
                        "patch",
                        "deployment",
                        OPERATOR,
                        "--subresource=status",
                        "--type=merge",
                        "-p",
                        """
                        {"status": {"observedGeneration": %s, "replicas": 1, "updatedReplicas": 1, "readyReplicas": 1, "availableReplicas": 1,
                          "conditions": [{"type": "Available", "status": "True"}]}}""".formatted(generation))
                .expectSuccess();
    }
}
