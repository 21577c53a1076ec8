package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.CacheClusterState;
import io.cacheoperator.aws.Endpoint;
import io.cacheoperator.aws.ReplicationGroupState;
import io.cacheoperator.aws.ReplicationGroupState.Member;
import io.cacheoperator.aws.ReplicationGroupState.NodeGroup;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a cache can be connected to, as its status says it. */
final class ObservedEndpoints {

    private static final int MOST_NODES = 60;

    private ObservedEndpoints() {}

    /** Empty while AWS shows no endpoint, which is until the cache is available for the first time. */
    static Optional<EndpointsStatus> of(ExistingCache cache) {
        if (cache.endpoint().isEmpty()) {
            return Optional.empty();
        }
        Optional<NodeGroup> first =
                cache.group().flatMap(group -> group.nodeGroups().stream().findFirst());
        Optional<Endpoint> configuration = cache.group()
                .map(ReplicationGroupState::configurationEndpoint)
                .orElseGet(() -> cache.speaker().flatMap(CacheClusterState::configurationEndpoint));
        return Optional.of(new EndpointsStatus(
                endpoint(first.flatMap(NodeGroup::primaryEndpoint)),
                endpoint(first.flatMap(NodeGroup::readerEndpoint)),
                endpoint(configuration),
                nodes(cache)));
    }

    private static EndpointsStatus.@Nullable Endpoint endpoint(Optional<Endpoint> endpoint) {
        return endpoint.map(e -> new EndpointsStatus.Endpoint(e.host(), e.port()))
                .orElse(null);
    }

    /** In cluster mode enabled AWS shows no roles and clients find the nodes by themselves. */
    private static List<EndpointsStatus.Node> nodes(ExistingCache cache) {
        return cache.group()
                .map(group -> group.clusterMode().equals("disabled")
                        ? group.nodeGroups().stream()
                                .flatMap(shard -> shard.members().stream())
                                .map(member -> node(member, statusOf(cache, member)))
                                .limit(MOST_NODES)
                                .toList()
                        : List.<EndpointsStatus.Node>of())
                .orElseGet(() -> cache.members().stream()
                        .flatMap(cluster -> cluster.nodes().stream())
                        .map(ObservedEndpoints::node)
                        .limit(MOST_NODES)
                        .toList());
    }

    private static Optional<String> statusOf(ExistingCache cache, Member member) {
        return cache.members().stream()
                .filter(cluster -> cluster.id().equals(member.cacheClusterId()))
                .map(CacheClusterState::status)
                .findFirst();
    }

    private static EndpointsStatus.Node node(Member member, Optional<String> status) {
        return new EndpointsStatus.Node(
                member.cacheClusterId(),
                member.readEndpoint().map(Endpoint::host).orElse(null),
                member.readEndpoint().map(Endpoint::port).orElse(null),
                member.availabilityZone().orElse(null),
                member.role().orElse(null),
                status.orElse(null));
    }

    private static EndpointsStatus.Node node(CacheClusterState.Node node) {
        return new EndpointsStatus.Node(
                node.id(),
                node.endpoint().map(Endpoint::host).orElse(null),
                node.endpoint().map(Endpoint::port).orElse(null),
                node.availabilityZone().orElse(null),
                null,
                node.status());
    }
}
