package io.cacheoperator.aws;

import static io.cacheoperator.aws.AwsInSimulator.REGION;
import static io.cacheoperator.aws.AwsInSimulator.ok;
import static io.cacheoperator.aws.AwsInSimulator.smallest;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.core.Query;
import io.cacheoperator.observe.AwsPoller;
import io.cacheoperator.observe.Interests.Subscriber;
import io.cacheoperator.observe.PollCadence;
import io.cacheoperator.simulator.faults.FaultScope;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What watching caches costs, in calls that arrive: the poller and the SDK against simulated endpoints. */
class PollingAgainstSimulatorTest {

    private static final Duration STEP = Duration.ofMillis(500);

    private final AwsInSimulator aws = new AwsInSimulator();
    private final AwsPoller poller = new AwsPoller(
            aws.reads.fetcher(),
            aws.reads.bulkReads(),
            aws.reads.changes(),
            aws.reads.families(),
            PollCadence.standard(),
            aws.simulator.clock());

    @AfterEach
    void close() {
        poller.close();
        aws.close();
    }

    private static Queries.ReplicationGroup group(String id) {
        return new Queries.ReplicationGroup(REGION, id);
    }

    private static Queries.Members members(String id) {
        return new Queries.Members(REGION, id);
    }

    private void interested(String id) {
        poller.interests().set(new Subscriber("cachecluster", "default", id), Set.of(group(id), members(id)));
    }

    private void create(String id) {
        ReplicationGroupState made = ok(aws.elastiCache().createReplicationGroup(smallest(id)));
        poller.present(group(id), made);
        poller.stale(members(id));
    }

    /** What a pass does when it is woken by a group that became available. */
    private void readMembersOnceAvailable(String id) {
        if (available(id) && poller.get(members(id)).isUnknown()) {
            assertThat(poller.read(Set.of(members(id)))).isEmpty();
        }
    }

    private boolean available(String id) {
        return poller.get(group(id))
                .found()
                .filter(group -> group.status().equals("available"))
                .isPresent();
    }

    /** Lets time pass in steps, each read being given the real time that it takes. */
    private void pass(Duration time, Runnable meanwhile) {
        Instant end = aws.simulator.clock().instant().plus(time);
        while (aws.simulator.clock().instant().isBefore(end)) {
            aws.pass(STEP);
            poller.tick();
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> poller.readsUnderWay() == 0);
            meanwhile.run();
        }
    }

    private Map<String, Integer> calls() {
        return new TreeMap<>(aws.simulator.callLog().counts());
    }

    @Test
    void oneCacheThatTakesTenSecondsCostsFourCallsAndIsKnownWithinTwelve() {
        interested("shop");
        poller.poll();
        aws.simulator.callLog().clear();

        create("shop");
        pass(Duration.ofSeconds(12), () -> readMembersOnceAvailable("shop"));

        assertThat(available("shop")).isTrue();
        assertThat(poller.get(members("shop")).found().orElseThrow())
                .singleElement()
                .satisfies(member ->
                        assertThat(member.nodes().getFirst().endpoint()).isPresent());
        assertThat(calls())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "elasticache:CreateReplicationGroup", 1,
                        "elasticache:DescribeReplicationGroups", 2,
                        "elasticache:DescribeCacheClusters", 1));
    }

    @Test
    void aHundredCachesAtOnceShareTheirReads() {
        for (int i = 0; i < 100; i++) {
            interested("shop-" + i);
        }
        poller.poll();
        aws.simulator.callLog().clear();

        for (int i = 0; i < 100; i++) {
            create("shop-" + i);
        }
        pass(Duration.ofSeconds(18), () -> {
            for (int i = 0; i < 100; i++) {
                readMembersOnceAvailable("shop-" + i);
            }
        });

        for (int i = 0; i < 100; i++) {
            assertThat(available("shop-" + i)).isTrue();
            assertThat(poller.get(members("shop-" + i)).isPresent()).isTrue();
        }
        assertThat(calls()).containsEntry("elasticache:CreateReplicationGroup", 100);
        assertThat(aws.simulator.callLog().count("elasticache", "DescribeReplicationGroups"))
                .isLessThanOrEqualTo(4);
    }

    @Test
    void aHundredQuietCachesCostAtMostTenCallsAMinute() {
        for (int i = 0; i < 100; i++) {
            interested("shop-" + i);
            ok(aws.elastiCache().createReplicationGroup(smallest("shop-" + i)));
        }
        aws.pass(Duration.ofSeconds(20));
        poller.poll();
        pass(Duration.ofMinutes(1), () -> {});
        aws.simulator.callLog().clear();

        pass(Duration.ofMinutes(5), () -> {});

        int all = calls().values().stream().mapToInt(Integer::intValue).sum();
        assertThat(all).isLessThanOrEqualTo(50);
        assertThat(aws.simulator.callLog().mutatingSince(0)).isEmpty();
    }

    @Test
    void aStaleListDoesNotUndoACreate() {
        interested("shop");
        poller.poll();
        create("shop");
        aws.simulator.faults().staleReads(FaultScope.service("elasticache"), Duration.ofSeconds(60));

        poller.poll();

        Query<ReplicationGroupState> query = group("shop");
        assertThat(poller.get(query).isPresent()).isTrue();
        pass(Duration.ofSeconds(80), () -> {});
        assertThat(available("shop")).isTrue();
    }

    private Duration untilGone(String id) {
        Instant begun = aws.simulator.clock().instant();
        aws.simulator.elastiCache(REGION).deleteReplicationGroup(id);
        while (!poller.get(group(id)).isAbsent()) {
            pass(STEP, () -> {});
            assertThat(Duration.between(begun, aws.simulator.clock().instant())).isLessThan(Duration.ofMinutes(10));
        }
        return Duration.between(begun, aws.simulator.clock().instant());
    }

    /** A bulk read a minute, and between two of them a look at the events; AWS takes ten seconds to delete it. */
    @Test
    void aCacheThatSomebodyDeletesIsKnownToBeGoneWithinAboutAMinute() {
        interested("shop");
        poller.poll();
        create("shop");
        pass(Duration.ofMinutes(5), () -> readMembersOnceAvailable("shop"));

        assertThat(untilGone("shop")).isLessThan(Duration.ofSeconds(75));
    }

    @Test
    void aCacheMadeJustNowIsNotBelievedToBeGoneForTwoMinutes() {
        interested("shop");
        poller.poll();
        create("shop");
        pass(Duration.ofSeconds(15), () -> readMembersOnceAvailable("shop"));

        assertThat(untilGone("shop")).isBetween(Duration.ofSeconds(100), Duration.ofSeconds(180));
    }
}
