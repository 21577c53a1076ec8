package io.cacheoperator.it;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** An operator's clock that a test sets ahead, so that minutes that only time can let pass need not be waited for. */
final class ShiftedClock implements InstantSource {

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead.get());
    }

    void passes(Duration time) {
        ahead.updateAndGet(time::plus);
    }
}
