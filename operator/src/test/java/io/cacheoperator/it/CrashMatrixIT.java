package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.it.CrashTrap.Point;
import io.cacheoperator.simulator.elasticache.ElastiCacheDurations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The operator dies before and after each write to AWS and to the API server that making and deleting a cache takes, and
 * another goes on: the end is as if nothing had happened. The points come from a life without a crash.
 *
 * <p>The system property {@code matrix=full} makes it one life for every point of every example. Without it each life of
 * the smallest example has two deaths, one while it is made and one while it is deleted, and of the others a sample is taken.
 */
@RequiresApiServer
class CrashMatrixIT {

    private static final boolean FULL = "full".equals(System.getProperty("matrix"));
    private static final int AT_ONCE = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ElastiCacheDurations DURATIONS = ElastiCacheDurations.uniform(Duration.ofMillis(300));
    private static final String ALL_POINTS = "valkey-minimal";
    private static final List<String> OTHERS = List.of(
            "valkey-production",
            "redis-cluster-mode",
            "memcached",
            "bring-your-own-network",
            "auth-from-secret",
            "parameters-and-tags",
            "tls-optional");

    private static ExecutorService lives;

    /** What a life left behind at its two ends, by kind, and the points that it passed. */
    private record Life(
            List<String> made,
            Map<String, String> binding,
            List<String> left,
            List<Point> making,
            List<Point> deleting) {}

    /** Where the operator dies in a life. */
    private record Deaths(Optional<Point> making, Optional<Point> deleting) {
        static final Deaths NONE = new Deaths(Optional.empty(), Optional.empty());

        @Override
        public String toString() {
            return Stream.concat(making.map(p -> "making: " + p).stream(), deleting.map(p -> "deleting: " + p).stream())
                    .toList()
                    .toString();
        }
    }

    @BeforeAll
    static void begin() {
        lives = Executors.newFixedThreadPool(AT_ONCE);
    }

    @AfterAll
    static void end() {
        lives.shutdownNow();
    }

    @TestFactory
    Stream<DynamicTest> everyPointOfTheSmallestExample(ApiServer server) {
        Life quiet = life(server, ALL_POINTS, Deaths.NONE);
        assertThat(quiet.making()).as("points found while a cache is made").hasSizeGreaterThan(15);
        assertThat(quiet.deleting()).as("points found while it is deleted").hasSizeGreaterThan(8);
        return tests(server, ALL_POINTS, quiet, FULL ? single(quiet) : paired(quiet));
    }

    @TestFactory
    Stream<DynamicTest> pointsOfTheOtherExamples(ApiServer server) {
        List<Future<Life>> quiet = OTHERS.stream()
                .map(example -> lives.submit(() -> life(server, example, Deaths.NONE)))
                .toList();
        return IntStream.range(0, OTHERS.size())
                .boxed()
                .flatMap(i -> {
                    Life without = result(quiet.get(i));
                    return tests(server, OTHERS.get(i), without, FULL ? single(without) : sample(without, i));
                })
                .toList()
                .stream();
    }

    private static List<Deaths> single(Life quiet) {
        return Stream.concat(
                        quiet.making().stream().map(p -> new Deaths(Optional.of(p), Optional.empty())),
                        quiet.deleting().stream().map(p -> new Deaths(Optional.empty(), Optional.of(p))))
                .toList();
    }

    /** Every point of both phases, in as few lives as possible. */
    private static List<Deaths> paired(Life quiet) {
        int most = Math.max(quiet.making().size(), quiet.deleting().size());
        return IntStream.range(0, most)
                .mapToObj(i -> new Deaths(at(quiet.making(), i), at(quiet.deleting(), i)))
                .toList();
    }

    private static Optional<Point> at(List<Point> points, int index) {
        return index < points.size() ? Optional.of(points.get(index)) : Optional.empty();
    }

    /** Two lives, with other points for each example. */
    private static List<Deaths> sample(Life quiet, int example) {
        return IntStream.of(2 * example + 1, 5 * example + 8)
                .mapToObj(i -> new Deaths(
                        Optional.of(quiet.making().get(i % quiet.making().size())),
                        Optional.of(quiet.deleting().get(i % quiet.deleting().size()))))
                .toList();
    }

    private Stream<DynamicTest> tests(ApiServer server, String example, Life quiet, List<Deaths> all) {
        List<Future<?>> running = new ArrayList<>();
        for (Deaths deaths : all) {
            running.add(lives.submit(() -> endsAs(quiet, life(server, example, deaths))));
        }
        return IntStream.range(0, all.size())
                .mapToObj(i -> DynamicTest.dynamicTest(example + " " + all.get(i), () -> result(running.get(i))));
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (java.util.concurrent.ExecutionException failed) {
            throw new AssertionError(failed.getCause().getMessage(), failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private static void endsAs(Life quiet, Life crashed) {
        assertThat(crashed.made()).as("what is in AWS once it is Ready").isEqualTo(quiet.made());
        assertThat(crashed.binding().keySet())
                .as("connection Secret")
                .isEqualTo(quiet.binding().keySet());
        assertThat(crashed.left()).as("what is left in AWS").isEqualTo(quiet.left());
    }

    /** A cache is made and deleted. */
    private static Life life(ApiServer server, String example, Deaths deaths) {
        try (OperatorHarness operator = OperatorHarness.start(server, DURATIONS, UnaryOperator.identity())
                .patient(PATIENCE)) {
            CrashTrap trap = new CrashTrap(operator);
            trap.begin(deaths.making());
            operator.apply(RepositoryFiles.example(example));
            operator.awaitSynced(example);
            assertKilled(trap.end(), deaths.making());
            operator.awaitSynced(example);
            Map<String, String> binding =
                    operator.secretData(operator.status(example).binding().name());
            assertMadeOnceWithTheTokenThatIsKept(operator, binding);
            List<String> made = kinds(operator);
            List<Point> making = trap.met();

            trap.begin(deaths.deleting());
            operator.delete(example);
            operator.awaitGone(example);
            assertKilled(trap.end(), deaths.deleting());
            return new Life(made, binding, kinds(operator), making, trap.met());
        }
    }

    /** A status that says in between how far things are comes or not by how fast they are: the one kind of point that may be missed. */
    private static void assertKilled(boolean killed, Optional<Point> point) {
        boolean always = point.filter(p -> !p.write().endsWith("/status")).isPresent();
        assertThat(killed || !always).as("the operator was killed " + point).isTrue();
    }

    private static void assertMadeOnceWithTheTokenThatIsKept(OperatorHarness operator, Map<String, String> binding) {
        assertThat(operator.simulator()
                        .callLog()
                        .calls(call -> List.of("CreateReplicationGroup", "CreateCacheCluster")
                                        .contains(call.operation())
                                && call.outcome().tookEffect()))
                .as("creates that took effect")
                .hasSize(1);
        String password = binding.get("password");
        if (password == null) {
            return;
        }
        String group = operator.account().groups().getFirst().replicationGroupId();
        assertThat(operator.simulator().elastiCache(OperatorHarness.REGION).acceptsToken(group, password))
                .as("the cache was made with the token that applications get")
                .isTrue();
        operator.admin().secrets().inNamespace(operator.namespace()).list().getItems().stream()
                .map(secret -> operator.secretData(secret.getMetadata().getName()))
                .filter(data -> data.containsKey("current"))
                .forEach(data -> assertThat(data.get("current").equals(password))
                        .as("the token that is kept is the one that applications get")
                        .isTrue());
    }

    /** What is in the account, without names, which differ from life to life. */
    private static List<String> kinds(OperatorHarness operator) {
        return operator.account().everything().stream()
                .map(name -> name.substring(0, name.lastIndexOf(' ')))
                .sorted()
                .toList();
    }
}
