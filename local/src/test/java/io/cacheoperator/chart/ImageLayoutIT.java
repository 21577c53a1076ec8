package io.cacheoperator.chart;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.Kubectl;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.simulator.Simulator;
import io.cacheoperator.simulator.elasticache.ElastiCacheDurations;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * The container image's content, made without a container engine and started as one would start it, with the configuration and exactly
 * the permissions that the installed chart gives: one manifest becomes a cache.
 */
@RequiresApiServer
@RequiresHelm
@EnabledOnOs(OS.LINUX)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ImageLayoutIT {
    private static final Path IMAGE = Repository.ROOT.resolve("target/image");
    private static final String ACCOUNT = "cache-elasticache-operator";
    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    /** Rights that this run does not use: all but the first are used by the operator's own tests, as {@link RbacUseIT} shows. */
    private static final Set<String> NEEDED_ELSEWHERE = Set.of(
            // JOSDK asks whether it has it, and takes part in no election without.
            "update coordination.k8s.io/leases cache-elasticache-operator",
            // JOSDK, after a conflict while it takes a finalizer off: FinalizerIT.
            "get cacheoperator.io/cacheclusters",
            // A user's token Secret without our label, and a Secret that somebody else made first: SecretsIT.
            "get secrets",
            // A connection Secret that was given another name.
            "delete secrets",
            // An Event that is repeated becomes a series: EventsIT.
            "get events.k8s.io/events",
            "patch events.k8s.io/events");

    /** On in OpenShift: whoever sets an owner reference must have rights on the owner. */
    private static final String STRICTER = "--enable-admission-plugins=OwnerReferencesPermissionEnforcement";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Simulator simulator =
            Simulator.builder().port(0).durations(ElastiCacheDurations.fast()).build();
    private AuditLog audit;
    private ApiServer server;
    private Kubectl kubectl;
    private Path log;
    private Process operator;
    private int port;

    @BeforeAll
    void start(Helm helm, @TempDir Path directory) throws IOException {
        Program.run(Repository.ROOT, Map.of(), List.of("bash", "hack/image-layout.sh"))
                .expectSuccess();
        simulator.start();
        audit = new AuditLog(directory, "system:serviceaccount:%s:%s".formatted(Helm.NAMESPACE, ACCOUNT));
        server = ApiServer.start(ApiServer.Options.defaults()
                .withFlags(Stream.concat(Stream.of(audit.flags()), Stream.of(STRICTER))
                        .toArray(String[]::new)));
        kubectl = server.kubectl();
        port = freePort();
        install(helm, directory);
        operator = startOperator(directory);
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (operator != null) {
            operator.destroyForcibly().waitFor();
        }
        if (server != null) {
            server.close();
        }
        simulator.close();
    }

    @Test
    @Order(1)
    void becomesReadyWithTheRightsOfTheChart() {
        awaitAlive(() -> assertThat(get("/readyz").statusCode()).isEqualTo(200));
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(get("/metrics").body())
                .contains("reconciliations_queue", "cache_operator_caches", "jvm_memory_used_bytes");
    }

    @Test
    @Order(2)
    void usesTheAotCacheOfItsJars() throws IOException {
        assertThat(Files.readString(procFile("maps"))).contains("/operator.aot");
        assertThat(Files.readString(log)).doesNotContain("[aot]", "[cds]");
    }

    @Test
    @Order(2)
    void runsAsNobodyOnAReadOnlyRoot() throws IOException {
        Assumptions.assumeTrue(
                Files.readString(log).lines().noneMatch(line -> line.startsWith("run-layout: no mounts here")),
                "this machine permits no mounts");
        assertThat(Files.readAllLines(procFile("status")))
                .anyMatch(line -> line.matches("Uid:\\s+65532\\s+65532\\s+65532\\s+65532"))
                .anyMatch(line -> line.matches("CapEff:\\s+0+"));
        assertThat(Files.readAllLines(procFile("mountinfo")))
                .anyMatch(line -> line.contains(" / / ") && line.contains(" - overlay ") && !line.contains("upperdir"));
    }

    @Test
    @Order(3)
    void oneManifestBecomesACache() {
        kubectl.run(
                        "apply",
                        "-f",
                        Repository.ROOT.resolve("examples/valkey-minimal.yaml").toString())
                .expectSuccess();

        awaitAlive(() -> assertThat(kubectl.run(
                                "get",
                                "cachecluster",
                                "valkey-minimal",
                                "-o",
                                "jsonpath={.status.conditions[?(@.type==\"Ready\")].status}")
                        .expectSuccess())
                .isEqualTo("True"));
        assertThat(kubectl.run("get", "secret", "valkey-minimal-cache", "-o", "jsonpath={.type}")
                        .expectSuccess())
                .isEqualTo("servicebinding.io/redis");
    }

    @Test
    @Order(4)
    void laterChangesOfTheSecretArePatches() {
        kubectl.run("patch", "cachecluster", "valkey-minimal", "--type=merge", "-p", """
                        {"spec": {"connectionSecret": {"labels": {"team": "shop"}}}}""")
                .expectSuccess();

        awaitAlive(() -> assertThat(
                        kubectl.run("get", "secret", "valkey-minimal-cache", "-o", "jsonpath={.metadata.labels.team}")
                                .expectSuccess())
                .isEqualTo("shop"));
    }

    @Test
    @Order(5)
    void deletedCacheIsGoneFromKubernetesToo() {
        kubectl.run(
                        "patch",
                        "cachecluster",
                        "valkey-minimal",
                        "--type=merge",
                        "-p",
                        "{\"spec\": {\"deletionPolicy\": \"Delete\"}}")
                .expectSuccess();
        kubectl.run("delete", "cachecluster", "valkey-minimal", "--wait=false").expectSuccess();

        awaitAlive(() -> assertThat(
                        kubectl.run("get", "cacheclusters", "-o", "name").expectSuccess())
                .isEmpty());
    }

    @Test
    @Order(6)
    void everyRightOfTheChartIsUsedAndNoneIsMissing(Helm helm) {
        assertThat(audit.forbidden()).isEmpty();
        List<String> granted = Permission.of(helm.render(""), ACCOUNT).stream()
                .map(permission -> permission.substring(permission.indexOf(' ') + 1))
                .filter(permission -> !NEEDED_ELSEWHERE.contains(permission))
                .toList();
        assertThat(audit.permitted()).containsAll(granted);
    }

    @Test
    @Order(7)
    void endsInPeaceWhenToldTo() throws InterruptedException {
        assertRuns();

        operator.destroy();

        assertThat(operator.waitFor(30, SECONDS)).isTrue();
        assertThat(operator.exitValue())
                .as("the operator's log:%n%s", logText())
                .isZero();
    }

    private void install(Helm helm, Path directory) {
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
                                "region=us-east-1,http.port=" + port + ",poll.interval=1s",
                                "--set",
                                "defaults.subnetIds={" + String.join(",", subnets()) + "}",
                                "--set",
                                "defaults.allowFrom[0].cidr=172.31.0.0/16"))
                .expectSuccess();
    }

    private Process startOperator(Path directory) throws IOException {
        JsonNode map = Manifests.parseOne(
                kubectl.run("-n", Helm.NAMESPACE, "get", "configmap", "cache-elasticache-operator-config", "-o", "yaml")
                        .expectSuccess());
        Path config = Files.writeString(
                directory.resolve("config.yaml"), map.at("/data/config.yaml").asText());
        Path kubeconfig = Files.writeString(
                directory.resolve("kubeconfig"), server.serviceAccountKubeconfig(Helm.NAMESPACE, ACCOUNT));
        log = directory.resolve("operator.log");
        var builder = new ProcessBuilder("bash", "hack/image/run-layout.sh", IMAGE.toString())
                .directory(Repository.ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "KUBECONFIG", kubeconfig.toString(),
                        "CACHE_OPERATOR_CONFIG", config.toString(),
                        "HOSTNAME", "operator-1",
                        "AWS_REGION", "us-east-1",
                        "AWS_ENDPOINT_URL", simulator.endpoint().toString(),
                        "AWS_ACCESS_KEY_ID", "test",
                        "AWS_SECRET_ACCESS_KEY", "test"));
        return builder.start();
    }

    /** Waits for something of the operator; fails at once, with its log, where it has ended. */
    private void awaitAlive(Runnable assertion) {
        await().atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .failFast(this::assertRuns)
                .untilAsserted(assertion::run);
    }

    private void assertRuns() {
        assertThat(operator.isAlive()).as("the operator's log:%n%s", logText()).isTrue();
    }

    private String logText() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "unreadable: " + e;
        }
    }

    private HttpResponse<String> get(String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer yet; the operator's log:%n%s".formatted(logText()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Path procFile(String name) {
        return Path.of("/proc", String.valueOf(operator.pid()), name);
    }

    private List<String> subnets() {
        try (var ec2 = Ec2Client.builder()
                .endpointOverride(simulator.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build()) {
            return ec2.describeSubnets().subnets().stream()
                    .map(Subnet::subnetId)
                    .toList();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
