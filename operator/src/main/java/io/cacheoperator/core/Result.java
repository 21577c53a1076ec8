package io.cacheoperator.core;

import java.util.Optional;
import java.util.function.Function;

/** The outcome of a call: a value, or a failure that is a value too. */
public sealed interface Result<T> {

    record Ok<T>(T value) implements Result<T> {}

    record Failed<T>(Failure failure) implements Result<T> {}

    static <T> Result<T> ok(T value) {
        return new Ok<>(value);
    }

    static <T> Result<T> failed(Failure failure) {
        return new Failed<>(failure);
    }

    default <R> Result<R> map(Function<? super T, ? extends R> mapper) {
        return switch (this) {
            case Ok<T>(T value) -> new Ok<>(mapper.apply(value));
            case Failed<T>(Failure failure) -> new Failed<>(failure);
        };
    }

    default <R> Result<R> flatMap(Function<? super T, Result<R>> mapper) {
        return switch (this) {
            case Ok<T>(T value) -> mapper.apply(value);
            case Failed<T>(Failure failure) -> new Failed<>(failure);
        };
    }

    default Optional<Failure> error() {
        return this instanceof Failed<T>(Failure failure) ? Optional.of(failure) : Optional.empty();
    }
}
