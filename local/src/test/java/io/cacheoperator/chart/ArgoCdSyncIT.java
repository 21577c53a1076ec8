package io.cacheoperator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.simulator.hooks.CallHooks.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
    private static final Duration QUIET = Duration.ofMinutes(2);
    private static final String CRD = "cacheclusters.cacheoperator.io";

    private GitOpsPlatform platform;
    private Instant quietFrom;

    @BeforeAll
    void start(ArgoCd programs, Helm helm, @TempDir Path temp) throws IOException {
        GitFolder git = GitFolder.create(temp.resolve("platform.git"))
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
        platform = new GitOpsPlatform(programs, helm, git, temp);
    }

    @AfterAll
    void stop() {
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    @Order(1)
    void installsCrdsAndOperator() throws IOException {
        for (JsonNode application : platform.documented()) {
            platform.apply(application);
        }
        platform.awaitApplication(GitOpsPlatform.OPERATOR, "Synced", "Progressing");
        platform.kubectl()
                .run("wait", "--for=condition=Established", "--timeout=20s", "crd/" + CRD)
                .expectSuccess();

        platform.startOperator();
        platform.awaitApplication(GitOpsPlatform.OPERATOR, "Synced", "Healthy");
    }

    @Test
    @Order(2)
    void everyExampleIsSyncedAndHealthy() throws IOException {
        platform.apply(platform.application("client-side"));
        platform.awaitApplication("caches", "Synced", "Healthy");
        platform.awaitApplication("client-side", "Synced", "Healthy");
        quietFrom = Instant.now();

        List<String> healthy = platform.resources("caches", "CacheCluster")
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
                .containsAll(examples());
    }

    @Test
    @Order(3)
    void brokenOneIsDegradedWithTheOperatorsMessage() {
        platform.apply(platform.application("broken"));
        platform.awaitApplication("broken", "Synced", "Degraded");

        String said = platform.kubectl()
                .run(
                        "get",
                        "ccl",
                        "broken",
                        "-n",
                        "shop",
                        "-o",
                        "jsonpath={.status.conditions[?(@.type==\"Stalled\")].message}")
                .expectSuccess();
        assertThat(said).contains("subnet-0123456789abcdef0");
        assertThat(platform.resources("broken", "CacheCluster")
                        .map(resource -> resource.at("/health/message").asText()))
                .containsExactly(said);
    }

    @Test
    @Order(4)
    void specThatTheApiServerRefusesFailsTheSyncWithItsMessage() {
        platform.apply(platform.application("refused"));

        platform.patiently()
                .untilAsserted(() -> assertThat(platform.status("refused")
                                .at("/operationState/message")
                                .asText())
                        .contains("failed to apply", "`replicasPerShard` is for valkey and redis: set `nodes`"));
        // Argo CD tries five times before it calls the operation failed.
        assertThat(platform.kubectl().run("get", "ccl", "refused", "-n", "shop").succeeded())
                .isFalse();
    }

    /** While AWS takes a snapshot, somebody changes AWS, and a Secret is removed: nothing of that is in Git. */
    @Test
    @Order(5)
    void nothingFlipsBackToOutOfSyncInTwoMinutes() {
        List<String> applications = List.of(GitOpsPlatform.OPERATOR, "caches", "client-side");
        disturb("parameters-and-tags", "sessions of the shop");

        await().atMost(QUIET.plus(GitOpsPlatform.PATIENCE))
                .failFast(platform.argo()::assertRuns)
                .pollInterval(Duration.ofSeconds(10))
                .until(() -> {
                    applications.forEach(platform.argo()::refresh);
                    return Duration.between(quietFrom, Instant.now()).compareTo(QUIET) > 0;
                });

        for (String application : applications) {
            List<ApplicationHistory.Seen> seen = platform.history().of(application, quietFrom);
            assertThat(seen)
                    .as(application)
                    .extracting(ApplicationHistory.Seen::sync)
                    .containsOnly("Synced");
            assertThat(seen.stream().map(ApplicationHistory.Seen::reconciledAt).distinct())
                    .as("how often Argo CD compared " + application)
                    .hasSizeGreaterThan(2);
        }
        assertThat(platform.history().of("client-side", quietFrom))
                .extracting(ApplicationHistory.Seen::health)
                .containsOnly("Healthy");
        platform.awaitApplication("caches", "Synced", "Healthy");
    }

    private void disturb(String cache, String description) {
        String id = platform.kubectl()
                .run("get", "ccl", cache, "-n", "shop", "-o", "jsonpath={.status.id}")
                .expectSuccess();
        var aws = platform.console();
        aws.changeReplicationGroup(id, group -> group.description("changed in AWS"));
        platform.kubectl()
                .run("delete", "secret", cache + "-cache", "-n", "shop")
                .expectSuccess();
        platform.patiently().untilAsserted(() -> {
            assertThat(platform.kubectl()
                            .run("get", "secret", cache + "-cache", "-n", "shop")
                            .succeeded())
                    .isTrue();
            assertThat(aws.replicationGroup(id).orElseThrow().description()).isEqualTo(description);
        });
    }

    /** So Argo CD does look: what differs from Git is seen. */
    @Test
    @Order(6)
    void editByHandIsPutBack() {
        Instant from = Instant.now();
        platform.kubectl()
                .run(
                        "patch",
                        "ccl",
                        "parameters-and-tags",
                        "-n",
                        "shop",
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"description\":\"by hand\"}}")
                .expectSuccess();

        platform.patiently()
                .untilAsserted(() -> assertThat(platform.kubectl()
                                .run(
                                        "get",
                                        "ccl",
                                        "parameters-and-tags",
                                        "-n",
                                        "shop",
                                        "-o",
                                        "jsonpath={.spec.description}")
                                .expectSuccess())
                        .isEqualTo("sessions of the shop"));
        platform.awaitApplication("caches", "Synced", "Healthy");
        assertThat(platform.history().of("caches", from))
                .extracting(ApplicationHistory.Seen::sync)
                .contains("OutOfSync");
    }

    @Test
    @Order(7)
    void prunedCacheIsSavedThenDeletedAndTheApplicationWaitsForIt() {
        String id = platform.kubectl()
                .run("get", "ccl", "auth-from-secret", "-n", "shop", "-o", "jsonpath={.status.id}")
                .expectSuccess();
        var aws = platform.console();
        List<Boolean> savedBefore = new CopyOnWriteArrayList<>();
        platform.simulator().hooks().before(call -> call.is("elasticache", "DeleteReplicationGroup"), call -> {
            savedBefore.add(aws.snapshots().stream()
                    .flatMap(name -> aws.snapshot(name).stream())
                    .anyMatch(snapshot -> snapshot.replicationGroupId().equals(id)
                            && snapshot.snapshotStatus().equals("available")));
            return Verdict.PROCEED;
        });
        Instant from = Instant.now();
        platform.git().remove("caches/auth-from-secret.yaml").commit("no longer needed");
        platform.argo().refresh("caches");

        platform.patiently()
                .untilAsserted(() -> assertThat(platform.kubectl()
                                .run(
                                        "get",
                                        "ccl/auth-from-secret",
                                        "secret/auth-from-secret-token",
                                        "-n",
                                        "shop",
                                        "--ignore-not-found",
                                        "-o",
                                        "name")
                                .expectSuccess())
                        .isEmpty());
        assertThat(savedBefore).containsExactly(true);
        assertThat(aws.replicationGroup(id)).isEmpty();
        platform.awaitApplication("caches", "Synced", "Healthy");
        assertThat(platform.history().of("caches", from))
                .as("while it is deleted")
                .anyMatch(seen -> seen.health().equals("Progressing"));
    }

    @Test
    @Order(8)
    void crdsThatLeaveGitAreKept() {
        platform.kubectl()
                .run(
                        "patch",
                        "application",
                        GitOpsPlatform.OPERATOR,
                        "-n",
                        RunningArgoCd.NAMESPACE,
                        "--type=merge",
                        "-p",
                        """
                        {"spec": {"source": {"helm": {"valuesObject": {"crds": {"install": false}}}}}}""")
                .expectSuccess();

        platform.patiently()
                .untilAsserted(() -> assertThat(platform.status(GitOpsPlatform.OPERATOR)
                                .at("/sync/comparedTo/source/helm/valuesObject/crds/install")
                                .asText())
                        .isEqualTo("false"));
        Instant seen = Instant.now();
        platform.patiently()
                .until(() -> platform.history().of(GitOpsPlatform.OPERATOR, seen).stream()
                                .map(ApplicationHistory.Seen::reconciledAt)
                                .distinct()
                                .count()
                        > 2);
        assertThat(platform.kubectl()
                        .run("get", "crd", CRD, "-o", "jsonpath={.metadata.deletionTimestamp}")
                        .expectSuccess())
                .isEmpty();
    }

    @Test
    @Order(9)
    void deletedApplicationsLeaveSnapshotsAndCrdsAndNothingElse() {
        Instant from = Instant.now();
        for (String application : List.of("caches", "client-side", "broken")) {
            platform.kubectl()
                    .run("delete", "application", application, "-n", RunningArgoCd.NAMESPACE, "--timeout=3m")
                    .expectSuccess();
        }
        assertThat(platform.kubectl().run("get", "ccl", "-A", "-o", "name").expectSuccess())
                .isEmpty();
        var aws = platform.console();
        assertThat(aws.replicationGroups()).isEmpty();
        assertThat(aws.cacheClusters()).isEmpty();
        assertThat(aws.snapshots().stream()
                        .flatMap(name -> aws.snapshot(name).stream())
                        .filter(snapshot -> snapshot.snapshotSource().equals("manual")))
                .hasSize(6);

        platform.kubectl()
                .run(
                        "patch",
                        "application",
                        GitOpsPlatform.OPERATOR,
                        "-n",
                        RunningArgoCd.NAMESPACE,
                        "--type=merge",
                        "-p",
                        """
                        {"metadata": {"finalizers": ["resources-finalizer.argocd.argoproj.io/background"]}}""")
                .expectSuccess();
        platform.kubectl()
                .run("delete", "application", GitOpsPlatform.OPERATOR, "-n", RunningArgoCd.NAMESPACE, "--timeout=3m")
                .expectSuccess();
        assertThat(platform.kubectl()
                        .run(
                                "-n",
                                GitOpsPlatform.OPERATOR,
                                "get",
                                "deployment,configmap,serviceaccount,service",
                                "-o",
                                "name")
                        .expectSuccess())
                .doesNotContain(GitOpsPlatform.OPERATOR);
        assertThat(platform.kubectl()
                        .run("get", "crd", CRD, "-o", "jsonpath={.metadata.deletionTimestamp}")
                        .expectSuccess())
                .isEmpty();
        assertThat(platform.history().of("caches", from)).isNotEmpty();
    }

    private static String cache(String name, String spec) {
        return """
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: %s}
                spec: {%s}
                """.formatted(name, spec.strip());
    }

    private List<String> names(String... get) {
        return Stream.of(platform.kubectl().run(get).expectSuccess().strip().split(" "))
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
}
