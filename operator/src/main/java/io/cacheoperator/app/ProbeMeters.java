package io.cacheoperator.app;

import io.cacheoperator.probe.CacheKey;
import io.cacheoperator.probe.Measure;
import io.cacheoperator.probe.NodeResult;
import io.cacheoperator.probe.NodeRole;
import io.cacheoperator.probe.NodeSample;
import io.cacheoperator.probe.ProbeListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/**
 * What the probes find, as metrics: one set per cache and role of its nodes, however many nodes there are, and none for a
 * cache that is not probed any more.
 */
final class ProbeMeters implements ProbeListener {

    static final String PREFIX = OperatorMeters.PREFIX + "probe.";

    private final MeterRegistry registry;
    private final Map<CacheKey, Shown> caches = new ConcurrentHashMap<>();

    /** What one cache shows. Values are read by scrapes while a probe writes them. */
    private static final class Shown {

        private final Map<Series, Double> values = new ConcurrentHashMap<>();
        private final Map<Series, Meter> meters = new HashMap<>();
        private final Map<String, Map<Measure, Double>> before = new HashMap<>();
        private volatile double up;
    }

    private record Series(NodeRole role, Measure measure) {}

    ProbeMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void probed(CacheKey cache, List<NodeResult> results) {
        Shown shown = caches.computeIfAbsent(cache, key -> new Shown());
        synchronized (shown) {
            shown.up = results.stream().allMatch(NodeResult.Up.class::isInstance) ? 1 : 0;
            up(cache, shown);
            Map<NodeRole, List<NodeResult.Up>> byRole = results.stream()
                    .filter(NodeResult.Up.class::isInstance)
                    .map(NodeResult.Up.class::cast)
                    .filter(result -> result.node().role() != NodeRole.CONFIGURATION)
                    .collect(Collectors.groupingBy(result -> result.sample().role()));
            Map<Series, Double> now = new HashMap<>();
            byRole.forEach((role, nodes) -> sums(role, nodes).forEach((m, v) -> now.put(new Series(role, m), v)));
            forget(shown, now.keySet());
            now.forEach((series, value) -> gauge(cache, shown, series, value));
            byRole.forEach((role, nodes) -> nodes.forEach(node -> count(cache, shown, role, node)));
        }
    }

    private void up(CacheKey cache, Shown shown) {
        Gauge.builder(PREFIX + "up", shown, s -> s.up)
                .description("1 where every node of the cache answered the last probe, else 0.")
                .tags(tags(cache))
                .register(registry);
    }

    /** All but the counts: those are added up one by one. */
    private static Map<Measure, Double> sums(NodeRole role, List<NodeResult.Up> nodes) {
        Map<Measure, Double> all = new EnumMap<>(Measure.class);
        for (NodeResult.Up node : nodes) {
            node.sample().values().forEach((measure, value) -> all.merge(measure, value, joining(measure)));
        }
        NodeSample joined = NodeSample.of(role, all);
        Map<Measure, Double> gauges = new EnumMap<>(Measure.class);
        joined.values().forEach((measure, value) -> {
            if (measure.shape() != Measure.Shape.COUNT) {
                gauges.put(measure, value);
            }
        });
        return gauges;
    }

    private static BinaryOperator<Double> joining(Measure measure) {
        return measure.shape() == Measure.Shape.WORST ? Math::max : Double::sum;
    }

    private void gauge(CacheKey cache, Shown shown, Series series, double value) {
        shown.values.put(series, value);
        shown.meters.computeIfAbsent(
                series,
                s -> Gauge.builder(PREFIX + s.measure().metric(), shown, all -> all.values.getOrDefault(s, Double.NaN))
                        .description(s.measure().description())
                        .tags(tags(cache).and("role", s.role().label()))
                        .register(registry));
    }

    /** The first look at a node only tells where it stands; a count that went down began anew. */
    private void count(CacheKey cache, Shown shown, NodeRole role, NodeResult.Up node) {
        Map<Measure, Double> before = shown.before.getOrDefault(node.node().id(), Map.of());
        Map<Measure, Double> now = new EnumMap<>(Measure.class);
        node.sample().values().forEach((measure, value) -> {
            if (measure.shape() == Measure.Shape.COUNT) {
                now.put(measure, value);
                double last = before.getOrDefault(measure, value);
                counter(cache, shown, new Series(role, measure)).increment(value < last ? value : value - last);
            }
        });
        shown.before.put(node.node().id(), now);
    }

    private Counter counter(CacheKey cache, Shown shown, Series series) {
        Counter counter = Counter.builder(PREFIX + series.measure().metric())
                .description(series.measure().description())
                .tags(tags(cache).and("role", series.role().label()))
                .register(registry);
        shown.meters.put(series, counter);
        return counter;
    }

    /** What no node told this time is not shown, for an old value would look like a new one. Counts stay. */
    private void forget(Shown shown, Set<Series> now) {
        shown.meters.entrySet().removeIf(entry -> {
            Series series = entry.getKey();
            boolean old = series.measure().shape() != Measure.Shape.COUNT && !now.contains(series);
            if (old) {
                registry.remove(entry.getValue());
                shown.values.remove(series);
            }
            return old;
        });
    }

    @Override
    public void gone(CacheKey cache) {
        Shown shown = caches.remove(cache);
        if (shown != null) {
            synchronized (shown) {
                shown.meters.values().forEach(registry::remove);
                registry.find(PREFIX + "up").tags(tags(cache)).meters().forEach(registry::remove);
            }
        }
    }

    private static Tags tags(CacheKey cache) {
        return Tags.of("namespace", cache.namespace(), "name", cache.name());
    }
}
