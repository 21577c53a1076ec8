package io.cacheoperator.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Answers {@code /healthz}, {@code /readyz} and {@code /metrics}. Health is not AWS's health: it fails when nothing moves
 * any more, which only a restart mends.
 */
final class HealthServer implements AutoCloseable {

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param address port 0: any free one
     * @param wrongWithLife why the process should be restarted, if it should
     * @param wrongWithReadiness why it does not work yet, if it does not
     */
    HealthServer(
            InetSocketAddress address,
            Supplier<Optional<String>> wrongWithLife,
            Supplier<Optional<String>> wrongWithReadiness,
            Supplier<String> metrics)
            throws IOException {
        server = HttpServer.create(address, 0);
        server.setExecutor(threads);
        server.createContext("/healthz", exchange -> answer(exchange, wrongWithLife.get()));
        server.createContext("/readyz", exchange -> answer(exchange, wrongWithReadiness.get()));
        server.createContext("/metrics", exchange -> send(exchange, OK, PROMETHEUS, metrics.get()));
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, Optional<String> wrong) throws IOException {
        send(exchange, wrong.isPresent() ? UNAVAILABLE : OK, TEXT, wrong.orElse("ok") + "\n");
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
