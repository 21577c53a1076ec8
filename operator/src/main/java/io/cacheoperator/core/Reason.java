package io.cacheoperator.core;

/**
 * Why something is as it is: the reason of a condition, an Event, a metric tag and a line in the documentation.
 * Implemented by one closed enum per kind; {@link #name()} in CamelCase is what users see.
 */
public interface Reason {

    /** The word users see, such as {@code SubnetNotFound}. */
    String name();

    /** One sentence for the reference: what it means and what to do. */
    String meaning();
}
