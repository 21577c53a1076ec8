package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.core.Condition;
import io.cacheoperator.probe.CacheKey;
import io.cacheoperator.probe.Login;
import io.cacheoperator.probe.NodeRole;
import io.cacheoperator.probe.ProbeNode;
import io.cacheoperator.probe.ProbeTarget;
import io.cacheoperator.probe.ProbeTarget.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** How the probes connect to a cluster: as its applications do, with what stands in the connection Secret. Pure. */
final class ProbeTargets {

    private ProbeTargets() {}

    /** Only what is Ready is worth a probe. */
    static boolean wanted(CacheCluster cr) {
        CacheClusterStatus status = cr.getStatus();
        return cr.getMetadata().getDeletionTimestamp() == null
                && status != null
                && status.conditions().stream()
                        .anyMatch(c -> ClusterConditions.READY.equals(c.type()) && c.status() == Condition.Status.TRUE);
    }

    /** @return empty if the Secret names no endpoint */
    static Optional<ProbeTarget> of(CacheKey key, CacheClusterStatus status, ConnectionSecretState secret) {
        Map<String, String> data = secret.data();
        return endpoint(data).map(endpoint -> {
            Protocol protocol = "memcached".equals(data.get("type")) ? Protocol.MEMCACHED : Protocol.REDIS;
            return new ProbeTarget(
                    key,
                    protocol,
                    nodes(endpoint, protocol, status, data),
                    Boolean.parseBoolean(data.get("ssl")),
                    Optional.ofNullable(data.get("password"))
                            .map(password -> new Login(data.getOrDefault("username", "default"), password)));
        });
    }

    private static Optional<ProbeNode> endpoint(Map<String, String> data) {
        return node(NodeRole.PRIMARY, data.get("host") + ":" + data.get("port"));
    }

    private static List<ProbeNode> nodes(
            ProbeNode endpoint, Protocol protocol, CacheClusterStatus status, Map<String, String> data) {
        if (protocol == Protocol.MEMCACHED) {
            return Stream.of(data.getOrDefault("nodes", "").split(","))
                    .flatMap(address -> node(NodeRole.NODE, address).stream())
                    .toList();
        }
        if (Boolean.parseBoolean(data.get("cluster-mode"))) {
            return List.of(new ProbeNode(endpoint.id(), NodeRole.CONFIGURATION, endpoint.host(), endpoint.port()));
        }
        List<ProbeNode> nodes = new ArrayList<>(List.of(endpoint));
        Optional.ofNullable(status.endpoints()).map(EndpointsStatus::nodes).orElse(List.of()).stream()
                .filter(node -> "replica".equals(node.role()))
                .filter(node -> node.status() == null || node.status().equals("available"))
                .flatMap(node -> replica(node).stream())
                .forEach(nodes::add);
        return nodes;
    }

    private static Optional<ProbeNode> replica(EndpointsStatus.Node node) {
        String host = node.host();
        Integer port = node.port();
        return host == null || port == null
                ? Optional.empty()
                : Optional.of(new ProbeNode(Objects.requireNonNullElse(node.id(), host), NodeRole.REPLICA, host, port));
    }

    /** @param address host and port; an address of IP version 6 has colons of its own */
    private static Optional<ProbeNode> node(NodeRole role, String address) {
        int colon = address.lastIndexOf(':');
        try {
            int port = Integer.parseInt(address.substring(colon + 1));
            return colon > 0
                    ? Optional.of(new ProbeNode(address, role, address.substring(0, colon), port))
                    : Optional.empty();
        } catch (NumberFormatException noPort) {
            return Optional.empty();
        }
    }
}
