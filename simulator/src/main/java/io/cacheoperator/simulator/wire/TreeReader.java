package io.cacheoperator.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.cacheoperator.simulator.service.AwsError;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** Fills an SDK builder from a JSON or CBOR document. A member that no field takes is an error. */
final class TreeReader {
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);

    private TreeReader() {}

    static void fill(SdkPojo builder, JsonNode source) {
        if (!source.isObject()) {
            throw serialization("Start of structure expected.");
        }
        Map<String, SdkField<?>> fields = new LinkedHashMap<>();
        builder.sdkFields().forEach(field -> fields.put(field.locationName(), field));
        source.properties().forEach(entry -> {
            SdkField<?> field = fields.get(entry.getKey());
            if (field == null) {
                throw serialization("Unknown member: " + entry.getKey());
            }
            if (!entry.getValue().isNull()) {
                field.set(builder, read(field, entry.getKey(), entry.getValue()));
            }
        });
    }

    private static Object read(SdkField<?> field, String name, JsonNode node) {
        return switch (field.marshallingType().getKnownType()) {
            case SDK_POJO -> {
                SdkPojo builder = field.constructor().get();
                fill(builder, node);
                yield Pojos.build(builder);
            }
            case LIST -> list(field.getRequiredTrait(ListTrait.class), name, node);
            case MAP -> map(field.getRequiredTrait(MapTrait.class), name, node);
            default -> scalar(field, name, node);
        };
    }

    private static List<Object> list(ListTrait trait, String name, JsonNode node) {
        require(node.isArray(), name);
        List<Object> list = new ArrayList<>();
        node.forEach(element -> list.add(read(trait.memberFieldInfo(), name, element)));
        return list;
    }

    private static Map<String, Object> map(MapTrait trait, String name, JsonNode node) {
        require(node.isObject(), name);
        Map<String, Object> map = new LinkedHashMap<>();
        node.properties()
                .forEach(entry -> map.put(entry.getKey(), read(trait.valueFieldInfo(), name, entry.getValue())));
        return map;
    }

    private static Object scalar(SdkField<?> field, String name, JsonNode node) {
        return switch (field.marshallingType().getKnownType()) {
            case INTEGER -> (int) integer(name, node);
            case LONG -> integer(name, node);
            case SHORT -> (short) integer(name, node);
            case FLOAT -> (float) number(name, node);
            case DOUBLE -> number(name, node);
            case BOOLEAN -> {
                require(node.isBoolean(), name);
                yield node.booleanValue();
            }
            case INSTANT -> instant(name, node);
            case SDK_BYTES -> bytes(name, node);
            default -> {
                require(node.isTextual(), name);
                yield node.textValue();
            }
        };
    }

    private static long integer(String name, JsonNode node) {
        require(node.isIntegralNumber(), name);
        return node.longValue();
    }

    private static double number(String name, JsonNode node) {
        require(node.isNumber(), name);
        return node.doubleValue();
    }

    private static Instant instant(String name, JsonNode node) {
        if (node.isNumber()) {
            BigDecimal seconds = node.decimalValue();
            long whole = seconds.longValue();
            return Instant.ofEpochSecond(
                    whole,
                    seconds.subtract(BigDecimal.valueOf(whole)).multiply(NANOS).longValue());
        }
        try {
            return Instant.parse(node.asText());
        } catch (DateTimeException unreadable) {
            throw serialization("Invalid timestamp for " + name);
        }
    }

    private static SdkBytes bytes(String name, JsonNode node) {
        try {
            return SdkBytes.fromByteArray(node.binaryValue());
        } catch (IOException unreadable) {
            throw serialization("Invalid blob for " + name);
        }
    }

    private static void require(boolean wellTyped, String name) {
        if (!wellTyped) {
            throw serialization("Unexpected type for " + name);
        }
    }

    static AwsError serialization(String message) {
        return AwsError.badRequest("SerializationException", message);
    }
}
