package io.cacheoperator.simulator.elasticache;

import java.util.Optional;

/**
 * A change that waits for the maintenance window. Only the node type, the engine version and the number of nodes can wait.
 *
 * @param parameterGroup comes along when the engine version changes the family
 */
record DeferredChange(
        Optional<String> nodeType,
        Optional<String> engine,
        Optional<String> engineVersion,
        Optional<String> parameterGroup) {
    static final DeferredChange NONE =
            new DeferredChange(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Both changes; where both change the same, the later one counts. */
    DeferredChange and(DeferredChange later) {
        return new DeferredChange(
                later.nodeType.or(() -> nodeType),
                later.engine.or(() -> engine),
                later.engineVersion.or(() -> engineVersion),
                later.parameterGroup.or(() -> parameterGroup));
    }

    boolean isEmpty() {
        return equals(NONE);
    }
}
