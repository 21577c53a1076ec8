package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.kinds.cachecluster.FieldRow.Takes;
import java.util.Optional;

/**
 * One value that a running cache should have, beside the one that it has in AWS.
 *
 * @param field such as {@code spec.maintenance.window} or {@code spec.tags.team}
 * @param desired empty text also where something should be taken away
 * @param same whether the two mean the same
 * @param takes what a difference takes
 * @param given whether the spec says so; else it is something that the operator wrote and the spec gives no longer
 * @param asked what of it the spec asks for: the desired value, but for what others added to a collection
 */
record Compared(String field, String desired, String actual, boolean same, Takes takes, boolean given, String asked) {

    /** A value of the spec that the operator itself can bring to AWS without a client noticing. */
    static Compared given(String field, String desired, Optional<String> actual) {
        return new Compared(
                field, desired, actual.orElse(""), actual.equals(Optional.of(desired)), Takes.MADE, true, desired);
    }

    /** What the spec gives no longer. @param desired what comes in its place; empty: it is taken away */
    static Compared unset(String field, Optional<String> desired, Optional<String> actual) {
        String instead = desired.orElse("");
        return new Compared(field, instead, actual.orElse(""), desired.equals(actual), Takes.MADE, false, instead);
    }

    /** It follows from something else, and nobody can have edited it. */
    Compared asDerived() {
        return new Compared(field, desired, actual, same, takes, given, "");
    }

    /** What the spec asks for is not the desired value itself, which AWS has a part in. */
    Compared asking(String other) {
        return new Compared(field, desired, actual, same, takes, given, other);
    }

    Compared asSame() {
        return new Compared(field, desired, actual, true, takes, given, asked);
    }
}
