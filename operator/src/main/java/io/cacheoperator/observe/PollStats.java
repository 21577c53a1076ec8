package io.cacheoperator.observe;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often what was read, for metrics and tests. Safe for use by several threads. */
public final class PollStats {

    private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

    /** How a read was made. */
    public enum Lane {
        BULK,
        SINGLE,
        FEED
    }

    /**
     * What is counted.
     *
     * @param what the bulk read's name, or the simple name of the question's class
     */
    public record Key(Lane lane, String what, boolean failed) {}

    void count(Lane lane, String what, boolean failed) {
        counts.computeIfAbsent(new Key(lane, what, failed), key -> new LongAdder())
                .increment();
    }

    /** Reads so far, each one or more calls to AWS. */
    public long reads(Lane lane, String what) {
        return counts.entrySet().stream()
                .filter(e ->
                        e.getKey().lane() == lane && Objects.equals(e.getKey().what(), what))
                .mapToLong(e -> e.getValue().sum())
                .sum();
    }

    /** All counts so far. */
    public Map<Key, Long> all() {
        Map<Key, Long> all = new TreeMap<>(java.util.Comparator.comparing(Key::toString));
        counts.forEach((key, adder) -> all.put(key, adder.sum()));
        return all;
    }
}
