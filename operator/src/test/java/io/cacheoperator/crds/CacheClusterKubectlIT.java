package io.cacheoperator.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.Kubectl;
import io.cacheoperator.apiserver.RequiresApiServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What users of kubectl see of CacheCluster. */
@RequiresApiServer
class CacheClusterKubectlIT {

    private static InstalledCrd crd;
    private static Kubectl kubectl;

    @BeforeAll
    static void install(ApiServer server) throws IOException {
        crd = InstalledCrd.on(server);
        kubectl = server.kubectl();
        Awaitility.await().until(() -> kubectl.run("explain", "cachecluster").succeeded());
        String name = crd.create(
                        crd.cluster("sessions", RuleCase.fields("{engine: valkey, nodeType: cache.t4g.small}")))
                .getMetadata()
                .getName();
        crd.status(name, RuleCase.fields("""
                        observedGeneration: 1
                        phase: Available
                        summary: ""
                        shape: 1x1
                        endpoint: shop.example.org:6379
                        driftCount: 2
                        id: shop-sessions
                        engineVersion: 8.1.0
                        replicas: 1
                        conditions:
                          - type: Ready
                            status: "True"
                            reason: Available
                            message: usable
                            lastTransitionTime: "2026-11-21T07:00:00Z"
                        """));
    }

    @AfterAll
    static void close() {
        if (crd != null) {
            crd.close();
        }
    }

    @Test
    void explainsEveryField() {
        List<String> fields = kubectl.run("explain", "cachecluster.spec", "--recursive")
                .expectSuccess()
                .lines()
                .map(String::strip)
                .filter(line -> line.contains("\t<"))
                .map(line -> line.substring(0, line.indexOf('\t')))
                .toList();
        assertThat(fields)
                .contains("engine", "allowFrom", "cidr", "secretRef", "notificationTopicArn", "deletionPolicy");
        assertThat(kubectl.run("explain", "cachecluster.spec.network.allowFrom.cidr")
                        .expectSuccess())
                .contains("An IPv4 or IPv6 range, its host bits zero. Example: 10.0.0.0/16");
        assertThat(kubectl.run("explain", "ccl.status.conditions").expectSuccess())
                .contains("Reconciling: a step")
                .doesNotContain("<none>");
    }

    @Test
    void showsItsColumns() {
        assertThat(columns("get", "ccl"))
                .containsExactly("NAME", "ENGINE", "VERSION", "SHAPE", "PHASE", "READY", "ENDPOINT", "AGE");
        assertThat(row("get", "cache").subList(0, 7))
                .containsExactly("sessions", "valkey", "8.1.0", "1x1", "Available", "True", "shop.example.org:6379");
    }

    @Test
    void showsMoreWhenWide() {
        assertThat(columns("get", "cacheclusters", "-o", "wide").subList(8, 12))
                .containsExactly("NODE TYPE", "AWS ID", "DRIFT", "SUMMARY");
        assertThat(row("get", "ccl", "-o", "wide").subList(8, 11))
                .containsExactly("cache.t4g.small", "shop-sessions", "2");
    }

    @Test
    void scaleChangesReplicasPerShard() {
        crd.create(crd.cluster("scaled", RuleCase.fields("{engine: redis, nodeType: cache.t4g.small}")));
        crd.status("scaled", Map.of("id", "scaled", "replicas", 1));
        run("scale", "ccl/scaled", "--replicas=3").expectSuccess();
        assertThat(run("get", "ccl", "scaled", "-o", "jsonpath={.spec.replicasPerShard}")
                        .expectSuccess())
                .isEqualTo("3");
        Kubectl.Result refused = run("scale", "ccl/scaled", "--replicas=6");
        assertThat(refused.succeeded()).isFalse();
        assertThat(refused.stderr()).contains("should be less than or equal to 5");
    }

    @Test
    void waitsForConditions() {
        run("wait", "--for=condition=Ready", "ccl/sessions", "--timeout=5s").expectSuccess();
    }

    @Test
    void applyRefusesFieldsThatDoNotExist() {
        Kubectl.Result refused = kubectl.runWithInput("""
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: typo}
                spec: {engine: valkey, nodeType: cache.t4g.small, replicaPerShard: 1}
                """, "apply", "-n", crd.namespace(), "-f", "-");
        assertThat(refused.stderr()).contains("unknown field \"spec.replicaPerShard\"");
    }

    @Test
    void serverSideApplyByTwoManagersSeesNoConflict() {
        String manifest = """
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: shared}
                spec:
                  engine: valkey
                  nodeType: cache.t4g.small
                  network: {subnetIds: [subnet-1, subnet-2], allowFrom: [{cidr: 10.0.0.0/8}]}
                """;
        for (String manager : List.of("flux", "argo")) {
            String[] apply = {"apply", "--server-side", "--field-manager=" + manager, "-n", crd.namespace(), "-f", "-"};
            kubectl.runWithInput(manifest, apply).expectSuccess();
        }
        assertThat(kubectl.runWithInput(manifest, "diff", "--server-side", "-n", crd.namespace(), "-f", "-")
                        .expectSuccess())
                .isEmpty();
    }

    private static List<String> columns(String... arguments) {
        return split(run(arguments).expectSuccess().lines().findFirst().orElseThrow());
    }

    private static List<String> row(String... arguments) {
        return split(run(arguments)
                .expectSuccess()
                .lines()
                .filter(line -> line.startsWith("sessions"))
                .findFirst()
                .orElseThrow());
    }

    /** Columns stand at least two blanks apart. */
    private static List<String> split(String line) {
        return List.of(line.strip().split(" {2,}"));
    }

    private static Kubectl.Result run(String... arguments) {
        return kubectl.run(Stream.concat(Stream.of("-n", crd.namespace()), Stream.of(arguments))
                .toArray(String[]::new));
    }
}
