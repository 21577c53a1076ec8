package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.INTEGER;
import static org.awaitility.Awaitility.await;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.core.Pacing;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code kubectl describe} shows: one Event for each thing said, however often it is said, with a reason that stays. */
@RequiresApiServer
class EventsIT {

    private static final Duration AT_ONCE = Duration.ofMillis(20);
    private static final int OFTEN = 50;

    private static final String CACHE = """
            apiVersion: cacheoperator.io/v1alpha1
            kind: CacheCluster
            metadata: {name: a}
            spec: {engine: valkey, nodeType: cache.x9.huge}
            """;

    private volatile Duration ahead = Duration.ZERO;
    private OperatorHarness operator;

    @BeforeEach
    void start(ApiServer server) {
        operator = OperatorHarness.start(
                server,
                HarnessSetup.STANDARD.withOptions(
                        options -> options.withClock(() -> Instant.now().plus(ahead))
                                .withPacing(new Pacing(AT_ONCE, AT_ONCE, AT_ONCE, AT_ONCE, AT_ONCE, AT_ONCE))));
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    private List<Event> warnings() {
        return operator.admin().events().v1().events().inNamespace(operator.namespace()).list().getItems().stream()
                .filter(event -> event.getType().equals("Warning"))
                .toList();
    }

    /** How often each was seen. */
    private List<Integer> counts() {
        return warnings().stream()
                .map(event -> event.getSeries() == null ? 1 : event.getSeries().getCount())
                .toList();
    }

    private int refused() {
        return operator.simulator().callLog().count("elasticache", "CreateReplicationGroup");
    }

    @Test
    void aStepThatFailsFiftyTimesIsOneEventWithACount() {
        operator.apply(CACHE);
        operator.awaitAws("a", "it failed often", () -> refused() >= OFTEN);
        await().untilAsserted(() -> assertThat(warnings()).singleElement().satisfies(event -> {
            assertThat(event.getReason()).isEqualTo("InvalidParameterValue");
            assertThat(event.getAction()).isEqualTo("CreateReplicationGroup");
            assertThat(event.getNote()).contains("cache.x9.huge");
            assertThat(event.getRegarding().getName()).isEqualTo("a");
            assertThat(event.getSeries()).isNull();
        }));

        ahead = Duration.ofMinutes(6);

        await().untilAsserted(() -> assertThat(counts()).singleElement(INTEGER).isGreaterThanOrEqualTo(OFTEN));
    }

    @Test
    void aRestartGoesOnWithTheSameEvent() {
        operator.apply(CACHE);
        await().untilAsserted(() -> assertThat(warnings()).hasSize(1));
        operator.restart();

        await().untilAsserted(() -> assertThat(counts()).singleElement(INTEGER).isGreaterThanOrEqualTo(2));
    }
}
