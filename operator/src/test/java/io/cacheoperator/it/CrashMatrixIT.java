package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.it.CrashTrap.Point;
import io.cacheoperator.simulator.calllog.LoggedCall;
import io.cacheoperator.simulator.elasticache.ElastiCacheDurations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The operator dies before and after each write to AWS and to the API server that making, changing and deleting a cache takes,
 * and another goes on: at the end of each phase everything in AWS and in Kubernetes is, attribute by attribute, as if nothing
 * had happened. The points come from a life without a crash, not from a list. Time is real, and AWS takes 300 ms for everything.
 *
 * <p>The system property {@code matrix=full} makes it one life for every point of every scenario. Without it each life has one
 * death in each phase, all points of the smallest example come to pass, and of the other scenarios every kind of point that it
 * has not.
 */
@RequiresApiServer
class CrashMatrixIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final HarnessSetup SETUP =
            HarnessSetup.STANDARD.withDurations(ElastiCacheDurations.uniform(Duration.ofMillis(300)));
    private static final String SMALLEST = "valkey-minimal";

    private static Lives lives;

    private enum Phase {
        MAKING,
        CHANGING,
        DELETING
    }

    /**
     * What there was at the end of each phase, and the points that it passed.
     *
     * @param missed where the operator should have died and the point, one of those that need not come, did not
     */
    private record Life(Map<Phase, Footprint> ends, Map<Phase, List<Point>> points, List<Point> missed) {}

    /** A point's write in its phase, whichever cache it is for and however often it comes. */
    private record Kind(Phase phase, String write, boolean after) {
        static Kind of(Scenario scenario, Phase phase, Point point) {
            return new Kind(phase, point.write().replace(scenario.name(), "NAME"), point.after());
        }
    }

    /** A life in which the operator dies at these points. */
    private record Crashes(Scenario scenario, Life quiet, Map<Phase, Point> deaths) {
        @Override
        public String toString() {
            return scenario
                    + deaths.entrySet().stream()
                            .map(e -> " " + e.getKey() + " " + e.getValue())
                            .collect(Collectors.joining(","));
        }
    }

    @BeforeAll
    static void begin() {
        lives = new Lives();
    }

    @AfterAll
    static void end() {
        lives.close();
    }

    @TestFactory
    Stream<DynamicTest> killedAtEachPoint(ApiServer server) {
        List<Scenario> scenarios = Scenario.all();
        List<Future<Life>> running = scenarios.stream()
                .map(scenario -> lives.begin(
                        scenario + " undisturbed", () -> live(server, scenario, Map.of(), Optional.empty())))
                .toList();
        List<Life> quiet = running.stream().map(Lives::result).toList();
        IntStream.range(0, scenarios.size()).forEach(i -> assertWhole(scenarios.get(i), quiet.get(i)));
        return tests(server, Lives.WHOLE ? single(scenarios, quiet) : sample(scenarios, quiet));
    }

    /** A life without a crash is what the others are measured by. */
    private static void assertWhole(Scenario scenario, Life quiet) {
        assertThat(quiet.points().get(Phase.MAKING))
                .as("points while %s is made", scenario)
                .hasSizeGreaterThan(10);
        assertThat(quiet.points().get(Phase.DELETING))
                .as("points while %s is deleted", scenario)
                .hasSizeGreaterThan(scenario.name().equals("retained") ? 3 : 8);
        List<String> left = quiet.ends().get(Phase.DELETING).aws();
        if (scenario.name().equals("retained")) {
            assertThat(left)
                    .as("what is kept")
                    .isEqualTo(quiet.ends().get(Phase.MAKING).aws());
        } else {
            assertThat(left)
                    .as("what is left of %s", scenario)
                    .hasSizeLessThan(2)
                    .allMatch(line -> line.startsWith("Snapshot("));
        }
    }

    private static List<Crashes> single(List<Scenario> scenarios, List<Life> quiet) {
        List<Crashes> all = new ArrayList<>();
        for (int i = 0; i < scenarios.size(); i++) {
            Scenario scenario = scenarios.get(i);
            Life life = quiet.get(i);
            life.points()
                    .forEach((phase, points) ->
                            points.forEach(point -> all.add(new Crashes(scenario, life, Map.of(phase, point)))));
        }
        return all;
    }

    /** The smallest example first, with all of its points; then each point of the others whose kind has not been. */
    private static List<Crashes> sample(List<Scenario> scenarios, List<Life> quiet) {
        List<Crashes> all = new ArrayList<>();
        Set<Kind> been = new HashSet<>();
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, scenarios.size()).boxed().toList());
        order.sort(java.util.Comparator.comparing(i -> !scenarios.get(i).name().equals(SMALLEST)));
        for (int i : order) {
            Scenario scenario = scenarios.get(i);
            Map<Phase, Iterator<Point>> wanted = new EnumMap<>(Phase.class);
            quiet.get(i)
                    .points()
                    .forEach((phase, points) -> wanted.put(
                            phase,
                            points.stream()
                                    .filter(point -> been.add(Kind.of(scenario, phase, point))
                                            || scenario.name().equals(SMALLEST))
                                    .toList()
                                    .iterator()));
            while (wanted.values().stream().anyMatch(Iterator::hasNext)) {
                Map<Phase, Point> deaths = new EnumMap<>(Phase.class);
                wanted.forEach((phase, points) -> {
                    if (points.hasNext()) {
                        deaths.put(phase, points.next());
                    }
                });
                all.add(new Crashes(scenario, quiet.get(i), deaths));
            }
        }
        return all;
    }

    private static Stream<DynamicTest> tests(ApiServer server, List<Crashes> all) {
        List<Future<Life>> running = all.stream()
                .map(crashes -> lives.begin(
                        crashes.toString(),
                        () -> live(server, crashes.scenario(), crashes.deaths(), Optional.of(crashes.quiet()))))
                .toList();
        return IntStream.range(0, all.size())
                .mapToObj(i -> DynamicTest.dynamicTest(all.get(i).toString(), () -> {
                    List<Point> missed = Lives.result(running.get(i)).missed();
                    assumeTrue(missed.isEmpty(), () -> "did not come to pass this time, which is right too: " + missed);
                }));
    }

    /** @param quiet what each phase must end as; empty for the life that the others are measured by */
    private static Life live(ApiServer server, Scenario scenario, Map<Phase, Point> deaths, Optional<Life> quiet) {
        try (OperatorHarness operator = OperatorHarness.start(server, SETUP).patient(PATIENCE)) {
            CrashTrap trap = new CrashTrap(operator);
            Life life = new Life(new EnumMap<>(Phase.class), new EnumMap<>(Phase.class), new ArrayList<>());
            for (Phase phase : Phase.values()) {
                if (phase != Phase.CHANGING || scenario.changed().isPresent()) {
                    Optional<Point> death = Optional.ofNullable(deaths.get(phase));
                    trap.begin(death);
                    pass(operator, scenario, phase);
                    boolean killed = trap.end();
                    death.filter(point -> !killed).ifPresent(life.missed()::add);
                    arrived(operator, scenario, phase);
                    life.points().put(phase, trap.met());
                    life.ends()
                            .put(
                                    phase,
                                    measured(
                                            operator,
                                            scenario,
                                            quiet.map(q -> q.ends().get(phase))));
                }
            }
            assertThat(life.missed()).as("where the operator was not killed").noneMatch(Point::always);
            return life;
        }
    }

    private static void pass(OperatorHarness operator, Scenario scenario, Phase phase) {
        switch (phase) {
            case MAKING -> operator.apply(scenario.made());
            case CHANGING -> operator.apply(scenario.changed().orElseThrow());
            case DELETING -> operator.delete(scenario.name());
        }
        arrived(operator, scenario, phase);
    }

    private static void arrived(OperatorHarness operator, Scenario scenario, Phase phase) {
        if (phase == Phase.DELETING) {
            operator.awaitGone(scenario.name());
        } else {
            operator.awaitSynced(scenario.name());
            assertMadeOnce(operator);
            Footprint.assertPasswordWorks(operator, scenario.name());
        }
    }

    private static Footprint measured(OperatorHarness operator, Scenario scenario, Optional<Footprint> expected) {
        List<String> names = List.of(scenario.name());
        String manifests = scenario.made() + scenario.changed().orElse("");
        expected.ifPresent(footprint -> await("the same end")
                .dontCatchUncaughtExceptions()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> Footprint.of(operator, names, manifests).assertIs(footprint)));
        return expected.orElseGet(() -> Footprint.of(operator, names, manifests));
    }

    private static void assertMadeOnce(OperatorHarness operator) {
        Map<String, Long> creates = operator
                .simulator()
                .callLog()
                .calls(call ->
                        call.operation().startsWith("Create") && call.outcome().tookEffect())
                .stream()
                .collect(Collectors.groupingBy(LoggedCall::operation, Collectors.counting()));
        assertThat(creates)
                .as("creates that took effect")
                .isNotEmpty()
                .allSatisfy(
                        (operation, count) -> assertThat(count).as(operation).isEqualTo(1));
    }
}
