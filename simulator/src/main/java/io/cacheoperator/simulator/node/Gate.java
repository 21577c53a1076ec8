package io.cacheoperator.simulator.node;

import io.cacheoperator.simulator.elasticache.Nodes.Address;
import io.cacheoperator.simulator.elasticache.Nodes.Tls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loopback port that clients are given, and that leads to a server of the moment. It tells TLS from plain text by the first byte,
 * ends TLS, and lets in what the cache's mode allows. Where only TLS is allowed, replicas of ours may still come in plain text: they
 * say who they are with the first command after PING.
 */
final class Gate implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Gate.class);
    private static final int TLS_HANDSHAKE = 0x16;
    private static final int BUFFER = 16 * 1024;
    private static final int CONNECT_MILLIS = 2000;
    private static final byte[] PING = "*1\r\n$4\r\nPING\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_AUTH = "-NOAUTH Authentication required.\r\n".getBytes(StandardCharsets.US_ASCII);
    private final ServerSocket server;
    private final IntSupplier backend;
    private final Supplier<Tls> tls;
    private final Supplier<NodeCertificate> certificate;
    private final byte[] replicaLogin;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private Gate(
            ServerSocket server,
            IntSupplier backend,
            Supplier<Tls> tls,
            Supplier<NodeCertificate> certificate,
            byte[] replicaLogin) {
        this.server = server;
        this.backend = backend;
        this.tls = tls;
        this.certificate = certificate;
        this.replicaLogin = replicaLogin;
    }

    /**
     * Opens a gate on a free port.
     *
     * @param backend      the port of the server behind it; 0 while there is none
     * @param tls          what is allowed now
     * @param certificate  made when it is first needed
     * @param replicaLogin the AUTH command of our replicas
     */
    static Gate open(
            IntSupplier backend, Supplier<Tls> tls, Supplier<NodeCertificate> certificate, byte[] replicaLogin) {
        try {
            ServerSocket server = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
            Gate gate = new Gate(server, backend, tls, certificate, replicaLogin);
            Thread.ofVirtual().name("gate-" + server.getLocalPort()).start(gate::accept);
            return gate;
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on loopback", e);
        }
    }

    Address address() {
        return new Address("127.0.0.1", server.getLocalPort());
    }

    int port() {
        return server.getLocalPort();
    }

    /** Ends the connections there are: clients must come again, as after a failover or a switch of TLS. */
    void disconnect() {
        open.forEach(Gate::shut);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            log.debug("closing a gate", e);
        }
        disconnect();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                log.debug("gate closed", e);
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            InputStream raw = client.getInputStream();
            int first = raw.read();
            if (first >= 0) {
                Tls allowed = tls.get();
                if (first == TLS_HANDSHAKE && allowed != Tls.OFF) {
                    serveTls(client, (byte) first);
                } else if (first != TLS_HANDSHAKE && (allowed != Tls.REQUIRED || isReplica(client, (byte) first))) {
                    relay(client, new byte[] {(byte) first}, allowed == Tls.REQUIRED);
                }
            }
        } catch (IOException e) {
            log.debug("a client's connection ended", e);
        } finally {
            open.remove(client);
        }
    }

    private void serveTls(Socket client, byte first) throws IOException {
        InputStream consumed = new ByteArrayInputStream(new byte[] {first});
        try (Socket secure = certificate.get().sockets().createSocket(client, consumed, true)) {
            relay(secure, new byte[0], false);
        }
    }

    /** Answers a PING in the server's stead, and then expects the login that only our replicas know. */
    private boolean isReplica(Socket client, byte first) throws IOException {
        if (replicaLogin.length == 0 || !matches(client.getInputStream(), PING, first)) {
            return false;
        }
        client.getOutputStream().write(NO_AUTH);
        int next = client.getInputStream().read();
        return next >= 0 && matches(client.getInputStream(), replicaLogin, (byte) next);
    }

    private static boolean matches(InputStream in, byte[] expected, byte first) throws IOException {
        if (expected[0] != first) {
            return false;
        }
        for (int i = 1; i < expected.length; i++) {
            if (in.read() != expected[i]) {
                return false;
            }
        }
        return true;
    }

    private void relay(Socket client, byte[] head, boolean replica) throws IOException {
        int port = backend.getAsInt();
        if (port == 0) {
            return;
        }
        try (Socket target = new Socket()) {
            target.setTcpNoDelay(true);
            target.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            target.getOutputStream().write(replica ? replicaLogin : head);
            Thread back = Thread.ofVirtual().start(() -> {
                copy(target, client);
                shut(client);
            });
            copy(client, target);
            target.shutdownOutput();
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Copies until the source ends. */
    private static void copy(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            log.debug("a relayed connection ended", e);
        }
    }

    private static void shut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("closing a socket", e);
        }
    }
}
