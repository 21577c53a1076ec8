package io.cacheoperator.simulator.faults;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.OperationBinding.Access;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/** The switches for everything that can go wrong between a client and AWS. Several can be on at a time; none is at the start. */
public final class Faults {
    private static final int INTERNAL = 500;

    /**
     * What is to happen to one call.
     *
     * @param refusal   how it is refused, if it is
     * @param latency   how much later it is answered, in real time
     * @param staleness how old the world is that it reads, in simulated time
     */
    public record Decision(Optional<Effect> refusal, Duration latency, boolean loseResponse, Duration staleness) {}

    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final RandomGenerator random;

    /** No faults. The seed decides which calls a rate hits. */
    public Faults(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Switches a fault on. */
    public Fault add(FaultScope scope, Trigger trigger, Effect effect) {
        Fault fault = new Fault(scope, trigger, effect);
        faults.add(fault);
        return fault;
    }

    public Fault throttle(FaultScope scope, Trigger trigger) {
        return add(scope, trigger, new Effect.Throttle());
    }

    /** Answers HTTP 500 without doing anything. */
    public Fault serverError(FaultScope scope, Trigger trigger) {
        AwsError error = AwsError.of("InternalFailure", INTERNAL, "An internal error has occurred. Retry your query.");
        return refuse(scope, trigger, error);
    }

    /** Answers an error of your choice, for example {@code InsufficientCacheClusterCapacity}. */
    public Fault refuse(FaultScope scope, Trigger trigger, AwsError error) {
        return add(scope, trigger, new Effect.Refuse(error));
    }

    public Fault loseResponse(FaultScope scope, Trigger trigger) {
        return add(scope, trigger, new Effect.LoseResponse());
    }

    public Fault latency(FaultScope scope, Duration realTime) {
        return add(scope, Trigger.always(), new Effect.Latency(realTime));
    }

    public Fault staleReads(FaultScope scope, Duration simulatedTime) {
        return add(scope, Trigger.always(), new Effect.StaleReads(simulatedTime));
    }

    /** Switches one fault off. */
    public void remove(Fault fault) {
        faults.remove(fault);
    }

    /** Switches all faults off. */
    public void clear() {
        faults.clear();
    }

    /** What is switched on. */
    public List<Fault> active() {
        return List.copyOf(faults);
    }

    /** Decides what happens to a call; counters move on with it. */
    public Decision decide(String service, String operation, Access access) {
        Optional<Effect> refusal = Optional.empty();
        Duration latency = Duration.ZERO;
        Duration staleness = Duration.ZERO;
        boolean lose = false;
        for (Fault fault : faults) {
            if (fault.scope().matches(service, operation, access) && hits(fault)) {
                switch (fault.effect()) {
                    case Effect.Throttle throttle -> refusal = refusal.or(() -> Optional.of(throttle));
                    case Effect.Refuse refuse -> refusal = refusal.or(() -> Optional.of(refuse));
                    case Effect.Latency late -> latency = latency.plus(late.realTime());
                    case Effect.LoseResponse lost -> lose = true;
                    case Effect.StaleReads stale -> staleness = longer(staleness, stale.simulatedTime());
                }
            }
        }
        return new Decision(refusal, latency, lose, access == Access.READ ? staleness : Duration.ZERO);
    }

    private synchronized boolean hits(Fault fault) {
        return fault.hits(random);
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
