package io.cacheoperator.simulator.wire;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.ServiceDescription.QueryForm;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/**
 * Fills an SDK builder from the parameters of a query request. What no field takes is an error: nothing is accepted and ignored.
 * Lists are taken in each form that AWS takes: {@code X.1}, {@code X.member.1} and {@code X.<member name>.1}.
 */
final class FormReader {
    private final QueryForm form;

    FormReader(QueryForm form) {
        this.form = form;
    }

    /** What a presigned request carries beside its members. */
    private static final String SIGNATURE_PREFIX = "X-Amz-";

    /** Fills a builder from the children of a parameter, but for those named in {@code except} and the parts of a signature. */
    void fill(SdkPojo builder, Param source, Set<String> except) {
        Map<String, SdkField<?>> fields = new LinkedHashMap<>();
        builder.sdkFields().forEach(field -> fields.put(field.locationName(), field));
        source.children().forEach((name, param) -> {
            if (!except.contains(name) && !name.startsWith(SIGNATURE_PREFIX)) {
                SdkField<?> field = fields.get(name);
                if (field == null) {
                    throw unknown(param);
                }
                field.set(builder, read(field, param));
            }
        });
    }

    private Object read(SdkField<?> field, Param param) {
        return switch (field.marshallingType().getKnownType()) {
            case SDK_POJO -> struct(field, param);
            case LIST -> list(field.getRequiredTrait(ListTrait.class), param);
            case MAP -> map(field.getRequiredTrait(MapTrait.class), param);
            default -> scalar(field, param);
        };
    }

    private Object struct(SdkField<?> field, Param param) {
        if (param.value().isPresent() && !param.value().get().isEmpty()) {
            throw malformed(param);
        }
        SdkPojo builder = field.constructor().get();
        fill(builder, param, Set.of());
        return Pojos.build(builder);
    }

    private List<Object> list(ListTrait trait, Param param) {
        List<Object> list = new ArrayList<>();
        for (Param element : elements(trait.memberLocationName(), "member", param)) {
            list.add(read(trait.memberFieldInfo(), element));
        }
        return list;
    }

    private Map<String, Object> map(MapTrait trait, Param param) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Param entry : elements("entry", "entry", param)) {
            Param key = entry.children().get(Pojos.orElse(trait.keyLocationName(), "key"));
            Param value = entry.children().get(Pojos.orElse(trait.valueLocationName(), "value"));
            if (key == null || value == null || entry.children().size() != 2) {
                throw malformed(entry);
            }
            map.put(key.value().orElseThrow(() -> malformed(key)), read(trait.valueFieldInfo(), value));
        }
        return map;
    }

    /** The elements of a list; an empty value without elements is how clients send an empty list. */
    private List<Param> elements(String memberName, String otherName, Param param) {
        if (param.children().isEmpty()) {
            if (param.value().orElse("").isEmpty()) {
                return List.of();
            }
            throw malformed(param);
        }
        if (param.isNumbered()) {
            return param.numbered();
        }
        List<Param> elements = new ArrayList<>();
        param.children().forEach((name, wrapper) -> {
            if (!name.equals(memberName) && !name.equals(otherName)) {
                throw unknown(wrapper);
            }
            if (wrapper.isNumbered()) {
                elements.addAll(wrapper.numbered());
            } else if (!wrapper.children().isEmpty()
                    || !wrapper.value().orElse("").isEmpty()) {
                throw unknown(wrapper);
            }
        });
        return elements;
    }

    private Object scalar(SdkField<?> field, Param param) {
        if (!param.children().isEmpty()) {
            throw unknown(param.children().values().iterator().next());
        }
        String text = param.value().orElse("");
        try {
            return switch (field.marshallingType().getKnownType()) {
                case INTEGER -> Integer.valueOf(text);
                case LONG -> Long.valueOf(text);
                case SHORT -> Short.valueOf(text);
                case FLOAT -> Float.valueOf(text);
                case DOUBLE -> Double.valueOf(text);
                case BOOLEAN -> bool(text, param);
                case INSTANT -> instant(text);
                case SDK_BYTES -> SdkBytes.fromByteArray(Base64.getDecoder().decode(text));
                default -> text;
            };
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            throw malformed(param);
        }
    }

    private boolean bool(String text, Param param) {
        return switch (text) {
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> throw malformed(param);
        };
    }

    private static Instant instant(String text) {
        return text.endsWith("Z")
                ? Instant.parse(text)
                : OffsetDateTime.parse(text).toInstant();
    }

    private AwsError unknown(Param param) {
        return form == QueryForm.EC2
                ? AwsError.badRequest("UnknownParameter", "The parameter " + first(param) + " is not recognized")
                : AwsError.badRequest("MalformedInput", "Unknown parameter: " + param.path());
    }

    private static String first(Param param) {
        return param.path().split("\\.", 2)[0];
    }

    private AwsError malformed(Param param) {
        String value = param.value().orElse("");
        return form == QueryForm.EC2
                ? AwsError.badRequest(
                        "InvalidParameterValue", "Invalid value '" + value + "' for " + param.path() + ".")
                : AwsError.badRequest("MalformedInput", "Invalid value for parameter " + param.path());
    }
}
