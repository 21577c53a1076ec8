package io.cacheoperator.app;

import io.cacheoperator.aws.CallListener;
import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Outcome;
import io.cacheoperator.core.PassListener;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.Step;
import io.cacheoperator.core.StepListener;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.cacheoperator.kinds.cachecluster.CacheClusterStatus;
import io.cacheoperator.kinds.cachecluster.Phase;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the operator counts about itself; docs/reference/metrics.md is made from it. Makes no label of what users write but names. */
final class OperatorMeters implements CallListener, StepListener, AutoCloseable {

    static final String PREFIX = "cache.operator.";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final List<Runnable> beforeScrape = new CopyOnWriteArrayList<>();

    OperatorMeters() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    /** What JOSDK counts: reconciles, retries and the queue. */
    Metrics reconciles() {
        return MicrometerMetricsV2.newBuilder(registry).build();
    }

    /** What the probes find. */
    ProbeMeters probes() {
        return new ProbeMeters(registry);
    }

    /**
     * Shows what these say at the moment of each scrape.
     *
     * @param budgets by region and service, such as {@code eu-west-1/elasticache}
     */
    void watch(
            Supplier<Map<String, Duration>> snapshotAges,
            Supplier<Map<String, Double>> budgets,
            Supplier<Stream<CacheCluster>> caches) {
        MultiGauge age = MultiGauge.builder(PREFIX + "snapshot.age.seconds")
                .description("Age of the oldest of the region's snapshots that decisions are made from.")
                .register(registry);
        MultiGauge budget = MultiGauge.builder(PREFIX + "aws.budget")
                .description("Calls per second that the operator allows itself; shrinks when AWS throttles.")
                .register(registry);
        MultiGauge phases = MultiGauge.builder(PREFIX + "caches")
                .description("CacheClusters by status.phase.")
                .register(registry);
        MultiGauge drift = MultiGauge.builder(PREFIX + "drift")
                .description("CacheClusters that differ in AWS from their manifest, by status.driftCount.")
                .register(registry);
        MultiGauge steps = MultiGauge.builder(PREFIX + "plan.steps")
                .description("Steps in the plans of all CacheClusters, by their state.")
                .register(registry);
        beforeScrape.add(() -> {
            age.register(rows(snapshotAges.get(), region -> Tags.of("region", region), OperatorMeters::seconds), true);
            budget.register(rows(budgets.get(), OperatorMeters::regionAndService, rate -> rate), true);
            List<CacheCluster> all = caches.get().toList();
            phases.register(phases(all), true);
            steps.register(steps(all), true);
            drift.register(
                    List.of(Row.of(
                            Tags.empty(),
                            all.stream().filter(OperatorMeters::drifted).count())),
                    true);
        });
    }

    private static <T> List<Row<?>> rows(
            Map<String, T> values, Function<String, Tags> tags, Function<T, Double> number) {
        List<Row<?>> rows = new ArrayList<>();
        values.forEach((key, value) -> rows.add(Row.of(tags.apply(key), number.apply(value))));
        return rows;
    }

    private static Tags regionAndService(String key) {
        int slash = key.indexOf('/');
        return Tags.of("region", key.substring(0, slash), "service", key.substring(slash + 1));
    }

    private static List<Row<?>> steps(List<CacheCluster> all) {
        Map<Step.State, Long> counts = new EnumMap<>(Step.State.class);
        for (Step.State state : Step.State.values()) {
            counts.put(state, 0L);
        }
        all.stream()
                .flatMap(cr -> Optional.ofNullable(cr.getStatus()).stream())
                .flatMap(status -> Optional.ofNullable(status.plan()).stream())
                .flatMap(plan -> plan.steps().stream())
                .flatMap(step -> Stream.of(Step.State.values())
                        .filter(state -> state.name().equals(step.state())))
                .forEach(state -> counts.merge(state, 1L, Long::sum));
        return counts.entrySet().stream()
                .<Row<?>>map(count -> Row.of(Tags.of("state", count.getKey().name()), count.getValue()))
                .toList();
    }

    private static double seconds(Duration age) {
        return age.toMillis() / 1000.0;
    }

    private static List<Row<?>> phases(List<CacheCluster> all) {
        Map<Phase, Long> counts = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            counts.put(phase, 0L);
        }
        all.forEach(cr -> counts.merge(phase(cr.getStatus()), 1L, Long::sum));
        List<Row<?>> rows = new ArrayList<>();
        counts.forEach((phase, count) -> rows.add(Row.of(Tags.of("phase", word(phase)), count)));
        return rows;
    }

    private static Phase phase(@Nullable CacheClusterStatus status) {
        Phase phase = status == null ? null : status.phase();
        return phase == null ? Phase.PENDING : phase;
    }

    /** As the status writes it. */
    private static String word(Phase phase) {
        return phase.name().charAt(0) + phase.name().substring(1).toLowerCase(Locale.ROOT);
    }

    private static boolean drifted(CacheCluster cr) {
        CacheClusterStatus status = cr.getStatus();
        Integer count = status == null ? null : status.driftCount();
        return count != null && count > 0;
    }

    @Override
    public void onCall(String region, String service, String operation, Optional<Failure> failure, Duration took) {
        Timer.builder(PREFIX + "aws.calls")
                .description("Calls to AWS and how long they took.")
                .tags("service", service, "operation", operation, "outcome", outcome(failure))
                .register(registry)
                .record(took);
        Counter throttles = Counter.builder(PREFIX + "aws.throttles")
                .description("Calls that AWS throttled.")
                .tags("service", service, "operation", operation)
                .register(registry);
        failure.filter(f -> f.kind() == Failure.Kind.THROTTLED).ifPresent(f -> throttles.increment());
    }

    private static String outcome(Optional<Failure> failure) {
        return failure.map(f -> f.kind().name().toLowerCase(Locale.ROOT)).orElse("ok");
    }

    @Override
    public void onStep(HasMetadata primary, Step<?> step, Outcome outcome) {
        Counter.builder(PREFIX + "steps")
                .description("Steps of plans that were taken: side effects in AWS and Kubernetes.")
                .tags("step", step.name(), "outcome", outcome(outcome))
                .register(registry)
                .increment();
    }

    private static String outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done() -> "done";
            case Outcome.Failed(Failure failure) -> outcome(Optional.of(failure));
            case Outcome.Refused refused -> "refused";
        };
    }

    /** Counts the passes that ended well. */
    PassListener passes() {
        Counter passes = Counter.builder(PREFIX + "passes")
                .description("Passes over resources that ended well, whether or not there was anything to do.")
                .register(registry);
        return new PassListener() {
            @Override
            public void begins(HasMetadata primary) {
                // Counted when it has ended.
            }

            @Override
            public void ended(HasMetadata primary, Set<Query<?>> interests) {
                passes.increment();
            }
        };
    }

    /** Everything, as Prometheus reads it. */
    String scrape() {
        beforeScrape.forEach(Runnable::run);
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
