package io.cacheoperator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PassThreadsTest {

    @Test
    void asManyPassesRunAtATimeAsThereAreThreads() throws InterruptedException {
        CountDownLatch bothRun = new CountDownLatch(2);
        try (ExecutorService threads = PassThreads.start(2)) {
            for (int i = 0; i < 2; i++) {
                threads.execute(() -> {
                    bothRun.countDown();
                    await(bothRun);
                });
            }
            assertThat(bothRun.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whatIsHandedOverAfterTheEndIsDropped() {
        AtomicBoolean ran = new AtomicBoolean();
        ExecutorService threads = PassThreads.start(1);
        threads.shutdownNow();
        assertThatCode(() -> threads.execute(() -> ran.set(true))).doesNotThrowAnyException();
        assertThat(ran).isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
