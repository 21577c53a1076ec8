package io.cacheoperator.simulator.world;

import java.time.Instant;

/** Something that happens by itself at its time, such as a cache becoming available. It looks up what it changes when it runs. */
@FunctionalInterface
public interface Transition {
    /** Happens. The instant is when it was due, which may be earlier than now: worlds are settled lazily. */
    void happen(Instant at);
}
