package io.cacheoperator.simulator.elasticache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticache.model.CacheNode;
import software.amazon.awssdk.services.elasticache.model.ModifyCacheClusterRequest;
import software.amazon.awssdk.services.elasticache.model.PendingModifiedValues;
import software.amazon.awssdk.services.elasticache.model.ScaleConfig;

/**
 * What a modification of a cache cluster does that may wait for the maintenance window.
 *
 * @param nodes     how many there shall be; the present number cancels what waits
 * @param removed   the ids of the nodes to go
 * @param newZones  the zones of added nodes, where given
 * @param spread    whether added nodes go to the zones that have the fewest
 * @param scaling   how fast memcached nodes are replaced by those of another type
 * @param version   the full engine version
 * @param parameterGroup comes along when the engine version changes the family
 */
record ClusterWork(
        Optional<Integer> nodes,
        List<String> removed,
        List<String> newZones,
        boolean spread,
        Optional<String> nodeType,
        Optional<ScaleConfig> scaling,
        Optional<String> version,
        Optional<String> parameterGroup) {
    ClusterWork {
        removed = List.copyOf(removed);
        newZones = List.copyOf(newZones);
    }

    static ClusterWork of(ClusterState cluster, ModifyCacheClusterRequest request, VersionChange version) {
        boolean resizes = request.numCacheNodes() != null;
        return new ClusterWork(
                Optional.ofNullable(request.numCacheNodes())
                        .filter(count ->
                                resizes && !count.equals(cluster.shown().numCacheNodes())),
                request.cacheNodeIdsToRemove(),
                request.newAvailabilityZones(),
                "cross-az".equals(request.azModeAsString())
                        || "Multiple".equals(cluster.shown().preferredAvailabilityZone()),
                Optional.ofNullable(request.cacheNodeType())
                        .filter(type -> !type.equals(cluster.shown().cacheNodeType())),
                Optional.ofNullable(request.scaleConfig()),
                version.upgrades() ? Optional.of(version.version().full()) : Optional.empty(),
                version.upgrades() ? version.parameters().map(ParameterGroupState::name) : Optional.empty());
    }

    boolean isEmpty() {
        return nodes.isEmpty() && nodeType.isEmpty() && version.isEmpty();
    }

    /** Both; where both change the same, the later one counts. */
    ClusterWork and(ClusterWork later) {
        boolean laterCount = later.nodes.isPresent();
        return new ClusterWork(
                later.nodes.or(() -> nodes),
                laterCount ? later.removed : removed,
                laterCount ? later.newZones : newZones,
                laterCount ? later.spread : spread,
                later.nodeType.or(() -> nodeType),
                later.nodeType.isPresent() ? later.scaling : scaling,
                later.version.or(() -> version),
                later.parameterGroup.or(() -> parameterGroup));
    }

    /** The same, with the number of nodes as it is. */
    ClusterWork withoutCount() {
        return new ClusterWork(
                Optional.empty(), List.of(), List.of(), false, nodeType, scaling, version, parameterGroup);
    }

    PendingModifiedValues pending() {
        return PendingModifiedValues.builder()
                .numCacheNodes(nodes.orElse(null))
                .cacheNodeIdsToRemove(removed.isEmpty() ? null : removed)
                .cacheNodeType(nodeType.orElse(null))
                .scaleConfig(nodeType.isPresent() ? scaling.orElse(null) : null)
                .engineVersion(version.orElse(null))
                .build();
    }

    /**
     * Begins it. Added nodes are there at once, in {@code creating}; removed ones go at the end.
     *
     * @param besides what else is done by the end
     */
    void start(Context c, ClusterState cluster, UnaryOperator<ClusterState> besides) {
        ClusterState pending = cluster.show(b -> b.pendingModifiedValues(pending()));
        int before = cluster.shown().numCacheNodes();
        nodes.filter(count -> count > before)
                .ifPresent(count -> c.event("cache-cluster", cluster.id(), "Increasing number of requested nodes"));
        ClusterState busy = ClusterLifecycle.begin(
                c, pending, "modifying", duration(c), (then, now) -> besides.apply(end(then, now)));
        ClusterState grown = grown(c, busy);
        if (grown != busy) {
            ClusterLifecycle.save(c, grown);
        }
    }

    private Duration duration(Context c) {
        Duration longest = nodes.isPresent() ? c.durations().resize() : Duration.ZERO;
        Duration scale = nodeType.isPresent() ? c.durations().scale() : Duration.ZERO;
        Duration upgrade = version.isPresent() ? c.durations().upgrade() : Duration.ZERO;
        longest = longest.compareTo(scale) < 0 ? scale : longest;
        return longest.compareTo(upgrade) < 0 ? upgrade : longest;
    }

    private ClusterState grown(Context c, ClusterState cluster) {
        int present = cluster.shown().cacheNodes().size();
        int wanted = nodes.orElse(present);
        if (wanted <= present) {
            return cluster;
        }
        List<CacheNode> all = new ArrayList<>(cluster.shown().cacheNodes());
        Set<String> taken = new HashSet<>(cluster.nodeIds());
        for (int number = 1; all.size() < wanted; number++) {
            String id = "%04d".formatted(number);
            if (taken.add(id)) {
                int index = all.size() - present;
                all.add(ClusterLifecycle.node(
                        c, number, index < newZones.size() ? newZones.get(index) : zone(c, cluster, all)));
            }
        }
        return cluster.show(b -> b.cacheNodes(all));
    }

    private String zone(Context c, ClusterState cluster, List<CacheNode> nodes) {
        List<String> used =
                nodes.stream().map(CacheNode::customerAvailabilityZone).toList();
        return Optional.of(cluster.shown().cacheSubnetGroupName())
                .filter(subnetGroup -> spread)
                .flatMap(subnetGroup -> Placement.leastUsed(c, subnetGroup, used))
                .orElseGet(used::getFirst);
    }

    private ClusterState end(Context c, ClusterState cluster) {
        if (c.config().knobs().takeRollback(cluster.id())) {
            c.event("cache-cluster", cluster.id(), "Failed applying modification to cache cluster.");
            return cluster.show(b -> b.pendingModifiedValues(
                            PendingModifiedValues.builder().build())
                    .cacheNodes(cluster.shown().cacheNodes().stream()
                            .filter(node -> !node.cacheNodeStatus().equals("creating"))
                            .toList()));
        }
        Set<String> gone = new HashSet<>(removed);
        List<CacheNode> left = cluster.shown().cacheNodes().stream()
                .filter(node -> nodes.isEmpty() || !gone.contains(node.cacheNodeId()))
                .toList();
        Set<String> zones =
                left.stream().map(CacheNode::customerAvailabilityZone).collect(Collectors.toSet());
        int before = cluster.shown().numCacheNodes();
        nodes.ifPresent(count -> c.event(
                "cache-cluster",
                cluster.id(),
                "Finished modifying number of nodes from %d to %d".formatted(before, count)));
        return cluster.show(b -> {
            b.pendingModifiedValues(PendingModifiedValues.builder().build())
                    .cacheNodes(left)
                    .numCacheNodes(left.size())
                    .preferredAvailabilityZone(
                            zones.size() == 1 ? zones.iterator().next() : "Multiple");
            nodeType.ifPresent(b::cacheNodeType);
            version.ifPresent(b::engineVersion);
            parameterGroup.ifPresent(name -> b.cacheParameterGroup(CreateReplicationGroup.parameterStatus(name)));
        });
    }
}
