package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.world.Zones;
import java.util.Optional;
import software.amazon.awssdk.services.elasticache.model.Endpoint;

/** Endpoint names in AWS's patterns, or the addresses of real nodes. */
final class Endpoints {
    private static final String FIRST_NODE = "0001";
    private final Context context;

    Endpoints(Context context) {
        this.context = context;
    }

    /** Writes go here; without cluster mode. */
    Endpoint primary(GroupState group) {
        String name = group.encrypted()
                ? "master.%s.%s".formatted(group.id(), domain())
                : "%s.%s.ng.0001".formatted(group.id(), domain());
        return at(nodes().primary(context.cacheKey(group.id())), name, group.port());
    }

    /** Reads are spread over the replicas behind it; without cluster mode. */
    Endpoint reader(GroupState group) {
        String name = group.encrypted()
                ? "replica.%s.%s".formatted(group.id(), domain())
                : "%s-ro.%s.ng.0001".formatted(group.id(), domain());
        return at(nodes().reader(context.cacheKey(group.id())), name, group.port());
    }

    /** In cluster mode clients ask here for the nodes. */
    Endpoint configuration(GroupState group) {
        String name = group.encrypted()
                ? "clustercfg.%s.%s".formatted(group.id(), domain())
                : "%s.%s.clustercfg".formatted(group.id(), domain());
        return at(nodes().primary(context.cacheKey(group.id())), name, group.port());
    }

    /** One member of a replication group. */
    Endpoint member(GroupState group, String clusterId) {
        return of(group, clusterId, memberName(group.id(), clusterId, group.encrypted()));
    }

    /** Where memcached clients find the nodes. */
    Endpoint configuration(ClusterState cluster) {
        return of(cluster, FIRST_NODE, "%s.%s.cfg".formatted(cluster.id(), domain()));
    }

    /** One node of a cluster. */
    Endpoint node(ClusterState cluster, String nodeId) {
        boolean encrypted = Boolean.TRUE.equals(cluster.shown().transitEncryptionEnabled());
        String name = cluster.replicationGroupId()
                .map(group -> memberName(group, cluster.id(), encrypted))
                .orElseGet(() -> "%s.%s.%s".formatted(cluster.id(), domain(), nodeId));
        return of(cluster, nodeId, name);
    }

    private String memberName(String group, String clusterId, boolean encrypted) {
        return encrypted
                ? "%s.%s.%s".formatted(clusterId, group, domain())
                : "%s.%s.0001".formatted(clusterId, domain());
    }

    private Endpoint of(GroupState group, String clusterId, String name) {
        return at(nodes().address(context.cacheKey(group.id()), clusterId, FIRST_NODE), name, group.port());
    }

    private Endpoint of(ClusterState cluster, String nodeId, String name) {
        String cache = context.cacheKey(cluster.replicationGroupId().orElse(cluster.id()));
        return at(nodes().address(cache, cluster.id(), nodeId), name, cluster.port());
    }

    private Nodes nodes() {
        return context.config().nodes();
    }

    private Endpoint at(Optional<Nodes.Address> real, String name, int port) {
        String region = Zones.shortName(context.region().region());
        return Endpoint.builder()
                .address(real.map(Nodes.Address::host)
                        .orElseGet(() -> "%s.%s.cache.amazonaws.com".formatted(name, region)))
                .port(real.map(Nodes.Address::port).orElse(port))
                .build();
    }

    /** Six characters that all caches of an account share in a region. */
    private String domain() {
        return context.region().ids().hex("cache-domain", 6);
    }
}
