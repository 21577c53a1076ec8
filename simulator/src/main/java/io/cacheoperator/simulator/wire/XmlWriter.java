package io.cacheoperator.simulator.wire;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** Writes SDK objects as the XML of the query protocols. Absent members are left out, empty lists are empty elements. */
final class XmlWriter {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /**
     * Members that botocore's models read from another element than those of all other SDKs. Both elements are written, so that each
     * client finds its own; none minds the other.
     */
    private static final Map<String, String> ALSO = Map.of(
            "ReplicationGroupPendingModifiedValues.LogDeliveryConfigurations", "PendingLogDeliveryConfiguration",
            "PendingModifiedValues.LogDeliveryConfigurations", "PendingLogDeliveryConfiguration");

    private final StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

    XmlWriter open(String element) {
        out.append('<').append(element).append('>');
        return this;
    }

    XmlWriter open(String element, String namespace) {
        out.append('<').append(element).append(" xmlns=\"").append(namespace).append("\">");
        return this;
    }

    XmlWriter close(String element) {
        out.append("</").append(element).append('>');
        return this;
    }

    XmlWriter text(String element, String text) {
        if (text.isEmpty()) {
            out.append('<').append(element).append("/>");
            return this;
        }
        open(element);
        escape(text);
        return close(element);
    }

    /** Writes the members of an object, without an element around them. */
    XmlWriter members(SdkPojo pojo) {
        for (SdkField<?> field : pojo.sdkFields()) {
            Pojos.value(field, pojo).ifPresent(value -> {
                String name = field.unmarshallLocationName();
                member(name, field, value);
                Optional.ofNullable(ALSO.get(pojo.getClass().getSimpleName() + "." + name))
                        .ifPresent(alias -> member(alias, field, value));
            });
        }
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private void member(String name, SdkField<?> field, Object value) {
        switch (field.marshallingType().getKnownType()) {
            case LIST -> list(name, field.getRequiredTrait(ListTrait.class), value);
            case MAP -> map(name, field.getRequiredTrait(MapTrait.class), value);
            default -> element(name, field, value);
        }
    }

    private void element(String name, SdkField<?> field, Object value) {
        switch (field.marshallingType().getKnownType()) {
            case SDK_POJO -> {
                int start = out.length();
                open(name);
                int inner = out.length();
                members((SdkPojo) value);
                closeOrEmpty(name, start, inner);
            }
            case LIST -> list(name, field.getRequiredTrait(ListTrait.class), value);
            case MAP -> map(name, field.getRequiredTrait(MapTrait.class), value);
            default -> text(name, scalar(value));
        }
    }

    private void list(String name, ListTrait trait, Object value) {
        if (trait.isFlattened()) {
            Pojos.list(value).forEach(element -> element(name, trait.memberFieldInfo(), element));
            return;
        }
        int start = out.length();
        open(name);
        int inner = out.length();
        String member = Pojos.orElse(trait.memberLocationName(), "member");
        Pojos.list(value).forEach(element -> element(member, trait.memberFieldInfo(), element));
        closeOrEmpty(name, start, inner);
    }

    private void map(String name, MapTrait trait, Object value) {
        int start = out.length();
        String entryName = trait.isFlattened() ? name : "entry";
        if (!trait.isFlattened()) {
            open(name);
        }
        int inner = out.length();
        for (Map.Entry<?, ?> entry : Pojos.map(value).entrySet()) {
            open(entryName);
            text(Pojos.orElse(trait.keyLocationName(), "key"), String.valueOf(entry.getKey()));
            element(Pojos.orElse(trait.valueLocationName(), "value"), trait.valueFieldInfo(), entry.getValue());
            close(entryName);
        }
        if (!trait.isFlattened()) {
            closeOrEmpty(name, start, inner);
        }
    }

    /** Turns {@code <a></a>} into {@code <a/>}, as AWS writes it. */
    private void closeOrEmpty(String name, int start, int inner) {
        if (out.length() == inner) {
            out.setLength(start);
            out.append('<').append(name).append("/>");
        } else {
            close(name);
        }
    }

    private static String scalar(Object value) {
        return switch (value) {
            case Instant instant -> TIMESTAMP.format(instant);
            case SdkBytes bytes -> java.util.Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
            default -> String.valueOf(value);
        };
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\r' -> out.append("&#xD;");
                case '\n', '\t' -> out.append(c);
                default -> out.append(c < ' ' ? '?' : c);
            }
        }
    }
}
