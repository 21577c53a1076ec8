package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.app.OperatorApp;
import io.cacheoperator.simulator.elasticache.ElastiCacheDurations;
import io.cacheoperator.simulator.faults.FaultScope;
import io.cacheoperator.simulator.faults.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Whatever goes wrong between the operator and AWS, the operator and the API server, or with its clock: a cache is made once
 * and right, and deleted without a trace.
 *
 * <p>The system property {@code matrix=full} makes stale reads a whole minute old, and each trouble meets three caches of
 * each kind, with other random calls hit.
 */
@RequiresApiServer
class FaultMatrixIT {

    private static final boolean FULL = "full".equals(System.getProperty("matrix"));
    private static final int AT_ONCE = 3;
    private static final Duration PATIENCE = FULL ? Duration.ofMinutes(8) : Duration.ofMinutes(3);
    private static final Duration STALE = FULL ? Duration.ofSeconds(60) : Duration.ofSeconds(3);
    private static final ElastiCacheDurations DURATIONS = ElastiCacheDurations.uniform(Duration.ofMillis(500));

    private static ExecutorService lives;

    /** Something that is wrong all the time. */
    private record Trouble(String name, Consumer<OperatorHarness> begin) {}

    private static final List<Trouble> TROUBLES = List.of(
            new Trouble(
                    "half of all calls throttled",
                    o -> o.simulator().faults().throttle(FaultScope.all(), Trigger.rate(0.5))),
            new Trouble(
                    "three of ten calls end in a server error",
                    o -> o.simulator().faults().serverError(FaultScope.all(), Trigger.rate(0.3))),
            new Trouble(
                    "three of ten answers lost",
                    o -> o.simulator().faults().loseResponse(FaultScope.all(), Trigger.rate(0.3))),
            new Trouble(
                    "every call takes two seconds",
                    o -> o.simulator().faults().latency(FaultScope.all(), Duration.ofSeconds(2))),
            new Trouble("reads are stale", o -> o.simulator().faults().staleReads(FaultScope.all(), STALE)),
            new Trouble("reads are stale and answers get lost", o -> {
                o.simulator().faults().staleReads(FaultScope.all(), STALE);
                o.simulator().faults().loseResponse(FaultScope.all().writes(), Trigger.rate(0.5));
            }));

    @BeforeAll
    static void begin() {
        lives = Executors.newFixedThreadPool(AT_ONCE);
    }

    @AfterAll
    static void end() {
        lives.shutdownNow();
    }

    @TestFactory
    Stream<DynamicTest> betweenTheOperatorAndAws(ApiServer server) {
        List<Trouble> all = FULL
                ? Stream.of(TROUBLES, TROUBLES, TROUBLES).flatMap(List::stream).toList()
                : TROUBLES;
        List<Cell> cells = all.stream()
                .flatMap(trouble -> Stream.of("valkey-minimal", "memcached").map(example -> new Cell(trouble, example)))
                .toList();
        List<Future<?>> running = cells.stream()
                .<Future<?>>map(cell -> lives.submit(() -> live(server, cell)))
                .toList();
        return IntStream.range(0, cells.size())
                .mapToObj(i -> DynamicTest.dynamicTest(cells.get(i).toString(), () -> result(running.get(i))));
    }

    private record Cell(Trouble trouble, String example) {
        @Override
        public String toString() {
            return example + ": " + trouble.name();
        }
    }

    private static void result(Future<?> future) throws InterruptedException {
        try {
            future.get();
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause().getMessage(), failed.getCause());
        }
    }

    private static void live(ApiServer server, Cell cell) {
        try (OperatorHarness operator = harness(server, UnaryOperator.identity())) {
            cell.trouble().begin().accept(operator);
            operator.apply(example(cell.example()));
            operator.awaitReady(cell.example());
            awaitMadeRight(operator, cell.example());
            operator.delete(cell.example());
            operator.awaitGone(cell.example());
            operator.simulator().faults().clear();
            operator.assertNothingLeft();
        }
    }

    private static OperatorHarness harness(ApiServer server, UnaryOperator<OperatorApp.Options> options) {
        return OperatorHarness.start(server, DURATIONS, UnaryOperator.identity(), options)
                .patient(PATIENCE);
    }

    /** Without the snapshot that would stay. */
    private static String example(String name) {
        return RepositoryFiles.example(name).stripTrailing() + "\n  deletionPolicy: Delete\n";
    }

    /** What the resource says and what there is, by the simulator's own account of it, which no fault reaches. */
    private static void awaitMadeRight(OperatorHarness operator, String name) {
        var console = operator.simulator().elastiCache(OperatorHarness.REGION);
        int groups = name.equals("memcached") ? 0 : 1;
        operator.awaitAws(name, "one cache", () -> console.replicationGroups().size() == groups);
        assertThat(console.cacheClusters()).as("members").hasSize(name.equals("memcached") ? 1 : 2);
        assertThat(operator.simulator()
                        .callLog()
                        .calls(call -> call.operation().startsWith("Create")
                                && call.operation().matches("CreateReplicationGroup|CreateCacheCluster")
                                && call.outcome().tookEffect()))
                .as("creates that took effect")
                .hasSize(1);
        String arn = groups == 1
                ? console.replicationGroup(console.replicationGroups().getFirst())
                        .orElseThrow()
                        .arn()
                : console.cacheCluster(console.cacheClusters().getFirst())
                        .orElseThrow()
                        .arn();
        assertThat(console.tags(arn)).containsEntry("cacheoperator.io/owner", operator.owner(name));
        Map<String, String> binding = operator.secretData(name + "-cache");
        assertThat(operator.status(name).endpoint()).isEqualTo(binding.get("host") + ":" + binding.get("port"));
        if (groups == 1) {
            assertThat(console.acceptsToken(console.replicationGroups().getFirst(), binding.get("password")))
                    .as("the cache was made with the token that applications get")
                    .isTrue();
        }
    }

    @Test
    void aClockThatJumps(ApiServer server) {
        AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
        InstantSource jumping = () -> Instant.now().plus(offset.get());
        try (OperatorHarness operator = harness(server, options -> options.withClock(jumping))) {
            operator.apply(example("valkey-minimal"));
            operator.awaitAws(
                    "valkey-minimal",
                    "the create call went out",
                    () -> operator.account().groups().size() == 1);
            offset.set(Duration.ofHours(1));
            operator.awaitReady("valkey-minimal");
            awaitMadeRight(operator, "valkey-minimal");
            offset.set(Duration.ofHours(-1));
            operator.delete("valkey-minimal");
            operator.awaitAws(
                    "valkey-minimal",
                    "the delete call went out",
                    () -> operator.simulator().callLog().count("elasticache", "DeleteReplicationGroup") > 0);
            offset.set(Duration.ofHours(2));
            operator.awaitGone("valkey-minimal");
            operator.assertNothingLeft();
        }
    }

    /** All watches break, writes fail for as long as AWS takes, and what a user does right afterwards is seen. */
    @Test
    void anApiServerThatIsAwayWhileAwsFinishes(ApiServer shared) {
        try (ApiServer server = ApiServer.start(ApiServer.Options.defaults());
                OperatorHarness operator = harness(server, UnaryOperator.identity())) {
            var console = operator.simulator().elastiCache(OperatorHarness.REGION);
            operator.apply(example("valkey-minimal"));
            await().dontCatchUncaughtExceptions()
                    .atMost(PATIENCE)
                    .until(() -> !console.replicationGroups().isEmpty());
            server.stopServer();
            await().dontCatchUncaughtExceptions()
                    .atMost(PATIENCE)
                    .until(() -> console.replicationGroup(
                                    console.replicationGroups().getFirst())
                            .filter(group -> group.status().equals("available"))
                            .isPresent());
            server.startServer();
            operator.awaitReady("valkey-minimal");
            awaitMadeRight(operator, "valkey-minimal");

            operator.delete("valkey-minimal");
            await().dontCatchUncaughtExceptions()
                    .atMost(PATIENCE)
                    .until(() -> operator.simulator().callLog().count("elasticache", "DeleteReplicationGroup") > 0);
            server.stopServer();
            await().dontCatchUncaughtExceptions()
                    .atMost(PATIENCE)
                    .until(() -> console.replicationGroups().isEmpty());
            server.startServer();
            operator.awaitGone("valkey-minimal");
            operator.assertNothingLeft();
        }
    }
}
