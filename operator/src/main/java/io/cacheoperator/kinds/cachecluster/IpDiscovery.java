package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** IP family that discovery commands answer with, in AWS's words. */
public enum IpDiscovery {
    /** IPv4. */
    @JsonProperty("ipv4")
    IPV4,

    /** IPv6. */
    @JsonProperty("ipv6")
    IPV6;

    /** The word as users and AWS write it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
