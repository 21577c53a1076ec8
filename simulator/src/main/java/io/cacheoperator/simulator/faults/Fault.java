package io.cacheoperator.simulator.faults;

import java.util.random.RandomGenerator;

/** A fault that is switched on, with the count of the calls that came by. */
public final class Fault {
    private final FaultScope scope;
    private final Trigger trigger;
    private final Effect effect;
    private long seen;

    Fault(FaultScope scope, Trigger trigger, Effect effect) {
        this.scope = scope;
        this.trigger = trigger;
        this.effect = effect;
    }

    public FaultScope scope() {
        return scope;
    }

    public Trigger trigger() {
        return trigger;
    }

    public Effect effect() {
        return effect;
    }

    synchronized boolean hits(RandomGenerator random) {
        seen++;
        return switch (trigger) {
            case Trigger.Always always -> true;
            case Trigger.Rate rate -> random.nextDouble() < rate.probability();
            case Trigger.EveryNth every -> seen % every.n() == 0;
            case Trigger.Next next -> seen <= next.count();
        };
    }
}
