package io.cacheoperator.probe;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what the engines say about themselves: INFO of valkey and redis, stats of memcached. Pure. */
final class InfoParser {

    private static final Map<Measure, String> INFO = Map.ofEntries(
            Map.entry(Measure.CLIENTS, "connected_clients"),
            Map.entry(Measure.MEMORY_USED, "used_memory"),
            Map.entry(Measure.MEMORY_MAX, "maxmemory"),
            Map.entry(Measure.MEMORY_PEAK, "used_memory_peak"),
            Map.entry(Measure.MEMORY_RSS, "used_memory_rss"),
            Map.entry(Measure.FRAGMENTATION, "mem_fragmentation_ratio"),
            Map.entry(Measure.OPERATIONS, "instantaneous_ops_per_sec"),
            Map.entry(Measure.HITS, "keyspace_hits"),
            Map.entry(Measure.MISSES, "keyspace_misses"),
            Map.entry(Measure.EXPIRED, "expired_keys"),
            Map.entry(Measure.EVICTED, "evicted_keys"));

    private static final Map<Measure, String> STATS = Map.ofEntries(
            Map.entry(Measure.CLIENTS, "curr_connections"),
            Map.entry(Measure.ITEMS, "curr_items"),
            Map.entry(Measure.MEMORY_USED, "bytes"),
            Map.entry(Measure.MEMORY_MAX, "limit_maxbytes"),
            Map.entry(Measure.GETS, "cmd_get"),
            Map.entry(Measure.HITS, "get_hits"),
            Map.entry(Measure.MISSES, "get_misses"),
            Map.entry(Measure.EVICTED, "evictions"));

    private InfoParser() {}

    /** @return empty if this is not INFO's answer */
    static Optional<NodeSample> info(String text) {
        Map<String, String> fields = text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(":", 2))
                .filter(parts -> parts.length == 2)
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1].strip(), (first, again) -> again));
        return Optional.ofNullable(fields.get("role")).map(role -> {
            boolean primary = role.equals("master");
            Map<Measure, Double> values = numbers(INFO, fields);
            if (primary) {
                laggingReplicas(fields, values);
            } else if ("up".equals(fields.get("master_link_status"))) {
                number(fields.get("master_last_io_seconds_ago"))
                        .ifPresent(seconds -> values.put(Measure.LAG_SECONDS, seconds));
            }
            return NodeSample.of(primary ? NodeRole.PRIMARY : NodeRole.REPLICA, values);
        });
    }

    /** A primary lists each replica as {@code slave0:ip=..,port=..,state=online,offset=..,lag=..}. */
    private static void laggingReplicas(Map<String, String> fields, Map<Measure, Double> values) {
        Map<String, Map<String, String>> replicas = new HashMap<>();
        fields.forEach((key, value) -> {
            if (key.matches("slave\\d+")) {
                replicas.put(key, pairs(value));
            }
        });
        each(replicas, "lag").max().ifPresent(seconds -> values.put(Measure.LAG_SECONDS, seconds));
        OptionalDouble slowest = each(replicas, "offset").min();
        OptionalDouble own = number(fields.get("master_repl_offset")).stream()
                .mapToDouble(Double::doubleValue)
                .findFirst();
        if (slowest.isPresent() && own.isPresent()) {
            values.put(Measure.LAG_BYTES, Math.max(0, own.getAsDouble() - slowest.getAsDouble()));
        }
    }

    private static DoubleStream each(Map<String, Map<String, String>> replicas, String key) {
        return replicas.values().stream()
                .flatMap(replica -> number(replica.get(key)).stream())
                .mapToDouble(Double::doubleValue);
    }

    private static Map<String, String> pairs(String line) {
        return Stream.of(line.split(","))
                .map(pair -> pair.split("=", 2))
                .filter(parts -> parts.length == 2)
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (first, again) -> again));
    }

    /** @return empty if this is not the answer of stats */
    static Optional<NodeSample> stats(String text) {
        Map<String, String> fields = text.lines()
                .map(line -> line.split(" ", 3))
                .filter(parts -> parts.length == 3 && parts[0].equals("STAT"))
                .collect(Collectors.toMap(parts -> parts[1], parts -> parts[2].strip(), (first, again) -> again));
        return fields.containsKey("pid")
                ? Optional.of(NodeSample.of(NodeRole.NODE, numbers(STATS, fields)))
                : Optional.empty();
    }

    private static Map<Measure, Double> numbers(Map<Measure, String> names, Map<String, String> fields) {
        Map<Measure, Double> values = new EnumMap<>(Measure.class);
        names.forEach((measure, name) -> number(fields.get(name)).ifPresent(value -> values.put(measure, value)));
        return values;
    }

    private static Optional<Double> number(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException notTold) {
            return Optional.empty();
        }
    }
}
