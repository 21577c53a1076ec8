package io.cacheoperator.simulator.service;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** The operations of one service by name. Adding one is one {@link Builder#add} and one function. */
public final class Operations {
    private final Map<String, OperationBinding<?, ?>> byName;

    private Operations(Map<String, OperationBinding<?, ?>> byName) {
        this.byName = Map.copyOf(byName);
    }

    public static Builder builder() {
        return new Builder();
    }

    public Optional<OperationBinding<?, ?>> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Set<String> names() {
        return byName.keySet();
    }

    /** Collects bindings. */
    public static final class Builder {
        private final Map<String, OperationBinding<?, ?>> byName = new LinkedHashMap<>();

        private Builder() {}

        /** Registers, for example, {@code ("DeleteUser", DeleteUserRequest::builder, users::delete)}. */
        public <I extends SdkPojo, O extends SdkPojo, B extends SdkBuilder<B, I> & SdkPojo> Builder add(
                String name, Supplier<B> newRequest, Operation<I, O> operation) {
            if (byName.put(name, OperationBinding.of(name, newRequest, operation)) != null) {
                throw new IllegalArgumentException("registered twice: " + name);
            }
            return this;
        }

        public Operations build() {
            return new Operations(byName);
        }
    }
}
