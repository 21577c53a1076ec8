package io.cacheoperator.simulator.node;

import io.cacheoperator.simulator.elasticache.Nodes.Deployment;
import io.cacheoperator.simulator.elasticache.Nodes.Node;
import io.cacheoperator.simulator.elasticache.Nodes.Shard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts servers with the programs of this machine, or inside this JVM, and makes them what a deployment says. */
final class Backends {
    private static final Logger log = LoggerFactory.getLogger(Backends.class);
    private final Programs programs;
    private final Path root;
    private final AtomicInteger count = new AtomicInteger();

    Backends(Programs programs, Path root) {
        this.programs = programs;
        this.root = root;
    }

    Backend start(Deployment deployment, RedisLogin login, int publicPort) throws IOException {
        Optional<Path> program = programs.of(deployment.engine());
        Path directory = root.resolve("node-" + count.incrementAndGet());
        if (deployment.engine().equals("memcached")) {
            return program.isPresent()
                    ? ServerProcess.start(directory, port -> memcached(program.get(), port, deployment))
                    : EmbeddedMemcached.start();
        }
        String databases = deployment.parameters().getOrDefault("databases", "16");
        return program.isPresent()
                ? RedisNode.start(program.get(), directory, login, deployment.clusterMode(), publicPort, databases)
                : EmbeddedRedis.start();
    }

    private static List<String> memcached(Path program, int port, Deployment deployment) {
        List<String> line = new ArrayList<>(
                List.of(program.toString(), "-l", "127.0.0.1", "-p", Integer.toString(port), "-U", "0", "-m", "64"));
        if (System.getProperty("user.name").equals("root")) {
            line.addAll(List.of("-u", "root"));
        }
        String largest = deployment.parameters().get("max_item_size");
        if (largest != null) {
            line.addAll(List.of("-I", largest));
        }
        return line;
    }

    /** Sets tokens, parameters and roles. */
    void tune(Deployment deployment, Map<String, Backend> servers, RedisLogin login) throws IOException {
        for (Backend server : servers.values()) {
            if (server instanceof EmbeddedRedis embedded) {
                embedded.accept(deployment.tokens(), deployment.open());
            }
        }
        Map<String, RedisNode> nodes = redis(servers);
        for (RedisNode node : nodes.values()) {
            node.accept(deployment.tokens(), deployment.open());
            node.configure(deployment.parameters());
        }
        if (nodes.isEmpty()) {
            return;
        }
        if (deployment.clusterMode()) {
            new RedisClusterMode(nodes, login).form(deployment.shards());
        } else {
            replicate(deployment, nodes);
        }
    }

    private static void replicate(Deployment deployment, Map<String, RedisNode> nodes) throws IOException {
        for (Shard shard : deployment.shards()) {
            RedisNode primary = shard.nodes().stream()
                    .filter(Node::primary)
                    .map(node -> nodes.get(node.clusterId()))
                    .findFirst()
                    .orElseThrow(() -> new IOException("a shard without primary"));
            primary.promote();
            for (Node node : shard.nodes()) {
                RedisNode replica = nodes.get(node.clusterId());
                if (replica != null && replica != primary) {
                    replica.follow(primary);
                }
            }
        }
    }

    /** The redis processes by cluster id: each member has one node. */
    private static Map<String, RedisNode> redis(Map<String, Backend> servers) {
        Map<String, RedisNode> nodes = new HashMap<>();
        servers.forEach((name, server) -> {
            if (server instanceof RedisNode node) {
                nodes.put(name.substring(0, name.indexOf('/')), node);
            }
        });
        return nodes;
    }

    /** Takes leave of a node before it is stopped. */
    void leaving(Deployment deployment, Map<String, Backend> servers, String name, RedisLogin login) {
        if (deployment.clusterMode() && servers.get(name) instanceof RedisNode node) {
            try {
                new RedisClusterMode(redis(servers), login).forget(node);
            } catch (IOException e) {
                log.debug("a node left without saying so", e);
            }
        }
    }
}
