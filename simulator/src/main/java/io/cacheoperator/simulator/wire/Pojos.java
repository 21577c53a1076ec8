package io.cacheoperator.simulator.wire;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/** What readers and writers need to know of the SDK's own classes. */
final class Pojos {
    private Pojos() {}

    /** The object that a builder, known only by its fields, builds. */
    static SdkPojo build(SdkPojo builder) {
        return (SdkPojo) ((Buildable) builder).build();
    }

    /** A member's value if it was set. A list or map that was set to be empty is present, one that was never set is not. */
    static Optional<Object> value(SdkField<?> field, SdkPojo pojo) {
        @Nullable Object value = field.getValueOrDefault(pojo);
        boolean unset = value == null || value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap;
        return unset ? Optional.empty() : Optional.of(value);
    }

    static List<?> list(Object value) {
        return (List<?>) value;
    }

    static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }

    static String orElse(@Nullable String name, String otherwise) {
        return name == null ? otherwise : name;
    }
}
