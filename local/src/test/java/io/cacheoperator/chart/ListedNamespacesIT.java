package io.cacheoperator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.Kubectl;
import io.cacheoperator.apiserver.LoopbackPorts;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.simulator.Simulator;
import io.cacheoperator.simulator.elasticache.ElastiCacheDurations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** An operator for two namespaces that has a Role in each, and no right anywhere else in the cluster. */
@RequiresApiServer
@RequiresHelm
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ListedNamespacesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String ACCOUNT = "cache-elasticache-operator";

    private final Simulator simulator = Simulator.builder()
            .durations(ElastiCacheDurations.uniform(Duration.ofMillis(200)))
            .build();
    private AuditLog audit;
    private ApiServer server;
    private Kubectl kubectl;
    private InstalledOperator operator;

    @BeforeAll
    void install(Helm helm, @TempDir Path directory) throws IOException {
        simulator.start();
        audit = new AuditLog(directory, "system:serviceaccount:%s:%s".formatted(Helm.NAMESPACE, ACCOUNT));
        server = ApiServer.start(ApiServer.Options.defaults().withFlags(audit.flags()));
        kubectl = server.kubectl();
        kubectl.run("apply", "-f", Repository.CHART.resolve("files/crds").toString())
                .expectSuccess();
        for (String namespace : List.of("shop", "pay", "other")) {
            kubectl.run("create", "namespace", namespace).expectSuccess();
        }
        Path kubeconfig = directory.resolve("admin");
        server.writeKubeconfig(kubeconfig);
        helm.run(
                        Map.of("KUBECONFIG", kubeconfig.toString()),
                        List.of(
                                "install",
                                Helm.RELEASE,
                                ".",
                                "-n",
                                Helm.NAMESPACE,
                                "--create-namespace",
                                "--set",
                                "clusterName=blue,region=eu-west-1,watch.namespaces={shop,pay}",
                                "--set",
                                "http.port=" + LoopbackPorts.free(1).getFirst()
                                        + ",poll.interval=1s,probe.enabled=false",
                                "--set",
                                "defaults.subnetIds={"
                                        + String.join(",", SimulatedSubnets.of(simulator.endpoint(), "eu-west-1"))
                                        + "}",
                                "--set",
                                "defaults.allowFrom[0].cidr=172.31.0.0/16"))
                .expectSuccess();
        operator = InstalledOperator.start(server, Helm.NAMESPACE, ACCOUNT, simulator.endpoint(), directory);
    }

    @AfterAll
    void stop() {
        if (operator != null) {
            operator.close();
        }
        if (server != null) {
            server.close();
        }
        simulator.close();
    }

    @Test
    @Order(1)
    void cachesOfListedNamespacesBecomeReady() {
        for (String namespace : List.of("other", "shop", "pay")) {
            kubectl.run(
                            "apply",
                            "-n",
                            namespace,
                            "-f",
                            Repository.ROOT
                                    .resolve("examples/valkey-minimal.yaml")
                                    .toString())
                    .expectSuccess();
        }
        for (String namespace : List.of("shop", "pay")) {
            awaitThat(() -> assertThat(get(namespace, "{.status.conditions[?(@.type==\"Ready\")].status}"))
                    .isEqualTo("True"));
        }
    }

    @Test
    @Order(2)
    void cachesOfOtherNamespacesAreLeftAlone() {
        assertThat(get("other", "{.status.conditions}{.metadata.finalizers}")).isEmpty();
        assertThat(simulator.elastiCache("eu-west-1").replicationGroups()).hasSize(2);
        assertThat(kubectl.run("get", "secrets", "-n", "other", "-o", "name").expectSuccess())
                .doesNotContain("valkey-minimal");
    }

    @Test
    @Order(3)
    void deletedCacheIsGone() {
        kubectl.run("delete", "ccl", "valkey-minimal", "-n", "shop", "--timeout=50s")
                .expectSuccess();

        assertThat(simulator.elastiCache("eu-west-1").replicationGroups()).hasSize(1);
        assertThat(simulator.elastiCache("eu-west-1").snapshots()).hasSize(1);
    }

    /** It asks whether its CRD is being deleted too, which nothing cluster-wide lets it know; docs/install.md says so. */
    @Test
    @Order(4)
    void nothingElseIsForbiddenToIt() {
        assertThat(audit.forbidden()).containsExactly("get apiextensions.k8s.io/customresourcedefinitions");
    }

    @Test
    @Order(5)
    void oneThatMayReadItsCrdKeepsCachesWhenTheCrdIsDeleted() {
        for (String command : crdRights()) {
            kubectl.run(command.replace("elasticache-operator:elasticache-operator", Helm.NAMESPACE + ":" + ACCOUNT)
                            .split("\\s+"))
                    .expectSuccess();
        }

        kubectl.run("delete", "crd", "cacheclusters.cacheoperator.io", "--wait=false")
                .expectSuccess();

        awaitThat(() -> assertThat(
                        kubectl.run("get", "ccl", "valkey-minimal", "-n", "pay").succeeded())
                .isFalse());
        assertThat(simulator.elastiCache("eu-west-1").replicationGroups()).hasSize(1);
    }

    /** The commands of docs/install.md, without the program's name. */
    private static List<String> crdRights() {
        String block = Pattern.compile("```sh tested-by=ListedNamespacesIT\\n(.*?)```", Pattern.DOTALL)
                .matcher(Repository.read("docs/install.md"))
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        return block.replace("\\\n", " ")
                .lines()
                .map(line -> line.substring("kubectl ".length()).strip())
                .toList();
    }

    private String get(String namespace, String path) {
        return kubectl.run("get", "ccl", "valkey-minimal", "-n", namespace, "-o", "jsonpath=" + path)
                .expectSuccess();
    }

    private void awaitThat(Runnable assertion) {
        await().atMost(PATIENCE)
                .failFast(
                        () -> assertThat(operator.isAlive()).as(operator.log()).isTrue())
                .untilAsserted(assertion::run);
    }
}
