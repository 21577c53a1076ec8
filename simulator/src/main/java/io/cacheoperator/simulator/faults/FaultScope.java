package io.cacheoperator.simulator.faults;

import io.cacheoperator.simulator.service.OperationBinding.Access;
import java.util.Optional;

/**
 * Which calls a fault concerns. What is empty matches everything.
 *
 * @param service   a signing name, such as {@code ec2}
 * @param operation such as {@code CreateReplicationGroup}
 * @param access    only reads or only writes
 */
public record FaultScope(Optional<String> service, Optional<String> operation, Optional<Access> access) {
    public static FaultScope all() {
        return new FaultScope(Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static FaultScope service(String service) {
        return new FaultScope(Optional.of(service), Optional.empty(), Optional.empty());
    }

    public static FaultScope operation(String service, String operation) {
        return new FaultScope(Optional.of(service), Optional.of(operation), Optional.empty());
    }

    public FaultScope reads() {
        return new FaultScope(service, operation, Optional.of(Access.READ));
    }

    public FaultScope writes() {
        return new FaultScope(service, operation, Optional.of(Access.WRITE));
    }

    boolean matches(String calledService, String calledOperation, Access calledAccess) {
        return service.map(calledService::equals).orElse(true)
                && operation.map(calledOperation::equals).orElse(true)
                && access.map(calledAccess::equals).orElse(true);
    }
}
