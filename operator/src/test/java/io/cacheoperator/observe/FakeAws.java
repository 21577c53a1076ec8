package io.cacheoperator.observe;

import io.cacheoperator.core.Answers;
import io.cacheoperator.core.BulkRead;
import io.cacheoperator.core.ChangeFeed;
import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Fetcher;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Observation.Source;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.QueryFamily;
import io.cacheoperator.core.Result;
import io.cacheoperator.core.View;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A world of groups with parts, and of values. Groups and parts are read in bulk or alone, values alone; a group leads its
 * parts. Records every read, and fails where told.
 */
final class FakeAws implements Fetcher, ChangeFeed {

    static final String REGION = "eu-west-1";

    /** Moves while it is not available. */
    record Group(String region, String id) implements Query<GroupState> {}

    record GroupState(String status, int size) {}

    /** Follows from its group. */
    record Parts(String region, String id) implements Query<List<String>> {}

    /** Has no bulk read, is good for ten minutes, and is read again on the slow round. */
    record Value(String region, String id) implements Query<String> {}

    static final List<QueryFamily<?, ?>> FAMILIES = List.of(
            QueryFamily.of(Group.class, Duration.ofMinutes(5))
                    .movingWhile(state -> !state.status().equals("available"))
                    .leading(group -> Set.<Query<?>>of(new Parts(group.region(), group.id()))),
            QueryFamily.of(Parts.class, Duration.ofMinutes(5)),
            QueryFamily.of(Value.class, Duration.ofHours(1)).refreshed());

    private final InstantSource clock;
    private final Map<Query<?>, Object> world = new HashMap<>();
    private final List<String> reads = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final Map<String, Failure> failures = new HashMap<>();
    private int pages = 1;
    private Runnable duringRead = () -> {};

    FakeAws(InstantSource clock) {
        this.clock = clock;
    }

    static Group group(String id) {
        return new Group(REGION, id);
    }

    static Parts parts(String id) {
        return new Parts(REGION, id);
    }

    static Value value(String id) {
        return new Value(REGION, id);
    }

    static GroupState creating() {
        return new GroupState("creating", 1);
    }

    static GroupState available() {
        return new GroupState("available", 1);
    }

    <T> void put(Query<T> query, T state) {
        world.put(query, state);
    }

    void remove(Query<?> query) {
        world.remove(query);
    }

    /** How many calls each bulk read takes from now on. */
    void pages(int number) {
        pages = number;
    }

    /** @param read a bulk read's name or the simple name of a question's class */
    void fail(String read, Failure.Kind kind) {
        failures.put(read, new Failure(kind, read, "Code", "AWS says no"));
    }

    void heal(String read) {
        failures.remove(read);
    }

    /** Happens once, between a read's look at the world and its answer. */
    void duringNextRead(Runnable what) {
        duringRead = what;
    }

    void happened(String key, Instant at, Query<?> about) {
        changes.add(new Change(key, at, Set.of(about)));
    }

    /** Names of all reads since the last time this was asked. */
    List<String> reads() {
        List<String> since = List.copyOf(reads);
        reads.clear();
        return since;
    }

    List<BulkRead> bulkReads() {
        return List.of(new Bulk("ListGroups", Group.class, 1), new Bulk("ListParts", Parts.class, 1));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Result<Observation<T>> fetch(Query<T> query, View known) {
        String name = query.getClass().getSimpleName();
        reads.add(name + " " + idOf(query));
        Optional<T> state = Optional.ofNullable((T) world.get(query));
        Instant asOf = clock.instant();
        interrupted();
        if (failures.containsKey(name)) {
            return Result.failed(failures.get(name));
        }
        return Result.ok(state.<Observation<T>>map(s -> new Observation.Present<>(s, asOf, Source.TARGETED))
                .orElseGet(() -> new Observation.Absent<>(asOf, Source.TARGETED)));
    }

    @Override
    public Result<List<Change>> lately(String region, Duration back) {
        Instant from = clock.instant().minus(back);
        reads.add("Events");
        return failures.containsKey("Events")
                ? Result.failed(failures.get("Events"))
                : Result.ok(changes.stream().filter(c -> !c.at().isBefore(from)).toList());
    }

    private void interrupted() {
        Runnable now = duringRead;
        duringRead = () -> {};
        now.run();
    }

    private static String idOf(Query<?> query) {
        return switch (query) {
            case Group group -> group.id();
            case Parts parts -> parts.id();
            case Value value -> value.id();
            default -> query.toString();
        };
    }

    private final class Bulk implements BulkRead {
        private final String name;
        private final Class<? extends Query<?>> type;
        private final int everyPeriods;

        Bulk(String name, Class<? extends Query<?>> type, int everyPeriods) {
            this.name = name;
            this.type = type;
            this.everyPeriods = everyPeriods;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Set<Class<? extends Query<?>>> answers() {
            return Set.of(type);
        }

        @Override
        public int everyPeriods() {
            return everyPeriods;
        }

        @Override
        public Result<Answers> readAll(String region) {
            reads.add(name);
            Answers.Builder answers = Answers.builder().calls(pages);
            world.forEach((query, state) -> {
                if (type.isInstance(query)) {
                    put(answers, query, state);
                }
            });
            Answers found = answers.build();
            interrupted();
            return failures.containsKey(name) ? Result.failed(failures.get(name)) : Result.ok(found);
        }

        @SuppressWarnings("unchecked")
        private static <T> void put(Answers.Builder answers, Query<T> query, Object state) {
            answers.put(query, (T) state);
        }
    }
}
