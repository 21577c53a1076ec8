package io.cacheoperator.core;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a kind of resource brings; the reconciler does the rest. Of the four methods only {@link #execute} has
 * side effects; {@link #plan} and {@link #status} are pure functions of their arguments.
 *
 * @param <P> the custom resource
 * @param <I> what plan and status look at: an immutable value
 * @param <A> the side effects it knows, a sealed type
 */
public interface Kind<P extends HasMetadata, I, A> {

    Class<P> type();

    /** Lower-case singular, such as {@code cachecluster}: the controller's name, field manager and metric tag. */
    String name();

    String finalizer();

    /** The questions whose changed answers must wake this resource. */
    Set<Query<?>> interests(P primary);

    /** Gathers what is known now. Reads caches only. */
    I inputs(P primary, View view);

    /** What to do next. Called again after every step and every read of the pass. Handles deletion too. */
    Plan<A> plan(P primary, I inputs, Instant now);

    /** Has one side effect. Proves ownership before it touches what exists. */
    Outcome execute(P primary, I inputs, A action);

    /**
     * The complete status as a fresh object (name, namespace and status only), or the previous one where nothing
     * changed. Never called while everything is unknown.
     *
     * @param last what came of the last step that did not succeed in this or an earlier pass, if it still stands
     */
    P status(P primary, I inputs, Plan<A> plan, Optional<StepFailure> last, Instant now);

    /** A step that did not succeed, and when. */
    record StepFailure(String step, String target, Outcome outcome, Instant at) {}
}
