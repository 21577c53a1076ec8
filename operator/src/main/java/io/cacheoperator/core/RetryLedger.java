package io.cacheoperator.core;

import io.cacheoperator.core.Kind.StepFailure;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/**
 * What failed, how often, and when it may be sent again. In memory: after a restart everything is tried once more. A
 * step in back-off is not sent before its time whatever event comes, unless what it would send is something else now.
 */
public final class RetryLedger {

    /** A problem that passes by itself is no failure of ours to hurry after: as if it had failed a few times. */
    private static final int QUIET = 4;

    private final Pacing pacing;
    private final DoubleSupplier jitter;
    private final Map<String, Page> pages = new ConcurrentHashMap<>();

    /** @param jitter random numbers from 0 to 1 */
    public RetryLedger(Pacing pacing, DoubleSupplier jitter) {
        this.pacing = pacing;
        this.jitter = jitter;
    }

    /**
     * The entries of one resource. Only its own pass uses it, and passes of one resource never overlap.
     *
     * @param uid the resource
     * @param epoch whatever makes an earlier failure worth nothing when it changes: generation and our annotations
     */
    Page page(String uid, String epoch) {
        Page known = pages.get(uid);
        if (known != null && known.epoch.equals(epoch)) {
            return known;
        }
        Page fresh = new Page(epoch);
        pages.put(uid, fresh);
        return fresh;
    }

    /** Forgets a resource that is gone. */
    public void forget(String uid) {
        pages.remove(uid);
    }

    /** How many resources are remembered. */
    public int size() {
        return pages.size();
    }

    /** One step, or one question, that did not succeed. */
    record Entry(Object action, StepFailure failure, int attempts, Instant notBefore) {}

    /** What it was: the step's name and its target. */
    record Key(String step, String target) {}

    /** The entries of one resource in one epoch. */
    final class Page {

        private final String epoch;
        private final Map<Key, Entry> entries = new HashMap<>();

        private Page(String epoch) {
            this.epoch = epoch;
        }

        /** The entry that keeps this from being sent now. */
        Optional<Entry> holding(Key key, Object action, Instant now) {
            return standing(key, action).filter(entry -> now.isBefore(entry.notBefore()));
        }

        /** The failure of the last attempt to do just this. */
        Optional<Entry> standing(Key key, Object action) {
            return Optional.ofNullable(entries.get(key))
                    .filter(entry -> entry.action().equals(action));
        }

        Entry failed(Key key, Object action, Outcome outcome, Instant now) {
            int attempts =
                    Optional.ofNullable(entries.get(key)).map(Entry::attempts).orElse(0) + 1;
            Instant notBefore = now.plus(pacing.delay(retryOf(outcome), attempts, jitter.getAsDouble()));
            Entry entry =
                    new Entry(action, new StepFailure(key.step(), key.target(), outcome, now), attempts, notBefore);
            entries.put(key, entry);
            return entry;
        }

        /** When to look again at what no step of ours can mend. */
        Instant later(Failure.Retry retry, Instant now) {
            int quiet = retry == Failure.Retry.SOON ? QUIET : 1;
            return now.plus(pacing.delay(retry, quiet, jitter.getAsDouble()));
        }

        void succeeded(Key key) {
            entries.remove(key);
        }

        /** Forgets what is no longer wanted. */
        void keepOnly(Set<Key> wanted) {
            entries.keySet().retainAll(wanted);
        }
    }

    private static Failure.Retry retryOf(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Failed(Failure failure) -> failure.retry();
            case Outcome.Refused(Ownership.OwnerUnknown unknown, String target) -> Failure.Retry.WAIT;
            case Outcome.Refused refused -> Failure.Retry.USER;
            case Outcome.Done() -> throw new IllegalArgumentException("a step that was done needs no retry");
        };
    }
}
