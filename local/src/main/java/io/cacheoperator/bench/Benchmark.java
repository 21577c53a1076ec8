package io.cacheoperator.bench;

import io.cacheoperator.simulator.calllog.LoggedCall;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures what the README promises, with the operator as it ships in a process of its own. Times are of this machine and
 * this run; the counts are the same on every machine and are asserted by tests.
 *
 * <p>Arguments: the operator's jar, the CRD file, the number of caches of the large run (0 leaves it out), JVM flags.
 */
public final class Benchmark {

    private static final int MANY = 100;
    private static final int SINGLES = 15;
    private static final Duration LONG = Duration.ofMinutes(3);

    private final BenchWorld world;
    private final Path jar;
    private final List<String> jvmFlags;
    private final List<String> rows = new ArrayList<>();

    private Benchmark(BenchWorld world, Path jar, List<String> jvmFlags) {
        this.world = world;
        this.jar = jar;
        this.jvmFlags = jvmFlags;
    }

    public static void main(String[] args) throws IOException {
        int large = Integer.parseInt(args[2]);
        try (BenchWorld world = new BenchWorld(Path.of(args[1]))) {
            Benchmark benchmark = new Benchmark(
                    world, Path.of(args[0]), List.copyOf(Arrays.asList(args).subList(3, args.length)));
            benchmark.run(large);
            benchmark.print();
        }
    }

    private void run(int large) {
        OperatorProcess operator = world.startOperator(jar, jvmFlags);
        row("start to ready", seconds(operator.startToReady()), "<= 1.5 s");
        Waiting.pause(Duration.ofSeconds(3));
        row("RSS idle", operator.rss() + " MiB", "<= 180 MB");
        singles();
        hundred(operator);
        row("RSS with " + world.ready(), operator.rss() + " MiB", "<= 220 MB");
        steady();
        operator.kill();
        operator = restart();
        if (large > 0) {
            world.applyMany("large", 0, large);
            world.untilReady(world.ready() + 1, LONG);
            Waiting.until("all of the large run", Duration.ofMinutes(6), () -> world.ready() >= SINGLES + MANY + large);
            row("RSS with " + world.ready(), operator.rss() + " MiB", "<= 300 MB");
            operator.kill();
            operator = restart();
        }
        operator.close();
    }

    private void singles() {
        List<Long> latencies = new ArrayList<>();
        for (int i = 0; i < SINGLES; i++) {
            int before = world.creates().size();
            Instant applied = world.apply("single-" + i);
            // A call may have left before the answer to apply was read.
            Waiting.until("its create call", LONG, () -> world.creates().size() > before);
            latencies.add(
                    Math.max(0, Duration.between(applied, last().call().now()).toMillis()));
        }
        latencies.sort(null);
        row("p50 apply returned to create call leaving", latencies.get(SINGLES / 2) + " ms", "<= 20 ms");
        world.untilReady(SINGLES, LONG);
        world.forgetCalls();
        Duration one = oneCache();
        row("1 cache: created to Ready", seconds(one), "<= 12 s");
    }

    private Duration oneCache() {
        long begun = System.nanoTime();
        world.apply("one");
        world.untilReady(SINGLES + 1L, LONG);
        int calls = world.awsCalls();
        row("1 cache: AWS calls", calls + " " + world.awsCallsByOperation(), "<= 4 and bulk reads");
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private LoggedCall last() {
        return world.creates().getLast();
    }

    private void hundred(OperatorProcess operator) {
        world.forgetCalls();
        long writes = world.apiWrites();
        Instant begun = Instant.now();
        world.applyMany("many", 0, MANY);
        Waiting.until("all create calls", LONG, () -> world.creates().size() >= MANY);
        row(
                "100 caches: last create call leaves",
                seconds(Duration.between(begun, last().call().now())),
                "<= 3 s");
        Waiting.until("all Ready", LONG, () -> world.ready() >= SINGLES + 1 + MANY);
        row("100 caches: all Ready", seconds(Duration.between(begun, Instant.now())), "<= 20 s");
        row("AWS calls per cache", per(world.awsCalls()) + " " + world.awsCallsByOperation(), "<= 4");
        Waiting.pause(Duration.ofSeconds(2));
        row("API-server writes per cache", per(world.apiWrites() - writes), "<= 5");
    }

    private void steady() {
        world.forgetCalls();
        long writes = world.apiWrites();
        Waiting.pause(Duration.ofSeconds(66));
        row("one re-check of all (66 s): AWS calls", world.awsCalls() + " " + world.awsCallsByOperation(), "<= 10");
        row("one re-check of all: API-server writes", Long.toString(world.apiWrites() - writes), "0");
    }

    private OperatorProcess restart() {
        long count = world.ready();
        world.forgetCalls();
        long writes = world.apiWrites();
        Instant begun = Instant.now();
        OperatorProcess operator = world.startOperator(jar, jvmFlags);
        Waiting.until("all checked", LONG, () -> operator.metric("cache_operator_passes_total") >= count);
        row(
                "restart with " + count + ": until all are checked",
                seconds(Duration.between(begun, Instant.now())),
                "<= 5 s (1,000: 10 s)");
        Waiting.pause(Duration.ofSeconds(3));
        row("restart with " + count + ": AWS calls", world.awsCalls() + " " + world.awsCallsByOperation(), "<= 10");
        row("restart with " + count + ": API-server writes", Long.toString(world.apiWrites() - writes), "0");
        return operator;
    }

    private void row(String measure, String ours, String goal) {
        rows.add("| %s | %s | %s |".formatted(measure, ours, goal));
        System.out.println(rows.getLast());
    }

    private static String per(long total) {
        return String.format(Locale.ROOT, "%.2f", total / (double) MANY);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
    }

    private void print() {
        System.out.println("\n| measure | ours | goal |\n|---|---|---|");
        rows.forEach(System.out::println);
    }
}
