package io.cacheoperator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What one pass does with what a kind plans. */
class PassTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Failure THROTTLED = new Failure(Failure.Kind.THROTTLED, "Do", "Throttling", "Rate exceeded");
    private static final Failure INVALID = new Failure(Failure.Kind.INVALID, "Do", "InvalidParameterValue", "no");

    private final ConfigMap primary = new ConfigMapBuilder()
            .withNewMetadata()
            .withName("a")
            .withNamespace("n")
            .withUid("u")
            .withGeneration(1L)
            .endMetadata()
            .build();

    private final FakeWorld world = new FakeWorld();
    private final RetryLedger ledger = new RetryLedger(Pacing.DEFAULT, () -> 0.5);
    private Instant now = START;

    private record Word(String region, String text) implements Query<String> {}

    /** Answers questions from a map; what is not in it fails. */
    private static final class FakeWorld implements Reads {
        final Map<Query<?>, String> readable = new HashMap<>();
        final Map<Query<?>, String> known = new HashMap<>();
        final List<Query<?>> asked = new ArrayList<>();

        @Override
        public View view() {
            return new View() {
                @Override
                @SuppressWarnings("unchecked")
                public <T> Observation<T> get(Query<T> query) {
                    return known.containsKey(query)
                            ? new Observation.Present<>((T) known.get(query), START, Observation.Source.TARGETED)
                            : Observation.unknown("not read");
                }
            };
        }

        @Override
        public Map<Query<?>, Failure> read(Set<Query<?>> questions) {
            Map<Query<?>, Failure> failures = new HashMap<>();
            for (Query<?> question : questions) {
                asked.add(question);
                if (readable.containsKey(question)) {
                    known.put(question, readable.get(question));
                } else {
                    failures.put(question, THROTTLED);
                }
            }
            return failures;
        }
    }

    /** Plans by a function of the view and of what was done so far. */
    private final class FakeKind implements Kind<ConfigMap, View, String> {
        final List<String> done = new ArrayList<>();
        BiFunction<View, List<String>, Plan<String>> planner = (view, before) -> Plan.nothing();
        Function<String, Outcome> executor = action -> new Outcome.Done();

        @Override
        public Class<ConfigMap> type() {
            return ConfigMap.class;
        }

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public String finalizer() {
            return "fake/fake";
        }

        @Override
        public Set<Query<?>> interests(ConfigMap of) {
            return Set.of();
        }

        @Override
        public View inputs(ConfigMap of, View view) {
            return view;
        }

        @Override
        public Plan<String> plan(ConfigMap of, View inputs, Instant at) {
            return planner.apply(inputs, done);
        }

        @Override
        public Outcome execute(ConfigMap of, View inputs, String action) {
            Outcome outcome = executor.apply(action);
            done.add(action + (outcome instanceof Outcome.Done ? "" : "!"));
            return outcome;
        }

        @Override
        public ConfigMap status(ConfigMap of, View inputs, Plan<String> plan, Optional<StepFailure> last, Instant at) {
            return of;
        }
    }

    private final FakeKind kind = new FakeKind();

    private Pass.End<View, String> run() {
        return run("1", false);
    }

    private Pass.End<View, String> run(String epoch, boolean paused) {
        return new Pass<>(kind, primary, world, ledger.page("u", epoch), StepListener.NONE, () -> true, () -> now)
                .run(paused);
    }

    private static Step<String> step(String name, boolean stateful) {
        return Step.ready(name, name, "target", stateful, Impact.NONE, name);
    }

    private static Plan<String> plan(List<Step<String>> steps) {
        return new Plan<>(List.of(), steps, List.of(), Optional.empty(), false);
    }

    /** Wants these in order, each once, whatever comes of it is the executor's business. */
    @SafeVarargs
    private final void wants(Step<String>... steps) {
        kind.planner = (view, done) -> plan(
                List.of(steps).stream().filter(s -> !done.contains(s.name())).toList());
    }

    @Test
    void takesStepsInOrderUntilNothingIsLeft() {
        wants(step("one", false), step("two", false), step("three", true));
        Pass.End<View, String> end = run();
        assertThat(kind.done).containsExactly("one", "two", "three");
        assertThat(end.plan().steps()).isEmpty();
        assertThat(end.again()).isEmpty();
    }

    @Test
    void sendsNoMoreToATargetThatWasWrittenAndHasAState() {
        wants(step("one", true), step("two", true));
        Pass.End<View, String> end = run();
        assertThat(kind.done).containsExactly("one");
        assertThat(end.again()).contains(START.plusSeconds(1));
    }

    @Test
    void readsWhatThePlanAsksAndPlansAgain() {
        Word question = new Word("r", "q");
        world.readable.put(question, "answer");
        kind.planner = (view, done) -> view.get(question).isPresent()
                ? plan(done.isEmpty() ? List.of(step("one", false)) : List.of())
                : new Plan<>(List.of(question), List.of(), List.of(), Optional.empty(), false);
        run();
        assertThat(world.asked).containsExactly(question);
        assertThat(kind.done).containsExactly("one");
    }

    @Test
    void whatAnotherReadAnsweredSinceThePlanWasMadeIsNotAsked() {
        Word question = new Word("r", "q");
        kind.planner = (view, done) -> {
            boolean known = view.get(question).isPresent();
            world.known.put(question, "answered by another's read");
            return known
                    ? plan(done.isEmpty() ? List.of(step("one", false)) : List.of())
                    : new Plan<>(List.of(question), List.of(), List.of(), Optional.empty(), false);
        };
        run();
        assertThat(world.asked).isEmpty();
        assertThat(kind.done).containsExactly("one");
    }

    @Test
    void aPlanThatWantsToKnowAnewWhatIsKnownIsAnsweredAnewOnce() {
        Word question = new Word("r", "q");
        world.known.put(question, "old");
        world.readable.put(question, "new");
        kind.planner = (view, done) -> new Plan<>(List.of(question), List.of(), List.of(), Optional.empty(), false);
        run();
        assertThat(world.asked).containsExactly(question);
        assertThat(world.known).containsEntry(question, "new");
    }

    @Test
    void asksAQuestionThatFailsOnceAndComesBackForIt() {
        Word question = new Word("r", "q");
        kind.planner = (view, done) ->
                new Plan<>(List.of(question), List.of(step("one", false)), List.of(), Optional.empty(), false);
        Pass.End<View, String> end = run();
        assertThat(world.asked).hasSize(1);
        assertThat(kind.done).isEmpty();
        assertThat(end.blind()).isTrue();
        assertThat(end.again()).hasValueSatisfying(at -> assertThat(at).isAfter(START));
        run();
        assertThat(world.asked).as("not before its time").hasSize(1);
        now = end.again().orElseThrow();
        run();
        assertThat(world.asked).hasSize(2);
    }

    @Test
    void sendsAFailedStepNotBeforeItsTimeWhateverEventComes() {
        wants(step("one", true));
        kind.executor = action -> new Outcome.Failed(THROTTLED);
        Pass.End<View, String> end = run();
        assertThat(kind.done).containsExactly("one!");
        assertThat(end.failure())
                .hasValueSatisfying(f -> assertThat(f.outcome()).isEqualTo(new Outcome.Failed(THROTTLED)));
        run();
        assertThat(kind.done).hasSize(1);
        now = end.again().orElseThrow();
        run();
        assertThat(kind.done).hasSize(2);
    }

    @Test
    void takesNoStepOverOneThatFailed() {
        kind.planner = (view, done) -> plan(List.of(step("one", false), step("two", false)));
        kind.executor = action -> new Outcome.Failed(THROTTLED);
        run();
        assertThat(kind.done).containsExactly("one!");
    }

    @Test
    void sendsAStepAtOnceWhenItWouldSendSomethingElse() {
        wants(step("one", true));
        kind.executor = action -> new Outcome.Failed(INVALID);
        run();
        kind.planner =
                (view, done) -> plan(List.of(Step.ready("other request", "one", "target", true, Impact.NONE, "one")));
        run();
        assertThat(kind.done).containsExactly("one!", "other request!");
    }

    @Test
    void sendsAStepAtOnceAfterAnEditOrAnAnnotation() {
        wants(step("one", true));
        kind.executor = action -> new Outcome.Failed(INVALID);
        run("1", false);
        run("2", false);
        assertThat(kind.done).hasSize(2);
    }

    @Test
    void backsOffFurtherWithEachFailure() {
        kind.planner = (view, done) -> plan(List.of(step("one", true)));
        kind.executor = action -> new Outcome.Failed(THROTTLED);
        List<Duration> delays = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Instant again = run().again().orElseThrow();
            delays.add(Duration.between(now, again));
            now = again;
        }
        assertThat(delays).isSorted().last().isEqualTo(Pacing.DEFAULT.soonMost());
        assertThat(delays.getFirst()).isEqualTo(Pacing.DEFAULT.soonFirst());
    }

    @Test
    void takesNoStepWhilePaused() {
        wants(step("one", true));
        run("1", true);
        assertThat(kind.done).isEmpty();
    }

    @Test
    void endsEvenIfAPlanNeverDoes() {
        kind.planner = (view, done) -> plan(List.of(step("again" + done.size(), false)));
        Pass.End<View, String> end = run();
        assertThat(kind.done).hasSize(50);
        assertThat(end.again()).isPresent();
    }

    @Test
    void doesNothingTwiceInAPassThoughTheWorldDoesNotShowIt() {
        kind.planner = (view, done) -> plan(List.of(step("again", false)));
        Pass.End<View, String> end = run();
        assertThat(kind.done).hasSize(1);
        assertThat(end.again()).isPresent();
    }

    @Test
    void comesBackWhenThePlanSaysSo() {
        Instant wake = START.plusSeconds(77);
        kind.planner = (view, done) -> new Plan<>(List.of(), List.of(), List.of(), Optional.of(wake), false);
        assertThat(run().again()).contains(wake);
    }

    /** What keeps it is in a spec, in a Secret or in AWS: an event may tell, and if none does the timer must. */
    @Test
    void looksAgainBySlowTimerAtAProblemThatNoStepOfOursMends() {
        Problem problem = Problem.userMustAct(
                new Reason() {
                    @Override
                    public String name() {
                        return "Wrong";
                    }

                    @Override
                    public String meaning() {
                        return "wrong";
                    }
                },
                "spec.field",
                "wrong");
        kind.planner = (view, done) -> new Plan<>(List.of(), List.of(), List.of(problem), Optional.empty(), false);
        assertThat(run().again()).contains(START.plus(Pacing.DEFAULT.user()));
    }
}
