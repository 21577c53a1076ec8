package io.cacheoperator.simulator.elasticache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.Operation;
import io.cacheoperator.simulator.service.OperationBinding;
import io.cacheoperator.simulator.world.RegionState;
import io.cacheoperator.simulator.world.SimulatorClock;
import io.cacheoperator.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.CreateReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheClustersRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheClustersResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeEventsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeEventsResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeReplicationGroupsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeReplicationGroupsResponse;
import software.amazon.awssdk.services.elasticache.model.ElastiCacheRequest;
import software.amazon.awssdk.services.elasticache.model.Event;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;

/** The service without a wire: operations are called as functions, and time passes when the test says so. Everything takes 10 s. */
final class SimulatedElastiCache {
    static final Duration STEP = Duration.ofSeconds(10);
    final SimulatorClock clock = SimulatorClock.manual(Instant.parse("2026-01-07T12:00:00Z"));
    final FakeNetwork network = new FakeNetwork();
    final ElastiCacheKnobs knobs = new ElastiCacheKnobs();
    private final World world = new World(clock, "123456789012");
    private final RegionState region = world.region("us-east-1");
    private final ElastiCacheService service;

    SimulatedElastiCache() {
        this(ElastiCacheDurations.uniform(STEP));
    }

    SimulatedElastiCache(ElastiCacheDurations durations) {
        service = new ElastiCacheService(world, new ElastiCacheConfig(durations, network, Nodes.NONE, knobs));
    }

    /** Calls the operation that a request belongs to. */
    <O extends SdkPojo> O call(ElastiCacheRequest request, Class<O> response) {
        String name = request.getClass().getSimpleName().replaceAll("Request$", "");
        OperationBinding<?, ?> binding = service.operations().find(name).orElseThrow();
        Instant now = clock.instant();
        return region.locked(() -> {
            region.settle(now);
            return response.cast(handle(binding.operation(), request, name, now));
        });
    }

    @SuppressWarnings("unchecked")
    private static <I extends SdkPojo, O extends SdkPojo> O handle(
            Operation<I, O> operation, ElastiCacheRequest request, String name, Instant now) {
        Call call = new Call("id", "elasticache", name, "123456789012", "us-east-1", "", now, now);
        return operation.handle((I) request, call);
    }

    /** Calls an operation whose answer does not matter. */
    void call(ElastiCacheRequest request) {
        call(request, SdkPojo.class);
    }

    /** Calls an operation that must be refused. */
    AwsError refused(ElastiCacheRequest request) {
        return catchThrowableOfType(AwsError.class, () -> call(request));
    }

    void assertRefused(ElastiCacheRequest request, String code, String message) {
        AwsError error = refused(request);
        assertThat(error).as("refusal of %s", request).isNotNull();
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.message()).contains(message);
    }

    /** Lets one step of time pass. */
    void step() {
        clock.advance(STEP);
    }

    ReplicationGroup group(String id) {
        return call(
                        DescribeReplicationGroupsRequest.builder()
                                .replicationGroupId(id)
                                .build(),
                        DescribeReplicationGroupsResponse.class)
                .replicationGroups()
                .getFirst();
    }

    CacheCluster cluster(String id) {
        return call(
                        DescribeCacheClustersRequest.builder()
                                .cacheClusterId(id)
                                .showCacheNodeInfo(true)
                                .build(),
                        DescribeCacheClustersResponse.class)
                .cacheClusters()
                .getFirst();
    }

    /** A request for a small redis group, changed by the test. */
    static CreateReplicationGroupRequest redis(String id, Consumer<CreateReplicationGroupRequest.Builder> change) {
        CreateReplicationGroupRequest.Builder request = CreateReplicationGroupRequest.builder()
                .replicationGroupId(id)
                .replicationGroupDescription("a group")
                .engine("redis")
                .cacheNodeType("cache.t4g.small");
        change.accept(request);
        return request.build();
    }

    /** An available group. */
    ReplicationGroup available(String id, Consumer<CreateReplicationGroupRequest.Builder> change) {
        call(redis(id, change));
        step();
        ReplicationGroup group = group(id);
        assertThat(group.status()).isEqualTo("available");
        return group;
    }

    /** The messages of the last hour's events, newest first. */
    List<String> events() {
        return call(DescribeEventsRequest.builder().build(), DescribeEventsResponse.class).events().stream()
                .map(Event::message)
                .toList();
    }

    /** The view beside the API. */
    ElastiCacheConsole console() {
        return service.console(region);
    }
}
