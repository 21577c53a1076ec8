package io.cacheoperator.simulator;

import io.cacheoperator.simulator.elasticache.ElastiCacheDurations;
import io.cacheoperator.simulator.elasticache.Nodes;
import io.cacheoperator.simulator.http.ControlSurface;
import io.cacheoperator.simulator.node.RealNodes;
import io.cacheoperator.simulator.world.SimulatorClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * The simulator on its own. Options are {@code --name=value} or environment variables; see {@link #USAGE}.
 */
public final class SimulatorMain {
    /** What {@code --help} prints. */
    static final String USAGE = """
            AWS endpoints for local use. Options (or environment variables):
              --port=4566        (PORT)                  port on loopback; 0 for any free one
              --time-scale=1     (SIMULATOR_TIME_SCALE)  simulated seconds per real second; 0: time stands still until advanced
              --account=000000000000 (SIMULATOR_ACCOUNT) account of callers whose access key is not an account number itself
              --durations=fast   (SIMULATOR_DURATIONS)   how long ElastiCache takes: fast (a create 10 s, all else 1 to 5 s),
                                                         aws (as measured: a create 10 min), or one time for everything (PT10S)
              --nodes=none       (SIMULATOR_NODES)       what is behind the endpoints: none, or real servers on loopback
              --latency=PT0S     (SIMULATOR_LATENCY)     how long each call takes at least, ISO-8601
            """;

    private static final String DEFAULT_PORT = "4566";

    private SimulatorMain() {}

    /** Runs until the process is ended. */
    public static void main(String[] args) throws InterruptedException {
        // Before the first logger is made. A file of this name, since the jar is also on the classpath of programs with
        // their own.
        System.setProperty(
                "logback.configurationFile", System.getProperty("logback.configurationFile", "logback-simulator.xml"));
        Map<String, String> options = options(args);
        if (options.containsKey("help")) {
            print(USAGE);
            return;
        }
        double scale = Double.parseDouble(option(options, "time-scale", "SIMULATOR_TIME_SCALE", "1"));
        Simulator simulator = Simulator.builder()
                .port(Integer.parseInt(option(options, "port", "PORT", DEFAULT_PORT)))
                .clock(SimulatorClock.scaled(scale))
                .account(option(options, "account", "SIMULATOR_ACCOUNT", Simulator.Builder.DEFAULT_ACCOUNT))
                .nodes(nodes(option(options, "nodes", "SIMULATOR_NODES", "none")))
                .durations(durations(option(options, "durations", "SIMULATOR_DURATIONS", "fast")))
                .latency(Duration.parse(option(options, "latency", "SIMULATOR_LATENCY", "PT0S")))
                .build();
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            simulator.close();
            ended.countDown();
        }));
        simulator.start();
        print(welcome(simulator));
        ended.await();
    }

    /** Real nodes end with this process, so nobody needs to close them. */
    private static Nodes nodes(String text) {
        return switch (text) {
            case "none" -> Nodes.NONE;
            case "real" -> RealNodes.create();
            default -> throw new IllegalArgumentException("nodes are none or real: " + text);
        };
    }

    private static ElastiCacheDurations durations(String text) {
        return switch (text) {
            case "aws" -> ElastiCacheDurations.aws();
            case "fast" -> ElastiCacheDurations.fast();
            default -> ElastiCacheDurations.uniform(Duration.parse(text));
        };
    }

    private static String welcome(Simulator simulator) {
        String endpoint = simulator.endpoint().toString();
        return """
                Simulated AWS at %1$s

                  export AWS_ENDPOINT_URL=%1$s AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
                  export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
                  aws sts get-caller-identity
                  aws ec2 describe-subnets

                Control, as JSON:
                  curl %1$s%2$shealth      also: services, clock, faults, calls
                  curl %1$s%2$sclock/advance -d '{"duration":"PT10M"}'
                  curl %1$s%2$sfaults -d '{"effect":"throttle","service":"elasticache","rate":0.5}'
                  curl -X DELETE %1$s%2$sfaults

                Ctrl-C ends it; nothing is kept.
                """.formatted(endpoint, ControlSurface.PATH);
    }

    private static Map<String, String> options(String[] args) {
        Map<String, String> options = new HashMap<>();
        for (String arg : args) {
            if (!arg.startsWith("--")) {
                throw new IllegalArgumentException("not an option: " + arg + System.lineSeparator() + USAGE);
            }
            String[] parts = arg.substring(2).split("=", 2);
            options.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        return options;
    }

    private static String option(Map<String, String> options, String name, String variable, String otherwise) {
        return Optional.ofNullable(options.get(name))
                .or(() -> Optional.ofNullable(System.getenv(variable)))
                .orElse(otherwise);
    }

    @SuppressWarnings("SystemOut") // Its output is for the one who started it on a terminal.
    private static void print(String text) {
        System.out.println(text);
    }
}
