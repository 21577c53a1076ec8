package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.core.Condition;
import io.cacheoperator.core.Condition.Status;
import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Impact;
import io.cacheoperator.core.Plan;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.Step;
import io.cacheoperator.kinds.cachecluster.ClusterVerdict.Why;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The rules that kstatus and api.md set for conditions, for every verdict there can be. */
class ClusterConditionsTest {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant T1 = Instant.parse("2026-01-01T01:00:00Z");

    private enum Secret {
        WRITTEN,
        OUTDATED,
        MISSING
    }

    private record Something(String region) implements Query<String> {}

    private static List<Condition> of(ClusterVerdict verdict, List<Condition> before, long generation, Instant now) {
        return ClusterConditions.of(verdict, List.of(), before, generation, now);
    }

    private static Optional<Condition> find(List<Condition> conditions, String type) {
        return conditions.stream().filter(c -> c.type().equals(type)).findFirst();
    }

    private static boolean isTrue(List<Condition> conditions, String type) {
        return find(conditions, type).map(c -> c.status() == Status.TRUE).orElse(false);
    }

    @Property(tries = 1000)
    void neverReconcilingAndStalledAtOnce(@ForAll("verdicts") ClusterVerdict verdict) {
        List<Condition> conditions = of(verdict, List.of(), 1, T0);
        assertThat(isTrue(conditions, "Reconciling") && isTrue(conditions, "Stalled"))
                .isFalse();
    }

    @Property(tries = 1000)
    void reconcilingAndStalledAreAbsentWhenFalse(@ForAll("verdicts") ClusterVerdict verdict) {
        assertThat(of(verdict, List.of(), 1, T0))
                .filteredOn(c -> c.type().equals("Reconciling") || c.type().equals("Stalled"))
                .allMatch(c -> c.status() == Status.TRUE);
    }

    @Property(tries = 1000)
    void neverReadyWithoutSecret(@ForAll("verdicts") ClusterVerdict first, @ForAll("verdicts") ClusterVerdict second) {
        List<Condition> before = of(first, List.of(), 1, T0);
        assertThat(!isTrue(before, "Ready") || first.secretWritten()).isTrue();
        assertThat(isTrue(of(second, before, 1, T1), "Ready") && second.secretMissing())
                .as("nor while AWS does not answer, if the Secret is known to be gone")
                .isFalse();
    }

    @Property(tries = 1000)
    void neverReadyAndStalled(@ForAll("verdicts") ClusterVerdict first, @ForAll("verdicts") ClusterVerdict second) {
        List<Condition> before = of(first, List.of(), 1, T0);
        List<Condition> conditions = of(second, before, 1, T1);
        assertThat(isTrue(conditions, "Ready") && isTrue(conditions, "Stalled")).isFalse();
    }

    @Property(tries = 1000)
    void syncedOnlyWhereNothingIsLeftToDo(@ForAll("verdicts") ClusterVerdict verdict) {
        List<Condition> conditions = of(verdict, List.of(), 1, T0);
        if (isTrue(conditions, "Synced")) {
            assertThat(isTrue(conditions, "Ready")).isTrue();
            assertThat(find(conditions, "Reconciling")).isEmpty();
            assertThat(verdict.changes()).isEmpty();
        }
    }

    @Property(tries = 1000)
    void readyAndSyncedAreAlwaysThereOnceAndSpeakOfThisGeneration(@ForAll("verdicts") ClusterVerdict verdict) {
        List<Condition> conditions = of(verdict, List.of(), 7, T0);
        assertThat(conditions)
                .extracting(Condition::type)
                .contains("Ready", "Synced")
                .doesNotHaveDuplicates();
        assertThat(conditions).allMatch(c -> c.observedGeneration() != null && c.observedGeneration() == 7);
        assertThat(conditions).allMatch(c -> !c.reason().isEmpty());
    }

    @Property(tries = 1000)
    void timeMovesOnlyWithTheStatus(
            @ForAll("verdicts") ClusterVerdict first, @ForAll("verdicts") ClusterVerdict second) {
        List<Condition> before = of(first, List.of(), 1, T0);
        for (Condition now : of(second, before, 2, T1)) {
            boolean same = find(before, now.type())
                    .map(old -> old.status() == now.status())
                    .orElse(false);
            assertThat(now.lastTransitionTime()).as(now.type()).isEqualTo(same ? T0 : T1);
        }
    }

    @Property(tries = 1000)
    void sayingTheSameTwiceChangesNothing(@ForAll("verdicts") ClusterVerdict verdict) {
        List<Condition> once = of(verdict, List.of(), 1, T0);
        assertThat(of(verdict, once, 1, T1)).isEqualTo(once);
    }

    @Property(tries = 1000)
    void aDeletionThatIsBlockedSaysWhy(@ForAll("verdicts") ClusterVerdict verdict) {
        Optional<Condition> blocked = find(of(verdict, List.of(), 1, T0), "DeletionBlocked");
        assertThat(blocked.isPresent())
                .isEqualTo(verdict.deleting()
                        && (verdict.paused()
                                || verdict.stalled().isPresent()
                                || verdict.failing().filter(Why::lasting).isPresent()));
        blocked.ifPresent(c -> assertThat(c.message()).isNotBlank());
    }

    @Example
    void aReadyCacheStaysReadyWhileAwsDoesNotAnswer() {
        List<Condition> before = of(verdict(Optional.of(Caches.valkey("available")), true), List.of(), 1, T0);
        assertThat(isTrue(before, "Ready")).isTrue();
        ClusterVerdict blind = new ClusterVerdict(
                false,
                false,
                true,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.of(new Why(ClusterReason.AwsError, "AccessDenied", true)),
                List.of(),
                asking());
        List<Condition> conditions = of(blind, before, 1, T1);
        assertThat(isTrue(conditions, "Ready")).isTrue();
        assertThat(isTrue(conditions, "Synced")).isFalse();
    }

    @Example
    void whatAwsRefusesToSayMakesDriftUnknownAndLeavesAReadyCacheReady() {
        Failure refusal = new Failure(
                Failure.Kind.ACCESS,
                "GetResources",
                "AccessDeniedException",
                "User: arn:aws:iam::1:user/u is not authorized to perform: tag:GetResources");
        ClusterVerdict verdict = new ClusterVerdict(
                false,
                false,
                false,
                Optional.of(Caches.valkey("available")),
                true,
                Optional.empty(),
                Optional.empty(),
                List.of(refusal),
                Plan.nothing());
        List<Condition> conditions = of(verdict, List.of(), 1, T0);
        assertThat(isTrue(conditions, "Ready")).isTrue();
        assertThat(isTrue(conditions, "Synced")).isTrue();
        assertThat(find(conditions, "Drifted")).hasValueSatisfying(c -> {
            assertThat(c.status()).isEqualTo(Status.UNKNOWN);
            assertThat(c.message()).contains("Allow tag:GetResources", "docs/reference/iam.md");
        });
    }

    @Example
    void aCacheThatIsSnapshottedByAwsIsReadyAndSyncedAndNotReconciling() {
        List<Condition> conditions = of(verdict(Optional.of(Caches.valkey("snapshotting")), true), List.of(), 1, T0);
        assertThat(isTrue(conditions, "Ready")).isTrue();
        assertThat(isTrue(conditions, "Synced")).isTrue();
        assertThat(find(conditions, "Reconciling")).isEmpty();
    }

    @Example
    void aCacheThatIsBeingMadeIsReconcilingAndNotReady() {
        List<Condition> conditions = of(verdict(Optional.of(Caches.valkey("creating")), false), List.of(), 1, T0);
        assertThat(find(conditions, "Ready")).hasValueSatisfying(c -> {
            assertThat(c.status()).isEqualTo(Status.FALSE);
            assertThat(c.reason()).isEqualTo("Creating");
        });
        assertThat(isTrue(conditions, "Reconciling")).isTrue();
    }

    @SafeVarargs
    private static List<Condition> ofAvailable(String awsStatus, Step<ClusterAction>... steps) {
        Plan<ClusterAction> plan = new Plan<>(List.of(), List.of(steps), List.of(), Optional.empty(), false);
        ClusterVerdict verdict = new ClusterVerdict(
                false,
                false,
                false,
                Optional.of(Caches.valkey(awsStatus)),
                true,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                plan);
        return of(verdict, List.of(), 1, T0);
    }

    /** Else an edit that is made while AWS takes its daily snapshot would count as applied at once. */
    @Example
    void aChangeThatWaitsForAwsIsNotSyncedAndGoesOnByItself() {
        List<Condition> conditions = ofAvailable(
                "snapshotting",
                step(new ClusterAction.Await("AwaitAvailable"), Step.State.Running),
                step(new ClusterAction.Await("ModifyReplicationGroup"), Step.State.Waiting));
        assertThat(isTrue(conditions, "Ready")).isTrue();
        assertThat(isTrue(conditions, "Synced")).isFalse();
        assertThat(isTrue(conditions, "Reconciling")).isTrue();
        assertThat(find(conditions, "PlanPending")).isEmpty();
    }

    @Example
    void aChangeThatWaitsForAWindowIsPendingAndNotReconciling() {
        List<Condition> conditions =
                ofAvailable("available", step(new ClusterAction.DeleteGroup("g"), Step.State.Waiting));
        assertThat(isTrue(conditions, "Ready")).isTrue();
        assertThat(isTrue(conditions, "Synced")).isFalse();
        assertThat(find(conditions, "Reconciling")).isEmpty();
        assertThat(isTrue(conditions, "PlanPending")).isTrue();
    }

    @Example
    void aChangeThatIsNotSupportedIsNotSyncedForThatReasonAndTakesNoReadinessAway() {
        List<Condition> conditions =
                ofAvailable("available", step(new ClusterAction.Unsupported("spec.nodeType"), Step.State.Refused));
        assertThat(isTrue(conditions, "Ready")).isTrue();
        assertThat(find(conditions, "Synced")).hasValueSatisfying(c -> {
            assertThat(c.status()).isEqualTo(Status.FALSE);
            assertThat(c.reason()).isEqualTo("UnsupportedChange");
            assertThat(c.message()).isEqualTo("a step");
        });
        assertThat(find(conditions, "Reconciling")).isEmpty();
        assertThat(find(conditions, "Stalled")).isEmpty();
        assertThat(find(conditions, "PlanPending")).isEmpty();
    }

    @Example
    void whileOtherChangesAreMadeThatIsTheReason() {
        List<Condition> conditions = ofAvailable(
                "available",
                step(new ClusterAction.DeleteGroup("g"), Step.State.Ready),
                step(new ClusterAction.Unsupported("spec.nodeType"), Step.State.Refused));
        assertThat(find(conditions, "Synced").orElseThrow().reason()).isEqualTo("Modifying");
        assertThat(isTrue(conditions, "Reconciling")).isTrue();
    }

    private static ClusterVerdict verdict(Optional<ExistingCache> cache, boolean secret) {
        return new ClusterVerdict(
                false, false, false, cache, secret, Optional.empty(), Optional.empty(), List.of(), Plan.nothing());
    }

    private static Plan<ClusterAction> asking() {
        return new Plan<>(List.of(new Something("r")), List.of(), List.of(), Optional.empty(), false);
    }

    @Provide
    Arbitrary<ClusterVerdict> verdicts() {
        Arbitrary<Boolean> bool = Arbitraries.of(true, false);
        Arbitrary<Optional<ExistingCache>> caches = Arbitraries.of(
                        "creating", "available", "modifying", "snapshotting", "deleting", "create-failed")
                .map(Caches::valkey)
                .optional();
        Arbitrary<Optional<Why>> why = Combinators.combine(
                        Arbitraries.of(ClusterReason.values()), Arbitraries.of("because", "x"), bool)
                .as(Why::new)
                .optional();
        Arbitrary<ClusterAction> actions = Arbitraries.of(
                new ClusterAction.DeleteGroup("g"), new ClusterAction.Await("x"), new ClusterAction.Unsupported("f"));
        Arbitrary<Plan<ClusterAction>> plans = Combinators.combine(actions, Arbitraries.of(Step.State.values()))
                .as(ClusterConditionsTest::step)
                .list()
                .ofMaxSize(3)
                .map(steps -> new Plan<>(List.of(), steps, List.of(), Optional.empty(), false));
        Arbitrary<Secret> secrets = Arbitraries.of(Secret.values());
        return Combinators.combine(bool, bool, bool, caches, secrets, why, why, plans)
                .as((deleting, paused, blind, cache, secret, stalled, failing, plan) -> new ClusterVerdict(
                        deleting,
                        paused,
                        blind,
                        cache,
                        secret == Secret.WRITTEN,
                        secret == Secret.MISSING,
                        stalled,
                        failing,
                        List.of(),
                        Optional.empty(),
                        blind ? asking() : plan));
    }

    private static Step<ClusterAction> step(ClusterAction action, Step.State state) {
        return new Step<>(action, "Step", "g", true, Impact.NONE, state, Optional.of("something"), "a step");
    }
}
