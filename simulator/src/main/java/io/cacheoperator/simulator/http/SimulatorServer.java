package io.cacheoperator.simulator.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.cacheoperator.simulator.pipeline.CallPipeline;
import io.cacheoperator.simulator.pipeline.Reply;
import io.cacheoperator.simulator.wire.WireRequest;
import io.cacheoperator.simulator.wire.WireResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** The HTTP server in front of the pipeline, on loopback. Every path but the control surface's is AWS. */
public final class SimulatorServer implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int NO_BODY = -1;

    static {
        // Read once by the JDK's server when its classes load. Without it small answers wait for delayed
        // acknowledgements, 40 ms each.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private SimulatorServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Takes the port; {@link #start} begins to serve.
     *
     * @param port 0 for any free one
     * @throws IOException if the port is taken
     */
    public static SimulatorServer bind(int port, CallPipeline pipeline, HttpHandler control) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        SimulatorServer bound = new SimulatorServer(HttpServer.create(address, BACKLOG));
        bound.server.setExecutor(bound.threads);
        bound.server.createContext("/", exchange -> serve(exchange, pipeline));
        bound.server.createContext(ControlSurface.PATH, control);
        return bound;
    }

    /** Begins to serve. */
    public void start() {
        server.start();
    }

    /** Where clients find it. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void serve(HttpExchange exchange, CallPipeline pipeline) throws IOException {
        try (exchange) {
            switch (pipeline.handle(read(exchange))) {
                case Reply.Answer answer -> send(exchange, answer.response());
                case Reply.Nothing nothing -> {
                    // Closing an exchange that has sent no headers closes its connection.
                }
            }
        }
    }

    private static WireRequest read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
        boolean zipped = "gzip".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream body = zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            return new WireRequest(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""),
                    headers,
                    body.readAllBytes());
        }
    }

    private static void send(HttpExchange exchange, WireResponse response) throws IOException {
        response.headers()
                .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        int length = response.body().length;
        exchange.sendResponseHeaders(response.status(), length == 0 ? NO_BODY : length);
        exchange.getResponseBody().write(response.body());
    }
}
