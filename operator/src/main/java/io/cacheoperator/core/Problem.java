package io.cacheoperator.core;

import java.util.Optional;

/**
 * Something that keeps a resource from being what its spec says.
 *
 * @param field the spec field to change, such as {@code spec.network.subnetIds}; empty where no edit helps
 * @param message AWS's words where it spoke, plus what to change
 */
public record Problem(Reason reason, Failure.Retry retry, Optional<String> field, String message) {

    public static Problem userMustAct(Reason reason, String field, String message) {
        return new Problem(reason, Failure.Retry.USER, Optional.of(field), message);
    }
}
