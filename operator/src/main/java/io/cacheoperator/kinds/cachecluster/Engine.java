package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** The engine of a cache, in AWS's words. */
public enum Engine {
    /** Always a replication group. */
    @JsonProperty("valkey")
    VALKEY,

    /** Always a replication group. */
    @JsonProperty("redis")
    REDIS,

    /** Always a cache cluster. */
    @JsonProperty("memcached")
    MEMCACHED;

    /** The word as users and AWS write it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is run as a replication group (valkey, redis), not as a plain cache cluster (memcached). */
    public boolean replicated() {
        return this != MEMCACHED;
    }
}
