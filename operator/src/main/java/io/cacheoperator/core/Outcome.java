package io.cacheoperator.core;

/** What came of one step. */
public sealed interface Outcome {

    /** It took effect; what it made is in the view already. */
    record Done() implements Outcome {}

    /** It did not; the failure says how to go on. */
    record Failed(Failure failure) implements Outcome {}

    /** It was not sent, because what it would have touched is not ours. */
    record Refused(Ownership ownership, String target) implements Outcome {}
}
