package io.cacheoperator.probe;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Opens sockets step by step, so that it is known which step failed. Names are resolved anew each time. */
final class NodeSockets {

    /** The system has several words for it, and which one comes is chance: a message must not change with them. */
    static final String CLOSED = "the node closed the connection";

    private final Duration connectTimeout;
    private final Duration answerTimeout;
    private final Supplier<SSLSocketFactory> tls;

    /** @param tls asked when TLS is first needed */
    NodeSockets(Duration connectTimeout, Duration answerTimeout, Supplier<SSLSocketFactory> tls) {
        this.connectTimeout = connectTimeout;
        this.answerTimeout = answerTimeout;
        this.tls = tls;
    }

    Socket open(ProbeNode node, boolean withTls) throws ProbeException {
        Socket socket = connected(resolved(node.host()), node.port());
        if (!withTls) {
            return socket;
        }
        try {
            return secured(socket, node);
        } catch (SocketTimeoutException silent) {
            close(socket);
            throw new ProbeException(ProbeReason.TlsFailed, "no answer to the TLS greeting");
        } catch (IOException failed) {
            close(socket);
            throw new ProbeException(ProbeReason.TlsFailed, words(innermost(failed)));
        }
    }

    private static InetAddress[] resolved(String host) throws ProbeException {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException unknown) {
            throw new ProbeException(ProbeReason.DnsFailed, "no address for " + host);
        }
    }

    /** The first address that takes the connection; where none does, what the first one said. */
    private Socket connected(InetAddress[] addresses, int port) throws ProbeException {
        ProbeException first = null;
        for (InetAddress address : addresses) {
            try {
                return connected(address, port);
            } catch (ProbeException failed) {
                first = first == null ? failed : first;
            }
        }
        throw first == null ? new ProbeException(ProbeReason.DnsFailed, "no address") : first;
    }

    private Socket connected(InetAddress address, int port) throws ProbeException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(address, port), (int) connectTimeout.toMillis());
            socket.setSoTimeout((int) answerTimeout.toMillis());
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            return socket;
        } catch (IOException failed) {
            close(socket);
            throw new ProbeException(reason(failed), failed);
        }
    }

    private static ProbeReason reason(IOException failed) {
        String words = String.valueOf(failed.getMessage());
        return switch (failed) {
            case SocketTimeoutException timedOut -> ProbeReason.ConnectTimedOut;
            case NoRouteToHostException noRoute -> ProbeReason.NoRoute;
            case ConnectException refused when words.contains("timed out") -> ProbeReason.ConnectTimedOut;
            case ConnectException refused when words.contains("refused") -> ProbeReason.ConnectRefused;
            case SocketException other when words.contains("unreachable") -> ProbeReason.NoRoute;
            default -> ProbeReason.ConnectTimedOut;
        };
    }

    private SSLSocket secured(Socket socket, ProbeNode node) throws IOException {
        SSLSocket secured = (SSLSocket) tls.get().createSocket(socket, node.host(), node.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private static Throwable innermost(IOException failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String words(Throwable failure) {
        boolean closed = failure instanceof SocketException || failure instanceof EOFException;
        return closed ? CLOSED : String.valueOf(failure.getMessage());
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            // Closed is closed: nothing was promised to the peer.
        }
    }
}
