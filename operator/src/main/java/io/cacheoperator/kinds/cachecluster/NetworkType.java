package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** IP families of the nodes, in AWS's words. */
public enum NetworkType {
    /** IPv4 only. */
    @JsonProperty("ipv4")
    IPV4,

    /** IPv6 only. */
    @JsonProperty("ipv6")
    IPV6,

    /** Both. */
    @JsonProperty("dual_stack")
    DUAL_STACK;

    /** The word as users and AWS write it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
