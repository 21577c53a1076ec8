package io.cacheoperator.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Memcached's plain text protocol: version and stats. */
final class MemcachedLine implements NodeLine {

    /** Stats has some hundred lines; what sends more is no memcached. */
    private static final int MOST_LINES = 2_000;

    private final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;

    private MemcachedLine(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        this.out = socket.getOutputStream();
    }

    static MemcachedLine open(NodeSockets sockets, ProbeNode node, boolean tls) throws ProbeException {
        Socket socket = sockets.open(node, tls);
        try {
            return new MemcachedLine(socket);
        } catch (IOException failed) {
            NodeSockets.close(socket);
            throw new ProbeException(ProbeReason.NoAnswer, failed);
        }
    }

    @Override
    public NodeSample ask() throws ProbeException {
        try {
            send("version");
            String version = line();
            if (!version.startsWith("VERSION ")) {
                throw new ProbeException(ProbeReason.Protocol, "the answer to version was " + version);
            }
            send("stats");
            return InfoParser.stats(untilEnd())
                    .orElseThrow(() -> new ProbeException(ProbeReason.Protocol, "the answer to stats names no pid"));
        } catch (SocketTimeoutException silent) {
            throw new ProbeException(ProbeReason.NoAnswer, "no answer in time");
        } catch (IOException broken) {
            throw new ProbeException(ProbeReason.NoAnswer, NodeSockets.CLOSED);
        }
    }

    private String untilEnd() throws IOException, ProbeException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < MOST_LINES; i++) {
            String line = line();
            if (line.equals("END")) {
                return text.toString();
            }
            text.append(line).append('\n');
        }
        throw new ProbeException(ProbeReason.Protocol, "the answer to stats has no end");
    }

    private void send(String command) throws IOException {
        out.write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private String line() throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new IOException(NodeSockets.CLOSED);
        }
        return line;
    }

    @Override
    public List<ProbeNode> nodes() {
        return List.of();
    }

    @Override
    public void close() {
        NodeSockets.close(socket);
    }
}
