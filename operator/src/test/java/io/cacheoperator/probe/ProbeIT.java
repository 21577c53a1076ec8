package io.cacheoperator.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The probes against real servers on loopback, and against what is no such server. */
class ProbeIT {

    private static final CacheKey CACHE = new CacheKey("shop", "sessions");
    private static final String PASSWORD = "correct-horse-battery";

    @TempDir
    private Path directory;

    private final List<Process> servers = new ArrayList<>();
    private final List<NodeLine> lines = new ArrayList<>();
    private Optional<Path> caFile = Optional.empty();

    @AfterEach
    void stop() throws InterruptedException {
        lines.forEach(NodeLine::close);
        for (Process server : servers) {
            server.destroy();
            if (!server.waitFor(5, TimeUnit.SECONDS)) {
                server.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void readsRedisOverPlainTcp() throws Exception {
        int port = redis();
        NodeSample sample = ask(node("localhost", port), false, Optional.empty());
        assertThat(sample.role()).isEqualTo(NodeRole.PRIMARY);
        assertThat(sample.values().keySet())
                .contains(
                        Measure.CLIENTS,
                        Measure.MEMORY_USED,
                        Measure.MEMORY_PEAK,
                        Measure.MEMORY_RSS,
                        Measure.FRAGMENTATION,
                        Measure.OPERATIONS,
                        Measure.HITS,
                        Measure.MISSES,
                        Measure.EXPIRED,
                        Measure.EVICTED);
        assertThat(sample.get(Measure.MEMORY_USED).orElseThrow()).isPositive();
    }

    @Test
    void readsAReplicaAndItsPrimarysLag() throws Exception {
        int primary = redis();
        int replica = redis("--replicaof", "127.0.0.1", Integer.toString(primary));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(ask(node("localhost", primary), false, Optional.empty())
                                .get(Measure.LAG_SECONDS))
                        .isPresent());
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            NodeSample sample = ask(node("localhost", replica), false, Optional.empty());
            assertThat(sample.role()).isEqualTo(NodeRole.REPLICA);
            assertThat(sample.get(Measure.LAG_SECONDS)).isPresent();
        });
    }

    @Test
    void readsRedisOverTlsAndAuth() throws Exception {
        int port = redisWithTls();
        NodeSample sample = ask(node("localhost", port), true, Optional.of(new Login("default", PASSWORD)));
        assertThat(sample.role()).isEqualTo(NodeRole.PRIMARY);
    }

    @Test
    void saysThatTheCertificateIsNotTrusted() throws Exception {
        int port = redisWithTls();
        caFile = Optional.empty();
        assertThat(reason(node("localhost", port), true, Optional.empty())).isEqualTo(ProbeReason.TlsFailed);
    }

    @Test
    void saysThatTheCertificateIsNotTheNodes() throws Exception {
        int port = redisWithTls();
        assertThat(reason(node("127.0.0.1", port), true, Optional.empty())).isEqualTo(ProbeReason.TlsFailed);
    }

    @Test
    void saysThatTheNodeSpeaksNoTls() throws Exception {
        int port = redis();
        assertThat(reason(node("localhost", port), true, Optional.empty())).isEqualTo(ProbeReason.TlsFailed);
    }

    @Test
    void saysThatTheNodeWantsTls() throws Exception {
        int port = redisWithTls();
        assertThat(reason(node("localhost", port), false, Optional.empty()))
                .isIn(ProbeReason.NoAnswer, ProbeReason.Protocol);
    }

    @Test
    void saysThatThePasswordIsWrongWithoutSayingIt() throws Exception {
        int port = redis("--requirepass", PASSWORD);
        NodeResult.Down down = down(node("localhost", port), false, Optional.of(new Login("default", "not-this-one")));
        assertThat(down.reason()).isEqualTo(ProbeReason.AuthFailed);
        assertThat(down.toString()).doesNotContain("not-this-one").doesNotContain(PASSWORD);
    }

    @Test
    void saysThatAPasswordIsMissing() throws Exception {
        int port = redis("--requirepass", PASSWORD);
        assertThat(reason(node("localhost", port), false, Optional.empty())).isEqualTo(ProbeReason.AuthFailed);
    }

    @Test
    void readsMemcached() throws Exception {
        int port = memcached();
        NodeSample sample = ask(ProbeTarget.Protocol.MEMCACHED, node("127.0.0.1", port), false, Optional.empty());
        assertThat(sample.values().keySet())
                .contains(
                        Measure.ITEMS,
                        Measure.MEMORY_USED,
                        Measure.GETS,
                        Measure.HITS,
                        Measure.MISSES,
                        Measure.EVICTED,
                        Measure.CLIENTS);
    }

    @Test
    void saysThatNothingListens() throws Exception {
        assertThat(reason(node("127.0.0.1", freePort()), false, Optional.empty()))
                .isEqualTo(ProbeReason.ConnectRefused);
    }

    @Test
    void saysThatTheNameDoesNotResolve() {
        assertThat(reason(node("no-such-cache.invalid", 6379), false, Optional.empty()))
                .isEqualTo(ProbeReason.DnsFailed);
    }

    @Test
    void saysThatNoAnswerCame() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(reason(node("127.0.0.1", silent.getLocalPort()), false, Optional.empty()))
                    .isEqualTo(ProbeReason.NoAnswer);
        }
    }

    @Test
    void saysThatItIsNoRedis() throws Exception {
        assertThat(reason(node("127.0.0.1", memcached()), false, Optional.empty()))
                .isEqualTo(ProbeReason.Protocol);
    }

    @Test
    void connectsAnewToANodeThatWasReplaced() throws Exception {
        int port = redis();
        ProbeTarget target = new ProbeTarget(
                CACHE, ProbeTarget.Protocol.REDIS, List.of(node("127.0.0.1", port)), false, Optional.empty());
        try (CacheLines kept = new CacheLines((t, node) -> RedisLine.open(sockets(), node, t.tls(), t.login()))) {
            assertThat(kept.round(target)).hasOnlyElementsOfType(NodeResult.Up.class);
            servers.getFirst().destroy();
            servers.getFirst().waitFor();
            assertThat(kept.round(target)).hasOnlyElementsOfType(NodeResult.Down.class);
            start(port, "redis-server", "--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", "");
            assertThat(kept.round(target)).hasOnlyElementsOfType(NodeResult.Up.class);
        }
    }

    private static ProbeNode node(String host, int port) {
        return new ProbeNode("001", NodeRole.PRIMARY, host, port);
    }

    private NodeSample ask(ProbeNode node, boolean tls, Optional<Login> login) throws ProbeException {
        return ask(ProbeTarget.Protocol.REDIS, node, tls, login);
    }

    private NodeSample ask(ProbeTarget.Protocol protocol, ProbeNode node, boolean tls, Optional<Login> login)
            throws ProbeException {
        NodeLine line = protocol == ProbeTarget.Protocol.MEMCACHED
                ? MemcachedLine.open(sockets(), node, tls)
                : RedisLine.open(sockets(), node, tls, login);
        lines.add(line);
        return line.ask();
    }

    private ProbeReason reason(ProbeNode node, boolean tls, Optional<Login> login) {
        return down(node, tls, login).reason();
    }

    private NodeResult.Down down(ProbeNode node, boolean tls, Optional<Login> login) {
        ProbeTarget target = new ProbeTarget(CACHE, ProbeTarget.Protocol.REDIS, List.of(node), tls, login);
        try (CacheLines once = new CacheLines((t, n) -> RedisLine.open(sockets(), n, t.tls(), t.login()))) {
            NodeResult result = once.round(target).getFirst();
            assertThat(result).isInstanceOf(NodeResult.Down.class);
            return (NodeResult.Down) result;
        }
    }

    private NodeSockets sockets() {
        return new NodeSockets(Duration.ofSeconds(2), Duration.ofMillis(500), () -> ProbeTrust.sockets(caFile));
    }

    private int redis(String... more) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(
                List.of("redis-server", "--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", ""));
        command.addAll(List.of(more));
        start(port, command.toArray(String[]::new));
        return port;
    }

    private int redisWithTls() throws Exception {
        installed("redis-server");
        Path certificate = certificate();
        int port = freePort();
        start(
                port,
                "redis-server",
                "--port",
                "0",
                "--tls-port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--tls-auth-clients",
                "no",
                "--requirepass",
                PASSWORD,
                "--tls-cert-file",
                certificate.toString(),
                "--tls-key-file",
                directory.resolve("key.pem").toString(),
                "--tls-ca-cert-file",
                certificate.toString());
        caFile = Optional.of(certificate);
        return port;
    }

    private int memcached() throws IOException {
        int port = freePort();
        List<String> command =
                new ArrayList<>(List.of("memcached", "-l", "127.0.0.1", "-p", Integer.toString(port), "-U", "0"));
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("-u", "root"));
        }
        start(port, command.toArray(String[]::new));
        return port;
    }

    private void start(int port, String... command) throws IOException {
        installed(command[0]);
        Process server = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("server-" + port + ".log").toFile())
                .start();
        servers.add(server);
        await().atMost(Duration.ofSeconds(20)).until(() -> listens(port));
    }

    private static boolean listens(int port) {
        try (java.net.Socket socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void installed(String program) {
        boolean found = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (!found) {
            System.err.println(
                    "No " + program + " on the PATH: install it. Tests of the probes that need it are SKIPPED.");
        }
        Assumptions.assumeTrue(found, program + " is not installed");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Self-signed, for the name localhost and not for its address. */
    private Path certificate() throws Exception {
        Path store = directory.resolve("node.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "node",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=node",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Key key = keys.getKey("node", PASSWORD.toCharArray());
        Files.writeString(directory.resolve("key.pem"), pem("PRIVATE KEY", key.getEncoded()));
        return Files.writeString(
                directory.resolve("certificate.pem"),
                pem("CERTIFICATE", keys.getCertificate("node").getEncoded()));
    }

    private static String pem(String what, byte[] encoded) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(encoded);
        return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
    }
}
