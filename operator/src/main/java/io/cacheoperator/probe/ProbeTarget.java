package io.cacheoperator.probe;

import java.util.List;
import java.util.Optional;

/**
 * How to ask one cache, as an application would read it from the connection Secret.
 *
 * @param nodes in cluster mode only the configuration endpoint: the nodes are asked of it
 */
public record ProbeTarget(
        CacheKey cache, Protocol protocol, List<ProbeNode> nodes, boolean tls, Optional<Login> login) {

    /** What the nodes speak. */
    public enum Protocol {
        REDIS,
        MEMCACHED
    }

    public ProbeTarget {
        nodes = List.copyOf(nodes);
    }

    /** Whether a connection made for the other may serve this one too. */
    boolean connectsLike(ProbeTarget other) {
        return protocol == other.protocol && tls == other.tls && login.equals(other.login);
    }
}
