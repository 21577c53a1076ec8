package io.cacheoperator.it;

import io.cacheoperator.app.OperatorApp;
import io.cacheoperator.app.OperatorConfig;
import io.cacheoperator.core.Pacing;
import io.cacheoperator.core.Tempo;
import io.cacheoperator.observe.PollCadence;
import io.cacheoperator.simulator.Simulator;
import io.cacheoperator.simulator.elasticache.ElastiCacheDurations;
import io.cacheoperator.simulator.world.SimulatorClock;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * How a harness is set up.
 *
 * @param world the simulated AWS
 * @param options how the operator is run
 * @param way how the operator, and nobody else, reaches the API server: makes another kubeconfig of its own
 */
record HarnessSetup(
        UnaryOperator<Simulator.Builder> world,
        UnaryOperator<OperatorConfig> configuration,
        UnaryOperator<OperatorApp.Options> options,
        UnaryOperator<String> way) {

    private static final Pacing FAST = new Pacing(
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofMillis(300),
            Duration.ofSeconds(2));

    /** Looks at what moves three times a second, for time in the simulator runs fast too. */
    private static final PollCadence CADENCE = new PollCadence(
            Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofMillis(300), Duration.ofMillis(500), 2);

    /** Real time, in which AWS takes 400 ms for everything, and an operator that is as impatient. */
    static final HarnessSetup STANDARD = new HarnessSetup(
            world -> world.durations(ElastiCacheDurations.uniform(Duration.ofMillis(400))),
            UnaryOperator.identity(),
            options -> options.withPacing(FAST).withCadence(CADENCE),
            UnaryOperator.identity());

    /**
     * The operator as it ships, and AWS, both by one clock that runs at so many times the speed of real time: what they wait
     * for each other is as long as it is in the world, but a minute passes in a second or so. The API server goes by real
     * time, and so do the operator's retries of calls to it, the call budget, and simulated latency.
     */
    static HarnessSetup scaled(double speed, ElastiCacheDurations durations) {
        SimulatorClock clock = SimulatorClock.scaled(speed);
        return new HarnessSetup(
                world -> world.clock(clock).durations(durations),
                UnaryOperator.identity(),
                options -> options.withTempo(Tempo.of(clock, speed)),
                UnaryOperator.identity());
    }

    HarnessSetup withWorld(UnaryOperator<Simulator.Builder> more) {
        return new HarnessSetup(builder -> more.apply(world.apply(builder)), configuration, options, way);
    }

    HarnessSetup withDurations(ElastiCacheDurations durations) {
        return withWorld(builder -> builder.durations(durations));
    }

    HarnessSetup withConfiguration(UnaryOperator<OperatorConfig> more) {
        return new HarnessSetup(world, config -> more.apply(configuration.apply(config)), options, way);
    }

    HarnessSetup withOptions(UnaryOperator<OperatorApp.Options> more) {
        return new HarnessSetup(world, configuration, given -> more.apply(options.apply(given)), way);
    }

    HarnessSetup over(UnaryOperator<String> other) {
        return new HarnessSetup(world, configuration, options, other);
    }
}
