package io.cacheoperator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.elasticache.model.ElastiCacheException;

/** The one way a call leaves. */
class SdkCallsTest {

    private record Heard(String service, String operation, boolean failed) {}

    private final List<Heard> heard = new ArrayList<>();
    private final SdkCalls calls = new SdkCalls(
            "eu-west-1",
            (region, service, operation, failure, took) ->
                    heard.add(new Heard(service, operation, failure.isPresent())));

    private static ElastiCacheException throttled() {
        return (ElastiCacheException) ElastiCacheException.builder()
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("Throttling")
                        .errorMessage("Rate exceeded")
                        .build())
                .build();
    }

    @Test
    void givesBackTheValueAndTellsTheListener() {
        assertThat(calls.read("elasticache", "Describe", () -> 7)).isEqualTo(Result.ok(7));

        assertThat(heard).containsExactly(new Heard("elasticache", "Describe", false));
    }

    @Test
    void anExceptionOfTheSdkIsAValue() {
        Result<Integer> result = calls.write("elasticache", "Create", () -> {
            throw throttled();
        });

        assertThat(result.error()).map(Failure::kind).contains(Failure.Kind.THROTTLED);
        assertThat(heard).containsExactly(new Heard("elasticache", "Create", true));
    }

    @Test
    void aReadThatIsThrottledOnceIsSentAgain() {
        AtomicInteger sent = new AtomicInteger();

        Result<Integer> result = calls.read("elasticache", "Describe", () -> {
            if (sent.incrementAndGet() == 1) {
                throw throttled();
            }
            return 7;
        });

        assertThat(result).isEqualTo(Result.ok(7));
        assertThat(heard)
                .containsExactly(
                        new Heard("elasticache", "Describe", true), new Heard("elasticache", "Describe", false));
    }

    @Test
    void aReadIsSentNoMoreThanAFewTimes() {
        Result<Integer> result = calls.read("elasticache", "Describe", () -> {
            throw throttled();
        });

        assertThat(result.error()).map(Failure::kind).contains(Failure.Kind.THROTTLED);
        assertThat(heard).hasSize(SdkCalls.READ_ATTEMPTS);
    }

    @Test
    void aReadThatAwsRefusesIsNotSentAgain() {
        calls.read("elasticache", "Describe", () -> {
            throw ElastiCacheException.builder()
                    .statusCode(404)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("ReplicationGroupNotFoundFault")
                            .errorMessage("not found")
                            .build())
                    .build();
        });

        assertThat(heard).hasSize(1);
    }

    @Test
    void aThrottledServiceDoesNotSlowAnother() {
        calls.read("ec2", "Describe", () -> {
            throw throttled();
        });
        calls.read("elasticache", "Describe", () -> 1);

        assertThat(calls.rates().get("ec2")).isLessThan(calls.rates().get("elasticache"));
    }

    @Test
    void neverMoreThanAFewAtOnce() throws InterruptedException {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            threads.add(Thread.ofVirtual()
                    .start(() -> calls.read("elasticache", "Describe", () -> {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        await(go);
                        return now.decrementAndGet();
                    })));
        }
        Awaitility.await().until(() -> now.get() == SdkCalls.AT_ONCE);
        go.countDown();
        for (Thread thread : threads) {
            thread.join(Duration.ofSeconds(10));
        }

        assertThat(most.get()).isEqualTo(SdkCalls.AT_ONCE);
    }

    @Test
    void anInterruptEndsTheWaitAndStaysSet() throws InterruptedException {
        AtomicReference<Result<Integer>> result = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Thread thread = Thread.ofPlatform().unstarted(() -> {
            Thread.currentThread().interrupt();
            result.set(calls.read("elasticache", "Describe", () -> 1));
            flag.set(Thread.currentThread().isInterrupted());
        });
        thread.start();
        thread.join(Duration.ofSeconds(10));

        assertThat(result.get().error()).map(Failure::kind).contains(Failure.Kind.UNAVAILABLE);
        assertThat(flag.get()).isTrue();
    }

    @Test
    void aCallThatFindsItsClientClosedIsNoBugWhileTheOperatorStops() {
        Supplier<Integer> closedClient = () -> {
            throw new RejectedExecutionException("terminated");
        };
        assertThatThrownBy(() -> calls.read("elasticache", "Describe", closedClient))
                .isInstanceOf(RejectedExecutionException.class);

        calls.close();

        assertThat(calls.read("elasticache", "Describe", closedClient).error())
                .map(Failure::code)
                .contains("Interrupted");
    }

    @Test
    void aCallThatIsCutOffByTheOperatorsEndIsNoFailureOfAws() {
        Result<Integer> result = calls.read("elasticache", "Describe", () -> {
            Thread.currentThread().interrupt();
            throw AbortedException.create("Thread was interrupted");
        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.error())
                .hasValueSatisfying(failure -> assertThat(failure.isStopping()).isTrue());
        assertThat(heard).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
