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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Where the API server has MutatingAdmissionPolicy, it puts the finalizer on, before any operator has seen the resource. */
@RequiresApiServer
@RequiresHelm
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FinalizerPolicyIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String ACCOUNT = "cache-elasticache-operator";
    private static final String FINALIZER = "cacheoperator.io/cachecluster";

    private final Simulator simulator = Simulator.builder()
            .durations(ElastiCacheDurations.uniform(Duration.ofMillis(200)))
            .build();
    private AuditLog audit;
    private ApiServer server;
    private Kubectl kubectl;
    private InstalledOperator operator;
    private Helm helm;
    private Map<String, String> environment;
    private Path directory;

    @BeforeAll
    void install(Helm found, @TempDir Path scratch) throws IOException {
        helm = found;
        directory = scratch;
        simulator.start();
        audit = new AuditLog(directory, "system:serviceaccount:%s:%s".formatted(Helm.NAMESPACE, ACCOUNT));
        server = ApiServer.start(
                ApiServer.Options.defaults().withFlags(audit.flags()).withMutatingAdmissionPolicy());
        kubectl = server.kubectl();
        Path kubeconfig = directory.resolve("admin");
        server.writeKubeconfig(kubeconfig);
        environment = Map.of("KUBECONFIG", kubeconfig.toString());
        helm.run(
                        environment,
                        List.of(
                                "install",
                                Helm.RELEASE,
                                ".",
                                "-n",
                                Helm.NAMESPACE,
                                "--create-namespace",
                                "--set",
                                "clusterName=blue,region=eu-west-1,poll.interval=1s,probe.enabled=false",
                                "--set",
                                "http.port=" + LoopbackPorts.free(1).getFirst(),
                                "--set",
                                "leaderElection.enabled=false",
                                "--set",
                                "defaults.subnetIds={"
                                        + String.join(",", SimulatedSubnets.of(simulator.endpoint(), "eu-west-1"))
                                        + "}",
                                "--set",
                                "defaults.allowFrom[0].cidr=172.31.0.0/16"))
                .expectSuccess();
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
    void newResourceIsStoredWithTheFinalizer() {
        // A policy works some seconds after it was stored; until it knows the CRD's schema, nothing can be created
        // (docs/install.md).
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(kubectl.runWithInput(
                                        manifest("usual", ""),
                                        "create",
                                        "--dry-run=server",
                                        "-f",
                                        "-",
                                        "-o",
                                        "jsonpath={.metadata.finalizers}")
                                .stdout())
                        .isEqualTo("[\"" + FINALIZER + "\"]"));

        kubectl.apply(manifest("usual", "")).expectSuccess();

        assertThat(finalizers("usual")).isEqualTo("[\"" + FINALIZER + "\"]");
    }

    @Test
    @Order(2)
    void finalizersOfTheManifestStayAndNoneIsThereTwice() {
        kubectl.apply(manifest("shared", "example.com/mine")).expectSuccess();
        kubectl.apply(manifest("given", FINALIZER)).expectSuccess();

        assertThat(finalizers("shared")).isEqualTo("[\"example.com/mine\",\"" + FINALIZER + "\"]");
        assertThat(finalizers("given")).isEqualTo("[\"" + FINALIZER + "\"]");
    }

    @Test
    @Order(3)
    void secondApplyLeavesTheFinalizerAlone() {
        for (String how : List.of("--server-side=false", "--server-side=true")) {
            String name = "applied-" + how.substring("--server-side=".length());
            kubectl.runWithInput(manifest(name, ""), "apply", how, "-f", "-").expectSuccess();
            kubectl.runWithInput(manifest(name, ""), "apply", how, "-f", "-").expectSuccess();

            assertThat(finalizers(name)).as(how).isEqualTo("[\"" + FINALIZER + "\"]");
        }
    }

    @Test
    @Order(4)
    void takenOffByHandItIsNotPutOnByAnEdit() {
        kubectl.apply(manifest("edited", "")).expectSuccess();
        kubectl.run("patch", "ccl", "edited", "--type=merge", "-p", "{\"metadata\": {\"finalizers\": null}}")
                .expectSuccess();

        kubectl.run("annotate", "ccl", "edited", "note=here").expectSuccess();

        assertThat(finalizers("edited")).isEmpty();
    }

    @Test
    @Order(5)
    void operatorWritesOnlyTheFinalizerThatIsMissing() throws IOException {
        operator = InstalledOperator.start(server, Helm.NAMESPACE, ACCOUNT, simulator.endpoint(), directory);
        for (String name : List.of("usual", "shared", "given", "edited")) {
            awaitThat(() -> assertThat(get(name, "{.status.conditions[?(@.type==\"Ready\")].status}"))
                    .as(name)
                    .isEqualTo("True"));
        }

        assertThat(audit.permitted())
                .contains(patchOf("edited"))
                .doesNotContain(patchOf("usual"), patchOf("shared"), patchOf("given"));
        assertThat(finalizers("edited")).isEqualTo("[\"" + FINALIZER + "\"]");
    }

    @Test
    @Order(6)
    void operatorTakesItOffAtTheEnd() {
        kubectl.run("delete", "ccl", "usual", "--timeout=50s").expectSuccess();

        assertThat(simulator.elastiCache("eu-west-1").replicationGroups())
                .isNotEmpty()
                .noneMatch(group -> group.contains("usual"));
    }

    @Test
    @Order(7)
    void policyGoesWithTheRelease() {
        helm.run(environment, List.of("uninstall", Helm.RELEASE, "-n", Helm.NAMESPACE))
                .expectSuccess();

        assertThat(kubectl.run("get", "mutatingadmissionpolicies,mutatingadmissionpolicybindings", "-o", "name")
                        .expectSuccess())
                .isEmpty();
    }

    private static String patchOf(String name) {
        return "patch cacheoperator.io/cacheclusters " + name;
    }

    private static String manifest(String name, String finalizer) {
        return """
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: %s, namespace: default%s}
                spec:
                  engine: valkey
                  nodeType: cache.t4g.small
                  deletionPolicy: Delete
                """.formatted(name, finalizer.isEmpty() ? "" : ", finalizers: [" + finalizer + "]");
    }

    private String finalizers(String name) {
        return get(name, "{.metadata.finalizers}");
    }

    private String get(String name, String path) {
        return kubectl.run("get", "ccl", name, "-o", "jsonpath=" + path).expectSuccess();
    }

    private void awaitThat(Runnable assertion) {
        await().atMost(PATIENCE)
                .failFast(
                        () -> assertThat(operator.isAlive()).as(operator.log()).isTrue())
                .untilAsserted(assertion::run);
    }
}
