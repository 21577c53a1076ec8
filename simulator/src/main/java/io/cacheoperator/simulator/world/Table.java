package io.cacheoperator.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The resources of one kind by id, sorted, with enough history to be read as of a while ago: that is how stale reads are simulated.
 * Values must be immutable; a change replaces the value. Guarded by the region's lock.
 *
 * @param <V> an immutable value
 */
public final class Table<V> {
    /** How far back reads can look, in simulated time. */
    public static final Duration HISTORY = Duration.ofMinutes(15);

    private record Version<V>(Instant since, Optional<V> value) {}

    private final TreeMap<String, Deque<Version<V>>> histories = new TreeMap<>();
    private final Deque<String> removed = new ArrayDeque<>();

    /** The value now. */
    public Optional<V> find(String id) {
        return Optional.ofNullable(histories.get(id)).flatMap(h -> h.getLast().value());
    }

    public boolean contains(String id) {
        return find(id).isPresent();
    }

    /** All values now, sorted by id. */
    public List<V> values() {
        List<V> values = new ArrayList<>();
        histories.values().forEach(history -> history.getLast().value().ifPresent(values::add));
        return values;
    }

    /** Adds or replaces a value. */
    public void put(String id, V value, Instant at) {
        append(id, Optional.of(value), at);
    }

    /** Replaces a value if it is there. */
    public Optional<V> update(String id, Instant at, UnaryOperator<V> change) {
        Optional<V> changed = find(id).map(change);
        changed.ifPresent(value -> put(id, value, at));
        return changed;
    }

    /** Removes a value if it is there, and answers it. */
    public Optional<V> remove(String id, Instant at) {
        Optional<V> value = find(id);
        if (value.isPresent()) {
            append(id, Optional.empty(), at);
            removed.add(id);
        }
        return value;
    }

    /** The table as it was at an instant, which may be now. Later changes do not show through a list once taken. */
    public View<V> at(Instant instant) {
        return new View<>(this, instant);
    }

    private void append(String id, Optional<V> value, Instant at) {
        Deque<Version<V>> history = histories.computeIfAbsent(id, unused -> new ArrayDeque<>(2));
        history.addLast(new Version<>(at, value));
        forget(history, at);
        forgetRemoved(at);
    }

    /** Drops the versions that even the oldest read does not see: all before the last one that began by then. */
    private static <V> void forget(Deque<Version<V>> history, Instant now) {
        Instant oldest = now.minus(HISTORY);
        while (history.size() > 1) {
            Version<V> first = history.removeFirst();
            if (history.getFirst().since().isAfter(oldest)) {
                history.addFirst(first);
                return;
            }
        }
    }

    private void forgetRemoved(Instant now) {
        Instant oldest = now.minus(HISTORY);
        for (String id = removed.peek(); id != null; id = removed.peek()) {
            Version<V> last = lastOf(id);
            if (last.value().isEmpty() && last.since().isAfter(oldest)) {
                return;
            }
            removed.remove();
            if (last.value().isEmpty()) {
                histories.remove(id);
            }
        }
    }

    private Version<V> lastOf(String id) {
        Deque<Version<V>> history = histories.get(id);
        return history == null ? new Version<>(Instant.MIN, Optional.empty()) : history.getLast();
    }

    private static <V> Optional<V> asOf(Deque<Version<V>> history, Instant instant) {
        for (Iterator<Version<V>> versions = history.descendingIterator(); versions.hasNext(); ) {
            Version<V> version = versions.next();
            if (!version.since().isAfter(instant)) {
                return version.value();
            }
        }
        return Optional.empty();
    }

    /** A read-only look at a table as of an instant. */
    public static final class View<V> {
        private final Table<V> table;
        private final Instant instant;

        private View(Table<V> table, Instant instant) {
            this.table = table;
            this.instant = instant;
        }

        public Optional<V> find(String id) {
            return Optional.ofNullable(table.histories.get(id)).flatMap(h -> asOf(h, instant));
        }

        /** All values then, by id, sorted. */
        public Map<String, V> entries() {
            Map<String, V> entries = new TreeMap<>();
            table.histories.forEach((id, history) -> asOf(history, instant).ifPresent(value -> entries.put(id, value)));
            return entries;
        }

        /** All values then, sorted by id. */
        public List<V> values() {
            List<V> values = new ArrayList<>();
            for (Map.Entry<String, Deque<Version<V>>> entry : table.histories.entrySet()) {
                asOf(entry.getValue(), instant).ifPresent(values::add);
            }
            return values;
        }
    }
}
