package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.core.Annotations;
import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Failure.Retry;
import io.cacheoperator.core.Kind.StepFailure;
import io.cacheoperator.core.Outcome;
import io.cacheoperator.core.Ownership;
import io.cacheoperator.core.Plan;
import io.cacheoperator.core.Problem;
import io.cacheoperator.core.Step;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What plan, observation and failures come to, before it is put into the words of conditions.
 *
 * @param cache the cache, if it exists and is ours as far as anyone can tell
 * @param blind questions stay open: nothing new is known of AWS
 * @param secretWritten the connection Secret is known to say what it should
 * @param secretMissing it is known that there is none of ours to connect with
 * @param stalled why only the user can help
 * @param failing why a step, or the way to one, fails or waits, where it will be tried again by itself
 * @param refusals what AWS refuses to say for want of permission
 * @param unwatched the user's Secret whose changes are not seen at once
 */
record ClusterVerdict(
        boolean deleting,
        boolean paused,
        boolean blind,
        Optional<ExistingCache> cache,
        boolean secretWritten,
        boolean secretMissing,
        Optional<Why> stalled,
        Optional<Why> failing,
        List<Failure> refusals,
        Optional<String> unwatched,
        Plan<ClusterAction> plan) {

    /** AWS's words for a cache that cannot be used, whatever else is known of it. */
    private static final Set<String> UNUSABLE =
            Set.of("creating", "create-failed", "restore-failed", "deleting", "incompatible-network");

    private static final Set<String> FAILED = Set.of("create-failed", "restore-failed", "incompatible-network");

    /** A reason and a sentence. @param lasting whether it is worth taking Ready away for */
    record Why(ClusterReason reason, String message, boolean lasting) {}

    /** Where every Secret that matters is watched, and none is known to be missing. */
    ClusterVerdict(
            boolean deleting,
            boolean paused,
            boolean blind,
            Optional<ExistingCache> cache,
            boolean secretWritten,
            Optional<Why> stalled,
            Optional<Why> failing,
            List<Failure> refusals,
            Plan<ClusterAction> plan) {
        this(deleting, paused, blind, cache, secretWritten, false, stalled, failing, refusals, Optional.empty(), plan);
    }

    static ClusterVerdict of(CacheCluster cr, ClusterInputs in, Plan<ClusterAction> plan, Optional<StepFailure> last) {
        Optional<String> recordedArn = Optional.ofNullable(cr.getStatus()).flatMap(s -> Optional.ofNullable(s.arn()));
        Optional<ExistingCache> cache =
                in.observed().cache().filter(c -> in.observed().looksOurs(recordedArn));
        return new ClusterVerdict(
                cr.getMetadata().getDeletionTimestamp() != null,
                Annotations.paused(cr),
                !plan.reads().isEmpty(),
                cache,
                secretWritten(in, plan),
                secretMissing(in),
                stalled(plan, last),
                failing(plan, last),
                in.observed().refusals(),
                in.tokenSecret().found().filter(token -> !token.watched()).map(TokenSecret::name),
                plan);
    }

    private static boolean secretWritten(ClusterInputs in, Plan<ClusterAction> plan) {
        boolean outdated =
                plan.steps().stream().anyMatch(step -> step.action() instanceof ClusterAction.WriteConnectionSecret);
        return !outdated && hasSecret(in);
    }

    private static boolean secretMissing(ClusterInputs in) {
        return !in.connectionSecret().isUnknown() && !hasSecret(in);
    }

    private static boolean hasSecret(ClusterInputs in) {
        return in.connectionSecret()
                .found()
                .filter(secret -> secret.ours() && secret.type().startsWith("servicebinding.io/"))
                .isPresent();
    }

    private static Optional<Why> stalled(Plan<ClusterAction> plan, Optional<StepFailure> last) {
        List<Problem> problems = plan.problems().stream()
                .filter(problem -> problem.retry() == Retry.USER)
                .toList();
        return problems.isEmpty()
                ? last.flatMap(ClusterVerdict::whyOf).filter(why -> retryOf(last) == Retry.USER)
                : Optional.of(whyOf(problems));
    }

    private static Optional<Why> failing(Plan<ClusterAction> plan, Optional<StepFailure> last) {
        List<Problem> problems = plan.problems().stream()
                .filter(problem -> problem.retry() != Retry.USER)
                .toList();
        return last.flatMap(ClusterVerdict::whyOf)
                .filter(why -> retryOf(last) != Retry.USER)
                .or(() -> problems.isEmpty() ? Optional.empty() : Optional.of(whyOf(problems)));
    }

    private static Why whyOf(List<Problem> problems) {
        Problem first = problems.getFirst();
        boolean lasting =
                problems.stream().anyMatch(problem -> problem.retry() == Retry.USER || problem.retry() == Retry.SLOWLY);
        return new Why(
                (ClusterReason) first.reason(),
                problems.stream().map(Problem::message).distinct().collect(Collectors.joining("; ")),
                lasting);
    }

    private static Optional<Why> whyOf(StepFailure failure) {
        return switch (failure.outcome()) {
            case Outcome.Done() -> Optional.empty();
            case Outcome.Failed(Failure cause) -> {
                boolean lasting = cause.retry() == Retry.USER || cause.retry() == Retry.SLOWLY;
                if (lasting && cause.operation().equals(ClusterSecrets.WRITE)) {
                    yield Optional.of(new Why(ClusterReason.SecretRefused, cause.message(), true));
                }
                yield Optional.of(
                        lasting && failure.step().equals(ClusterAction.TakeSnapshot.STEP)
                                ? noSnapshot(cause)
                                : new Why(ClusterReason.AwsError, FieldHints.message(cause), lasting));
            }
            case Outcome.Refused(Ownership ownership, String target) -> Optional.of(whyOf(ownership, target));
        };
    }

    /** The only snapshot that we take precedes a deletion. */
    private static Why noSnapshot(Failure cause) {
        return new Why(
                ClusterReason.SnapshotFailed,
                "AWS takes no snapshot and the cache stays: " + FieldHints.message(cause) + ". Mend that, or "
                        + FinalSnapshot.CHOICES,
                true);
    }

    private static Why whyOf(Ownership ownership, String target) {
        return switch (ownership) {
            case Ownership.Foreign(String owner) ->
                new Why(ClusterReason.ForeignOwner, target + " belongs to " + owner, true);
            case Ownership.Nobody() ->
                new Why(ClusterReason.NotOwned, target + " carries no owner tag of an operator", true);
            case Ownership.OwnerUnknown(String why) ->
                new Why(ClusterReason.OwnerUnknown, "Whose " + target + " is cannot be read now: " + why, false);
            case Ownership.Ours() -> throw new IllegalArgumentException("nothing of ours is refused");
        };
    }

    private static Retry retryOf(Optional<StepFailure> last) {
        return last.map(failure -> switch (failure.outcome()) {
                    case Outcome.Failed(Failure cause) -> cause.retry();
                    case Outcome.Refused(Ownership.OwnerUnknown unknown, String target) -> Retry.WAIT;
                    case Outcome.Refused refused -> Retry.USER;
                    case Outcome.Done() -> Retry.SOON;
                })
                .orElse(Retry.SOON);
    }

    /** The steps that change something, now or later; not those that only show what AWS is at. */
    Stream<Step<ClusterAction>> changes() {
        return plan.steps().stream()
                .filter(step -> !(step.action() instanceof ClusterAction.Await) || step.state() == Step.State.Waiting);
    }

    boolean creating() {
        return cache.map(c -> c.status().equals("creating")).orElse(false);
    }

    /** The cache answers, as far as AWS says. */
    boolean reachable() {
        return cache.filter(c -> !UNUSABLE.contains(c.status()))
                .flatMap(ExistingCache::endpoint)
                .isPresent();
    }

    /** What is not known yet is not said to be usable: its endpoint would not stand in the status either. */
    boolean usable() {
        return !blind && reachable() && secretWritten;
    }

    /** Everything that the spec asks for is so. */
    boolean synced() {
        return !blind
                && !deleting
                && !paused
                && stalled.isEmpty()
                && failing.isEmpty()
                && reachable()
                && secretWritten
                && changes().findAny().isEmpty();
    }

    /** One of our own steps is on its way, or is about to be. */
    boolean working() {
        if (blind || paused || stalled.isPresent()) {
            return false;
        }
        return deleting || creating() || changes().anyMatch(ClusterVerdict::goesOn) || (cache.isEmpty() && !synced());
    }

    /** What waits for AWS goes on by itself as soon as AWS is done; what waits for a window or an approval does not. */
    private static boolean goesOn(Step<ClusterAction> step) {
        return switch (step.state()) {
            case Ready, Running -> true;
            case Waiting -> step.action() instanceof ClusterAction.Await;
            case Refused -> false;
        };
    }

    /** Something waits for a window or an approval while nothing else goes on. */
    boolean pending() {
        return !working() && changes().anyMatch(step -> step.state() == Step.State.Waiting);
    }

    Phase phase() {
        if (deleting) {
            return Phase.DELETING;
        }
        return cache.map(c -> phaseOf(c.status())).orElseGet(this::phaseWithout);
    }

    private Phase phaseWithout() {
        boolean lost = stalled.map(
                        why -> why.reason() == ClusterReason.CacheLost || why.reason() == ClusterReason.CreateFailed)
                .orElse(false);
        if (lost) {
            return Phase.FAILED;
        }
        return sentAndNotSeen() ? Phase.CREATING : Phase.PENDING;
    }

    /** The create call was answered and AWS does not show the cache yet. */
    private boolean sentAndNotSeen() {
        return plan.steps().stream()
                .anyMatch(
                        step -> step.state() == Step.State.Running && CreateRequests.OPERATIONS.contains(step.name()));
    }

    private static Phase phaseOf(String awsStatus) {
        if (FAILED.contains(awsStatus)) {
            return Phase.FAILED;
        }
        return switch (awsStatus) {
            case "creating" -> Phase.CREATING;
            case "available" -> Phase.AVAILABLE;
            case "snapshotting" -> Phase.SNAPSHOTTING;
            case "deleting" -> Phase.DELETING;
            default -> Phase.MODIFYING;
        };
    }

    /** One line for people. */
    String summary() {
        if (paused) {
            return "paused by annotation " + Annotations.PAUSED;
        }
        Optional<String> trouble = stalled.or(() -> failing).map(Why::message);
        return trouble.orElseGet(this::nextStep);
    }

    private String nextStep() {
        List<Step<ClusterAction>> steps = plan.steps();
        return steps.stream()
                .findFirst()
                .map(step -> "step 1/" + steps.size() + " " + step.message()
                        + step.waitingFor().map(what -> "; waits for " + what).orElse(""))
                .orElse("");
    }
}
