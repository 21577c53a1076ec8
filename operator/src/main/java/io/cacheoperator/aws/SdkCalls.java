package io.cacheoperator.aws;

import io.cacheoperator.aws.CallBudget.Use;
import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Result;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The one way a call leaves: within the budget, never more than so many at once, timed, counted, and with its exception
 * turned into a value.
 */
final class SdkCalls {

    /** Connections are kept per client; more calls at once than this gain nothing with an API that allows 100 a second. */
    private static final int AT_ONCE = 24;

    /** A call that cannot leave within this time is given up as throttled; its caller has a back-off of its own. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String region;
    private final CallBudget budget;
    private final CallListener listener;
    private final Semaphore places = new Semaphore(AT_ONCE, true);

    SdkCalls(String region, CallBudget budget, CallListener listener) {
        this.region = region;
        this.budget = budget;
        this.listener = listener;
    }

    <T> Result<T> read(String service, String operation, Supplier<T> call) {
        return call(Use.READ, service, operation, call);
    }

    <T> Result<T> write(String service, String operation, Supplier<T> call) {
        return call(Use.WRITE, service, operation, call);
    }

    private <T> Result<T> call(Use use, String service, String operation, Supplier<T> call) {
        try {
            if (!awaitBudget(use)) {
                return Result.failed(new Failure(
                        Failure.Kind.THROTTLED,
                        operation,
                        "CallBudgetExhausted",
                        "AWS throttles this account; waiting"));
            }
            places.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Result.failed(
                    new Failure(Failure.Kind.UNAVAILABLE, operation, "Interrupted", "the operator is stopping"));
        }
        try {
            return timed(service, operation, call);
        } finally {
            places.release();
        }
    }

    private boolean awaitBudget(Use use) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Duration wait = budget.take(use);
        while (!wait.isZero()) {
            long left = deadline - System.nanoTime();
            if (wait.toNanos() > left) {
                return false;
            }
            java.util.concurrent.TimeUnit.NANOSECONDS.sleep(wait.toNanos());
            wait = budget.take(use);
        }
        return true;
    }

    private <T> Result<T> timed(String service, String operation, Supplier<T> call) {
        long begun = System.nanoTime();
        try {
            T value = call.get();
            budget.succeeded();
            listener.onCall(region, service, operation, Optional.empty(), since(begun));
            return Result.ok(value);
        } catch (SdkException thrown) {
            Failure failure = AwsErrors.of(operation, thrown);
            if (failure.kind() == Failure.Kind.THROTTLED) {
                budget.throttled();
            }
            listener.onCall(region, service, operation, Optional.of(failure), since(begun));
            return Result.failed(failure);
        }
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
