package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.simulator.calllog.LoggedCall;
import io.cacheoperator.simulator.calllog.Outcome;
import io.cacheoperator.simulator.elasticache.ElastiCacheDurations;
import io.cacheoperator.simulator.faults.FaultScope;
import io.cacheoperator.simulator.faults.Faults;
import io.cacheoperator.simulator.faults.Trigger;
import io.cacheoperator.simulator.hooks.CallHooks.Hooked;
import io.cacheoperator.simulator.hooks.CallHooks.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Something that is wrong all the time.
 *
 * @param begins makes it ready for one life of a harness, which it sets up
 */
record Trouble(String name, Function<ApiServer, Running> begins) {

    static final Trouble NONE =
            new Trouble("no trouble", server -> new Running(HarnessSetup.STANDARD, operator -> {}, () -> {}));

    private static final Duration MINUTE = Duration.ofSeconds(60);

    /**
     * @param setup how the harness is to be set up
     * @param start lets it go wrong from now on
     * @param met fails if it did not go wrong at all
     * @param stop ends what it made
     */
    record Running(HarnessSetup setup, Consumer<OperatorHarness> start, Consumer<OperatorHarness> met, Runnable stop)
            implements AutoCloseable {

        Running(HarnessSetup setup, Consumer<OperatorHarness> start, Runnable stop) {
            this(setup, start, operator -> {}, stop);
        }

        void begin(OperatorHarness operator) {
            start.accept(operator);
        }

        @Override
        public void close() {
            stop.run();
        }
    }

    Running start(ApiServer server) {
        return begins.apply(server);
    }

    @Override
    public String toString() {
        return name;
    }

    /** @param realTime whether a minute is one */
    static List<Trouble> all(HarnessSetup setup, boolean realTime) {
        HarnessSetup aged = realTime ? setup : HarnessSetup.scaled(20, ElastiCacheDurations.fast());
        FaultScope all = FaultScope.all();
        return Stream.concat(
                        Stream.of(
                                faults(
                                        "half of all calls throttled",
                                        setup,
                                        f -> f.throttle(all, Trigger.rate(0.5)),
                                        Trouble::refused),
                                faults(
                                        "three of ten calls end in a server error",
                                        setup,
                                        f -> f.serverError(all, Trigger.rate(0.3)),
                                        Trouble::refused),
                                faults(
                                        "three of ten answers lost",
                                        setup,
                                        f -> f.loseResponse(all, Trigger.rate(0.3)),
                                        Trouble::lost),
                                faults(
                                        "every call takes two seconds",
                                        setup,
                                        f -> f.latency(all, Duration.ofSeconds(2)),
                                        Trouble::slow),
                                faults("reads are a minute old", aged, f -> f.staleReads(all, MINUTE), Trouble::stale),
                                faults(
                                        "reads are a minute old and half of the writes' answers get lost",
                                        aged,
                                        f -> {
                                            f.staleReads(all, MINUTE);
                                            f.loseResponse(all.writes(), Trigger.rate(0.5));
                                        },
                                        Trouble::lost),
                                faults(
                                        "everything at once",
                                        setup,
                                        f -> {
                                            f.throttle(all, Trigger.rate(0.2));
                                            f.serverError(all, Trigger.rate(0.1));
                                            f.loseResponse(all, Trigger.rate(0.2));
                                            f.latency(all, Duration.ofMillis(300));
                                            f.staleReads(all, Duration.ofSeconds(5));
                                        },
                                        operator -> {
                                            refused(operator);
                                            lost(operator);
                                        })),
                        Stream.of(clockJumps(setup), watchesDrop(setup)))
                .toList();
    }

    private static Trouble faults(
            String name, HarnessSetup setup, Consumer<Faults> faults, Consumer<OperatorHarness> met) {
        return new Trouble(
                name,
                server -> new Running(
                        setup, operator -> faults.accept(operator.simulator().faults()), met, () -> {}));
    }

    private static void refused(OperatorHarness operator) {
        assertThat(calls(operator, call -> call.outcome() instanceof Outcome.Refused))
                .as("calls that were refused")
                .hasSizeGreaterThan(5);
    }

    private static void lost(OperatorHarness operator) {
        assertThat(calls(operator, call -> call.outcome() instanceof Outcome.Lost))
                .as("answers that were lost")
                .hasSizeGreaterThan(2);
    }

    private static void slow(OperatorHarness operator) {
        assertThat(calls(operator, call -> call.took().toMillis() >= 2_000))
                .as("calls that took two seconds")
                .hasSizeGreaterThan(5);
    }

    /** An old read of what was just made denies it: then the operator asks by name, and is told that nothing is there. */
    private static void stale(OperatorHarness operator) {
        assertThat(calls(
                        operator,
                        call -> call.outcome() instanceof Outcome.Refused(String code, String words)
                                && code.contains("NotFound")))
                .as("reads that deny what was made")
                .isNotEmpty();
    }

    private static List<LoggedCall> calls(OperatorHarness operator, Predicate<LoggedCall> filter) {
        return operator.simulator().callLog().calls(filter);
    }

    /** Forth and back by up to two hours at each write to AWS, some of which are throttled, so that retries fall into it. */
    private static Trouble clockJumps(HarnessSetup setup) {
        List<Duration> offsets =
                Stream.of(60, -60, 120, 0, -120, 1).map(Duration::ofMinutes).toList();
        return new Trouble("the clock jumps by hours at each write", server -> {
            AtomicInteger jumps = new AtomicInteger();
            InstantSource clock = () -> Instant.now().plus(offsets.get(jumps.get() % offsets.size()));
            return new Running(
                    setup.withOptions(options -> options.withClock(clock)),
                    operator -> {
                        operator.simulator().faults().throttle(FaultScope.all(), Trigger.everyNth(3));
                        operator.simulator().hooks().before(Hooked::mutating, call -> {
                            jumps.incrementAndGet();
                            return Verdict.PROCEED;
                        });
                    },
                    operator -> assertThat(jumps.get()).as("jumps of the clock").isGreaterThan(offsets.size()),
                    () -> {});
        });
    }

    /** Every connection of the operator to the API server is reset more than once a second, watches and calls alike. */
    private static Trouble watchesDrop(HarnessSetup setup) {
        return new Trouble("watches are dropped more than once a second", server -> {
            Wire wire = new Wire(server);
            ScheduledExecutorService scissors = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("scissors").factory());
            return new Running(
                    setup.over(wire::lead),
                    operator -> {
                        var unused = scissors.scheduleWithFixedDelay(wire::cut, 700, 700, TimeUnit.MILLISECONDS);
                    },
                    operator -> assertThat(wire.resets())
                            .as("connections that were reset")
                            .isGreaterThan(5),
                    () -> {
                        scissors.shutdownNow();
                        wire.close();
                    });
        });
    }
}
