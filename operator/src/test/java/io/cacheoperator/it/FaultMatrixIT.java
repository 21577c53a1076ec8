package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.simulator.calllog.LoggedCall;
import io.cacheoperator.simulator.elasticache.ElastiCacheConsole;
import io.cacheoperator.simulator.elasticache.ElastiCacheDurations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Whatever goes wrong all the time between the operator and AWS, between it and the API server, or with its clock: all examples
 * at once are made, each once, and everything in AWS and in Kubernetes is, attribute by attribute, as without the trouble; and so
 * it is when they are deleted.
 *
 * <p>Stale reads are 60 s old, by a clock that runs 20 times as fast as real time for AWS and the operator alike; and the API
 * server is away for as long as AWS takes. The system property {@code matrix=full} makes reads 60 s of real time old, keeps the API
 * server away for three minutes, and has each trouble met three times, with other random calls hit.
 */
@RequiresApiServer
class FaultMatrixIT {

    private static final int TIMES = Lives.WHOLE ? 3 : 1;
    private static final Duration PATIENCE = Lives.WHOLE ? Duration.ofMinutes(12) : Duration.ofMinutes(4);
    /** So long after all is Synced, and longer than a read is old, everything must be as it stays. */
    private static final Duration SETTLES = Lives.WHOLE ? Duration.ofMinutes(3) : Duration.ofSeconds(40);

    private static final Duration AWAY = Lives.WHOLE ? Duration.ofMinutes(3) : Duration.ZERO;
    private static final HarnessSetup SETUP =
            HarnessSetup.STANDARD.withDurations(ElastiCacheDurations.uniform(Duration.ofMillis(500)));
    private static final List<String> EXAMPLES = RepositoryFiles.examples();
    private static final String MANIFESTS =
            EXAMPLES.stream().map(RepositoryFiles::example).collect(Collectors.joining());

    private static Lives lives;

    /** What there is when all examples are Ready, and what is left when all are gone. */
    private record Ends(Footprint made, Footprint left) {}

    @BeforeAll
    static void begin() {
        lives = new Lives();
    }

    @AfterAll
    static void end() {
        lives.close();
    }

    @TestFactory
    Stream<DynamicTest> allExamplesComeToTheSameEndUnder(ApiServer server) {
        Ends quiet = live(server, Trouble.NONE, 0, Optional.empty());
        assertThat(quiet.left().aws())
                .as("what is left without any trouble")
                .isNotEmpty()
                .allMatch(line -> line.startsWith("Snapshot("));
        List<Trouble> troubles = Trouble.all(SETUP, Lives.WHOLE);
        record Cell(Trouble trouble, int seed) {
            @Override
            public String toString() {
                return trouble.name() + (TIMES == 1 ? "" : ", time " + (seed + 1));
            }
        }
        List<Cell> cells = IntStream.range(0, TIMES)
                .boxed()
                .flatMap(seed -> troubles.stream().map(trouble -> new Cell(trouble, seed)))
                .toList();
        List<Future<Ends>> running = cells.stream()
                .map(cell -> lives.begin(
                        cell.toString(), () -> live(server, cell.trouble(), cell.seed(), Optional.of(quiet))))
                .toList();
        return IntStream.range(0, cells.size())
                .mapToObj(i -> DynamicTest.dynamicTest(cells.get(i).toString(), () -> Lives.result(running.get(i))));
    }

    private static Ends live(ApiServer server, Trouble trouble, int seed, Optional<Ends> quiet) {
        try (Trouble.Running running = trouble.start(server);
                OperatorHarness operator = OperatorHarness.start(
                                server, running.setup().withWorld(world -> world.seed(seed)))
                        .patient(PATIENCE)) {
            running.begin(operator);
            EXAMPLES.forEach(example -> operator.apply(RepositoryFiles.example(example)));
            Footprint made = made(operator, quiet.map(Ends::made));
            EXAMPLES.forEach(operator::delete);
            Footprint left = gone(operator, quiet.map(Ends::left));
            running.met().accept(operator);
            return new Ends(made, left);
        }
    }

    private static Footprint made(OperatorHarness operator, Optional<Footprint> expected) {
        EXAMPLES.forEach(operator::awaitSynced);
        Footprint made = measured(operator, expected);
        assertEachMadeOnce(operator);
        EXAMPLES.forEach(example -> Footprint.assertPasswordWorks(operator, example));
        return made;
    }

    private static Footprint gone(OperatorHarness operator, Optional<Footprint> expected) {
        EXAMPLES.forEach(operator::awaitGone);
        return measured(operator, expected);
    }

    private static Footprint measured(OperatorHarness operator, Optional<Footprint> expected) {
        expected.ifPresent(footprint -> await("the same end")
                .dontCatchUncaughtExceptions()
                .ignoreExceptionsInstanceOf(software.amazon.awssdk.core.exception.SdkException.class)
                .atMost(SETTLES)
                .untilAsserted(() -> Footprint.of(operator, EXAMPLES, MANIFESTS).assertIs(footprint)));
        return expected.orElseGet(() -> Footprint.of(operator, EXAMPLES, MANIFESTS));
    }

    private static void assertEachMadeOnce(OperatorHarness operator) {
        Map<String, Long> creates = operator
                .simulator()
                .callLog()
                .calls(call ->
                        call.operation().startsWith("Create") && call.outcome().tookEffect())
                .stream()
                .collect(Collectors.groupingBy(FaultMatrixIT::madeBy, Collectors.counting()));
        assertThat(creates)
                .as("creates that took effect")
                .hasSizeGreaterThan(2 * EXAMPLES.size())
                .allSatisfy((what, count) -> assertThat(count).as(what).isEqualTo(1));
    }

    private static String madeBy(LoggedCall create) {
        return Stream.of(
                        "ReplicationGroupId",
                        "CacheClusterId",
                        "CacheSubnetGroupName",
                        "CacheParameterGroupName",
                        "GroupName")
                .flatMap(name -> create.parameter(name).stream())
                .filter(Objects::nonNull)
                .findFirst()
                .map(name -> create.operation() + " " + name)
                .orElseThrow();
    }

    /** All watches break, writes fail for as long as AWS takes and longer, and what a user does right afterwards is seen. */
    @Test
    void anApiServerThatIsAwayWhileAwsFinishes() {
        try (ApiServer server = ApiServer.start(ApiServer.Options.defaults())) {
            Ends quiet = live(server, Trouble.NONE, 0, Optional.empty());
            try (OperatorHarness operator = OperatorHarness.start(server, SETUP).patient(PATIENCE)) {
                ElastiCacheConsole console = operator.simulator().elastiCache(OperatorHarness.REGION);
                EXAMPLES.forEach(example -> operator.apply(RepositoryFiles.example(example)));
                until(
                        "all create calls went out",
                        () -> console.replicationGroups().size() + memcached(console) == EXAMPLES.size());
                server.stopServer();
                until(
                        "AWS has finished",
                        () -> console.cacheClusters().stream()
                                .allMatch(id -> console.cacheCluster(id)
                                        .filter(cluster ->
                                                cluster.cacheClusterStatus().equals("available"))
                                        .isPresent()));
                away();
                server.startServer();
                made(operator, Optional.of(quiet.made()));

                EXAMPLES.forEach(operator::delete);
                until(
                        "all delete calls went out",
                        () -> console.replicationGroups().stream()
                                .allMatch(id -> console.replicationGroup(id)
                                        .filter(group -> !group.status().equals("deleting"))
                                        .isEmpty()));
                server.stopServer();
                until("AWS has finished", () -> console.replicationGroups().isEmpty());
                away();
                server.startServer();
                gone(operator, Optional.of(quiet.left()));
            }
        }
    }

    private static long memcached(ElastiCacheConsole console) {
        return console.cacheClusters().stream()
                .filter(id -> console.cacheCluster(id)
                        .filter(cluster -> cluster.engine().equals("memcached"))
                        .isPresent())
                .count();
    }

    private static void away() {
        long back = System.nanoTime() + AWAY.toNanos();
        until("the API server may come back", () -> System.nanoTime() >= back);
    }

    private static void until(String what, java.util.concurrent.Callable<Boolean> condition) {
        await(what).dontCatchUncaughtExceptions().atMost(PATIENCE).until(condition);
    }

    /** What a user does while nothing can be heard is done once it can. */
    @Test
    void anEditAndADeletionThatFallIntoADroppedWatchAreSeen(ApiServer server) {
        try (Wire wire = new Wire(server);
                OperatorHarness operator =
                        OperatorHarness.start(server, SETUP.over(wire::lead)).patient(PATIENCE)) {
            operator.apply(manifest("team: shop"));
            operator.apply(RepositoryFiles.example("memcached"));
            operator.awaitSynced("a");
            operator.awaitSynced("memcached");
            wire.breakDown();
            operator.apply(manifest("team: web"));
            operator.delete("memcached");
            operator.admin()
                    .secrets()
                    .inNamespace(operator.namespace())
                    .withName("a-cache")
                    .delete();
            wire.mend();
            operator.awaitGone("memcached");
            operator.awaitSynced("a");
            until("the Secret is there again", () -> operator.secret("a-cache").isPresent());
            String arn = operator.account().groups().getFirst().arn();
            assertThat(operator.account().tags(arn)).containsEntry("team", "web");
        }
    }

    private static String manifest(String tag) {
        return """
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: a}
                spec: {engine: valkey, nodeType: cache.t4g.small, replicasPerShard: 0, tags: {%s}}
                """.formatted(tag);
    }
}
