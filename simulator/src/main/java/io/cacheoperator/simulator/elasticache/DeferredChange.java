package io.cacheoperator.simulator.elasticache;

import java.util.Optional;
import software.amazon.awssdk.services.elasticache.model.PendingModifiedValues;

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

    DeferredChange withoutNodeType() {
        return new DeferredChange(Optional.empty(), engine, engineVersion, parameterGroup);
    }

    DeferredChange withoutUpgrade() {
        return new DeferredChange(nodeType, Optional.empty(), Optional.empty(), Optional.empty());
    }

    boolean isEmpty() {
        return equals(NONE);
    }

    /** What the members show of it while it waits. */
    PendingModifiedValues pending() {
        return PendingModifiedValues.builder()
                .cacheNodeType(nodeType.orElse(null))
                .engineVersion(engineVersion.orElse(null))
                .build();
    }
}
