package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Whether keys are spread over shards, in AWS's words. */
public enum ClusterMode {
    /** One shard, a primary endpoint. */
    @JsonProperty("disabled")
    DISABLED,

    /** One shard that answers both protocols: the half-way house to enabled. */
    @JsonProperty("compatible")
    COMPATIBLE,

    /** Slots over shards, a configuration endpoint. */
    @JsonProperty("enabled")
    ENABLED;

    /** The word as users and AWS write it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
