package io.cacheoperator.local;

import io.cacheoperator.local.Connection.Address;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/** Uses a cache as a workload would, with nothing but its connection Secret and the certificate of whoever signed the nodes'. */
final class ConnectionCheck {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final char[] NO_PASSWORD = {};
    private static final SetParams BRIEFLY = SetParams.setParams().ex(60);
    /** Enough keys to meet every shard of an example. */
    private static final int KEYS = 20;

    private final Path certificateAuthority;

    /** @param certificateAuthority PEM of whoever signed the nodes' certificates */
    ConnectionCheck(Path certificateAuthority) {
        this.certificateAuthority = certificateAuthority;
    }

    /**
     * Connects, writes, reads back and removes. Tries again for a while: simulated caches are available by the clock, and a real
     * server may need a moment more to start.
     *
     * @return what was done, for people
     * @throws LocalFailure where it does not work
     */
    String use(Connection connection, Ending ending) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return useOnce(connection);
            } catch (JedisException | IOException | GeneralSecurityException e) {
                if (System.nanoTime() > deadline) {
                    throw new LocalFailure(
                            "Secret %s does not connect to %s: %s"
                                    .formatted(connection.secret(), connection.address(), e.getMessage()),
                            e);
                }
            }
            ending.pause(PAUSE);
        }
    }

    private String useOnce(Connection connection) throws IOException, GeneralSecurityException {
        if (connection.memcached()) {
            return useMemcached(connection);
        }
        return connection.clusterMode() ? useCluster(connection) : useSingle(connection);
    }

    private String useSingle(Connection connection) throws IOException, GeneralSecurityException {
        JedisClientConfig config = config(connection);
        try (Jedis primary = new Jedis(hostAndPort(connection.address()), config)) {
            String key = "make-local-" + UUID.randomUUID();
            expect(connection, "SET", "OK", primary.set(key, "1", BRIEFLY));
            expect(connection, "GET", "1", primary.get(key));
            primary.del(key);
        }
        if (connection.reader().isPresent()) {
            try (Jedis reader = new Jedis(hostAndPort(connection.reader().get()), config)) {
                expect(connection, "PING of the reader", "PONG", reader.ping());
            }
        }
        return how(connection) + "SET and GET";
    }

    private String useCluster(Connection connection) throws IOException, GeneralSecurityException {
        try (RedisClusterClient cluster = RedisClusterClient.builder()
                .nodes(Set.of(hostAndPort(connection.address())))
                .clientConfig(config(connection))
                .build()) {
            for (int i = 0; i < KEYS; i++) {
                String key = "make-local-" + i + "-" + UUID.randomUUID();
                expect(connection, "SET", "OK", cluster.set(key, "1", BRIEFLY));
                expect(connection, "GET", "1", cluster.get(key));
                cluster.del(key);
            }
            return how(connection) + "SET and GET through "
                    + cluster.getClusterNodes().size() + " cluster nodes";
        }
    }

    private static void expect(Connection connection, String command, String expected, String answer) {
        if (!expected.equals(answer)) {
            throw new LocalFailure("%s with Secret %s answers %s and not %s."
                    .formatted(command, connection.secret(), answer, expected));
        }
    }

    private JedisClientConfig config(Connection connection) throws IOException, GeneralSecurityException {
        DefaultJedisClientConfig.Builder config =
                DefaultJedisClientConfig.builder().serverDefaultProtocol().timeoutMillis((int) TIMEOUT.toMillis());
        connection.username().ifPresent(config::user);
        connection.password().ifPresent(config::password);
        if (connection.tls()) {
            ByteArrayOutputStream store = new ByteArrayOutputStream();
            trusted().store(store, NO_PASSWORD);
            config.sslOptions(SslOptions.builder()
                    .trustStoreType(KeyStore.getDefaultType())
                    .truststore(() -> new ByteArrayInputStream(store.toByteArray()), NO_PASSWORD)
                    .sslVerifyMode(SslVerifyMode.FULL)
                    .build());
        }
        return config.build();
    }

    private static String how(Connection connection) {
        return (connection.tls() ? "TLS, " : "") + (connection.password().isPresent() ? "AUTH, " : "");
    }

    private static HostAndPort hostAndPort(Address address) {
        return new HostAndPort(address.host(), address.port());
    }

    private String useMemcached(Connection connection) throws IOException, GeneralSecurityException {
        for (Address node : connection.nodes()) {
            try (Socket socket = connect(node, connection.tls())) {
                String key = "make-local-" + UUID.randomUUID();
                expect(connection, "set", "STORED", ask(socket, "set " + key + " 0 60 1\r\n1\r\n"));
                expect(connection, "delete", "DELETED", ask(socket, "delete " + key + "\r\n"));
            }
        }
        try (Socket socket = connect(connection.address(), connection.tls())) {
            String version = ask(socket, "version\r\n");
            if (!version.startsWith("VERSION ")) {
                throw new IOException("answers " + version + " and no version");
            }
        }
        return how(connection) + "set on " + connection.nodes().size() + " nodes";
    }

    private Socket connect(Address address, boolean tls) throws IOException, GeneralSecurityException {
        Socket socket = tls ? sockets().createSocket() : new Socket();
        socket.setSoTimeout((int) TIMEOUT.toMillis());
        socket.connect(new InetSocketAddress(address.host(), address.port()), (int) TIMEOUT.toMillis());
        return socket;
    }

    /** Sends a command of memcached's text protocol and reads one line. */
    private static String ask(Socket socket, String command) throws IOException {
        socket.getOutputStream().write(command.getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the connection was closed");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private SSLSocketFactory sockets() throws IOException, GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    private KeyStore trusted() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(certificateAuthority)) {
            store.setCertificateEntry(
                    "nodes", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        return store;
    }
}
