package io.cacheoperator.simulator.faults;

import io.cacheoperator.simulator.service.AwsError;
import java.time.Duration;

/** What a fault does to a call that it hits. */
public sealed interface Effect {
    /** Refused for calling too often, in the words of the call's protocol. Nothing happens in the world. */
    record Throttle() implements Effect {}

    /** Refused with an error of the test's choice: capacity, quota, expired credentials. Nothing happens in the world. */
    record Refuse(AwsError error) implements Effect {}

    /** Answered later, by this much real time, whatever the scale of the simulated clock. */
    record Latency(Duration realTime) implements Effect {}

    /** Carried out, but the connection is closed without an answer. */
    record LoseResponse() implements Effect {}

    /** Reads show the world as it was this much simulated time ago. Writes are not concerned. */
    record StaleReads(Duration simulatedTime) implements Effect {}
}
