package io.cacheoperator.core;

import java.util.Optional;

/**
 * One side effect, in AWS or in Kubernetes, that a plan wants to have.
 *
 * @param action what to do, as the kind's own sealed type
 * @param name the word shown in {@code status.plan.steps[].action}, such as {@code CreateReplicationGroup}
 * @param target the id or name of what it acts on
 * @param stateful whether the target leaves {@code available} by it: then nothing more is sent to it in this pass
 * @param message one line for users
 */
public record Step<A>(
        A action,
        String name,
        String target,
        boolean stateful,
        Impact impact,
        State state,
        Optional<String> waitingFor,
        String message) {

    /** Whether a step can be taken now. */
    public enum State {
        /** Nothing stands in its way but the steps before it. */
        Ready,
        /** It waits for something that {@code waitingFor} names. */
        Waiting,
        /** It was sent and AWS is at it. */
        Running,
        /** It will not be taken: forbidden, or not supported by this version. */
        Refused
    }

    public static <A> Step<A> ready(
            A action, String name, String target, boolean stateful, Impact impact, String message) {
        return new Step<>(action, name, target, stateful, impact, State.Ready, Optional.empty(), message);
    }

    public static <A> Step<A> waiting(
            A action, String name, String target, Impact impact, String waitingFor, String message) {
        return new Step<>(action, name, target, true, impact, State.Waiting, Optional.of(waitingFor), message);
    }

    public static <A> Step<A> refused(A action, String name, String target, Impact impact, String message) {
        return new Step<>(action, name, target, true, impact, State.Refused, Optional.empty(), message);
    }
}
