package io.cacheoperator.core;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Set;

/**
 * Told when passes begin and end, so that changes which woke a resource count as delivered only after a pass that ended
 * well, and so that somebody sees that something moves. Never blocks.
 */
public interface PassListener {

    /** A pass begins: it will see what is in the view from now on. */
    void begins(HasMetadata primary);

    /** The pass ended without an exception. @param interests what to wake it for from now on */
    void ended(HasMetadata primary, Set<Query<?>> interests);

    /** The pass is over, well or not. */
    default void left(HasMetadata primary) {}

    /** Tells both. */
    default PassListener and(PassListener other) {
        PassListener first = this;
        return new PassListener() {
            @Override
            public void begins(HasMetadata primary) {
                first.begins(primary);
                other.begins(primary);
            }

            @Override
            public void ended(HasMetadata primary, Set<Query<?>> interests) {
                first.ended(primary, interests);
                other.ended(primary, interests);
            }

            @Override
            public void left(HasMetadata primary) {
                first.left(primary);
                other.left(primary);
            }
        };
    }
}
