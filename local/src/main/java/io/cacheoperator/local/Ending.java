package io.cacheoperator.local;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether somebody asked us to end: Ctrl-C, a signal, or a parent that is gone. */
final class Ending {
    /** Thrown where work stops because of it; no failure. */
    static final class EndedException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final CountDownLatch asked = new CountDownLatch(1);

    void ask() {
        asked.countDown();
    }

    boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** Waits that long, or until we are asked to end. */
    void pause(Duration time) {
        try {
            if (asked.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new EndedException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EndedException();
        }
    }

    /** Waits until we are asked to end. */
    void await() {
        try {
            asked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
