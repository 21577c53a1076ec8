package io.cacheoperator.it;

import io.cacheoperator.apiserver.ApiServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The network between one client and the API server, which can break: it passes bytes on and understands none of them. */
final class Wire implements AutoCloseable {

    private final URI server;
    private final String address;
    private final ServerSocket listener;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger resets = new AtomicInteger();
    private volatile boolean broken;

    Wire(ApiServer behind) {
        server = URI.create(behind.url());
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        address = "https://127.0.0.1:" + listener.getLocalPort();
        threads.execute(this::accept);
    }

    /** The same kubeconfig, but it leads to the server over this wire. */
    String lead(String kubeconfig) {
        return kubeconfig.replace(server.toString(), address);
    }

    /** Resets every connection; new ones are possible at once. */
    void cut() {
        ends.forEach(end -> {
            resets.incrementAndGet();
            reset(end);
        });
    }

    /** How many ends of connections were reset while they were in use. */
    int resets() {
        return resets.get();
    }

    /** Resets every connection, and each new one until {@link #mend}. */
    void breakDown() {
        broken = true;
        cut();
    }

    void mend() {
        broken = false;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                threads.execute(() -> connect(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        ends.add(client);
        try {
            Socket upstream = new Socket(server.getHost(), server.getPort());
            ends.add(upstream);
            if (broken) {
                reset(client);
                reset(upstream);
                return;
            }
            threads.execute(() -> pass(client, upstream));
            threads.execute(() -> pass(upstream, client));
        } catch (IOException serverIsAway) {
            reset(client);
        }
    }

    private void pass(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException reset) {
            // One end is gone; so shall the other be.
        } finally {
            reset(from);
            reset(to);
        }
    }

    private void reset(Socket end) {
        ends.remove(end);
        abort(end);
    }

    private static void abort(Socket end) {
        try {
            end.setSoLinger(true, 0);
            end.close();
        } catch (IOException closed) {
            // It was closed already.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
        threads.shutdownNow();
    }
}
