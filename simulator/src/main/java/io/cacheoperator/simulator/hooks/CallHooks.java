package io.cacheoperator.simulator.hooks;

import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.OperationBinding.Access;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Lets a test act on the server side at exact instants of a call: before anything happened, or after the effect and before the
 * answer. Hooks run outside all locks, on the thread of the call, which waits for them.
 */
public final class CallHooks {
    /** What becomes of the call after the hook. */
    public enum Verdict {
        PROCEED,
        /** The connection is closed without an answer. */
        DROP
    }

    /** A call at the instant of a hook. The request is as in the call log. */
    public record Hooked(Call call, Access access, Map<String, Object> request) {
        public boolean is(String service, String operation) {
            return call.service().equals(service) && call.operation().equals(operation);
        }

        public boolean mutating() {
            return access == Access.WRITE;
        }
    }

    /** Ends a hook. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    private record Hook(Predicate<Hooked> when, Function<Hooked, Verdict> action) {}

    private final List<Hook> before = new CopyOnWriteArrayList<>();
    private final List<Hook> afterEffect = new CopyOnWriteArrayList<>();

    /** Acts when a call has been read and before it does anything. Dropped then, it never happened. */
    public Registration before(Predicate<Hooked> when, Function<Hooked, Verdict> action) {
        return register(before, new Hook(when, action));
    }

    /** Acts when a call has had its effect and before its answer leaves. Calls that were refused do not come here. */
    public Registration afterEffect(Predicate<Hooked> when, Function<Hooked, Verdict> action) {
        return register(afterEffect, new Hook(when, action));
    }

    /** Ends all hooks. */
    public void clear() {
        before.clear();
        afterEffect.clear();
    }

    public Verdict runBefore(Hooked hooked) {
        return run(before, hooked);
    }

    public Verdict runAfterEffect(Hooked hooked) {
        return run(afterEffect, hooked);
    }

    private static Registration register(List<Hook> hooks, Hook hook) {
        hooks.add(hook);
        return () -> hooks.remove(hook);
    }

    private static Verdict run(List<Hook> hooks, Hooked hooked) {
        Verdict verdict = Verdict.PROCEED;
        for (Hook hook : hooks) {
            if (hook.when().test(hooked) && hook.action().apply(hooked) == Verdict.DROP) {
                verdict = Verdict.DROP;
            }
        }
        return verdict;
    }
}
