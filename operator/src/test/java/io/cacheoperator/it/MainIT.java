package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.cacheoperator.simulator.Simulator;
import io.cacheoperator.simulator.elasticache.ElastiCacheDurations;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a user starts it: environment in, exit code and one sentence out. */
@RequiresApiServer
class MainIT {

    @TempDir
    private Path folder;

    private record Ended(int code, String output) {}

    private OperatorProcess start(Map<String, String> environment) throws IOException {
        return OperatorProcess.start(folder, "operator", environment);
    }

    private Ended run(Map<String, String> environment) throws IOException, InterruptedException {
        try (OperatorProcess program = start(environment)) {
            assertThat(program.endsWithin(60)).as("it ended").isTrue();
            return new Ended(program.exitValue(), program.output());
        }
    }

    private Map<String, String> environment(ApiServer server, String... more) throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), server.kubeconfig());
        Map<String, String> environment = new HashMap<>(Map.of("KUBECONFIG", kubeconfig.toString()));
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return environment;
    }

    @Test
    void saysSoWhereThereIsNoKubeconfig() throws Exception {
        Ended ended = run(Map.of("AWS_REGION", "eu-west-1"));
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output()).contains("There is no kubeconfig").doesNotContain("Exception");
    }

    @Test
    void saysSoWhereTheApiServerDoesNotAnswer() throws Exception {
        String nowhere = """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
                users: [{name: u, user: {token: t}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """;
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), nowhere);
        Ended ended = run(Map.of("AWS_REGION", "eu-west-1", "KUBECONFIG", kubeconfig.toString()));
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output())
                .contains("https://127.0.0.1:1", "does not answer")
                .doesNotContain("\tat ");
    }

    @Test
    void saysSoWhereTheCrdIsMissing() throws Exception {
        try (ApiServer bare = ApiServer.start(ApiServer.Options.defaults())) {
            Ended ended = run(environment(bare, "AWS_REGION", "eu-west-1"));
            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.output())
                    .contains("cacheclusters.cacheoperator.io is not installed", "kubectl apply -f crds/")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void saysSoWhereThereIsNoRegion(ApiServer server) throws Exception {
        try (OperatorHarness installed = OperatorHarness.start(server)) {
            Ended ended = run(environment(
                    server,
                    "CACHE_OPERATOR_CLUSTER_NAME",
                    "c",
                    "CACHE_OPERATOR_WATCH_NAMESPACES",
                    installed.namespace()));
            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.output()).contains("No AWS region is set").doesNotContain("\tat ");
        }
    }

    @Test
    void saysWhichSettingItDoesNotKnow() throws Exception {
        Path config = Files.writeString(folder.resolve("config.yaml"), "regoin: eu-west-1\n");
        Ended ended = run(Map.of("CACHE_OPERATOR_CONFIG", config.toString()));
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output()).contains("there is no setting regoin").doesNotContain("\tat ");
    }

    @Test
    void runsOutsideAClusterByTheSdksStandardVariablesAndStopsWhenTold(ApiServer server) throws Exception {
        KubernetesClient client = ApiWrites.client(server.kubeconfig(), ApiWrites.IGNORED);
        String namespace = server.newNamespace("main");
        try (client;
                Simulator simulator = Simulator.builder()
                        .durations(ElastiCacheDurations.uniform(Duration.ofMillis(100)))
                        .build()
                        .start();
                SimulatedAccount account = new SimulatedAccount(simulator.endpoint(), "eu-west-1")) {
            Path config =
                    Files.writeString(folder.resolve("config.yaml"), """
                    clusterName: main
                    watchNamespaces: [%s]
                    defaults: {subnetIds: %s, allowFrom: [{cidr: 172.31.0.0/16}]}
                    poll: {interval: 1s}
                    probe: {enabled: false}
                    http: {port: 0}
                    """.formatted(namespace, account.subnetIds()));
            try (OperatorProcess program = start(environment(
                    server,
                    "CACHE_OPERATOR_CONFIG",
                    config.toString(),
                    "AWS_REGION",
                    "eu-west-1",
                    "AWS_ENDPOINT_URL",
                    simulator.endpoint().toString(),
                    "AWS_ACCESS_KEY_ID",
                    "test",
                    "AWS_SECRET_ACCESS_KEY",
                    "test"))) {
                awaitReady(client, namespace, program);
                program.process().destroy();
                assertThat(program.endsWithin(30)).isTrue();
                assertThat(program.exitValue()).as(program.output()).isZero();
                assertThat(program.output())
                        .contains("CreateReplicationGroup", namespace + "/a")
                        .doesNotContain(token(client, namespace));
            }
        }
    }

    private static void awaitReady(KubernetesClient client, String namespace, OperatorProcess program) {
        CacheCluster cluster =
                client.getKubernetesSerialization().unmarshal("""
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: a, namespace: %s}
                spec: {engine: valkey, nodeType: cache.t4g.small}
                """.formatted(namespace), CacheCluster.class);
        client.resource(cluster).create();
        await("Ready; the program's words are in " + program.log())
                .atMost(OperatorHarness.PATIENCE)
                .until(() -> client.secrets()
                                .inNamespace(namespace)
                                .withName("a-cache")
                                .get()
                        != null);
    }

    private static String token(KubernetesClient client, String namespace) {
        String encoded = client.secrets()
                .inNamespace(namespace)
                .withName("a-cache")
                .get()
                .getData()
                .get("password");
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }
}
