package io.cacheoperator.core;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Told of every step that was taken, for Events and metrics. Never blocks and never throws. */
@FunctionalInterface
public interface StepListener {

    /** Nobody listens. */
    StepListener NONE = (primary, step, outcome) -> {};

    /** @param outcome what came of it */
    void onStep(HasMetadata primary, Step<?> step, Outcome outcome);

    /** Tells both. */
    default StepListener and(StepListener other) {
        return (primary, step, outcome) -> {
            onStep(primary, step, outcome);
            other.onStep(primary, step, outcome);
        };
    }
}
