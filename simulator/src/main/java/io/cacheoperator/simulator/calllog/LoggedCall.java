package io.cacheoperator.simulator.calllog;

import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.OperationBinding.Access;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A call that was made.
 *
 * @param seq     counts all calls since the simulator started, from 1
 * @param access  whether it could have changed anything
 * @param request the members that were set, by their AWS names; structures are maps, secrets are masked
 * @param took    real time on the server
 */
public record LoggedCall(
        long seq, Call call, Access access, Map<String, Object> request, Outcome outcome, Duration took) {
    public String service() {
        return call.service();
    }

    public String operation() {
        return call.operation();
    }

    public boolean mutating() {
        return access == Access.WRITE;
    }

    /** A member of the request as text, if it was set. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(request.get(name)).map(String::valueOf);
    }

    @Override
    public String toString() {
        return "#" + seq + " " + service() + ":" + operation() + request + " -> " + outcome;
    }
}
