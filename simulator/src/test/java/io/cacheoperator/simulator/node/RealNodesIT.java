package io.cacheoperator.simulator.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cacheoperator.simulator.elasticache.Nodes.Address;
import io.cacheoperator.simulator.elasticache.Nodes.Deployment;
import io.cacheoperator.simulator.elasticache.Nodes.Node;
import io.cacheoperator.simulator.elasticache.Nodes.Shard;
import io.cacheoperator.simulator.elasticache.Nodes.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisCluster;
import redis.clients.jedis.exceptions.JedisException;

class RealNodesIT {
    private static final String TOKEN = "0123456789abcdef";
    private static final DefaultJedisClientConfig PLAIN =
            DefaultJedisClientConfig.builder().autoNegotiateProtocol(false).build();
    private final RealNodes nodes = RealNodes.create();

    @AfterEach
    void close() {
        nodes.close();
    }

    private static Deployment redis(Tls tls, List<String> tokens, boolean open, List<Shard> shards) {
        boolean clusterMode = shards.getFirst().slots().isPresent();
        return new Deployment(
                "cache", "redis", clusterMode, tls, tokens, open, Map.of("maxmemory-policy", "allkeys-lru"), shards);
    }

    private static Shard shard(Node... members) {
        return new Shard("0001", Optional.empty(), List.of(members));
    }

    private static Node node(String id, boolean primary) {
        return new Node(id, "0001", primary);
    }

    private static HostAndPort at(Address address) {
        return new HostAndPort(address.host(), address.port());
    }

    private HostAndPort primary() {
        return at(nodes.primary("cache").orElseThrow());
    }

    private DefaultJedisClientConfig.Builder config(Optional<String> token) {
        DefaultJedisClientConfig.Builder config =
                DefaultJedisClientConfig.builder().autoNegotiateProtocol(false);
        token.ifPresent(config::password);
        return config;
    }

    private SSLSocketFactory trusting() throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(nodes.certificateFile())) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    private static void assumeRedis() {
        Assumptions.assumeTrue(
                Programs.find().of("redis").isPresent(), "no redis-server or valkey-server on this machine");
    }

    private void awaitUsable(HostAndPort address, DefaultJedisClientConfig config) {
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> {
            try (Jedis jedis = new Jedis(address, config)) {
                assertThat(jedis.ping()).isEqualTo("PONG");
            }
        });
    }

    @Test
    void replicasFollowThePrimaryAndTheEndpointFollowsAFailover() {
        assumeRedis();
        nodes.deploy(redis(Tls.OFF, List.of(), true, List.of(shard(node("a-001", true), node("a-002", false)))));
        HostAndPort endpoint = primary();
        awaitUsable(endpoint, config(Optional.empty()).build());
        try (Jedis jedis = new Jedis(endpoint, PLAIN)) {
            jedis.set("k", "v");
            assertThat(jedis.configGet("maxmemory-policy")).containsEntry("maxmemory-policy", "allkeys-lru");
        }
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> {
            try (Jedis reader = new Jedis(at(nodes.reader("cache").orElseThrow()), PLAIN)) {
                assertThat(reader.get("k")).isEqualTo("v");
                assertThat(reader.info("replication")).contains("role:slave");
            }
        });
        nodes.deploy(redis(Tls.OFF, List.of(), true, List.of(shard(node("a-001", false), node("a-002", true)))));
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> {
            try (Jedis jedis = new Jedis(endpoint, PLAIN)) {
                assertThat(jedis.info("replication")).contains("role:master");
                assertThat(jedis.get("k")).isEqualTo("v");
                jedis.set("k2", "v2");
            }
        });
    }

    @Test
    void bothTokensAreAcceptedWhileOneIsRotated() throws Exception {
        assumeRedis();
        List<Shard> single = List.of(shard(node("a-001", true)));
        nodes.deploy(redis(Tls.REQUIRED, List.of(TOKEN), false, single));
        DefaultJedisClientConfig secure = config(Optional.of(TOKEN))
                .ssl(true)
                .sslSocketFactory(trusting())
                .build();
        awaitUsable(primary(), secure);
        assertThatThrownBy(() -> ping(config(Optional.of(TOKEN)).build())).isInstanceOf(JedisException.class);
        assertThatThrownBy(() -> ping(config(Optional.of("wrong"))
                        .ssl(true)
                        .sslSocketFactory(trusting())
                        .build()))
                .isInstanceOf(JedisException.class);

        nodes.deploy(redis(Tls.REQUIRED, List.of(TOKEN, "another-token-123"), false, single));
        awaitUsable(
                primary(),
                config(Optional.of("another-token-123"))
                        .ssl(true)
                        .sslSocketFactory(trusting())
                        .build());
        ping(secure);

        nodes.deploy(redis(Tls.REQUIRED, List.of("another-token-123"), false, single));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThatThrownBy(() -> ping(secure)).isInstanceOf(JedisException.class));
    }

    private void ping(DefaultJedisClientConfig config) {
        try (Jedis jedis = new Jedis(primary(), config)) {
            jedis.ping();
        }
    }

    private static List<Shard> sharded(String... slots) {
        return java.util.stream.IntStream.range(0, slots.length)
                .mapToObj(i -> new Shard(
                        "000" + (i + 1),
                        Optional.of(slots[i]),
                        List.of(node("a-000" + (i + 1) + "-001", true), node("a-000" + (i + 1) + "-002", false))))
                .toList();
    }

    @Test
    void clusterModeIsARealClusterBehindTlsAndKeepsItsKeysWhenItGrows() throws Exception {
        assumeRedis();
        nodes.deploy(redis(Tls.REQUIRED, List.of(TOKEN), false, sharded("0-8191", "8192-16383")));
        DefaultJedisClientConfig secure = config(Optional.of(TOKEN))
                .ssl(true)
                .sslSocketFactory(trusting())
                .build();
        awaitCluster(secure, 2);
        try (JedisCluster cluster = new JedisCluster(Set.of(primary()), secure)) {
            for (int i = 0; i < 200; i++) {
                cluster.set("key" + i, "value" + i);
            }
        }
        nodes.deploy(redis(Tls.REQUIRED, List.of(TOKEN), false, sharded("0-5460", "5461-10921", "10922-16383")));
        awaitCluster(secure, 3);
        try (JedisCluster cluster = new JedisCluster(Set.of(primary()), secure)) {
            for (int i = 0; i < 200; i++) {
                assertThat(cluster.get("key" + i)).isEqualTo("value" + i);
            }
        }
    }

    private void awaitCluster(DefaultJedisClientConfig config, int shards) {
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> {
            try (Jedis jedis = new Jedis(primary(), config)) {
                assertThat(jedis.clusterInfo()).contains("cluster_state:ok", "cluster_size:" + shards);
                assertThat(jedis.clusterNodes()
                                .lines()
                                .filter(line -> line.contains("slave"))
                                .count())
                        .isEqualTo(shards);
            }
        });
    }

    @Test
    void memcachedServesTextAndTls() throws Exception {
        Shard two =
                new Shard("0001", Optional.empty(), List.of(new Node("m", "0001", true), new Node("m", "0002", true)));
        nodes.deploy(new Deployment("mem", "memcached", false, Tls.REQUIRED, List.of(), true, Map.of(), List.of(two)));
        Address second = nodes.address("mem", "m", "0002").orElseThrow();
        SSLSocketFactory tls = trusting();
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> {
            try (Socket socket = tls.createSocket(second.host(), second.port())) {
                assertThat(memcached(socket, "set k 0 0 1\r\nv\r\n")).isEqualTo("STORED");
                assertThat(memcached(socket, "get k\r\n")).isEqualTo("VALUE k 0 1");
            }
        });
    }

    private static String memcached(Socket socket, String command) throws IOException {
        socket.getOutputStream().write(command.getBytes(StandardCharsets.US_ASCII));
        StringBuilder line = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c != '\n';
                c = socket.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    @Test
    void serversInsideTheJvmServeWhereNoneIsInstalled() {
        try (RealNodes embedded = RealNodes.embedded()) {
            assertThat(embedded.description()).contains("inside this JVM");
            embedded.deploy(redis(Tls.OFF, List.of(TOKEN), false, List.of(shard(node("a-001", true)))));
            HostAndPort address = at(embedded.primary("cache").orElseThrow());
            awaitUsable(address, config(Optional.of(TOKEN)).build());
            try (Jedis jedis = new Jedis(address, PLAIN)) {
                assertThatThrownBy(() -> jedis.get("k")).hasMessageContaining("NOAUTH");
            }
        }
    }

    @Test
    void nothingStaysBehindAfterClose() throws Exception {
        assumeRedis();
        nodes.deploy(redis(Tls.OFF, List.of(), true, List.of(shard(node("a-001", true)))));
        awaitUsable(primary(), config(Optional.empty()).build());
        HostAndPort address = primary();
        Path files = nodes.certificateFile().getParent();
        nodes.close();
        assertThat(files).doesNotExist();
        assertThatThrownBy(() -> {
                    try (Jedis jedis = new Jedis(address, PLAIN)) {
                        jedis.ping();
                    }
                })
                .isInstanceOf(JedisException.class);
    }

    /** Starts a JVM that runs a node, kills it hard, and looks for what it started. */
    @Test
    void nothingStaysBehindAfterTheJvmIsKilled() throws Exception {
        assumeRedis();
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<ProcessHandle> servers;
        try (var reader = jvm.inputReader(StandardCharsets.UTF_8)) {
            assertThat(reader.readLine()).isEqualTo("ready");
            servers = jvm.descendants().toList();
            assertThat(servers).isNotEmpty();
        } finally {
            jvm.destroyForcibly();
        }
        jvm.waitFor(10, TimeUnit.SECONDS);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(servers).noneMatch(ProcessHandle::isAlive));
    }

    /** The JVM that is killed. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] args) throws InterruptedException {
            RealNodes nodes = RealNodes.create();
            nodes.deploy(redis(Tls.OFF, List.of(), true, List.of(shard(node("a-001", true)))));
            Address address = nodes.primary("cache").orElseThrow();
            await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
                try (Jedis jedis = new Jedis(at(address), PLAIN)) {
                    return jedis.ping().equals("PONG");
                }
            });
            System.out.println("ready");
            Thread.sleep(Duration.ofMinutes(5));
        }
    }
}
