package io.cacheoperator.simulator.elasticache;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What runs behind the endpoints: nothing, or real server processes. */
public interface Nodes {
    /** No processes; endpoint names look like AWS's, and nothing answers there. */
    Nodes NONE = new Nodes() {
        @Override
        public void deploy(Deployment deployment) {}

        @Override
        public void reboot(String cache, String clusterId, List<String> nodeIds) {}

        @Override
        public void remove(String cache) {}

        @Override
        public Optional<Address> address(String cache, String clusterId, String nodeId) {
            return Optional.empty();
        }
    };

    /**
     * Makes what runs agree with a cache: starts and stops nodes, switches roles, tokens and TLS. Returns at once; the nodes follow
     * within seconds.
     */
    void deploy(Deployment deployment);

    /** Restarts nodes, which come back empty. */
    void reboot(String cache, String clusterId, List<String> nodeIds);

    /** Stops all nodes of a cache; no effect if there are none. */
    void remove(String cache);

    /** Where a node listens, if it is real. Ports are reserved as soon as a deployment names the node. */
    Optional<Address> address(String cache, String clusterId, String nodeId);

    /** Where the primary of a cache without cluster mode, or any primary of one with it, is reached, whichever node that is. */
    default Optional<Address> primary(String cache) {
        return Optional.empty();
    }

    /** Where a replica is reached, or the primary if there is none. */
    default Optional<Address> reader(String cache) {
        return Optional.empty();
    }

    /** A host and a port. */
    record Address(String host, int port) {}

    /** One node of a cache. */
    record Node(String clusterId, String nodeId, boolean primary) {}

    /**
     * A shard.
     *
     * @param slots such as {@code 0-8191}, in cluster mode
     */
    record Shard(String id, Optional<String> slots, List<Node> nodes) {
        public Shard {
            nodes = List.copyOf(nodes);
        }
    }

    /** Whether nodes speak TLS. */
    enum Tls {
        OFF,
        /** Both. */
        PREFERRED,
        REQUIRED
    }

    /**
     * What is to run for one cache.
     *
     * @param cache       unique in the simulator, such as {@code 000000000000/us-east-1/orders}
     * @param engine      redis, valkey or memcached
     * @param tokens      passwords that are accepted
     * @param open        whether clients without a password are accepted
     * @param parameters  what differs from the defaults, by name
     * @param shards      one for memcached and without cluster mode
     */
    record Deployment(
            String cache,
            String engine,
            boolean clusterMode,
            Tls tls,
            List<String> tokens,
            boolean open,
            Map<String, String> parameters,
            List<Shard> shards) {
        public Deployment {
            tokens = List.copyOf(tokens);
            parameters = Map.copyOf(parameters);
            shards = List.copyOf(shards);
        }

        @Override
        public String toString() {
            return "Deployment[" + cache + ", " + engine + ", shards=" + shards + "]";
        }
    }
}
