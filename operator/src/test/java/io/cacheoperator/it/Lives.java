package io.cacheoperator.it;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the lives of a matrix side by side: each waits for AWS most of its time. The system property {@code matrix=full} is the whole matrix,
 * of which each life tells how it ended as soon as it has, for the tests tell it when all have.
 */
final class Lives implements AutoCloseable {

    static final boolean WHOLE = "full".equals(System.getProperty("matrix"));

    private static final Logger LOG = LoggerFactory.getLogger(Lives.class);
    /** Beside the sample other tests run; the whole matrix has the machine for itself. */
    private static final int AT_ONCE = WHOLE ? 6 : 3;

    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    <T> Future<T> begin(String what, Callable<T> life) {
        begun.incrementAndGet();
        return threads.submit(() -> {
            long start = System.nanoTime();
            String outcome = "failed";
            try {
                T result = life.call();
                outcome = "well";
                return result;
            } finally {
                tell(what, outcome, Duration.ofNanos(System.nanoTime() - start));
            }
        });
    }

    private void tell(String what, String outcome, Duration took) {
        int number = ended.incrementAndGet();
        if (WHOLE) {
            LOG.info("{} of {}: {} in {} s: {}", number, begun, outcome, took.toSeconds(), what);
        }
    }

    /** What the life says, or what ended it. */
    static <T> T result(Future<T> life) {
        try {
            return life.get();
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause().getMessage(), failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
