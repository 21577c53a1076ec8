package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.app.OperatorConfig;
import io.cacheoperator.core.Condition;
import io.cacheoperator.core.Condition.Status;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The probes connect to real nodes with what stands in the connection Secret, and condition DataPlaneReachable says so. */
@RequiresApiServer
class ReachableIT {

    private static final Duration OFTEN = Duration.ofMillis(200);

    private final BreakableNodes nodes = new BreakableNodes();
    private final HttpClient http = HttpClient.newHttpClient();
    private OperatorHarness operator;

    @BeforeEach
    void start(ApiServer server) {
        operator = OperatorHarness.start(
                server,
                nodes,
                config ->
                        config.withProbe(new OperatorConfig.Probe(true, OFTEN, Optional.of(nodes.certificateFile()))));
    }

    @AfterEach
    void stop() {
        operator.close();
        nodes.close();
        http.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"valkey-minimal", "redis-cluster-mode", "memcached"})
    void aNodeThatStopsAnsweringIsSaidOnceAndHoldsNothingBack(String name) throws Exception {
        operator.apply(RepositoryFiles.example(name));
        operator.awaitSynced(name);
        operator.awaitCondition(name, "DataPlaneReachable", Status.TRUE);
        await().untilAsserted(() -> assertThat(up(name)).endsWith(" 1.0"));
        assertThat(scrape())
                .contains("cache_operator_probe_connected_clients{name=\"" + name + "\"")
                .contains("cache_operator_passes_total");
        settled(name);
        unchanged(name);

        nodes.close();
        CacheCluster broken = operator.awaitCondition(name, "DataPlaneReachable", Status.FALSE);
        assertThat(condition(broken, "DataPlaneReachable").message()).isNotBlank();
        assertThat(condition(broken, "Ready").status()).isEqualTo(Status.TRUE);
        await().untilAsserted(() -> assertThat(up(name)).endsWith(" 0.0"));
        settled(name);
        unchanged(name);

        operator.delete(name);
        operator.awaitGone(name);
        await().untilAsserted(() -> assertThat(scrape()).doesNotContain("name=\"" + name + "\""));
    }

    /** What fails first may not be what fails in the end. */
    private void settled(String name) {
        AtomicReference<String> last = new AtomicReference<>("");
        await().pollInterval(OFTEN.multipliedBy(6))
                .atMost(Duration.ofSeconds(30))
                .until(() -> version(name).equals(last.getAndSet(version(name))));
    }

    /** For ten rounds. */
    private void unchanged(String name) {
        String before = operator.everything(name);
        String version = version(name);
        await(before)
                .during(OFTEN.multipliedBy(10))
                .atMost(OFTEN.multipliedBy(20))
                .until(() -> version(name).equals(version));
    }

    private String version(String name) {
        return operator.cluster(name).orElseThrow().getMetadata().getResourceVersion();
    }

    private static Condition condition(CacheCluster cluster, String type) {
        return cluster.getStatus().conditions().stream()
                .filter(c -> c.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private String up(String name) throws IOException, InterruptedException {
        return scrape().lines()
                .filter(line -> line.startsWith("cache_operator_probe_up{name=\"" + name + "\""))
                .findFirst()
                .orElse("");
    }

    private String scrape() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + operator.app().port() + "/metrics"))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
