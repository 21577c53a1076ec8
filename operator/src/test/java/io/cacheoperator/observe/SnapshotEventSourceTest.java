package io.cacheoperator.observe;

import static io.cacheoperator.observe.FakeAws.available;
import static io.cacheoperator.observe.FakeAws.creating;
import static io.cacheoperator.observe.FakeAws.group;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.core.Query;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.health.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which resources are woken by what. */
class SnapshotEventSourceTest {

    private static final ConfigMap A = resource("a");
    private static final ConfigMap B = resource("b");

    private final ManualClock clock = new ManualClock();
    private final FakeAws aws = new FakeAws(clock);
    private final AwsPoller poller = new AwsPoller(
            aws,
            aws,
            new Catalogue(aws.bulkReads(), FakeAws.FAMILIES),
            PollCadence.standard(),
            clock,
            Runnable::run,
            () -> {});
    private final SnapshotEventSource<ConfigMap> source = new SnapshotEventSource<>("thing", poller);
    private final List<String> woken = new ArrayList<>();

    private static ConfigMap resource(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .build();
    }

    @BeforeEach
    void start() {
        source.setEventHandler(
                event -> woken.add(event.getRelatedCustomResourceID().getName()));
        source.start();
    }

    private void passOver(ConfigMap resource, Query<?>... looksAt) {
        source.begins(resource);
        source.ended(resource, Set.of(looksAt));
        source.left(resource);
    }

    /** A change that this thread, on which the passes run, did not make. */
    private void elsewhere(Runnable change) {
        try {
            Thread thread = Thread.ofPlatform().start(change);
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void wakesOnlyWhoLooksAtWhatChanged() {
        passOver(A, group("a"));
        passOver(B, group("b"));

        poller.present(group("a"), available());

        assertThat(woken).containsExactly("a");
    }

    @Test
    void wakesNobodyWhenNothingChanged() {
        aws.put(group("a"), available());
        passOver(A, group("a"));
        poller.poll();
        woken.clear();

        poller.poll();

        assertThat(woken).isEmpty();
    }

    @Test
    void aPassIsNotWokenForWhatItWroteItself() {
        passOver(A, group("a"), group("shared"));
        passOver(B, group("shared"));
        source.begins(A);

        poller.present(group("shared"), available());

        source.ended(A, Set.of(group("a"), group("shared")));
        source.left(A);
        assertThat(woken).containsExactly("b");
    }

    @Test
    void aPassIsWokenForWhatOthersChangedMeanwhile() {
        passOver(A, group("a"));
        source.begins(A);

        elsewhere(() -> poller.present(group("a"), available()));

        assertThat(woken).containsExactly("a");
    }

    @Test
    void aFirstPassIsWokenForWhatChangedBeforeItSaidWhatItLooksAt() {
        source.begins(A);
        elsewhere(() -> poller.present(group("a"), creating()));

        source.ended(A, Set.of(group("a")));

        assertThat(woken).containsExactly("a");
    }

    @Test
    void aResourceThatIsGoneIsNotWoken() {
        passOver(A, group("a"));

        source.onResourceDeleted(A);
        poller.present(group("a"), available());

        assertThat(woken).isEmpty();
    }

    @Test
    void isNeverUnhealthy() {
        assertThat(source.getStatus()).isEqualTo(Status.UNKNOWN);
    }
}
