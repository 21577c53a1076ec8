package io.cacheoperator.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cacheoperator.simulator.faults.Effect;
import io.cacheoperator.simulator.faults.Fault;
import io.cacheoperator.simulator.faults.FaultScope;
import io.cacheoperator.simulator.faults.Faults;
import io.cacheoperator.simulator.faults.Trigger;
import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.OperationBinding.Access;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * A fault as JSON: {@code effect} (throttle, error, latency, lose, stale), where ({@code service}, {@code operation}, {@code access})
 * and when ({@code rate}, {@code every} or {@code next}; else always).
 */
record FaultJson(FaultScope scope, Trigger trigger, Effect effect) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DEFAULT_STATUS = 400;

    static FaultJson read(JsonNode json) {
        FaultScope scope = new FaultScope(
                text(json, "service"),
                text(json, "operation"),
                text(json, "access").map(access -> Access.valueOf(access.toUpperCase(Locale.ROOT))));
        return new FaultJson(scope, trigger(json), effect(json));
    }

    void addTo(Faults faults) {
        faults.add(scope, trigger, effect);
    }

    private static Trigger trigger(JsonNode json) {
        if (json.has("rate")) {
            return Trigger.rate(json.get("rate").asDouble());
        }
        if (json.has("every")) {
            return Trigger.everyNth(json.get("every").asInt());
        }
        return json.has("next") ? Trigger.next(json.get("next").asInt()) : Trigger.always();
    }

    private static Effect effect(JsonNode json) {
        return switch (text(json, "effect").orElse("")) {
            case "throttle" -> new Effect.Throttle();
            case "lose" -> new Effect.LoseResponse();
            case "latency" -> new Effect.Latency(duration(json));
            case "stale" -> new Effect.StaleReads(duration(json));
            case "error" ->
                new Effect.Refuse(AwsError.of(
                        text(json, "code").orElse("InternalFailure"),
                        json.path("status").asInt(DEFAULT_STATUS),
                        text(json, "message").orElse("Injected fault")));
            default -> throw new IllegalArgumentException("effect is one of throttle, error, latency, lose, stale");
        };
    }

    private static Duration duration(JsonNode json) {
        return Duration.parse(text(json, "duration")
                .orElseThrow(() -> new IllegalArgumentException("duration is missing, for example PT2S")));
    }

    private static Optional<String> text(JsonNode json, String name) {
        return json.hasNonNull(name) ? Optional.of(json.get(name).asText()) : Optional.empty();
    }

    static JsonNode write(Fault fault) {
        ObjectNode json = JSON.createObjectNode();
        fault.scope().service().ifPresent(service -> json.put("service", service));
        fault.scope().operation().ifPresent(operation -> json.put("operation", operation));
        fault.scope()
                .access()
                .ifPresent(access -> json.put("access", access.name().toLowerCase(Locale.ROOT)));
        switch (fault.trigger()) {
            case Trigger.Always always -> {}
            case Trigger.Rate rate -> json.put("rate", rate.probability());
            case Trigger.EveryNth every -> json.put("every", every.n());
            case Trigger.Next next -> json.put("next", next.count());
        }
        return switch (fault.effect()) {
            case Effect.Throttle throttle -> json.put("effect", "throttle");
            case Effect.LoseResponse lose -> json.put("effect", "lose");
            case Effect.Latency latency ->
                json.put("effect", "latency").put("duration", latency.realTime().toString());
            case Effect.StaleReads stale ->
                json.put("effect", "stale")
                        .put("duration", stale.simulatedTime().toString());
            case Effect.Refuse refuse ->
                json.put("effect", "error")
                        .put("code", refuse.error().code())
                        .put("status", refuse.error().httpStatus())
                        .put("message", refuse.error().message());
        };
    }
}
