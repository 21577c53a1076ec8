package io.cacheoperator.simulator.node;

/** A server behind a gate. */
interface Backend extends AutoCloseable {
    /** Where it listens on loopback. */
    int port();

    /** Ends it; what it held is lost. */
    @Override
    void close();
}
