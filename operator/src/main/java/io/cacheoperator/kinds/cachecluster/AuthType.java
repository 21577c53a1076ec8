package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How clients prove who they are. */
public enum AuthType {
    /** One shared AUTH token. */
    @JsonProperty("Token")
    TOKEN,

    /** No authentication. */
    @JsonProperty("None")
    NONE
}
