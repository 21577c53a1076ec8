package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.world.RegionState;
import io.cacheoperator.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Where and when an operation or a transition happens: a region's state at an instant. */
record Context(RegionState region, ElastiCacheState state, ElastiCacheConfig config, Instant now) {
    /** Finds the context of a call. */
    @FunctionalInterface
    interface Source {
        Context of(Call call);
    }

    static Source source(World world, ElastiCacheConfig config) {
        return call -> in(world.region(call), config, call.now());
    }

    static Context in(RegionState region, ElastiCacheConfig config, Instant now) {
        return new Context(region, region.get(ElastiCacheState.KEY), config, now);
    }

    ElastiCacheDurations durations() {
        return config.durations();
    }

    String arn(String type, String id) {
        return region.arn("elasticache", type + ":" + id).toString();
    }

    /** Lets something happen later, in a context of then. */
    void after(Duration delay, Consumer<Context> action) {
        region.schedule(now, delay, at -> action.accept(new Context(region, state, config, at)));
    }

    void event(String sourceType, String sourceId, String message) {
        state.event(now, sourceType, sourceId, message);
    }

    /** The name of a cache for {@link Nodes}. */
    String cacheKey(String id) {
        return region.account() + "/" + region.region() + "/" + id;
    }
}
