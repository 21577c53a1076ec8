package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** TLS between clients and nodes, in AWS's words but for disabled. */
public enum TransitEncryption {
    /** Plain text only. */
    @JsonProperty("disabled")
    DISABLED,

    /** Both TLS and plain text. */
    @JsonProperty("preferred")
    PREFERRED,

    /** TLS only. */
    @JsonProperty("required")
    REQUIRED;

    /** The word as users and AWS write it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
