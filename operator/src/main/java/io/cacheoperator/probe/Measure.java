package io.cacheoperator.probe;

/** What is measured at a node. */
public enum Measure {
    CLIENTS("connected_clients", Shape.SUM, "Connections of clients."),
    ITEMS("items", Shape.SUM, "Items held (memcached)."),
    MEMORY_USED("memory_used_bytes", Shape.SUM, "Memory used by data and overhead; memcached: by items."),
    MEMORY_MAX("memory_max_bytes", Shape.SUM, "Memory at which eviction begins; 0: no limit."),
    MEMORY_PEAK("memory_peak_bytes", Shape.SUM, "Most memory ever used since the node started."),
    MEMORY_RSS("memory_rss_bytes", Shape.SUM, "Memory that the operating system gave to the engine."),
    FRAGMENTATION("memory_fragmentation_ratio", Shape.WORST, "Memory given divided by memory used; the worst node's."),
    OPERATIONS("operations_per_second", Shape.SUM, "Commands per second, as the engine measures it."),
    GETS("gets", Shape.COUNT, "Get commands (memcached)."),
    HITS("hits", Shape.COUNT, "Reads that found their key."),
    MISSES("misses", Shape.COUNT, "Reads that did not find their key."),
    HIT_RATIO("hit_ratio", Shape.RATIO, "Hits divided by hits and misses, since the nodes started."),
    EXPIRED("expired", Shape.COUNT, "Keys removed because their time was over."),
    EVICTED("evicted", Shape.COUNT, "Keys removed because memory was full."),
    LAG_SECONDS(
            "replication_lag_seconds",
            Shape.WORST,
            "Seconds since a primary heard of its slowest replica, or a replica of its primary; the worst node's."),
    LAG_BYTES(
            "replication_lag_bytes",
            Shape.WORST,
            "Bytes of the replication stream that a primary's slowest replica has not acknowledged; the worst node's.");

    /** How the values of several nodes become one. */
    public enum Shape {
        SUM,
        WORST,
        /** Counts up from the node's start; only what is added counts. */
        COUNT,
        /** Follows from the sums of others. */
        RATIO
    }

    private final String metric;
    private final Shape shape;
    private final String description;

    Measure(String metric, Shape shape, String description) {
        this.metric = metric;
        this.shape = shape;
        this.description = description;
    }

    /** The metric's name without the prefix that all probe metrics have. */
    public String metric() {
        return metric;
    }

    public Shape shape() {
        return shape;
    }

    public String description() {
        return description;
    }
}
