package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Health fails when nothing moves any more, and only then: AWS being away is no reason to restart. */
@RequiresApiServer
class HealthIT {

    private static final String CACHE = """
            apiVersion: cacheoperator.io/v1alpha1
            kind: CacheCluster
            metadata: {name: a}
            spec: {engine: valkey, nodeType: cache.t4g.small}
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private final BreakableClock clock = new BreakableClock();
    private final CountDownLatch free = new CountDownLatch(1);
    private OperatorHarness operator;

    /** Real time and a while, which one thread may find broken. */
    private static final class BreakableClock implements InstantSource {

        private volatile Duration ahead = Duration.ZERO;
        private volatile String broken = "no thread";

        @Override
        public Instant instant() {
            if (Thread.currentThread().getName().equals(broken)) {
                throw new LinkageError("as if a class were missing");
            }
            return Instant.now().plus(ahead);
        }
    }

    @BeforeEach
    void start(ApiServer server) {
        operator =
                OperatorHarness.start(server, HarnessSetup.STANDARD.withOptions(options -> options.withClock(clock)));
    }

    @AfterEach
    void stop() {
        free.countDown();
        operator.close();
    }

    private HttpResponse<String> get(String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(
                                    "http://127.0.0.1:" + operator.app().port() + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void failsWhenAPassNeverEnds() {
        CountDownLatch reached = new CountDownLatch(1);
        operator.writes().trap(new ApiWrites.Trap() {
            @Override
            public boolean cutsBefore(String write) {
                if (write.contains("/secrets")) {
                    reached.countDown();
                    hold();
                }
                return false;
            }

            @Override
            public boolean cutsAfter(String write) {
                return false;
            }
        });
        operator.apply(CACHE);
        operator.awaitAws("a", "the pass is caught at a Secret", () -> reached.getCount() == 0);
        assertThat(get("/healthz").statusCode()).isEqualTo(200);

        clock.ahead = Duration.ofMinutes(16);

        assertThat(get("/healthz").statusCode()).isEqualTo(503);
        assertThat(get("/healthz").body())
                .contains("the pass of CacheCluster " + operator.namespace() + "/a has not ended since");
        free.countDown();
        await().untilAsserted(() -> assertThat(get("/healthz").statusCode()).isEqualTo(200));
        operator.awaitReady("a");
    }

    private void hold() {
        try {
            free.await();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void failsWhenAwsIsNoLongerLookedAt() {
        await().until(() -> operator.simulator().callLog().count("elasticache", "DescribeReplicationGroups") > 0);
        clock.broken = "aws-poller";
        clock.ahead = Duration.ofMinutes(6);

        await().untilAsserted(() -> assertThat(get("/healthz").body()).contains("AWS has not been looked at since"));
        assertThat(get("/healthz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").statusCode()).isEqualTo(200);

        clock.broken = "no thread";
        operator.restart();
        await().untilAsserted(() -> assertThat(get("/healthz").statusCode()).isEqualTo(200));
    }

    @Test
    void staysWellWhileAwsIsAway() {
        operator.simulator().close();
        operator.apply(CACHE);
        operator.awaitCluster(
                "a",
                "says that AWS does not answer",
                cluster -> cluster.getStatus() != null
                        && cluster.getStatus().condition("Synced").isPresent()
                        && cluster.getStatus()
                                .condition("Synced")
                                .orElseThrow()
                                .reason()
                                .equals("AwsError"));
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(get("/metrics").body()).contains("cache_operator_aws_calls_seconds_count");
    }
}
