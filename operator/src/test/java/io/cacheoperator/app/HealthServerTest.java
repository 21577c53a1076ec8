package io.cacheoperator.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthServerTest {

    private Optional<String> wrongWithLife = Optional.empty();
    private Optional<String> wrongWithReadiness = Optional.empty();
    private HealthServer server;

    @BeforeEach
    void start() throws IOException {
        server = new HealthServer(
                new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0),
                () -> wrongWithLife,
                () -> wrongWithReadiness,
                () -> "a_metric 1\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    @Test
    void isHealthyAndReadyWhileNothingIsWrong() throws Exception {
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void saysWhatIsStuck() throws Exception {
        wrongWithLife = Optional.of("the pass of x has not ended");
        assertThat(get("/healthz").statusCode()).isEqualTo(503);
        assertThat(get("/healthz").body()).contains("the pass of x has not ended");
        assertThat(get("/readyz").statusCode()).as("another question").isEqualTo(200);
    }

    @Test
    void isAliveBeforeItIsReady() throws Exception {
        wrongWithReadiness = Optional.of("not started yet");
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void showsMetricsAsPrometheusReadsThem() throws Exception {
        HttpResponse<String> metrics = get("/metrics");
        assertThat(metrics.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain; version=0.0.4");
        assertThat(metrics.body()).isEqualTo("a_metric 1\n");
    }
}
