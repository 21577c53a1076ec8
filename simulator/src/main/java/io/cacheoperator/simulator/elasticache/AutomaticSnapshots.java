package io.cacheoperator.simulator.elasticache;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The snapshots that AWS takes by itself, once a day in the snapshot window, and keeps for the days of the retention limit. */
final class AutomaticSnapshots {
    private static final String KIND = "automated";
    private static final Duration BUSY_RETRY = Duration.ofMinutes(5);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm").withZone(ZoneOffset.UTC);

    /** What a cache's snapshots are like. */
    private record Policy(Snapshots.Source source, int retention, TimeWindow window, boolean available) {}

    private AutomaticSnapshots() {}

    /** Plans the next one, in place of what was planned; with a retention of 0 there is none, and those there are go. */
    static void plan(Context c, String id) {
        policy(c, id).ifPresent(policy -> {
            if (policy.retention() == 0) {
                c.state().unplanSnapshot(id);
                expire(c, id, 0);
            } else {
                at(c, id, policy.window().next(c.now().plusSeconds(1)));
            }
        });
    }

    private static void at(Context c, String id, Instant when) {
        c.state().planSnapshot(id, when);
        c.after(Duration.between(c.now(), when), then -> {
            if (then.state().isSnapshotPlanned(id, when)) {
                policy(then, id).filter(policy -> policy.retention() > 0).ifPresent(policy -> run(then, id, policy));
            }
        });
    }

    private static void run(Context c, String id, Policy policy) {
        if (!policy.available()) {
            at(c, id, c.now().plus(BUSY_RETRY));
            return;
        }
        Snapshots.Source source = policy.source();
        String subject = source.clusterMode() ? id : source.cluster().id();
        String name = "automatic.%s-%s".formatted(subject, STAMP.format(c.now()));
        String arn = source.group()
                .map(group -> group.shown().arn())
                .orElseGet(() -> source.cluster().shown().arn());
        Map<String, String> tags = Tags.of(c, arn);
        Snapshots.start(c, source, name, KIND, Optional.empty(), tags);
        source.group()
                .ifPresentOrElse(
                        group -> GroupLifecycle.begin(
                                c, group, "snapshotting", c.durations().snapshot(), GroupLifecycle::finish),
                        () -> ClusterLifecycle.begin(
                                c,
                                source.cluster(),
                                "snapshotting",
                                c.durations().snapshot(),
                                (then, now) -> now));
        expire(c, id, policy.retention());
        plan(c, id);
    }

    /** Removes all but the newest. */
    static void expire(Context c, String id, int kept) {
        List<SnapshotState> automatic = Snapshots.of(c, id)
                .filter(snapshot -> !snapshot.manual())
                .sorted(Comparator.comparing(SnapshotState::taken).reversed())
                .toList();
        automatic.stream().skip(kept).forEach(old -> {
            c.state().snapshots.remove(old.name(), c.now());
            Tags.remove(c, old.shown().arn());
        });
    }

    private static Optional<Policy> policy(Context c, String id) {
        Optional<GroupState> group = c.state().groups.find(id);
        if (group.isPresent()) {
            return group.filter(GroupState::reachable)
                    .map(g -> new Policy(
                            Snapshots.Source.of(c, g),
                            g.shown().snapshotRetentionLimit(),
                            TimeWindow.snapshot(g.shown().snapshotWindow()),
                            g.available()));
        }
        return c.state()
                .clusters
                .find(id)
                .filter(cluster -> !cluster.memcached() && cluster.reachable())
                .map(cluster -> new Policy(
                        new Snapshots.Source(Optional.empty(), cluster),
                        cluster.shown().snapshotRetentionLimit(),
                        TimeWindow.snapshot(cluster.shown().snapshotWindow()),
                        cluster.available()));
    }
}
