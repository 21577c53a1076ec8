package io.cacheoperator.aws;

import io.cacheoperator.core.Answers;
import io.cacheoperator.core.BulkRead;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.Result;
import io.cacheoperator.core.View;
import io.cacheoperator.simulator.Simulator;
import io.cacheoperator.simulator.elasticache.ElastiCacheDurations;
import io.cacheoperator.simulator.world.SimulatorClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The SDK side of the operator against simulated endpoints whose time stands still until told. */
final class AwsInSimulator implements AutoCloseable {

    static final String REGION = "eu-west-1";
    static final String ACCOUNT = "123456789012";
    static final String OWNER = "c1/default/shop";
    static final Map<String, String> TAGS = Map.of("cacheoperator.io/owner", OWNER, "team", "shop");

    /** Nothing has been read before. */
    static final View NOTHING = new View() {
        @Override
        public <T> Observation<T> get(Query<T> query) {
            return Observation.unknown("nothing is known here");
        }
    };

    final Simulator simulator = Simulator.builder()
            .clock(SimulatorClock.manual(Instant.parse("2026-01-01T00:00:00Z")))
            .account(ACCOUNT)
            .durations(ElastiCacheDurations.uniform(Duration.ofSeconds(10)))
            .build()
            .start();

    final SdkRegions regions =
            SdkRegions.at(simulator.endpoint(), "test", "test", simulator.clock(), CallListener.NONE);

    final AwsReads reads = regions.reads();

    ElastiCachePort elastiCache() {
        return regions.elastiCache(REGION);
    }

    Ec2Port ec2() {
        return regions.ec2(REGION);
    }

    void pass(Duration time) {
        simulator.clock().advance(time);
    }

    <T> Result<Observation<T>> ask(Query<T> query) {
        return ask(query, NOTHING);
    }

    <T> Result<Observation<T>> ask(Query<T> query, View known) {
        return reads.fetcher().fetch(query, known);
    }

    /** The state of what is there. */
    <T> T state(Query<T> query) {
        return ok(ask(query)).found().orElseThrow(() -> new AssertionError(query + " is not there"));
    }

    Result<Answers> bulk(String name) {
        return bulkRead(name).readAll(REGION);
    }

    BulkRead bulkRead(String name) {
        return reads.bulkReads().stream()
                .filter(read -> read.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static <T> T ok(Result<T> result) {
        return switch (result) {
            case Result.Ok<T>(T value) -> value;
            case Result.Failed<T>(var failure) -> throw new AssertionError(failure.toString());
        };
    }

    List<SubnetState> subnets() {
        return state(new Queries.SubnetsBySelector(REGION, Optional.empty(), Map.of()));
    }

    String vpc() {
        return subnets().getFirst().vpcId();
    }

    /** The least that makes a group: one node, no encryption in transit. */
    static CreateReplicationGroup smallest(String id) {
        return new CreateReplicationGroup(
                id,
                "a test",
                "valkey",
                Optional.empty(),
                "cache.t4g.small",
                "disabled",
                1,
                0,
                false,
                false,
                List.of(),
                List.of(),
                false,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                TAGS);
    }

    @Override
    public void close() {
        regions.close();
        simulator.close();
    }
}
