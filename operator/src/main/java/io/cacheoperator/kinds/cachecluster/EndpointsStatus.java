package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The addresses of a cache. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EndpointsStatus(
        @JsonPropertyDescription("Cluster mode disabled: the node that takes writes.") @Nullable
        Endpoint primary,

        @JsonPropertyDescription("Cluster mode disabled: spreads reads over the replicas.") @Nullable
        Endpoint reader,

        @JsonPropertyDescription("Cluster mode enabled and memcached: where clients discover the nodes.") @Nullable
        Endpoint configuration,

        @JsonPropertyDescription("The nodes; listed for cluster mode disabled and for memcached only.") @Size(max = 60)
        List<Node> nodes) {

    public EndpointsStatus {
        nodes = Given.orEmpty(nodes);
    }

    /** A host name and its port. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Endpoint(
            @JsonPropertyDescription("Host name.") @Size(max = 1024) @Nullable
            String host,

            @JsonPropertyDescription("TCP port.") @Nullable Integer port) {}

    /** One node; listed for cluster mode disabled and for memcached only. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Node(
            @JsonPropertyDescription("Id in AWS. Example: shop-sessions-001") @Nullable
            String id,

            @JsonPropertyDescription("Host name.") @Size(max = 1024) @Nullable
            String host,

            @JsonPropertyDescription("TCP port.") @Nullable Integer port,

            @JsonPropertyDescription("Availability zone.") @Nullable
            String az,

            @JsonPropertyDescription("primary or replica; empty for memcached.") @Nullable
            String role,

            @JsonPropertyDescription("Status in AWS's words.") @Nullable
            String status) {}
}
