package io.cacheoperator.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One account's share of one region: the states of its services, and what is due to happen in it. One lock guards all of it.
 * Operations and transitions already hold it; anything else goes through {@link #locked}.
 */
public final class RegionState {
    private final String account;
    private final String region;
    private final IdSource ids;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Object> states = new HashMap<>();
    private final TransitionQueue transitions = new TransitionQueue();

    RegionState(String account, String region, IdSource ids) {
        this.account = account;
        this.region = region;
        this.ids = ids;
    }

    public String account() {
        return account;
    }

    public String region() {
        return region;
    }

    /** Ids that are unique here and the same in every run with the same calls. */
    public IdSource ids() {
        return ids;
    }

    /** The ARN of a resource that lives here. */
    public Arn arn(String service, String resource) {
        return Arn.of(service, region, account, resource);
    }

    /** The state of a service, made when it is first asked for. */
    public <S> S get(ServiceStateKey<S> key) {
        return locked(() -> {
            Object state = states.get(key.name());
            if (state == null) {
                state = key.initial().apply(this);
                states.put(key.name(), state);
            }
            return key.type().cast(state);
        });
    }

    /** Lets something happen at an instant, or at once with the next settling if that has passed. */
    public void schedule(Instant at, Transition transition) {
        locked(() -> {
            transitions.add(at, transition);
            return at;
        });
    }

    /** Lets something happen a while after an instant. */
    public void schedule(Instant from, Duration after, Transition transition) {
        schedule(from.plus(after), transition);
    }

    /** Brings the region up to {@code now}. */
    public void settle(Instant now) {
        locked(() -> {
            transitions.settle(now);
            return now;
        });
    }

    /** When something happens next, if anything is going to. */
    public Optional<Instant> nextDue() {
        return locked(transitions::nextDue);
    }

    /** Runs under the region's lock, which is re-entrant. */
    public <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
