package io.cacheoperator.simulator.pipeline;

import io.cacheoperator.simulator.calllog.CallLog;
import io.cacheoperator.simulator.calllog.Outcome;
import io.cacheoperator.simulator.calllog.RequestMap;
import io.cacheoperator.simulator.faults.Effect;
import io.cacheoperator.simulator.faults.Faults;
import io.cacheoperator.simulator.hooks.CallHooks;
import io.cacheoperator.simulator.hooks.CallHooks.Hooked;
import io.cacheoperator.simulator.hooks.CallHooks.Verdict;
import io.cacheoperator.simulator.iam.Authorization;
import io.cacheoperator.simulator.pipeline.Visit.Served;
import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.AwsService;
import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.Credentials;
import io.cacheoperator.simulator.service.OperationBinding;
import io.cacheoperator.simulator.service.OperationBinding.Access;
import io.cacheoperator.simulator.service.ServiceDescription;
import io.cacheoperator.simulator.service.ServiceDescription.QueryForm;
import io.cacheoperator.simulator.service.ServiceRegistry;
import io.cacheoperator.simulator.wire.Incoming;
import io.cacheoperator.simulator.wire.Protocols;
import io.cacheoperator.simulator.wire.WireRequest;
import io.cacheoperator.simulator.world.RegionState;
import io.cacheoperator.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkPojo;

/**
 * The way of a call: read, faults, hooks, permission, the operation itself under the lock of its region, hooks again, log, answer.
 * The same for every operation of every service.
 */
public final class CallPipeline {
    private static final Logger log = LoggerFactory.getLogger(CallPipeline.class);
    private static final int INTERNAL = 500;
    private static final ServiceDescription UNKNOWN =
            new ServiceDescription("unknown", "", List.of(), QueryForm.AWS, "unknown", "https://aws.amazon.com/");

    private final World world;
    private final ServiceRegistry services;
    private final Authorization authorization;
    private final Faults faults;
    private final CallHooks hooks;
    private final CallLog callLog;

    public CallPipeline(
            World world,
            ServiceRegistry services,
            Authorization authorization,
            Faults faults,
            CallHooks hooks,
            CallLog callLog) {
        this.world = world;
        this.services = services;
        this.authorization = authorization;
        this.faults = faults;
        this.hooks = hooks;
        this.callLog = callLog;
    }

    /** Carries a request out. */
    public Reply handle(WireRequest request) {
        long started = System.nanoTime();
        Incoming incoming = Protocols.detect(request);
        Credentials credentials =
                Credentials.parse(request.header("Authorization").orElseGet(request::decodedQuery));
        Optional<AwsService> service = services.find(known -> incoming.isFor(known, credentials.service()));
        ServiceDescription description = service.map(AwsService::description).orElse(UNKNOWN);
        Visit visit = new Visit(incoming, description, call(incoming, description, credentials), started);
        if (service.isEmpty()) {
            return refuse(visit, noService(credentials));
        }
        return service.get()
                .operations()
                .find(incoming.operation())
                .map(binding -> serve(binding, visit, service.get()))
                .orElseGet(() -> refuse(visit, incoming.unknownOperation(description)));
    }

    private Call call(Incoming incoming, ServiceDescription service, Credentials credentials) {
        Instant now = world.clock().instant();
        String key = credentials.accessKeyId();
        return new Call(
                UUID.randomUUID().toString(),
                service.id(),
                incoming.operation(),
                authorization.principals().of(key).account(),
                credentials.region(),
                key,
                now,
                now);
    }

    private <I extends SdkPojo, O extends SdkPojo> Reply serve(
            OperationBinding<I, O> binding, Visit visit, AwsService service) {
        Call call = visit.call();
        Faults.Decision decision = faults.decide(call.service(), call.operation(), binding.access());
        pause(decision.latency());
        Served served = new Served(visit, binding.access(), Map.of());
        try {
            I input = visit.incoming().read(binding, visit.service());
            served = new Served(visit, binding.access(), RequestMap.of(input));
            if (decision.refusal().isPresent()) {
                throw refusal(decision.refusal().get(), visit);
            }
            if (hooks.runBefore(served.hooked()) == Verdict.DROP) {
                return nothing(served, new Outcome.Dropped());
            }
            O output = inRegion(binding, input, served, service, decision.staleness());
            Hooked hooked = served.hooked();
            if (hooks.runAfterEffect(hooked) == Verdict.DROP || decision.loseResponse()) {
                return nothing(served, new Outcome.Lost());
            }
            record(served, new Outcome.Succeeded());
            return new Reply.Answer(visit.incoming().result(visit.service(), output, call.requestId()));
        } catch (AwsError error) {
            return refuse(served, error);
        } catch (RuntimeException bug) {
            log.error("{}:{} failed in the simulator itself", call.service(), call.operation(), bug);
            return refuse(served, AwsError.of("InternalFailure", INTERNAL, "Simulator bug: " + bug));
        }
    }

    private <I extends SdkPojo, O extends SdkPojo> O inRegion(
            OperationBinding<I, O> binding, I input, Served served, AwsService service, Duration staleness) {
        RegionState region = world.region(served.visit().call());
        return region.locked(() -> {
            Instant now = world.clock().instant();
            region.settle(now);
            Call call = served.visit().call().at(now, now.minus(staleness));
            Incoming incoming = served.visit().incoming();
            authorization
                    .refusal(
                            service,
                            call,
                            served.request(),
                            words -> incoming.accessDenied(service.description(), words))
                    .ifPresent(refusal -> {
                        throw refusal;
                    });
            return binding.operation().handle(input, call);
        });
    }

    private static AwsError refusal(Effect effect, Visit visit) {
        return effect instanceof Effect.Refuse refuse
                ? refuse.error()
                : visit.incoming().throttled(visit.service());
    }

    private static AwsError noService(Credentials credentials) {
        String name = credentials.service().isEmpty() ? "that this request is for" : credentials.service();
        return AwsError.badRequest("InvalidAction", "The service " + name + " is not simulated");
    }

    private Reply refuse(Visit visit, AwsError error) {
        return refuse(new Served(visit, Access.of(visit.call().operation()), Map.of()), error);
    }

    private Reply refuse(Served served, AwsError error) {
        Visit visit = served.visit();
        record(served, new Outcome.Refused(error.code(), error.message()));
        return new Reply.Answer(
                visit.incoming().error(visit.service(), error, visit.call().requestId()));
    }

    private Reply nothing(Served served, Outcome outcome) {
        record(served, outcome);
        return new Reply.Nothing();
    }

    private void record(Served served, Outcome outcome) {
        Visit visit = served.visit();
        Duration took = Duration.ofNanos(System.nanoTime() - visit.started());
        callLog.add(visit.call(), served.access(), served.request(), outcome, took);
    }

    private static void pause(Duration realTime) {
        if (realTime.isPositive()) {
            try {
                Thread.sleep(realTime);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
