package io.cacheoperator.simulator.node;

import io.cacheoperator.simulator.node.RespConnection.RespError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One redis or valkey process of a cache. */
final class RedisNode implements Backend {
    private static final Logger log = LoggerFactory.getLogger(RedisNode.class);
    /** What only exists in ElastiCache, or is ours to decide. */
    private static final Set<String> NOT_OURS_TO_SET = Set.of(
            "cluster-enabled",
            "databases",
            "reserved-memory",
            "reserved-memory-percent",
            "rename-commands",
            "close-on-replica-write",
            "cluster-preferred-endpoint-type");

    private final ServerProcess process;
    private final int busPort;
    private final RedisLogin login;

    private RedisNode(ServerProcess process, int busPort, RedisLogin login) {
        this.process = process;
        this.busPort = busPort;
        this.login = login;
    }

    /**
     * Starts a node.
     *
     * @param publicPort what it tells clients in cluster mode, where redirections name it
     */
    static RedisNode start(
            Path program, Path directory, RedisLogin login, boolean clusterMode, int publicPort, String databases)
            throws IOException {
        int bus = ServerProcess.freePort();
        ServerProcess process = ServerProcess.start(directory, port -> {
            List<String> line = new ArrayList<>(List.of(
                    program.toString(),
                    "--port",
                    Integer.toString(port),
                    "--bind",
                    "127.0.0.1",
                    "--dir",
                    directory.toString(),
                    "--save",
                    "",
                    "--appendonly",
                    "no",
                    "--repl-diskless-sync-delay",
                    "0",
                    "--databases",
                    databases,
                    "--loglevel",
                    "warning"));
            if (clusterMode) {
                line.addAll(cluster(publicPort, bus));
            }
            return line;
        });
        RedisNode node = new RedisNode(process, bus, login);
        node.introduce();
        return node;
    }

    private static List<String> cluster(int publicPort, int bus) {
        return List.of(
                "--cluster-enabled",
                "yes",
                "--cluster-port",
                Integer.toString(bus),
                "--cluster-announce-ip",
                "127.0.0.1",
                "--cluster-announce-port",
                Integer.toString(publicPort),
                "--cluster-announce-bus-port",
                Integer.toString(bus),
                "--cluster-node-timeout",
                "5000",
                "--cluster-require-full-coverage",
                "no");
    }

    @Override
    public int port() {
        return process.port();
    }

    int busPort() {
        return busPort;
    }

    /** Makes the user that we come back as, and that replicas come as. */
    private void introduce() throws IOException {
        try (RespConnection connection = RespConnection.open(port())) {
            connection.call(
                    "ACL", "SETUSER", RedisLogin.USER, "on", ">" + login.password(), "allkeys", "allchannels", "+@all");
            connection.call("CONFIG", "SET", "masteruser", RedisLogin.USER);
            connection.call("CONFIG", "SET", "masterauth", login.password());
        }
    }

    /** A connection that may do everything. */
    RespConnection connect() throws IOException {
        RespConnection connection = RespConnection.open(port());
        connection.call("AUTH", RedisLogin.USER, login.password());
        return connection;
    }

    /** Lets clients in with these tokens, and without one if {@code open}. */
    void accept(List<String> tokens, boolean open) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("ACL", "SETUSER", "default", "on", "allkeys", "allchannels", "+@all"));
        command.add(open ? "nopass" : "resetpass");
        if (!open) {
            tokens.forEach(token -> command.add(">" + token));
        }
        try (RespConnection connection = connect()) {
            connection.call(command.toArray(String[]::new));
        }
    }

    /** Sets what this server understands of a parameter group. */
    void configure(Map<String, String> parameters) throws IOException {
        try (RespConnection connection = connect()) {
            for (Map.Entry<String, String> parameter : parameters.entrySet()) {
                if (!NOT_OURS_TO_SET.contains(parameter.getKey())) {
                    set(connection, parameter.getKey(), parameter.getValue());
                }
            }
        }
    }

    private static void set(RespConnection connection, String name, String value) throws IOException {
        try {
            connection.call("CONFIG", "SET", name, value);
        } catch (RespError notHere) {
            log.debug("this server does not take parameter {}", name);
        }
    }

    /** Makes it a primary. */
    void promote() throws IOException {
        try (RespConnection connection = connect()) {
            connection.call("REPLICAOF", "NO", "ONE");
        }
    }

    /** Makes it a replica. */
    void follow(RedisNode primary) throws IOException {
        try (RespConnection connection = connect()) {
            connection.call("REPLICAOF", "127.0.0.1", Integer.toString(primary.port()));
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
