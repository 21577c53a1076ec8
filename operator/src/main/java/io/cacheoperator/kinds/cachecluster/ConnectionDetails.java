package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.AuthToken;
import io.cacheoperator.aws.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands in the connection Secret; api.md, "Connection Secret". The token never reaches {@code toString}.
 *
 * @param secretName the Secret's name
 * @param type {@code redis} or {@code memcached}: the Secret's type is {@code servicebinding.io/<type>}
 */
public record ConnectionDetails(
        String secretName,
        String type,
        Endpoint endpoint,
        Optional<Endpoint> reader,
        boolean tls,
        boolean clusterMode,
        List<Endpoint> nodes,
        Optional<AuthToken> token,
        Map<String, String> labels,
        Map<String, String> annotations) {

    public ConnectionDetails {
        nodes = List.copyOf(nodes);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /** The same with another token. */
    ConnectionDetails withToken(AuthToken other) {
        return new ConnectionDetails(
                secretName, type, endpoint, reader, tls, clusterMode, nodes, Optional.of(other), labels, annotations);
    }
}
