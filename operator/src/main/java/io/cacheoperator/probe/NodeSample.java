package io.cacheoperator.probe;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How one node is.
 *
 * @param role as the node itself says
 * @param values what the engine told; what it did not tell is missing
 */
public record NodeSample(NodeRole role, Map<Measure, Double> values) {

    public NodeSample {
        values = Map.copyOf(values);
    }

    Optional<Double> get(Measure measure) {
        return Optional.ofNullable(values.get(measure));
    }

    /** The same with the ratio that follows from hits and misses, where there were any. */
    public static NodeSample of(NodeRole role, Map<Measure, Double> told) {
        Map<Measure, Double> values = new EnumMap<>(Measure.class);
        values.putAll(told);
        double hits = values.getOrDefault(Measure.HITS, 0.0);
        double reads = hits + values.getOrDefault(Measure.MISSES, 0.0);
        if (reads > 0) {
            values.put(Measure.HIT_RATIO, hits / reads);
        }
        return new NodeSample(role, values);
    }
}
