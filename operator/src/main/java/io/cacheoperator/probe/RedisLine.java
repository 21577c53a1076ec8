package io.cacheoperator.probe;

import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultRedisCredentials;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** PING and INFO to one node of valkey or redis. */
final class RedisLine implements NodeLine {

    private final Connection connection;

    private RedisLine(Connection connection) {
        this.connection = connection;
    }

    /** Connects, and proves who we are where the node wants it. */
    static RedisLine open(NodeSockets sockets, ProbeNode node, boolean tls, Optional<Login> login)
            throws ProbeException {
        Socket socket = sockets.open(node, tls);
        DefaultJedisClientConfig.Builder config =
                DefaultJedisClientConfig.builder().resp2().clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        login.ifPresent(l -> config.credentials(new DefaultRedisCredentials(l.username(), l.password())));
        try {
            return new RedisLine(new Connection(() -> socket, config.build()));
        } catch (JedisException failed) {
            NodeSockets.close(socket);
            throw understood(failed);
        }
    }

    @Override
    public NodeSample ask() throws ProbeException {
        try {
            String pong = text(connection.executeCommand(Command.PING));
            if (!pong.equals("PONG")) {
                throw new ProbeException(ProbeReason.Protocol, "the answer to PING was " + pong);
            }
            return InfoParser.info(text(connection.executeCommand(Command.INFO)))
                    .orElseThrow(() -> new ProbeException(ProbeReason.Protocol, "the answer to INFO names no role"));
        } catch (JedisException failed) {
            throw understood(failed);
        }
    }

    @Override
    public List<ProbeNode> nodes() throws ProbeException {
        try {
            List<ProbeNode> found =
                    nodes(connection.executeCommand(new CommandArguments(Command.CLUSTER).add("SLOTS")));
            if (found.isEmpty()) {
                throw new ProbeException(ProbeReason.Protocol, "no node of the cluster serves any slot");
            }
            return found;
        } catch (JedisException failed) {
            throw understood(failed);
        }
    }

    /**
     * Each range of slots is a list: first slot, last slot, the primary, its replicas. A node is a list that begins with
     * host and port; where it names no host, it is the one that was asked.
     */
    private static List<ProbeNode> nodes(Object slots) throws ProbeException {
        Map<String, ProbeNode> found = new LinkedHashMap<>();
        for (Object range : list(slots)) {
            List<?> parts = list(range);
            for (int i = 2; i < parts.size(); i++) {
                List<?> node = list(parts.get(i));
                if (node.size() >= 2 && node.get(0) instanceof byte[] host && node.get(1) instanceof Long port) {
                    NodeRole role = i == 2 ? NodeRole.PRIMARY : NodeRole.REPLICA;
                    String name = text(host);
                    ProbeNode known = new ProbeNode(name + ":" + port, role, name, port.intValue());
                    if (!name.isEmpty()) {
                        found.putIfAbsent(known.id(), known);
                    }
                }
            }
        }
        return new ArrayList<>(found.values());
    }

    private static List<?> list(Object answer) throws ProbeException {
        if (answer instanceof List<?> list) {
            return list;
        }
        throw new ProbeException(ProbeReason.Protocol, "the answer to CLUSTER SLOTS is not one");
    }

    private static String text(Object answer) {
        return answer instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(answer);
    }

    private static ProbeException understood(JedisException failed) {
        String words = String.valueOf(failed.getMessage());
        if (failed instanceof JedisAccessControlException || refusesLogin(words)) {
            return new ProbeException(ProbeReason.AuthFailed, words);
        }
        if (failed instanceof JedisConnectionException) {
            if (words.startsWith("Unknown reply")) {
                return new ProbeException(ProbeReason.Protocol, "the answer is not RESP");
            }
            boolean silent = failed.getCause() instanceof SocketTimeoutException;
            return new ProbeException(ProbeReason.NoAnswer, silent ? "no answer in time" : NodeSockets.CLOSED);
        }
        return new ProbeException(ProbeReason.Protocol, words);
    }

    private static boolean refusesLogin(String words) {
        return words.startsWith("NOAUTH")
                || words.startsWith("WRONGPASS")
                || words.startsWith("NOPERM")
                || words.startsWith("ERR AUTH")
                || words.startsWith("ERR invalid password")
                || words.startsWith("ERR Client sent AUTH");
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (JedisException alreadyBroken) {
            // Closed is closed.
        }
    }
}
