package io.cacheoperator.simulator.calllog;

import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.OperationBinding.Access;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The calls that were made, in the order in which they ended. Old ones are forgotten when there are very many. */
public final class CallLog {
    private static final int CAPACITY = 200_000;
    private final Deque<LoggedCall> calls = new ArrayDeque<>();
    private long seq;

    /** Adds a call. */
    public synchronized LoggedCall add(
            Call call, Access access, Map<String, Object> request, Outcome outcome, Duration took) {
        LoggedCall logged = new LoggedCall(++seq, call, access, request, outcome, took);
        calls.addLast(logged);
        if (calls.size() > CAPACITY) {
            calls.removeFirst();
        }
        return logged;
    }

    /** All calls since the start or the last {@link #clear}. */
    public synchronized List<LoggedCall> calls() {
        return List.copyOf(calls);
    }

    public List<LoggedCall> calls(Predicate<LoggedCall> filter) {
        return calls().stream().filter(filter).toList();
    }

    /** The calls of one operation. */
    public List<LoggedCall> calls(String service, String operation) {
        return calls(call -> call.service().equals(service) && call.operation().equals(operation));
    }

    /** How often each operation was called, by {@code service:Operation}. */
    public Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        calls().forEach(call -> counts.merge(call.service() + ":" + call.operation(), 1, Integer::sum));
        return counts;
    }

    public int count(String service, String operation) {
        return calls(service, operation).size();
    }

    /** The calls later than a sequence number that could have changed something. */
    public List<LoggedCall> mutatingSince(long seq) {
        return calls(call -> call.seq() > seq && call.mutating());
    }

    /** The number of the latest call, 0 before the first. It goes on counting over a {@link #clear}. */
    public synchronized long lastSeq() {
        return seq;
    }

    public synchronized void clear() {
        calls.clear();
    }
}
