package io.cacheoperator.simulator.elasticache;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The node types that are offered. */
final class NodeTypes {
    /**
     * A node type.
     *
     * @param maxMemory      bytes a redis or valkey node may use
     * @param maxCacheMemory MiB a memcached node may use
     */
    record NodeType(String name, int cpus, long maxMemory, int maxCacheMemory) {
        /** Between {@code cache.} and the size, such as {@code r6gd}. */
        String family() {
            return name.split("\\.", -1)[1];
        }

        /** Whether part of the data lies on SSDs. */
        boolean tiersData() {
            return family().equals("r6gd");
        }

        boolean burstable() {
            return family().startsWith("t");
        }
    }

    private static final int COLUMNS = 4;
    private static final List<NodeType> ALL = PipedTable.read("node-types.psv", COLUMNS).stream()
            .map(row -> new NodeType(
                    row.get(0), Integer.parseInt(row.get(1)), Long.parseLong(row.get(2)), Integer.parseInt(row.get(3))))
            .toList();
    private static final Map<String, NodeType> BY_NAME =
            ALL.stream().collect(Collectors.toMap(NodeType::name, Function.identity()));

    private NodeTypes() {}

    static List<NodeType> all() {
        return ALL;
    }

    static Optional<NodeType> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The larger ({@code up}) or smaller types that a cache of this type can change to, sorted by name. Data tiering stays as it is. */
    static List<String> modifications(String from, boolean up) {
        return find(from).stream()
                .flatMap(now -> ALL.stream()
                        .filter(to -> to.tiersData() == now.tiersData()
                                && !to.family().equals("t1"))
                        .filter(to -> !to.name().equals(from))
                        .filter(to -> up ? to.maxMemory() >= now.maxMemory() : to.maxMemory() < now.maxMemory())
                        .map(NodeType::name))
                .sorted()
                .toList();
    }
}
