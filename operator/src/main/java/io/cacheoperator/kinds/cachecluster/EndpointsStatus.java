package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The addresses of a cache. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EndpointsStatus(
        @Nullable Endpoint primary,
        @Nullable Endpoint reader,
        @Nullable Endpoint configuration,
        List<Node> nodes) {

    public EndpointsStatus {
        nodes = Given.orEmpty(nodes);
    }

    /** A host name and its port. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Endpoint(@Nullable String host, @Nullable Integer port) {}

    /** One node; listed for cluster mode disabled and for memcached only. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Node(
            @Nullable String id,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String az,
            @Nullable String role,
            @Nullable String status) {}
}
