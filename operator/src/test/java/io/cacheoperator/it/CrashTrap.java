package io.cacheoperator.it;

import static org.awaitility.Awaitility.await;

import io.cacheoperator.simulator.hooks.CallHooks.Hooked;
import io.cacheoperator.simulator.hooks.CallHooks.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Sees every write of an operator to AWS and to the API server, twice: before it is sent, and when it has had its effect and
 * nobody knows. Remembers them as points, and kills the operator at one that it is given; another is started at once.
 *
 * <p>Events and leases are no side effects that a crash could leave half done: they are no points.
 */
final class CrashTrap implements ApiWrites.Trap {

    /**
     * An instant in a phase of a cache's life.
     *
     * @param write {@code service:Operation}, or method and path; the namespace is written NAMESPACE
     * @param after whether the write has had its effect
     * @param occurrence counts such instants from 1
     */
    record Point(String write, boolean after, int occurrence) {
        @Override
        public String toString() {
            return (after ? "after " : "before ") + write + (occurrence > 1 ? " (" + occurrence + ")" : "");
        }
    }

    /** So long a point may come later than the state that a phase waits for, for the write that shows it is a point too. */
    private static final Duration LATE = Duration.ofSeconds(2);

    private final OperatorHarness operator;
    private final Map<String, Integer> counts = new HashMap<>();
    private final List<Point> met = new ArrayList<>();
    private Optional<Point> deadly = Optional.empty();
    private Optional<CompletableFuture<Void>> successor = Optional.empty();

    CrashTrap(OperatorHarness operator) {
        this.operator = operator;
        operator.writes().trap(this);
        operator.simulator()
                .hooks()
                .before(Hooked::mutating, call -> meet(nameOf(call), false) ? Verdict.DROP : Verdict.PROCEED);
        operator.simulator()
                .hooks()
                .afterEffect(Hooked::mutating, call -> meet(nameOf(call), true) ? Verdict.DROP : Verdict.PROCEED);
    }

    /** Begins a phase: counts anew, and kills at this point if it comes. */
    synchronized void begin(Optional<Point> point) {
        counts.clear();
        met.clear();
        deadly = point;
        successor = Optional.empty();
    }

    /**
     * Ends a phase.
     *
     * @return whether the operator was killed in it; then its successor runs
     */
    boolean end() {
        long until = System.nanoTime() + LATE.toNanos();
        await("the write that shows the state")
                .dontCatchUncaughtExceptions()
                .atMost(LATE.multipliedBy(2))
                .until(() -> !armed() || System.nanoTime() > until);
        Optional<CompletableFuture<Void>> started = disarm();
        started.ifPresent(CompletableFuture::join);
        return started.isPresent();
    }

    private synchronized boolean armed() {
        return deadly.isPresent();
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
        return isPoint(write) && meet(write, false);
    }

    @Override
    public boolean cutsAfter(String write) {
        return isPoint(write) && meet(write, true);
    }

    private static boolean isPoint(String write) {
        return !write.contains("/events") && !write.contains("/leases");
    }

    private static String nameOf(Hooked call) {
        return call.call().service() + ":" + call.call().operation();
    }

    /** The kill has a thread of its own: this one belongs to what is killed, and the common pool may be one that clients need. */
    private synchronized boolean meet(String write, boolean after) {
        String name = write.replace(operator.namespace(), "NAMESPACE");
        Point point = new Point(name, after, counts.merge(name + after, 1, Integer::sum));
        met.add(point);
        if (!deadly.equals(Optional.of(point))) {
            return false;
        }
        deadly = Optional.empty();
        successor = Optional.of(
                CompletableFuture.runAsync(this::succeed, Thread.ofPlatform().daemon()::start));
        return true;
    }

    private void succeed() {
        operator.kill();
        operator.startAgain();
    }
}
