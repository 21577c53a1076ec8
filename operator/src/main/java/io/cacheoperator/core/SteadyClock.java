package io.cacheoperator.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that never goes back: when the one beneath it does, it goes on from where it was, so that nothing due is lost. */
public final class SteadyClock implements InstantSource {

    private final InstantSource beneath;
    private Instant last = Instant.MIN;
    private Duration ahead = Duration.ZERO;

    public SteadyClock(InstantSource beneath) {
        this.beneath = beneath;
    }

    @Override
    public synchronized Instant instant() {
        Instant read = beneath.instant().plus(ahead);
        if (read.isBefore(last)) {
            ahead = ahead.plus(Duration.between(read, last));
            read = last;
        }
        last = read;
        return read;
    }
}
