package io.cacheoperator.core;

import io.cacheoperator.core.Kind.StepFailure;
import io.cacheoperator.core.RetryLedger.Entry;
import io.cacheoperator.core.RetryLedger.Key;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at one resource: plan, read what the plan wants to know, take its next step, and again until nothing can be
 * done now. Confined to one thread.
 */
final class Pass<P extends HasMetadata, I, A> {

    private static final Logger LOG = LoggerFactory.getLogger(Pass.class);

    /** The step name under which questions stand in the ledger and in failures. */
    static final String READ = "Read";

    /** More rounds than any plan needs; beyond it a planner does not converge, and the next pass goes on later. */
    private static final int ROUNDS = 50;

    private final Kind<P, I, A> kind;
    private final P primary;
    private final Reads reads;
    private final RetryLedger.Page ledger;
    private final StepListener listener;
    private final BooleanSupplier running;
    private final InstantSource clock;

    private final Set<Query<?>> asked = new HashSet<>();
    private final Set<Query<?>> insistedOn = new HashSet<>();
    private final Map<Query<?>, Failure> unanswered = new HashMap<>();
    private final Set<String> written = new HashSet<>();
    private final Set<Key> failedNow = new HashSet<>();
    private final Set<Map.Entry<Key, Object>> doneNow = new HashSet<>();

    Pass(
            Kind<P, I, A> kind,
            P primary,
            Reads reads,
            RetryLedger.Page ledger,
            StepListener listener,
            BooleanSupplier running,
            InstantSource clock) {
        this.kind = kind;
        this.primary = primary;
        this.reads = reads;
        this.ledger = ledger;
        this.listener = listener;
        this.running = running;
        this.clock = clock;
    }

    /**
     * Where the pass ended.
     *
     * @param inputs what was known then
     * @param plan what is left to do
     * @param failure what keeps its next step from being taken
     * @param again when to come back if nothing else happens
     * @param blind whether questions of the plan stay unanswered: then nothing is known that a status could be made of
     * @param attempts how often the failure has happened
     * @param stopped the operator was stopped before the pass came to its end: it says nothing
     */
    record End<I, A>(
            I inputs,
            Plan<A> plan,
            Optional<StepFailure> failure,
            Optional<Instant> again,
            boolean blind,
            int attempts,
            boolean stopped) {}

    End<I, A> run(boolean paused) {
        for (int round = 0; round < ROUNDS; round++) {
            I inputs = kind.inputs(primary, reads.view());
            Plan<A> plan = kind.plan(primary, inputs, clock.instant());
            if (!running.getAsBoolean()) {
                return end(inputs, plan);
            }
            boolean learned = readFor(plan);
            if (learned) {
                continue;
            }
            Optional<Step<A>> step = paused ? Optional.empty() : takeable(plan);
            if (step.isEmpty()) {
                return end(inputs, plan);
            }
            take(step.get(), inputs);
        }
        LOG.warn("No end of steps after {} rounds; going on later", ROUNDS);
        I inputs = kind.inputs(primary, reads.view());
        return end(inputs, kind.plan(primary, inputs, clock.instant()));
    }

    /** Whether anything was asked. */
    private boolean readFor(Plan<A> plan) {
        Instant now = clock.instant();
        Set<Query<?>> open = plan.reads().stream()
                .filter(query -> !asked.contains(query))
                .filter(query -> ledger.holding(key(query), query, now).isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (open.isEmpty()) {
            return false;
        }
        if (answeredMeanwhile(open)) {
            return true;
        }
        asked.addAll(open);
        Map<Query<?>, Failure> failures = reads.read(open);
        unanswered.putAll(failures);
        for (Query<?> query : open) {
            Failure failure = failures.get(query);
            if (failure == null) {
                ledger.succeeded(key(query));
            } else {
                ledger.failed(key(query), query, new Outcome.Failed(failure), clock.instant());
                LOG.info("{} unanswered: {} {}: {}", query, failure.operation(), failure.code(), failure.message());
            }
        }
        return true;
    }

    /**
     * Whether somebody else's read has answered any of them since the plan was made: then another plan comes first, for asking again
     * may cost as much as the whole account. A plan that asks for what it knows is taken by its word the second time.
     */
    private boolean answeredMeanwhile(Set<Query<?>> open) {
        View view = reads.view();
        Set<Query<?>> known =
                open.stream().filter(query -> isKnown(view.get(query))).collect(Collectors.toSet());
        return insistedOn.addAll(known);
    }

    private static boolean isKnown(Observation<?> answer) {
        return answer.isPresent() || answer.isConfirmedAbsent();
    }

    /**
     * The plan's next step, unless it failed lately, or its target was written in this pass already, or it is just what was done
     * in this pass: then the world does not show it yet, and doing it over and over would not make it.
     */
    private Optional<Step<A>> takeable(Plan<A> plan) {
        Instant now = clock.instant();
        return plan.next()
                .filter(step -> !(step.stateful() && written.contains(step.target())))
                .filter(step -> !failedNow.contains(key(step)))
                .filter(step -> !doneNow.contains(Map.entry(key(step), step.action())))
                .filter(step -> ledger.holding(key(step), step.action(), now).isEmpty());
    }

    private void take(Step<A> step, I inputs) {
        Outcome outcome = kind.execute(primary, inputs, step.action());
        if (outcome instanceof Outcome.Done) {
            ledger.succeeded(key(step));
            doneNow.add(Map.entry(key(step), step.action()));
            if (step.stateful()) {
                written.add(step.target());
            }
            forgetAnswersOlderThanTheWrite();
            LOG.info("{} {}: done; {}", step.name(), step.target(), step.message());
        } else {
            failedNow.add(key(step));
            ledger.failed(key(step), step.action(), outcome, clock.instant());
            forgetAnswersOlderThanTheWrite();
            LOG.info("{} {}: {}", step.name(), step.target(), describe(outcome));
        }
        listener.onStep(primary, step, outcome);
    }

    /** What was answered before may be asked once more if the write made it stale; what AWS refused to say may not. */
    private void forgetAnswersOlderThanTheWrite() {
        asked.retainAll(unanswered.keySet());
    }

    private End<I, A> end(I inputs, Plan<A> plan) {
        if (plan.reads().isEmpty()) {
            ledger.keepOnly(plan.steps().stream().map(Pass::key).collect(Collectors.toSet()));
        }
        Instant now = clock.instant();
        Optional<Entry> standing = plan.reads().isEmpty()
                ? plan.next().flatMap(step -> ledger.standing(key(step), step.action()))
                : plan.reads().stream()
                        .flatMap(query -> ledger.standing(key(query), query).stream())
                        .reduce((a, b) -> a.notBefore().isBefore(b.notBefore()) ? a : b);
        Optional<Instant> again = Stream.of(
                        plan.wakeAt(), standing.map(Entry::notBefore), untaken(plan, standing, now), healing(plan, now))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
        return new End<>(
                inputs,
                plan,
                standing.map(Entry::failure),
                again,
                !plan.reads().isEmpty(),
                standing.map(Entry::attempts).orElse(0),
                !running.getAsBoolean());
    }

    /** A step or a question that nothing holds back but this pass's own bounds comes next, a moment later. */
    private Optional<Instant> untaken(Plan<A> plan, Optional<Entry> standing, Instant now) {
        boolean left = !plan.reads().isEmpty() || plan.next().isPresent();
        return left && standing.isEmpty() ? Optional.of(now.plusSeconds(1)) : Optional.empty();
    }

    /** What is wrong may heal without anybody telling us: looked at again, at the pace of the problem. */
    private Optional<Instant> healing(Plan<A> plan, Instant now) {
        return plan.problems().stream()
                .map(problem -> ledger.later(problem.retry(), now))
                .min(Instant::compareTo);
    }

    private static Key key(Query<?> query) {
        return new Key(READ, query.toString());
    }

    private static Key key(Step<?> step) {
        return new Key(step.name(), step.target());
    }

    private static String describe(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done() -> "done";
            case Outcome.Failed(Failure f) -> f.kind() + " " + f.operation() + " " + f.code() + ": " + f.message();
            case Outcome.Refused(Ownership ownership, String target) -> "not sent, " + target + " is " + ownership;
        };
    }
}
