package io.cacheoperator.chart;

import static io.cacheoperator.chart.Manifests.elements;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.Kubectl;
import io.cacheoperator.apiserver.LoopbackPorts;
import io.cacheoperator.simulator.Simulator;
import io.cacheoperator.simulator.elasticache.ElastiCacheConsole;
import io.cacheoperator.simulator.elasticache.ElastiCacheDurations;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;

/**
 * A platform as docs/gitops.md has it: Git, a real Argo CD with our health script, a real API server, a simulated AWS. There is
 * no Kubernetes controller: it reports the Deployment's rollout, and starts what would be its pod.
 */
final class GitOpsPlatform implements AutoCloseable {

    static final String OPERATOR = "elasticache-operator";
    static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String REGION = "eu-west-1";
    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Path directory;
    private final Simulator simulator;
    private final ApiServer server;
    private final GitFolder git;
    private final RunningArgoCd argo;
    private final ApplicationHistory history;
    private final int port = LoopbackPorts.free(1).getFirst();

    GitOpsPlatform(ArgoCd programs, Helm helm, GitFolder git, Path directory) throws IOException {
        this.git = git;
        this.directory = directory;
        try {
            simulator = opened(Simulator.builder()
                    .durations(ElastiCacheDurations.fast())
                    .build()
                    .start());
            server = opened(ApiServer.start(ApiServer.Options.defaults()));
            KubernetesClient client = opened(new KubernetesClientBuilder()
                    .withConfig(Config.fromKubeconfig(server.kubeconfig()))
                    .build());
            argo = opened(RunningArgoCd.start(programs, helm, server, directory.resolve("argocd")));
            history = opened(ApplicationHistory.of(client));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    /** What was started last ends first. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    Kubectl kubectl() {
        return server.kubectl();
    }

    GitFolder git() {
        return git;
    }

    RunningArgoCd argo() {
        return argo;
    }

    ApplicationHistory history() {
        return history;
    }

    Simulator simulator() {
        return simulator;
    }

    ElastiCacheConsole console() {
        return simulator.elastiCache(REGION);
    }

    /** Starts what Argo CD installed and reports to Kubernetes that it is ready. */
    void startOperator() throws IOException {
        InstalledOperator operator =
                opened(InstalledOperator.start(server, OPERATOR, OPERATOR, simulator.endpoint(), directory));
        await().atMost(PATIENCE)
                .failFast(
                        () -> assertThat(operator.isAlive()).as(operator.log()).isTrue())
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(this::operatorIsReady);
        reportRollout();
    }

    /** As long as Argo CD runs. */
    ConditionFactory patiently() {
        return await().atMost(PATIENCE).failFast(argo::assertRuns);
    }

    /** What kubectl prints of something in the namespace of the caches. */
    String inShop(String... arguments) {
        return kubectl()
                .run(Stream.concat(Stream.of(arguments), Stream.of("-n", "shop"))
                        .toArray(String[]::new))
                .expectSuccess();
    }

    /** The Applications of the guide as they stand there, but for addresses and what only this machine has. */
    List<JsonNode> documented() {
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
                        region: %s
                        http: {port: %d}
                        poll: {interval: 1s}
                        probe: {enabled: false}
                        defaults: {subnetIds: [%s], allowFrom: [{cidr: 172.31.0.0/16}]}
                        """.formatted(
                                REGION, port, String.join(", ", SimulatedSubnets.of(simulator.endpoint(), REGION)))));
        return applications;
    }

    /** The documented Application of caches, for another folder and without server-side apply. */
    JsonNode application(String folder) {
        ObjectNode application = documented().getLast().deepCopy();
        ((ObjectNode) application.path("metadata")).put("name", folder);
        ((ObjectNode) application.at("/spec/source")).put("path", folder);
        ((ObjectNode) application.at("/spec/syncPolicy"))
                .set(
                        "syncOptions",
                        Manifests.parseOne("x: [CreateNamespace=true, PrunePropagationPolicy=background]")
                                .path("x"));
        ((ObjectNode) application.at("/spec/syncPolicy")).remove("retry");
        return application;
    }

    private void addressed(JsonNode application) {
        ((ObjectNode) application.at("/spec/source")).put("repoURL", git.url());
        ((ObjectNode) application.at("/spec/destination")).put("server", server.url());
    }

    void apply(JsonNode application) {
        kubectl().apply(application.toString()).expectSuccess();
    }

    void awaitApplication(String name, String sync, String health) {
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

    JsonNode status(String application) {
        return Manifests.parseOne(kubectl()
                        .run("get", "application", application, "-n", RunningArgoCd.NAMESPACE, "-o", "yaml")
                        .expectSuccess())
                .path("status");
    }

    Stream<JsonNode> resources(String application, String kind) {
        return elements(status(application).path("resources"))
                .filter(resource -> resource.path("kind").asText().equals(kind));
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
        String generation = kubectl()
                .run("-n", OPERATOR, "get", "deployment", OPERATOR, "-o", "jsonpath={.metadata.generation}")
                .expectSuccess();
        kubectl()
                .run(
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
