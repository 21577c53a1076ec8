package io.cacheoperator.chart;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.Kubectl;
import io.cacheoperator.apiserver.RequiresApiServer;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** One release, from install to uninstall and back, on a real API server of its own. There are no nodes: no pod starts. */
@RequiresApiServer
@RequiresHelm
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChartInstallIT {
    private static final String CRD = "cacheclusters.cacheoperator.io";

    private ApiServer server;
    private Kubectl kubectl;
    private Helm helm;
    private Map<String, String> environment;

    @BeforeAll
    void start(Helm found, @TempDir Path directory) {
        helm = found;
        server = ApiServer.start(ApiServer.Options.defaults());
        kubectl = server.kubectl();
        Path kubeconfig = directory.resolve("kubeconfig");
        server.writeKubeconfig(kubeconfig);
        environment = Map.of("KUBECONFIG", kubeconfig.toString());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    @Order(1)
    void oneCommandInstalls() {
        String notes = helm("install", "--create-namespace");

        assertThat(notes)
                .contains("STATUS: deployed", "it watches every namespace", "kubectl get cacheclusters -A -o wide");
        assertThat(kubectl.run("-n", "ops", "get", "deployment", "cache-elasticache-operator", "-o", "name")
                        .expectSuccess())
                .contains("deployment.apps/cache-elasticache-operator");
        kubectl.run("wait", "--for=condition=Established", "--timeout=20s", "crd/" + CRD)
                .expectSuccess();
    }

    @Test
    @Order(2)
    void protectedCacheCannotBeDeleted() {
        applyCache("kept", true);
        // The policy works some seconds after it was stored: until then a dry run would still pass.
        await().atMost(30, SECONDS)
                .untilAsserted(
                        () -> assertThat(kubectl.run("delete", "cachecluster", "kept", "--dry-run=server")
                                        .stderr())
                                .contains(
                                        "CacheCluster default/kept has spec.deletionProtection: true. Set it to false first, then delete."));

        assertThat(kubectl.run("delete", "cachecluster", "kept", "--wait=false").succeeded())
                .isFalse();
        assertThat(kubectl.run("delete", "cachecluster", "--all", "--wait=false")
                        .succeeded())
                .isFalse();
        assertThat(kubectl.run("get", "cachecluster", "kept", "-o", "jsonpath={.metadata.deletionTimestamp}")
                        .expectSuccess())
                .isEmpty();
    }

    @Test
    @Order(3)
    void unprotectedCacheCanBeDeleted() {
        applyCache("kept", false);
        kubectl.run("delete", "cachecluster", "kept", "--timeout=20s").expectSuccess();
        applyCache("never-protected", false);
        kubectl.run("delete", "cachecluster", "never-protected", "--timeout=20s")
                .expectSuccess();
    }

    @Test
    @Order(4)
    void upgradeBringsANewCrdAndKeepsObjects() {
        applyCache("survivor", false);
        String uid = uid("survivor");
        kubectl.run("patch", "crd", CRD, "--type=json", "-p", """
                [{"op": "replace", "path": "/spec/names/shortNames", "value": ["old"]}]""").expectSuccess();

        helm("upgrade", "--reset-then-reuse-values", "--set", "reconcileThreads=5");

        assertThat(kubectl.run("get", "crd", CRD, "-o", "jsonpath={.spec.names.shortNames[0]}")
                        .expectSuccess())
                .isEqualTo("ccl");
        assertThat(kubectl.run("-n", "ops", "get", "configmap", "cache-elasticache-operator-config", "-o", "yaml")
                        .expectSuccess())
                .contains("reconcileThreads: 5");
        assertThat(uid("survivor")).isEqualTo(uid);
    }

    @Test
    @Order(5)
    void uninstallKeepsCrdAndObjects() {
        String uid = uid("survivor");
        String answer = Program.run(
                        Repository.CHART,
                        environment,
                        List.of(helm.directory() + "/helm", "uninstall", "cache", "-n", "ops"))
                .expectSuccess();

        assertThat(answer).contains("[CustomResourceDefinition] " + CRD);
        assertThat(uid("survivor")).isEqualTo(uid);
        assertThat(kubectl.run("get", "clusterrole,clusterrolebinding,validatingadmissionpolicy", "-o", "name")
                        .expectSuccess())
                .doesNotContain("elasticache-operator");
        assertThat(kubectl.run("-n", "ops", "get", "all,configmap,role,rolebinding,serviceaccount", "-o", "name")
                        .expectSuccess())
                .doesNotContain("elasticache-operator");
    }

    @Test
    @Order(6)
    void installsAgainOverTheKeptCrd() {
        String uid = uid("survivor");
        helm("install");
        assertThat(uid("survivor")).isEqualTo(uid);
    }

    private String helm(String verb, String... more) {
        var arguments = new ArrayList<>(List.of(verb, Helm.RELEASE, ".", "-n", Helm.NAMESPACE));
        // No operator runs here that would take a finalizer off again.
        arguments.addAll(List.of("--set", "finalizerPolicy.enabled=false"));
        arguments.addAll(List.of(more));
        return helm.run(environment, arguments).expectSuccess();
    }

    private void applyCache(String name, boolean deletionProtection) {
        kubectl.apply("""
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: %s, namespace: default}
                spec:
                  engine: valkey
                  nodeType: cache.t4g.small
                  network: {subnetGroupName: existing, securityGroupIds: [sg-1]}
                  deletionProtection: %s
                """.formatted(name, deletionProtection)).expectSuccess();
    }

    private String uid(String cache) {
        String uid = kubectl.run("get", "cachecluster", cache, "-o", "jsonpath={.metadata.uid}")
                .expectSuccess();
        assertThat(uid).isNotEmpty();
        return uid;
    }
}
