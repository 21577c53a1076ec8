package io.cacheoperator.simulator.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** Writes SDK objects as JSON or CBOR, which differ in timestamps (a number; tag 1 and a double) and in bytes only. */
final class TreeWriter {
    private static final int EPOCH_TIME = 1;
    private static final int MILLIS = 3;

    private TreeWriter() {}

    static void struct(JsonGenerator out, SdkPojo pojo) throws IOException {
        out.writeStartObject();
        for (SdkField<?> field : pojo.sdkFields()) {
            var value = Pojos.value(field, pojo);
            if (value.isPresent()) {
                out.writeFieldName(field.locationName());
                value(out, field, value.get());
            }
        }
        out.writeEndObject();
    }

    private static void value(JsonGenerator out, SdkField<?> field, Object value) throws IOException {
        switch (field.marshallingType().getKnownType()) {
            case SDK_POJO -> struct(out, (SdkPojo) value);
            case LIST -> {
                SdkField<?> member = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
                out.writeStartArray();
                for (Object element : Pojos.list(value)) {
                    value(out, member, element);
                }
                out.writeEndArray();
            }
            case MAP -> {
                SdkField<?> member = field.getRequiredTrait(MapTrait.class).valueFieldInfo();
                out.writeStartObject();
                for (Map.Entry<?, ?> entry : Pojos.map(value).entrySet()) {
                    out.writeFieldName(String.valueOf(entry.getKey()));
                    value(out, member, entry.getValue());
                }
                out.writeEndObject();
            }
            default -> scalar(out, value);
        }
    }

    private static void scalar(JsonGenerator out, Object value) throws IOException {
        switch (value) {
            case Boolean bool -> out.writeBoolean(bool);
            case Integer number -> out.writeNumber(number);
            case Long number -> out.writeNumber(number);
            case Short number -> out.writeNumber(number);
            case Float number -> out.writeNumber(number);
            case Double number -> out.writeNumber(number);
            case SdkBytes bytes -> out.writeBinary(bytes.asByteArrayUnsafe());
            case Instant instant -> timestamp(out, instant);
            default -> out.writeString(String.valueOf(value));
        }
    }

    private static void timestamp(JsonGenerator out, Instant instant) throws IOException {
        BigDecimal seconds = BigDecimal.valueOf(instant.toEpochMilli(), MILLIS);
        if (out instanceof CBORGenerator cbor) {
            cbor.writeTag(EPOCH_TIME);
            cbor.writeNumber(seconds.doubleValue());
        } else {
            out.writeNumber(seconds);
        }
    }
}
