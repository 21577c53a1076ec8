package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.core.Impact;

/**
 * A field whose value in AWS is not the wanted one.
 *
 * @param field the spec field, such as {@code spec.maintenance.window}; no secret is ever shown as a value
 * @param how what can be done about it
 * @param origin whose doing it is
 * @param given whether the spec says so; else the operator takes back what the spec gave once
 */
public record Change(
        String field, String desired, String actual, Impact impact, How how, Origin origin, boolean given) {

    /** Something is taken away, with nothing in its place. */
    boolean takesAway() {
        return !given && desired.isEmpty();
    }

    Change as(How other, Impact otherImpact) {
        return new Change(field, desired, actual, otherImpact, other, origin, given);
    }

    /** What this version of the operator does about a difference. */
    public enum How {
        /** It makes the change. */
        MADE,
        /** It shows the change and waits for a later version, or for somebody else to make it. */
        UNSUPPORTED,
        /** AWS cannot do it on an existing cache. */
        FORBIDDEN,
        /** The cache is a member of a global datastore, and the change is made there. */
        FROZEN
    }

    /** Where a difference comes from. */
    public enum Origin {
        /** The spec was edited. */
        EDIT,
        /** Somebody changed it in AWS. */
        DRIFT
    }
}
