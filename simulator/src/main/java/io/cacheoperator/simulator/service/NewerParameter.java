package io.cacheoperator.simulator.service;

import java.util.Set;

/**
 * A request parameter that AWS has added since the SDK that the simulator is made of. Clients with newer models may send it: what it
 * would change nothing about is taken, all else refused rather than ignored.
 *
 * @param operation such as {@code CreateReplicationGroup}
 * @param name      as it is sent
 * @param harmless  the values that mean what is done anyway
 * @param otherwise the refusal of any other value
 */
public record NewerParameter(String operation, String name, Set<String> harmless, AwsError otherwise) {
    public NewerParameter {
        harmless = Set.copyOf(harmless);
    }
}
