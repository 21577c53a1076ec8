package io.cacheoperator.it;

import static org.awaitility.Awaitility.await;

import io.cacheoperator.simulator.hooks.CallHooks.Hooked;
import io.cacheoperator.simulator.hooks.CallHooks.Verdict;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * Sees every write of an operator to AWS and to the API server, twice: before it is sent, and when it has had its effect and
 * nobody knows. Remembers them as points, and kills the operator at one that it is given; another is started at once. From
 * that point on nothing that the dead one may still send arrives.
 *
 * <p>A lease is no side effect that a crash could leave half done, and there is none here: the operator runs alone.
 */
final class CrashTrap implements ApiWrites.Trap {

    /**
     * An instant in a phase of a cache's life.
     *
     * @param write {@code service:Operation}, or method and path, in which the namespace is written NAMESPACE and an Event EVENT
     * @param after whether the write has had its effect
     * @param occurrence which effect of this write it is before or after, from 1: a write that is refused and sent again is
     *     twice before the same effect
     */
    record Point(String write, boolean after, int occurrence) {

        /**
         * Whether it comes in every life. A status that says in between how far things are comes or not by how fast they are,
         * and so do Events, which are written beside the work.
         */
        boolean always() {
            return !write.endsWith("/status") && !write.contains("/EVENT");
        }

        @Override
        public String toString() {
            return (after ? "after " : "before ") + write + (occurrence > 1 ? " (" + occurrence + ")" : "");
        }
    }

    /** So long no point must have come for a phase to be over: the write that shows its end is a point too. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private static final Pattern EVENT = Pattern.compile("/events(/.*)?$");

    private final OperatorHarness operator;
    private final Map<String, Integer> effects = new HashMap<>();
    private final Set<Point> met = new LinkedHashSet<>();
    private Optional<Point> deadly = Optional.empty();
    private Optional<CompletableFuture<Void>> successor = Optional.empty();
    private boolean dying;
    private long lastMet = System.nanoTime();

    CrashTrap(OperatorHarness operator) {
        this.operator = operator;
        operator.writes().trap(this);
        operator.simulator().hooks().before(Hooked::mutating, call -> verdict(call, false));
        operator.simulator().hooks().afterEffect(Hooked::mutating, call -> verdict(call, true));
    }

    /** Begins a phase: counts anew, and kills at this point if it comes. */
    synchronized void begin(Optional<Point> point) {
        effects.clear();
        met.clear();
        deadly = point;
        successor = Optional.empty();
    }

    /**
     * Ends a phase once nothing is written any more.
     *
     * @return whether the operator was killed in it; then its successor runs
     */
    boolean end() {
        await("the write that shows the state")
                .dontCatchUncaughtExceptions()
                .atMost(SILENCE.multipliedBy(30))
                .until(this::silent);
        Optional<CompletableFuture<Void>> started = disarm();
        started.ifPresent(CompletableFuture::join);
        return started.isPresent();
    }

    private synchronized boolean silent() {
        return System.nanoTime() - lastMet > SILENCE.toNanos();
    }

    private synchronized Optional<CompletableFuture<Void>> disarm() {
        deadly = Optional.empty();
        return successor;
    }

    /** The points of this phase so far, in their order. */
    synchronized List<Point> met() {
        return List.copyOf(met);
    }

    @Override
    public boolean cutsBefore(String write) {
        return meet(nameOf(write), false);
    }

    @Override
    public boolean cutsAfter(String write) {
        return meet(nameOf(write), true);
    }

    private String nameOf(String write) {
        return EVENT.matcher(write.replace(operator.namespace(), "NAMESPACE")).replaceAll("/EVENT");
    }

    private Verdict verdict(Hooked call, boolean after) {
        boolean ofTheDead = !call.call().accessKeyId().equals(operator.accessKey());
        String name = call.call().service() + ":" + call.call().operation();
        return ofTheDead || meet(name, after) ? Verdict.DROP : Verdict.PROCEED;
    }

    /** The kill has a thread of its own: this one belongs to what is killed, and the common pool may be one that clients need. */
    private synchronized boolean meet(String write, boolean after) {
        if (dying) {
            return true;
        }
        int past = effects.getOrDefault(write, 0);
        if (after) {
            effects.put(write, past + 1);
        }
        Point point = new Point(write, after, past + 1);
        met.add(point);
        lastMet = System.nanoTime();
        if (!deadly.equals(Optional.of(point))) {
            return false;
        }
        deadly = Optional.empty();
        dying = true;
        successor = Optional.of(
                CompletableFuture.runAsync(this::succeed, Thread.ofPlatform().daemon()::start));
        return true;
    }

    private void succeed() {
        operator.kill();
        synchronized (this) {
            dying = false;
        }
        operator.startAgain();
    }
}
