package io.cacheoperator.bench;

import ch.qos.logback.classic.Level;
import io.cacheoperator.simulator.calllog.LoggedCall;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures what many caches cost, with the operator as it ships, in a process of its own. Times are of this machine and this run; the
 * counts are the same on every machine and are asserted by tests. Beside them stands what was measured for ACK's controller
 * with its chart's defaults in the same set-up (60 s of that were its own polling).
 *
 * <p>Arguments: the CRD file, what the chart renders as finalizer policy (an empty file leaves it out), the number of caches of the
 * large run (0 leaves it out), the folder to start the operator in, and the command that starts it.
 */
public final class Benchmark {

    private static final int MANY = 100;
    private static final int SINGLES = 50;
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Duration LONGEST = Duration.ofMinutes(6);

    private final BenchWorld world;
    private final OperatorProcess.Command command;
    private final List<Row> rows = new ArrayList<>();

    private Benchmark(BenchWorld world, OperatorProcess.Command command) {
        this.world = world;
        this.command = command;
    }

    public static void main(String[] args) throws IOException {
        quiet();
        int large = Integer.parseInt(args[2]);
        OperatorProcess.Command command = new OperatorProcess.Command(
                Path.of(args[3]), List.copyOf(Arrays.asList(args).subList(4, args.length)));
        try (BenchWorld world = new BenchWorld(Path.of(args[0]), new FinalizerPolicy(Path.of(args[1])))) {
            Benchmark benchmark = new Benchmark(world, command);
            try {
                benchmark.run(large);
            } catch (IllegalStateException broken) {
                world.explain(System.err);
                throw broken;
            }
            benchmark.print();
        }
    }

    /** Unless told otherwise, the logger writes all that libraries say, which takes longer than what is measured. */
    private static void quiet() {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.ERROR);
        }
    }

    private void run(int large) {
        world.warmUp();
        OperatorProcess operator = world.startOperator(command);
        row("start to ready", seconds(operator.startToReady()), "s", 1.5, OptionalDouble.of(0.2), "");
        Waiting.pause(Duration.ofSeconds(3));
        row("RSS idle", operator.rss(), "MB", 180, OptionalDouble.of(51), "");
        singles();
        one();
        world.deleteAll(LONG);
        hundred();
        row("RSS with " + world.ready(), operator.rss(), "MB", 220, OptionalDouble.of(64), "");
        steady();
        operator.kill();
        operator = restart(5, OptionalDouble.of(44));
        if (large > 0) {
            world.applyMany("large", 0, large);
            Waiting.until("all of the large run", LONGEST, () -> world.ready() >= MANY + large);
            row("RSS with " + world.ready(), operator.rss(), "MB", 300, OptionalDouble.empty(), "");
            operator.kill();
            operator = restart(10, OptionalDouble.empty());
            row("RSS after the restart", operator.rss(), "MB", 300, OptionalDouble.empty(), "");
        }
        operator.close();
    }

    private void singles() {
        List<Long> latencies = new ArrayList<>();
        List<Instant> left = new ArrayList<>();
        world.unwatched(() -> {
            for (int i = 0; i < SINGLES; i++) {
                latencies.add(single("single-" + i, left));
            }
        });
        Map<String, Instant> stored = world.stored();
        long fromStored = median(IntStream.range(0, SINGLES)
                .mapToObj(i ->
                        Duration.between(stored.get("single-" + i), left.get(i)).toMillis())
                .toList());
        row(
                "p50 kubectl apply returned to create call leaving",
                median(latencies),
                "ms",
                20,
                OptionalDouble.of(48),
                "of " + SINGLES + ", the first after the start " + latencies.getFirst()
                        + " ms; from the API server's answer " + fromStored + " ms");
        world.untilReady(SINGLES, LONG);
    }

    /**
     * One when what the one before it caused is over.
     *
     * @return milliseconds; 0 where the call had left before kubectl had returned
     */
    private long single(String name, List<Instant> left) {
        int before = world.creates().size();
        Instant returned = world.kubectlApply(name);
        Waiting.until("its create call", LONG, () -> world.creates().size() > before);
        left.add(last().call().now());
        Waiting.until("its status", LONG, () -> world.hasStatus(name));
        Waiting.pause(Duration.ofMillis(100));
        return Math.max(0, Duration.between(returned, left.getLast()).toMillis());
    }

    private void one() {
        world.forgetCalls();
        long begun = System.nanoTime();
        world.apply("one");
        world.untilReady(SINGLES + 1L, LONG);
        Duration one = Duration.ofNanos(System.nanoTime() - begun);
        row("1 cache: created to Ready", seconds(one), "s", 12, OptionalDouble.of(61), "");
        row("1 cache: AWS calls, with bulk reads", world.awsCalls(), "", 8, OptionalDouble.of(27), world.callsText());
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private LoggedCall last() {
        return world.creates().getLast();
    }

    private void hundred() {
        world.forgetCalls();
        long writes = world.apiWrites();
        Instant begun = Instant.now();
        world.unwatched(() -> creates(begun));
        Waiting.until("all Ready", LONG, () -> world.ready() >= MANY);
        row(
                "100 caches: all Ready",
                seconds(Duration.between(begun, Instant.now())),
                "s",
                20,
                OptionalDouble.of(120),
                "");
        row("AWS calls per cache", per(world.awsCalls()), "", 4, OptionalDouble.of(27), world.callsText());
        Waiting.pause(Duration.ofSeconds(2));
        row("API-server writes per cache", per(world.apiWrites() - writes), "", 5, OptionalDouble.of(8), "");
    }

    private void creates(Instant begun) {
        CpuTimes before = CpuTimes.now();
        world.applyMany("many", 0, MANY);
        double applied = seconds(Duration.between(begun, Instant.now()));
        Waiting.until("all create calls", LONG, () -> world.creates().size() >= MANY);
        row(
                "100 caches: last create call leaves",
                seconds(Duration.between(begun, last().call().now())),
                "s",
                3,
                OptionalDouble.of(37),
                "applied within " + applied + " s; processors: "
                        + CpuTimes.now().since(before));
    }

    private void steady() {
        world.forgetCalls();
        long writes = world.apiWrites();
        Waiting.pause(Duration.ofSeconds(66));
        row(
                "one re-check of all, 66 s: AWS calls",
                world.awsCalls(),
                "",
                10,
                OptionalDouble.of(1000),
                world.callsText());
        row("one re-check of all: API-server writes", world.apiWrites() - writes, "", 0, OptionalDouble.of(200), "");
    }

    private OperatorProcess restart(double goal, OptionalDouble ack) {
        long count = world.ready();
        world.forgetCalls();
        long writes = world.apiWrites();
        Instant begun = Instant.now();
        OperatorProcess operator = world.startOperator(command);
        Waiting.until("all checked", LONG, () -> operator.metric("cache_operator_passes_total") >= count);
        String what = "restart with " + count;
        row(what + ": until all are checked", seconds(Duration.between(begun, Instant.now())), "s", goal, ack, "");
        Waiting.pause(Duration.ofSeconds(3));
        boolean small = count <= 2 * MANY;
        row(
                what + ": AWS calls",
                world.awsCalls(),
                "",
                // A page is a hundred: of groups, of their members, and of the tags of both.
                small ? 10 : 10 + 4 * count / MANY,
                small ? OptionalDouble.of(1000) : OptionalDouble.empty(),
                world.callsText());
        row(
                what + ": API-server writes",
                world.apiWrites() - writes,
                "",
                0,
                small ? OptionalDouble.of(200) : OptionalDouble.empty(),
                "");
        return operator;
    }

    private void row(String measure, double ours, String unit, double goal, OptionalDouble ack, String note) {
        rows.add(new Row(measure, ours, unit, goal, ack, note));
        System.out.println(rows.getLast());
    }

    private static double per(long total) {
        return total / (double) MANY;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private void print() {
        System.out.println("\n" + Row.HEAD);
        rows.forEach(System.out::println);
        long missed = rows.stream().filter(row -> !row.met()).count();
        System.out.println(missed == 0 ? "\nEvery goal is met." : "\nGoals missed: " + missed);
    }
}
