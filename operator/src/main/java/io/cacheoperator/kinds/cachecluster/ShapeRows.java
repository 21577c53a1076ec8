package io.cacheoperator.kinds.cachecluster;

import static io.cacheoperator.kinds.cachecluster.FieldRow.EXACTLY;
import static io.cacheoperator.kinds.cachecluster.FieldRow.IGNORING_CASE;
import static io.cacheoperator.kinds.cachecluster.FieldRow.forbidden;
import static io.cacheoperator.kinds.cachecluster.FieldRow.group;
import static io.cacheoperator.kinds.cachecluster.FieldRow.row;
import static io.cacheoperator.kinds.cachecluster.FieldRow.text;
import static io.cacheoperator.kinds.cachecluster.FieldRow.unsupported;

import io.cacheoperator.aws.CacheClusterState;
import io.cacheoperator.aws.ReplicationGroupState;
import io.cacheoperator.core.Impact;
import io.cacheoperator.kinds.cachecluster.FieldRow.Takes;
import java.util.List;
import java.util.Optional;

/** Engine, nodes and how many of them. Each such change is a step of its own, and none is made by this version. */
final class ShapeRows {

    static final String ENGINE = "spec.engine";
    static final String ENGINE_VERSION = "spec.engineVersion";
    static final String NODE_TYPE = "spec.nodeType";
    static final String SHARDS = "spec.shards";

    static final List<FieldRow> ALL = List.of(
            row(
                    ENGINE,
                    s -> Optional.of(s.engine().wireName()),
                    sight -> sight.cache().engine(),
                    IGNORING_CASE,
                    ShapeRows::engine),
            row(
                    ENGINE_VERSION,
                    s -> text(s.engineVersion()),
                    sight -> sight.cache().engineVersion(),
                    (wanted, has) -> EngineVersion.of(wanted).matches(EngineVersion.of(has)),
                    ShapeRows::version),
            row(NODE_TYPE, s -> Optional.of(s.nodeType()), ShapeRows::nodeType, EXACTLY, ShapeRows::scaling),
            row(
                    "spec.clusterMode",
                    s -> text(s.clusterMode()).map(FieldRow::lower),
                    Sight::clusterMode,
                    EXACTLY,
                    (sight, wanted, has) -> has.equals("enabled") ? Takes.FORBIDDEN : Takes.unsupported(Impact.BRIEF)),
            row(
                    SHARDS,
                    s -> text(s.shards()),
                    group(g -> Optional.of(String.valueOf(g.nodeGroups().size()))),
                    EXACTLY,
                    ShapeRows::shards),
            row(
                    "spec.replicasPerShard",
                    s -> text(s.replicasPerShard()),
                    sight -> sight.group().map(g -> String.valueOf(sight.cache().replicasPerShard())),
                    EXACTLY,
                    unsupported(Impact.IN_PLACE)),
            row(
                    "spec.multiAz",
                    s -> text(s.multiAz()),
                    group(g -> Optional.of(String.valueOf(g.multiAz()))),
                    EXACTLY,
                    unsupported(Impact.IN_PLACE)),
            row(
                    "spec.automaticFailover",
                    s -> text(s.automaticFailover()),
                    group(g -> Optional.of(String.valueOf(g.automaticFailover().startsWith("enabl")))),
                    EXACTLY,
                    unsupported(Impact.IN_PLACE)),
            row("spec.nodes", s -> text(s.nodes()), ShapeRows::nodes, EXACTLY, ShapeRows::nodeCount),
            row("spec.crossAz", s -> text(s.crossAz()), ShapeRows::crossAz, EXACTLY, ShapeRows::spreading),
            row(
                    "spec.dataTiering",
                    s -> text(s.dataTiering()),
                    group(g -> Optional.of(String.valueOf(g.dataTiering()))),
                    EXACTLY,
                    forbidden()));

    private ShapeRows() {}

    private static Optional<String> nodeType(Sight sight) {
        return sight.group()
                .map(ReplicationGroupState::nodeType)
                .or(() -> sight.speaker().map(CacheClusterState::nodeType));
    }

    private static Takes scaling(Sight sight, String wanted, String has) {
        return Takes.unsupported(sight.group().isPresent() ? Impact.BRIEF : Impact.DATA_LOSS);
    }

    private static Optional<CacheClusterState> memcached(Sight sight) {
        return sight.group().isPresent() ? Optional.empty() : sight.speaker();
    }

    private static Optional<String> nodes(Sight sight) {
        return memcached(sight).map(cluster -> String.valueOf(cluster.numCacheNodes()));
    }

    private static Takes nodeCount(Sight sight, String wanted, String has) {
        boolean fewer = Integer.parseInt(wanted) < Integer.parseInt(has);
        return Takes.unsupported(fewer ? Impact.DATA_LOSS : Impact.IN_PLACE);
    }

    /** AWS does not give back the mode; it shows where the nodes are. */
    private static Optional<String> crossAz(Sight sight) {
        return memcached(sight)
                .filter(cluster -> cluster.nodes().stream()
                        .allMatch(node -> node.availabilityZone().isPresent()))
                .map(cluster -> String.valueOf(ExistingCache.zones(cluster).size() > 1));
    }

    /** The mode counts for new nodes only, and AWS does not take it back where nodes are spread (aws-behaviour.md, 1.2). */
    private static Takes spreading(Sight sight, String wanted, String has) {
        return wanted.equals("false") ? Takes.FORBIDDEN : Takes.unsupported(Impact.IN_PLACE);
    }

    private static Takes shards(Sight sight, String wanted, String has) {
        return sight.clusterMode().equals(Optional.of("disabled"))
                ? Takes.FORBIDDEN
                : Takes.unsupported(Impact.IN_PLACE);
    }

    private static Takes engine(Sight sight, String wanted, String has) {
        return wanted.equals("valkey") && has.equals("redis") ? Takes.unsupported(upgrade(sight)) : Takes.FORBIDDEN;
    }

    private static Takes version(Sight sight, String wanted, String has) {
        return EngineVersion.of(wanted).compareTo(EngineVersion.of(has)) < 0
                ? Takes.FORBIDDEN
                : Takes.unsupported(upgrade(sight));
    }

    /** Without Multi-AZ the primary is away during an upgrade; memcached starts empty (aws-behaviour.md, 1.1.3, 1.2). */
    private static Impact upgrade(Sight sight) {
        return sight.group()
                .map(g -> g.multiAz() ? Impact.BRIEF : Impact.DISRUPTIVE)
                .orElse(Impact.DATA_LOSS);
    }
}
