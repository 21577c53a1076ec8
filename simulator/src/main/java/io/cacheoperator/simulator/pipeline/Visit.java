package io.cacheoperator.simulator.pipeline;

import io.cacheoperator.simulator.hooks.CallHooks.Hooked;
import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.OperationBinding.Access;
import io.cacheoperator.simulator.service.ServiceDescription;
import io.cacheoperator.simulator.wire.Incoming;
import java.util.Map;

/**
 * A request on its way through the pipeline.
 *
 * @param started when it arrived, in {@link System#nanoTime}
 */
record Visit(Incoming incoming, ServiceDescription service, Call call, long started) {
    /**
     * A visit whose operation is known.
     *
     * @param request as in the call log; empty until it could be read
     */
    record Served(Visit visit, Access access, Map<String, Object> request) {
        Hooked hooked() {
            return new Hooked(visit.call(), access, request);
        }
    }
}
