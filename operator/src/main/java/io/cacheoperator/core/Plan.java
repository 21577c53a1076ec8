package io.cacheoperator.core;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a pure planner wants done, in order.
 *
 * @param reads questions that must be answered before the rest can be planned; asked at most once per pass
 * @param steps side effects in order; the first that is {@link Step.State#Ready} is taken, then the plan is made anew
 * @param problems why the spec cannot be reached, all at once
 * @param wakeAt when to plan again if nothing else happens; computed anew in each pass
 * @param finished deletion only: nothing of ours is left, the finalizer may go
 */
public record Plan<A>(
        List<Query<?>> reads, List<Step<A>> steps, List<Problem> problems, Optional<Instant> wakeAt, boolean finished) {

    public Plan {
        reads = List.copyOf(reads);
        steps = List.copyOf(steps);
        problems = List.copyOf(problems);
    }

    public static <A> Plan<A> nothing() {
        return new Plan<>(List.of(), List.of(), List.of(), Optional.empty(), false);
    }

    /** The same, that is made anew at the latest then. */
    public Plan<A> wakingBy(Instant latest) {
        Instant first = wakeAt.filter(latest::isAfter).orElse(latest);
        return new Plan<>(reads, steps, problems, Optional.of(first), finished);
    }

    public Impact impact() {
        return steps.stream().map(Step::impact).reduce(Impact.NONE, Impact::max);
    }

    /** The next side effect, if nothing must be read first. */
    public Optional<Step<A>> next() {
        return reads.isEmpty()
                ? steps.stream().filter(s -> s.state() == Step.State.Ready).findFirst()
                : Optional.empty();
    }
}
