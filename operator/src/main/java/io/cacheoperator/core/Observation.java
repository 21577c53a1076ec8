package io.cacheoperator.core;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known about one thing outside this process. Three answers, because "not observed" is never "absent":
 * {@link Unknown} causes no write anywhere.
 */
public sealed interface Observation<T> {

    /**
     * Nobody has looked yet, or the last look failed. Never a reason to write.
     *
     * @param refusal how AWS said no, where the operator may not look
     */
    record Unknown<T>(String why, Optional<Failure> refusal) implements Observation<T> {}

    /** It was looked for and not there. {@link Source#BULK} absence is a hint: pages shift between markers. */
    record Absent<T>(Instant asOf, Source source) implements Observation<T> {}

    /** It was there, in this state. */
    record Present<T>(T state, Instant asOf, Source source) implements Observation<T> {}

    /** How an answer was had; a later source in this list is the stronger proof. */
    enum Source {
        /** A list call over the whole account and region. */
        BULK,
        /** The answer to our own write. */
        OWN_WRITE,
        /** One call that named this one thing. */
        TARGETED
    }

    static <T> Observation<T> unknown(String why) {
        return new Unknown<>(why, Optional.empty());
    }

    /** The last look failed. */
    static <T> Observation<T> unknown(Failure failure) {
        return new Unknown<>(
                failure.operation() + ": " + failure.message(),
                Optional.of(failure).filter(f -> f.kind() == Failure.Kind.ACCESS));
    }

    /** The state if present, else empty. Use only where unknown and absent mean the same. */
    default Optional<T> found() {
        return this instanceof Present<T> present ? Optional.of(present.state()) : Optional.empty();
    }

    /** Why it is unknown, where that is for want of permission: a look will not help before somebody gives it. */
    default Optional<Failure> refusal() {
        return Optional.empty();
    }

    default boolean isUnknown() {
        return this instanceof Unknown<T>;
    }

    default boolean isPresent() {
        return this instanceof Present<T>;
    }

    /** Absent, whatever the source said so. */
    default boolean isAbsent() {
        return this instanceof Absent<T>;
    }

    /** Absent by a call that named it: what a delete or a "lost" verdict needs. */
    default boolean isConfirmedAbsent() {
        return this instanceof Absent<T> absent && absent.source() == Source.TARGETED;
    }
}
