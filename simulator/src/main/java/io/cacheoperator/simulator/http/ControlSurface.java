package io.cacheoperator.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.cacheoperator.simulator.calllog.CallLog;
import io.cacheoperator.simulator.calllog.LoggedCall;
import io.cacheoperator.simulator.calllog.Outcome;
import io.cacheoperator.simulator.faults.Faults;
import io.cacheoperator.simulator.service.ServiceRegistry;
import io.cacheoperator.simulator.world.SimulatorClock;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The simulator's own switches over HTTP, as JSON under {@value #PATH}, for those who run it stand-alone. */
public final class ControlSurface implements HttpHandler {
    /** Where it is. */
    public static final String PATH = "/_simulator/";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SINCE = Pattern.compile("(?:^|&)since=([0-9]{1,18})(?:&|$)");
    private static final int NOT_FOUND = 404;
    private static final int BAD_REQUEST = 400;

    private final SimulatorClock clock;
    private final Faults faults;
    private final CallLog callLog;
    private final ServiceRegistry services;
    private final Map<String, Function<Request, JsonNode>> routes;

    private record Request(String query, JsonNode body) {}

    public ControlSurface(SimulatorClock clock, Faults faults, CallLog callLog, ServiceRegistry services) {
        this.clock = clock;
        this.faults = faults;
        this.callLog = callLog;
        this.services = services;
        this.routes = Map.of(
                "GET health", request -> JSON.createObjectNode().put("status", "ok"),
                "GET services", request -> services(),
                "GET clock", request -> clockState(),
                "POST clock/advance", this::advance,
                "GET faults", request -> faultList(),
                "POST faults", this::addFault,
                "DELETE faults",
                        request -> {
                            faults.clear();
                            return faultList();
                        },
                "GET calls", this::calls,
                "DELETE calls",
                        request -> {
                            callLog.clear();
                            return JSON.createArrayNode();
                        });
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String route = exchange.getRequestMethod() + " "
                    + exchange.getRequestURI().getPath().substring(PATH.length());
            Function<Request, JsonNode> handler = routes.get(route);
            if (handler == null) {
                send(exchange, NOT_FOUND, error("no such route; there are " + routes.keySet()));
                return;
            }
            try {
                byte[] body = exchange.getRequestBody().readAllBytes();
                JsonNode json = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
                String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery())
                        .orElse("");
                send(exchange, 200, handler.apply(new Request(query, json)));
            } catch (IllegalArgumentException | DateTimeException | IOException invalid) {
                send(exchange, BAD_REQUEST, error(String.valueOf(invalid.getMessage())));
            }
        }
    }

    private JsonNode services() {
        ObjectNode all = JSON.createObjectNode();
        services.all().forEach(service -> {
            ArrayNode names = all.putArray(service.description().id());
            service.operations().names().stream().sorted().forEach(names::add);
        });
        return all;
    }

    private JsonNode clockState() {
        return JSON.createObjectNode().put("now", clock.instant().toString()).put("scale", clock.scale());
    }

    private JsonNode advance(Request request) {
        clock.advance(Duration.parse(request.body().path("duration").asText()));
        return clockState();
    }

    private JsonNode faultList() {
        ArrayNode list = JSON.createArrayNode();
        faults.active().forEach(fault -> list.add(FaultJson.write(fault)));
        return list;
    }

    private JsonNode addFault(Request request) {
        FaultJson.read(request.body()).addTo(faults);
        return faultList();
    }

    private JsonNode calls(Request request) {
        Matcher since = SINCE.matcher(request.query());
        long after = since.find() ? Long.parseLong(since.group(1)) : 0;
        ArrayNode list = JSON.createArrayNode();
        callLog.calls(call -> call.seq() > after).forEach(call -> list.add(json(call)));
        return list;
    }

    private static JsonNode json(LoggedCall call) {
        ObjectNode json = JSON.createObjectNode()
                .put("seq", call.seq())
                .put("at", call.call().now().toString())
                .put("service", call.service())
                .put("operation", call.operation())
                .put("account", call.call().account())
                .put("region", call.call().region())
                .put("outcome", words(call.outcome()))
                .put("micros", call.took().toNanos() / 1000);
        json.set("request", JSON.valueToTree(call.request()));
        return json;
    }

    private static String words(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded succeeded -> "ok";
            case Outcome.Refused refused -> refused.code() + ": " + refused.message();
            case Outcome.Lost lost -> "response lost";
            case Outcome.Dropped dropped -> "request dropped";
        };
    }

    private static JsonNode error(String message) {
        return JSON.createObjectNode().put("error", message);
    }

    private static void send(HttpExchange exchange, int status, JsonNode json) throws IOException {
        byte[] body = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
