package io.cacheoperator.aws;

import io.cacheoperator.core.Failure;
import java.time.Duration;
import java.util.Optional;

/** Told of every call to AWS when it has ended; for metrics. Must not block. */
@FunctionalInterface
public interface CallListener {

    /** @param service such as {@code elasticache} @param failure empty where the call succeeded */
    void onCall(String region, String service, String operation, Optional<Failure> failure, Duration took);

    /** Nobody listens. */
    CallListener NONE = (region, service, operation, failure, took) -> {};
}
