package io.cacheoperator.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Impact;
import io.cacheoperator.core.Outcome;
import io.cacheoperator.core.Problem;
import io.cacheoperator.core.Reason;
import io.cacheoperator.core.Step;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events: one for each thing said, not one for each time it is said. */
@EnableKubernetesMockClient(crud = true)
class EventPublisherTest {

    @SuppressWarnings("NullAway.Init")
    private KubernetesClient client;

    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private EventPublisher events;
    private final ConfigMap subject = new ConfigMapBuilder()
            .withNewMetadata()
            .withName("a")
            .withNamespace("n")
            .withUid("u")
            .endMetadata()
            .build();

    @BeforeEach
    void start() {
        events = new EventPublisher(client, () -> now, "me", Duration.ZERO);
    }

    @AfterEach
    void stop() {
        events.close();
    }

    private List<Event> written() {
        return client.events().v1().events().inNamespace("n").list().getItems();
    }

    /** How often each Event was seen. */
    private List<Integer> counts() {
        return written().stream()
                .map(event -> event.getSeries() == null ? 1 : event.getSeries().getCount())
                .toList();
    }

    private static Step<String> step(boolean stateful) {
        return Step.ready("x", "CreateIt", "it", stateful, Impact.NONE, "makes it");
    }

    @Test
    void tellsWhatWasDoneToWhatHasAState() {
        events.onStep(subject, step(true), new Outcome.Done());
        await().untilAsserted(() -> assertThat(written()).singleElement().satisfies(event -> {
            assertThat(event.getType()).isEqualTo("Normal");
            assertThat(event.getReason()).isEqualTo("CreateIt");
            assertThat(event.getNote()).isEqualTo("it: makes it");
            assertThat(event.getRegarding().getUid()).isEqualTo("u");
            assertThat(event.getReportingInstance()).isEqualTo("me");
        }));
    }

    @Test
    void tellsWhatFailedInAwsWords() {
        Failure failure = new Failure(Failure.Kind.INVALID, "CreateIt", "InvalidParameterValue", "no such thing");
        events.onStep(subject, step(true), new Outcome.Failed(failure));
        await().untilAsserted(() -> assertThat(written()).singleElement().satisfies(event -> {
            assertThat(event.getType()).isEqualTo("Warning");
            assertThat(event.getReason()).isEqualTo("InvalidParameterValue");
            assertThat(event.getNote()).contains("no such thing");
        }));
    }

    @Test
    void tellsWhatADeletionLeavesBehind() {
        events.onGone(subject, List.of(new Problem(Why.Left, Failure.Retry.SLOWLY, Optional.empty(), "it stays")));
        await().untilAsserted(() -> assertThat(written()).singleElement().satisfies(event -> {
            assertThat(event.getType()).isEqualTo("Warning");
            assertThat(event.getReason()).isEqualTo("Left");
            assertThat(event.getNote()).isEqualTo("it stays");
        }));
    }

    private enum Why implements Reason {
        Left;

        @Override
        public String meaning() {
            return "";
        }
    }

    @Test
    void saysNothingOfWaitingAndOfSmallSteps() {
        events.onStep(subject, step(false), new Outcome.Done());
        events.onStep(
                subject, step(true), new Outcome.Failed(new Failure(Failure.Kind.BUSY, "Op", "InvalidState", "busy")));
        events.publish(subject, "Normal", "Last", "Last", "last");
        await().untilAsserted(
                        () -> assertThat(written()).extracting(Event::getReason).containsExactly("Last"));
    }

    @Test
    void repeatsRaiseACountAndNotTheNumberOfEvents() {
        for (int i = 0; i < 50; i++) {
            events.publish(subject, "Warning", "Again", "Again", "and again");
        }
        now = now.plus(Duration.ofMinutes(6));
        events.publish(subject, "Warning", "Again", "Again", "and again");
        await().untilAsserted(() -> assertThat(counts()).containsExactly(51));
    }

    @Test
    void aRestartGoesOnWithTheEventThatIsThere() {
        events.publish(subject, "Warning", "Again", "Again", "and again");
        await().untilAsserted(() -> assertThat(written()).hasSize(1));
        try (EventPublisher restarted = new EventPublisher(client, () -> now, "me", Duration.ZERO)) {
            restarted.publish(subject, "Warning", "Again", "Again", "and again");
            await().untilAsserted(() -> assertThat(counts()).containsExactly(2));
        }
    }
}
