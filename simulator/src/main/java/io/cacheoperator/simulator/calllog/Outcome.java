package io.cacheoperator.simulator.calllog;

/** How a call ended, as the server knows it. */
public sealed interface Outcome {
    /** Carried out and answered. */
    record Succeeded() implements Outcome {}

    /** Answered with an error; nothing happened in the world. */
    record Refused(String code, String message) implements Outcome {}

    /** Carried out, but the answer was never sent. */
    record Lost() implements Outcome {}

    /** The connection was closed before anything happened. */
    record Dropped() implements Outcome {}

    /** Whether the world may have changed by it. */
    default boolean tookEffect() {
        return this instanceof Succeeded || this instanceof Lost;
    }
}
