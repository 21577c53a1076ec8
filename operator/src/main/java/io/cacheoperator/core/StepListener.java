package io.cacheoperator.core;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/** Told of every step that was taken, and of every deletion that ends, for Events and metrics. Never blocks and never throws. */
@FunctionalInterface
public interface StepListener {

    /** Nobody listens. */
    StepListener NONE = (primary, step, outcome) -> {};

    /** @param outcome what came of it */
    void onStep(HasMetadata primary, Step<?> step, Outcome outcome);

    /**
     * The finalizer goes, and with it the status that could say anything.
     *
     * @param left what stays all the same, and why
     */
    default void onGone(HasMetadata primary, List<Problem> left) {}

    /** Tells both. */
    default StepListener and(StepListener other) {
        StepListener first = this;
        return new StepListener() {
            @Override
            public void onStep(HasMetadata primary, Step<?> step, Outcome outcome) {
                first.onStep(primary, step, outcome);
                other.onStep(primary, step, outcome);
            }

            @Override
            public void onGone(HasMetadata primary, List<Problem> left) {
                first.onGone(primary, left);
                other.onGone(primary, left);
            }
        };
    }
}
