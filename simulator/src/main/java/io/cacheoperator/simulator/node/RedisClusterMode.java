package io.cacheoperator.simulator.node;

import io.cacheoperator.simulator.elasticache.Nodes.Node;
import io.cacheoperator.simulator.elasticache.Nodes.Shard;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes a real cluster of nodes in cluster mode: they meet, get their slots and primaries, and move slots with their keys. */
final class RedisClusterMode {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PAUSE_MILLIS = 25;
    private static final String MIGRATE_MILLIS = "5000";
    private static final String KEYS_AT_ONCE = "100";
    private final Map<String, RedisNode> nodes;
    private final RedisLogin login;

    /** Works on the nodes by cluster id. */
    RedisClusterMode(Map<String, RedisNode> nodes, RedisLogin login) {
        this.nodes = Map.copyOf(nodes);
        this.login = login;
    }

    /** Brings the cluster to these shards. Nodes that have left are forgotten. */
    void form(List<Shard> shards) throws IOException {
        Map<String, String> ids = ids();
        meet();
        await("all nodes know each other", () -> allKnow(ids.size()));
        List<String> owners = owners(ids);
        for (Shard shard : shards) {
            if (shard.slots().isPresent()) {
                assign(shard, ids, owners);
            }
        }
        for (Shard shard : shards) {
            replicate(shard, ids);
        }
        await("the cluster is well", this::well);
    }

    private Map<String, String> ids() throws IOException {
        Map<String, String> ids = new HashMap<>();
        for (Map.Entry<String, RedisNode> node : nodes.entrySet()) {
            try (RespConnection connection = node.getValue().connect()) {
                ids.put(node.getKey(), connection.text("CLUSTER", "MYID"));
            }
        }
        return ids;
    }

    private void meet() throws IOException {
        RedisNode first = nodes.values().iterator().next();
        try (RespConnection connection = first.connect()) {
            for (RedisNode node : nodes.values()) {
                if (node != first) {
                    connection.call(
                            "CLUSTER",
                            "MEET",
                            "127.0.0.1",
                            Integer.toString(node.port()),
                            Integer.toString(node.busPort()));
                }
            }
        }
    }

    private boolean allKnow(int count) throws IOException {
        for (RedisNode node : nodes.values()) {
            try (RespConnection connection = node.connect()) {
                if (connection
                                .text("CLUSTER", "NODES")
                                .lines()
                                .filter(line -> !line.contains("handshake") && !line.contains("fail"))
                                .count()
                        < count) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Who has each slot now, by node id; an empty text for nobody. */
    private List<String> owners(Map<String, String> ids) throws IOException {
        List<String> owners = new ArrayList<>(Collections.nCopies(16_384, ""));
        for (Map.Entry<String, RedisNode> node : nodes.entrySet()) {
            String id = ids.getOrDefault(node.getKey(), "");
            try (RespConnection connection = node.getValue().connect()) {
                String own = connection
                        .text("CLUSTER", "NODES")
                        .lines()
                        .filter(line -> line.startsWith(id))
                        .findFirst()
                        .orElse("");
                String[] words = own.split(" ", -1);
                for (int i = 8; i < words.length; i++) {
                    fill(owners, words[i], id);
                }
            }
        }
        return owners;
    }

    private static void fill(List<String> owners, String range, String id) {
        if (range.matches("[0-9]+(-[0-9]+)?")) {
            String[] ends = range.split("-", -1);
            for (int slot = Integer.parseInt(ends[0]); slot <= Integer.parseInt(ends[ends.length - 1]); slot++) {
                owners.set(slot, id);
            }
        }
    }

    private void assign(Shard shard, Map<String, String> ids, List<String> owners) throws IOException {
        String[] ends = shard.slots().orElse("0-0").split("-", -1);
        int from = Integer.parseInt(ends[0]);
        int to = Integer.parseInt(ends[ends.length - 1]);
        String primary = primary(shard);
        String id = ids.getOrDefault(primary, "");
        if (owners.subList(from, to + 1).stream().allMatch(String::isEmpty)) {
            try (RespConnection connection = node(primary).connect()) {
                connection.call("CLUSTER", "ADDSLOTSRANGE", Integer.toString(from), Integer.toString(to));
            }
            return;
        }
        Map<String, String> names = new HashMap<>();
        ids.forEach((name, nodeId) -> names.put(nodeId, name));
        for (int slot = from; slot <= to; slot++) {
            String owner = owners.get(slot);
            if (!owner.isEmpty() && !owner.equals(id)) {
                move(slot, node(names.getOrDefault(owner, "")), owner, node(primary), id);
            }
        }
    }

    /** Moves one slot with its keys, in the manner of redis-cli. */
    private void move(int slot, RedisNode from, String fromId, RedisNode to, String toId) throws IOException {
        String text = Integer.toString(slot);
        try (RespConnection source = from.connect();
                RespConnection target = to.connect()) {
            target.call("CLUSTER", "SETSLOT", text, "IMPORTING", fromId);
            source.call("CLUSTER", "SETSLOT", text, "MIGRATING", toId);
            while (source.call("CLUSTER", "GETKEYSINSLOT", text, KEYS_AT_ONCE) instanceof List<?> keys
                    && !keys.isEmpty()) {
                List<String> migrate = new ArrayList<>(List.of(
                        "MIGRATE",
                        "127.0.0.1",
                        Integer.toString(to.port()),
                        "",
                        "0",
                        MIGRATE_MILLIS,
                        "AUTH2",
                        RedisLogin.USER,
                        login.password(),
                        "KEYS"));
                keys.forEach(key -> migrate.add(key.toString()));
                source.call(migrate.toArray(String[]::new));
            }
            target.call("CLUSTER", "SETSLOT", text, "NODE", toId);
            source.call("CLUSTER", "SETSLOT", text, "NODE", toId);
        }
    }

    private void replicate(Shard shard, Map<String, String> ids) throws IOException {
        String primary = primary(shard);
        for (Node node : shard.nodes()) {
            if (node.clusterId().equals(primary)) {
                takeOver(node(primary));
            } else {
                follow(node(node.clusterId()), ids.getOrDefault(primary, ""));
            }
        }
    }

    /** A replica that shall be primary takes over; a primary stays. */
    private static void takeOver(RedisNode node) throws IOException {
        try (RespConnection connection = node.connect()) {
            if (connection.text("ROLE").startsWith("[slave")) {
                connection.call("CLUSTER", "FAILOVER", "TAKEOVER");
            }
        }
    }

    private static void follow(RedisNode node, String primaryId) throws IOException {
        try (RespConnection connection = node.connect()) {
            String own = connection
                    .text("CLUSTER", "NODES")
                    .lines()
                    .filter(line -> line.contains("myself"))
                    .findFirst()
                    .orElse("");
            if (!own.contains(" " + primaryId + " ")) {
                connection.call("CLUSTER", "REPLICATE", primaryId);
            }
        }
    }

    private boolean well() throws IOException {
        for (RedisNode node : nodes.values()) {
            try (RespConnection connection = node.connect()) {
                if (!connection.text("CLUSTER", "INFO").contains("cluster_state:ok")) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Lets the others forget a node that goes. */
    void forget(RedisNode leaving) throws IOException {
        String id;
        try (RespConnection connection = leaving.connect()) {
            id = connection.text("CLUSTER", "MYID");
        }
        for (RedisNode node : nodes.values()) {
            if (node != leaving) {
                try (RespConnection connection = node.connect()) {
                    connection.call("CLUSTER", "FORGET", id);
                } catch (RespConnection.RespError unknown) {
                    continue;
                }
            }
        }
    }

    private RedisNode node(String clusterId) throws IOException {
        RedisNode node = nodes.get(clusterId);
        if (node == null) {
            throw new IOException("no node " + clusterId);
        }
        return node;
    }

    private static String primary(Shard shard) {
        return shard.nodes().stream()
                .filter(Node::primary)
                .map(Node::clusterId)
                .findFirst()
                .orElse("");
    }

    /** A question that takes the network to answer. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(String what, Condition condition) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IOException("in vain waited until " + what);
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }
}
