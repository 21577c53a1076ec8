package io.cacheoperator.simulator.pipeline;

import io.cacheoperator.simulator.wire.WireResponse;

/** What a client gets. */
public sealed interface Reply {
    /** An answer. */
    record Answer(WireResponse response) implements Reply {}

    /** Nothing: the connection is closed. */
    record Nothing() implements Reply {}
}
