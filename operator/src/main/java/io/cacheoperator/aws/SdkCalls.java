package io.cacheoperator.aws;

import io.cacheoperator.aws.CallBudget.Use;
import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Result;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The one way a call leaves: within its service's budget, never more than so many at once, timed, counted, and with its exception
 * turned into a value.
 */
final class SdkCalls {

    /** Connections are kept per client; more calls at once than this gain nothing with an API that allows 100 a second. */
    static final int AT_ONCE = 24;

    /** A call that cannot leave within this time is given up as throttled; its caller has a back-off of its own. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Where half of all calls are throttled, a list of five pages would nearly never be read to its end without. */
    static final int READ_ATTEMPTS = 3;

    private static final Duration PAUSE = Duration.ofMillis(100);

    /** What has failed only after so long, such as a time-out, is for the caller's back-off. */
    private static final Duration PROMPTLY = Duration.ofSeconds(5);

    private final String region;
    private final CallListener listener;
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * What calls to one service pass. They wait in one line for each use, first come first served: a resource has one call
     * waiting at most, so that is fair between resources.
     */
    private record Gate(CallBudget budget, ReentrantLock reads, ReentrantLock writes) {
        Gate() {
            this(new CallBudget(System::nanoTime), new ReentrantLock(true), new ReentrantLock(true));
        }

        ReentrantLock line(Use use) {
            return use == Use.READ ? reads : writes;
        }
    }

    SdkCalls(String region, CallListener listener) {
        this.region = region;
        this.listener = listener;
    }

    /** Calls per second that each service called so far is allowed now. */
    Map<String, Double> rates() {
        Map<String, Double> rates = new TreeMap<>();
        gates.forEach((service, gate) -> rates.put(service, gate.budget().rate()));
        return rates;
    }

    /** A read that AWS throttles, or fails at, is sent again at once, a few times and within the budget: it changes nothing. */
    <T> Result<T> read(String service, String operation, Supplier<T> call) {
        long begun = System.nanoTime();
        Result<T> result = call(Use.READ, service, operation, call);
        for (int attempt = 1;
                attempt < READ_ATTEMPTS && passes(result) && since(begun).compareTo(PROMPTLY) < 0;
                attempt++) {
            try {
                TimeUnit.NANOSECONDS.sleep(PAUSE.multipliedBy(attempt).toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Result.failed(Failure.stopping(operation));
            }
            result = call(Use.READ, service, operation, call);
        }
        return result;
    }

    private static boolean passes(Result<?> result) {
        return result.error()
                .map(Failure::kind)
                .filter(kind -> kind == Failure.Kind.THROTTLED || kind == Failure.Kind.UNAVAILABLE)
                .isPresent();
    }

    <T> Result<T> write(String service, String operation, Supplier<T> call) {
        return call(Use.WRITE, service, operation, call);
    }

    private <T> Result<T> call(Use use, String service, String operation, Supplier<T> call) {
        Gate gate = gates.computeIfAbsent(service, s -> new Gate());
        try {
            if (!pass(gate, use)) {
                return Result.failed(new Failure(
                        Failure.Kind.THROTTLED,
                        operation,
                        "CallBudgetExhausted",
                        "AWS throttles this account; waiting"));
            }
            places.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Result.failed(Failure.stopping(operation));
        }
        try {
            return timed(gate.budget(), service, operation, call);
        } finally {
            places.release();
        }
    }

    private static boolean pass(Gate gate, Use use) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        ReentrantLock line = gate.line(use);
        if (!line.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        try {
            Duration wait = gate.budget().take(use);
            while (!wait.isZero()) {
                if (wait.toNanos() > deadline - System.nanoTime()) {
                    return false;
                }
                TimeUnit.NANOSECONDS.sleep(wait.toNanos());
                wait = gate.budget().take(use);
            }
            return true;
        } finally {
            line.unlock();
        }
    }

    private <T> Result<T> timed(CallBudget budget, String service, String operation, Supplier<T> call) {
        long begun = System.nanoTime();
        try {
            T value = call.get();
            budget.succeeded();
            listener.onCall(region, service, operation, Optional.empty(), since(begun));
            return Result.ok(value);
        } catch (AbortedException interrupted) {
            return Result.failed(Failure.stopping(operation));
        } catch (SdkException thrown) {
            Failure failure = AwsErrors.of(operation, thrown);
            if (failure.kind() == Failure.Kind.THROTTLED) {
                budget.throttled();
            }
            listener.onCall(region, service, operation, Optional.of(failure), since(begun));
            return Result.failed(failure);
        } catch (IllegalStateException | RejectedExecutionException thrown) {
            if (!closed) {
                throw thrown;
            }
            return Result.failed(Failure.stopping(operation));
        }
    }

    /** From now on a call that finds its client closed has an answer, and is no bug. */
    void close() {
        closed = true;
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
