package io.cacheoperator.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaterQueueTest {

    private static final Duration AFTER = Duration.ofSeconds(3);

    private record Wait(Duration duration, Runnable what) {}

    private final List<Wait> waits = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final LaterQueue queue = new LaterQueue(AFTER, (duration, what) -> waits.add(new Wait(duration, what)));

    private void add(String what, boolean costs) {
        queue.add(() -> {
            done.add(what);
            return costs;
        });
    }

    /** What the timer would do when the wait is over. */
    private Duration waitOver() {
        Wait wait = waits.removeFirst();
        wait.what().run();
        return wait.duration();
    }

    @Test
    void nothingBeginsAtOnce() {
        add("one", true);
        assertThat(done).isEmpty();
        assertThat(waitOver()).isEqualTo(AFTER);
        assertThat(done).containsExactly("one");
    }

    @Test
    void oneAfterTheOtherWithAPauseBetween() {
        add("one", true);
        add("two", true);
        assertThat(waits).hasSize(1);
        waitOver();
        assertThat(done).containsExactly("one");
        assertThat(waitOver()).isEqualTo(LaterQueue.APART);
        assertThat(done).containsExactly("one", "two");
    }

    @Test
    void whatCostsNothingMakesNothingWait() {
        add("free", false);
        add("free too", false);
        add("dear", true);
        add("after it", true);
        waitOver();
        assertThat(done).containsExactly("free", "free too", "dear");
    }

    @Test
    void whatFailsKeepsNothingElseFromComing() {
        queue.add(() -> {
            throw new IllegalArgumentException("broken");
        });
        add("next", true);
        waitOver();
        waitOver();
        assertThat(done).containsExactly("next");
    }

    @Test
    void anEmptyQueueWaitsForNothingAndBeginsAnew() {
        add("one", true);
        waitOver();
        waitOver();
        assertThat(waits).isEmpty();
        add("two", true);
        assertThat(waitOver()).isEqualTo(AFTER);
        assertThat(done).containsExactly("one", "two");
    }

    @Test
    void whatComesToAFullQueueIsDropped() {
        for (int i = 0; i < 2_500; i++) {
            add("x", false);
        }
        waitOver();
        assertThat(done).hasSize(2_000);
    }

    @Test
    void whatIsLeftAtTheEndIsDoneWithoutWaiting() {
        add("one", true);
        add("two", true);
        queue.drain();
        assertThat(done).containsExactly("one", "two");
    }
}
