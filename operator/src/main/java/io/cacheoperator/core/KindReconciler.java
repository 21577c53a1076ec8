package io.cacheoperator.core;

import io.cacheoperator.core.Failure.Retry;
import io.cacheoperator.core.Kind.StepFailure;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.BaseControl;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The only reconciler: runs a {@link Pass} and writes the status if it changed. Failures of AWS are values by the time
 * they get here; what is thrown is a failure of the Kubernetes API, or a bug, and is left to JOSDK's retry.
 */
public final class KindReconciler<P extends HasMetadata, I, A> implements Reconciler<P>, Cleaner<P> {

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    /** After so many failures in a row a passing trouble is shown in status although nothing is known. */
    private static final int PATIENCE = 5;

    private final Kind<P, I, A> kind;
    private final Reads reads;
    private final RetryLedger ledger;
    private final PassListener passes;
    private final StepListener steps;
    private final BooleanSupplier running;
    private final Tempo tempo;
    private final Function<EventSourceContext<P>, List<EventSource<?, P>>> sources;

    /**
     * @param running false once the operator stops: then no further step is begun
     * @param sources makes what wakes resources besides themselves; called once, when the reconciler is registered
     */
    public KindReconciler(
            Kind<P, I, A> kind,
            Reads reads,
            RetryLedger ledger,
            PassListener passes,
            StepListener steps,
            BooleanSupplier running,
            Tempo tempo,
            Function<EventSourceContext<P>, List<EventSource<?, P>>> sources) {
        this.kind = kind;
        this.reads = reads;
        this.ledger = ledger;
        this.passes = passes;
        this.steps = steps;
        this.running = running;
        this.tempo = tempo;
        this.sources = sources;
    }

    @Override
    public List<EventSource<?, P>> prepareEventSources(EventSourceContext<P> context) {
        return sources.apply(context);
    }

    @Override
    public UpdateControl<P> reconcile(P primary, Context<P> context) {
        passes.begins(primary);
        try {
            Pass.End<I, A> end = pass(primary);
            return again(UpdateControl.noUpdate(), end, say(primary, end, context));
        } finally {
            passes.left(primary);
        }
    }

    @Override
    public DeleteControl cleanup(P primary, Context<P> context) {
        passes.begins(primary);
        try {
            Pass.End<I, A> end = pass(primary);
            if (end.plan().finished() && !Annotations.paused(primary)) {
                ledger.forget(primary.getMetadata().getUid());
                steps.onGone(primary, end.plan().problems());
                return DeleteControl.defaultDelete();
            }
            return again(DeleteControl.noFinalizerRemoval(), end, say(primary, end, context));
        } finally {
            passes.left(primary);
        }
    }

    private Pass.End<I, A> pass(P primary) {
        RetryLedger.Page page = ledger.page(primary.getMetadata().getUid(), epoch(primary));
        Pass.End<I, A> end =
                new Pass<>(kind, primary, reads, page, steps, running, tempo.steady()).run(Annotations.paused(primary));
        if (!end.stopped()) {
            passes.ended(primary, kind.interests(primary));
        }
        return end;
    }

    /**
     * Writes the status. An edit, or the deletion, that came between the look and the write wakes nobody: JOSDK takes its event for
     * that of our own, newer write. The answer to the write tells of it.
     *
     * @return whether the resource is another one by now
     */
    private boolean say(P primary, Pass.End<I, A> end, Context<P> context) {
        return status(primary, end)
                .map(context.resourceOperations()::serverSideApplyPrimaryStatus)
                .filter(written -> !epoch(written).equals(epoch(primary)))
                .isPresent();
    }

    /** The new status, if there is anything to say that was not said before. */
    private Optional<P> status(P primary, Pass.End<I, A> end) {
        if (end.stopped() || (end.blind() && !worthSaying(end))) {
            return Optional.empty();
        }
        P next = kind.status(
                primary, end.inputs(), end.plan(), end.failure(), tempo.wall().instant());
        return next == primary ? Optional.empty() : Optional.of(next);
    }

    /** While AWS does not answer, nothing is said but what will not pass by itself. */
    private static boolean worthSaying(Pass.End<?, ?> end) {
        return !end.plan().problems().isEmpty()
                || end.attempts() >= PATIENCE
                || end.failure().map(KindReconciler::lasts).orElse(false);
    }

    private static boolean lasts(StepFailure failure) {
        return failure.outcome() instanceof Outcome.Failed(Failure cause)
                && (cause.retry() == Retry.SLOWLY || cause.retry() == Retry.USER);
    }

    private <C extends BaseControl<C>> C again(C control, Pass.End<I, A> end, boolean atOnce) {
        if (atOnce) {
            return control.rescheduleAfter(AT_ONCE);
        }
        end.again().ifPresent(at -> control.rescheduleAfter(tempo.waitUntil(at)));
        return control;
    }

    private static String epoch(HasMetadata primary) {
        return primary.getMetadata().getGeneration() + " "
                + primary.getMetadata().getDeletionTimestamp() + " " + Annotations.ours(primary);
    }
}
