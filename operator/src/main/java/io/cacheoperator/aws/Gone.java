package io.cacheoperator.aws;

import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Observation.Source;
import io.cacheoperator.core.Result;
import java.time.Instant;

/** Turns what a call that named one thing answered into an observation: "not found" is an answer, not a failure. */
final class Gone {

    /** An empty list where one thing was asked for. */
    static final Failure UNNAMED = new Failure(Failure.Kind.GONE, "Describe", "EmptyList", "nothing of this name");

    private Gone() {}

    static <T> Result<Observation<T>> observe(Result<T> answer, Instant askedAt) {
        return switch (answer) {
            case Result.Ok<T>(T state) -> Result.ok(new Observation.Present<>(state, askedAt, Source.TARGETED));
            case Result.Failed<T>(Failure failure)
            when failure.kind() == Failure.Kind.GONE -> Result.ok(new Observation.Absent<>(askedAt, Source.TARGETED));
            case Result.Failed<T>(Failure failure) -> Result.failed(failure);
        };
    }
}
