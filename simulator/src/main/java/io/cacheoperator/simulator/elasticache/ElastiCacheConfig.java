package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.ec2.NetworkUse;

/**
 * What the service is built with.
 *
 * @param durations how long things take
 * @param network   where caches live
 * @param nodes     what runs behind the endpoints
 * @param knobs     what AWS does rarely
 */
public record ElastiCacheConfig(
        ElastiCacheDurations durations, NetworkUse network, Nodes nodes, ElastiCacheKnobs knobs) {
    /** AWS-like names and nothing behind them. */
    public static ElastiCacheConfig of(ElastiCacheDurations durations, NetworkUse network) {
        return new ElastiCacheConfig(durations, network, Nodes.NONE, new ElastiCacheKnobs());
    }
}
