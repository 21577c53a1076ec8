package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.world.RegionState;
import io.cacheoperator.simulator.world.ServiceStateKey;
import io.cacheoperator.simulator.world.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticache.model.Authentication;
import software.amazon.awssdk.services.elasticache.model.User;
import software.amazon.awssdk.services.elasticache.model.UserGroup;

/** All of ElastiCache in one region of one account. Guarded by the region's lock. */
final class ElastiCacheState {
    static final ServiceStateKey<ElastiCacheState> KEY =
            new ServiceStateKey<>("elasticache", ElastiCacheState.class, ElastiCacheState::seeded);

    /** DescribeEvents looks back 14 days at most. */
    static final Duration EVENTS_KEPT = Duration.ofDays(14);

    /** What a deleted cache used, and until when it stays in use. */
    record Lingering(String subnetGroup, String parameterGroup, Instant until) {}

    final Table<GroupState> groups = new Table<>();
    final Table<ClusterState> clusters = new Table<>();
    final Table<ParameterGroupState> parameterGroups = new Table<>();
    final Table<SubnetGroupState> subnetGroups = new Table<>();
    final Table<SnapshotState> snapshots = new Table<>();
    final Table<UserState> users = new Table<>();
    final Table<UserGroup> userGroups = new Table<>();
    /** By ARN. A resource whose tags were all removed keeps an empty entry; one that never had any has none. */
    final Table<Map<String, String>> tags = new Table<>();

    private final Deque<ElastiCacheEvent> events = new ArrayDeque<>();
    private final Deque<Lingering> lingering = new ArrayDeque<>();
    private final Map<String, Deque<Instant>> rolling = new TreeMap<>();
    private final Map<String, Instant> plannedSnapshots = new TreeMap<>();
    private long operations;
    private long eventCount;

    private ElastiCacheState() {}

    private static ElastiCacheState seeded(RegionState region) {
        ElastiCacheState state = new ElastiCacheState();
        for (Family family : Family.values()) {
            for (String name : family.defaultGroups()) {
                state.parameterGroups.put(name, defaultGroup(region, family, name), Instant.EPOCH);
            }
        }
        state.users.put("default", defaultUser(region), Instant.EPOCH);
        return state;
    }

    private static ParameterGroupState defaultGroup(RegionState region, Family family, String name) {
        String description = name.endsWith(".cluster.on")
                ? "Customized default parameter group for %s with cluster mode on".formatted(family.text())
                : "Default parameter group for " + family.text();
        String arn = region.arn("elasticache", "parametergroup:" + name).toString();
        return new ParameterGroupState(name, family, description, arn, Map.of(), Instant.EPOCH);
    }

    private static UserState defaultUser(RegionState region) {
        return new UserState(
                User.builder()
                        .userId("default")
                        .userName("default")
                        .status("active")
                        .engine("redis")
                        .minimumEngineVersion("6.0")
                        .accessString("on ~* +@all")
                        .userGroupIds(List.of())
                        .authentication(
                                Authentication.builder().type("no-password").build())
                        .arn(region.arn("elasticache", "user:default").toString())
                        .build(),
                List.of());
    }

    /** A number for the next long-running operation. */
    long nextOperation() {
        return ++operations;
    }

    void event(Instant at, String sourceType, String sourceId, String message) {
        events.addLast(new ElastiCacheEvent(++eventCount, at, sourceType, sourceId, message));
        while (!events.isEmpty() && events.getFirst().date().isBefore(at.minus(EVENTS_KEPT))) {
            events.removeFirst();
        }
    }

    /** The events up to an instant, in the order they happened. */
    Stream<ElastiCacheEvent> events(Instant asOf) {
        return events.stream().filter(event -> !event.date().isAfter(asOf));
    }

    void linger(String subnetGroup, String parameterGroup, Instant until) {
        lingering.addLast(new Lingering(subnetGroup, parameterGroup, until));
    }

    /** What deleted caches still use. */
    List<Lingering> lingering(Instant now) {
        lingering.removeIf(used -> !used.until().isAfter(now));
        return List.copyOf(lingering);
    }

    /** Sets when the next automatic snapshot of a cache is due, in place of what was set. */
    void planSnapshot(String cache, Instant at) {
        plannedSnapshots.put(cache, at);
    }

    void unplanSnapshot(String cache) {
        plannedSnapshots.remove(cache);
    }

    /** Whether a snapshot that has become due is still the one that was set. */
    boolean isSnapshotPlanned(String cache, Instant at) {
        return at.equals(plannedSnapshots.get(cache));
    }

    Optional<GroupState> groupOf(ClusterState cluster) {
        return cluster.replicationGroupId().flatMap(groups::find);
    }

    /** Counts one more use in a rolling window. Returns whether that is within the limit; if not, nothing is counted. */
    boolean countWithin(String what, Instant now, Duration window, int limit) {
        Deque<Instant> uses = rolling.computeIfAbsent(what, unused -> new ArrayDeque<>());
        while (!uses.isEmpty() && !uses.getFirst().isAfter(now.minus(window))) {
            uses.removeFirst();
        }
        if (uses.size() >= limit) {
            return false;
        }
        uses.addLast(now);
        return true;
    }
}
