package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.AuthToken;
import io.cacheoperator.aws.CreateCacheCluster;
import io.cacheoperator.aws.CreateReplicationGroup;
import io.cacheoperator.aws.CreateReplicationGroup.ShardZones;
import io.cacheoperator.kinds.cachecluster.DesiredCluster.Network;
import io.cacheoperator.kinds.cachecluster.DesiredCluster.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the two create calls are sent. */
final class CreateRequests {

    private static final String GROUP = "CreateReplicationGroup";
    private static final String MEMCACHED = "CreateCacheCluster";

    /** AWS's names of the calls that make a cache. */
    static final Set<String> OPERATIONS = Set.of(GROUP, MEMCACHED);

    private CreateRequests() {}

    /** AWS's name of the call. */
    static String operation(Engine engine) {
        return engine.replicated() ? GROUP : MEMCACHED;
    }

    /** @param securityGroupIds all to attach: the operator's own, if any, and those of the user */
    static ClusterAction create(DesiredCluster wanted, List<String> securityGroupIds, Optional<AuthToken> token) {
        return wanted.engine().replicated()
                ? new ClusterAction.CreateGroup(group(wanted, securityGroupIds, token))
                : new ClusterAction.CreateMemcached(memcached(wanted, securityGroupIds));
    }

    private static CreateReplicationGroup group(
            DesiredCluster wanted, List<String> securityGroupIds, Optional<AuthToken> token) {
        Shape shape = wanted.shape();
        Network network = wanted.network();
        TransitEncryption transit = wanted.security().inTransit();
        boolean clustered = shape.clusterMode() == ClusterMode.ENABLED;
        return new CreateReplicationGroup(
                wanted.id(),
                wanted.description(),
                wanted.engine().wireName(),
                wanted.engineVersion(),
                wanted.nodeType(),
                shape.clusterMode().wireName(),
                shape.shards(),
                shape.replicasPerShard(),
                shape.multiAz(),
                shape.automaticFailover(),
                clustered ? shardZones(shape) : List.of(),
                clustered ? List.of() : shape.zones(),
                shape.dataTiering(),
                Optional.of(network.subnetGroup()),
                securityGroupIds,
                wanted.parameters().group(),
                network.port(),
                network.networkType().map(NetworkType::wireName),
                network.ipDiscovery().map(IpDiscovery::wireName),
                wanted.security().atRest(),
                wanted.security().kmsKeyId(),
                transit != TransitEncryption.DISABLED,
                // Required is what AWS takes when nothing is said, and versions before 7.0.5 refuse the word.
                transit == TransitEncryption.PREFERRED ? Optional.of(transit.wireName()) : Optional.empty(),
                token,
                wanted.upkeep().maintenanceWindow(),
                wanted.upkeep().autoMinorVersionUpgrade(),
                wanted.upkeep().notificationTopicArn(),
                wanted.upkeep().snapshotRetentionDays(),
                wanted.upkeep().snapshotWindow(),
                wanted.tags());
    }

    /** The zones are a pool, taken round robin; each shard begins one further on, so that primaries are spread too. */
    private static List<ShardZones> shardZones(Shape shape) {
        List<String> pool = shape.zones();
        if (pool.isEmpty()) {
            return List.of();
        }
        List<ShardZones> zones = new ArrayList<>();
        for (int shard = 0; shard < shape.shards(); shard++) {
            List<String> nodes = new ArrayList<>();
            for (int node = 0; node <= shape.replicasPerShard(); node++) {
                nodes.add(pool.get((shard + node) % pool.size()));
            }
            zones.add(new ShardZones(nodes.getFirst(), nodes.subList(1, nodes.size())));
        }
        return zones;
    }

    private static CreateCacheCluster memcached(DesiredCluster wanted, List<String> securityGroupIds) {
        Shape shape = wanted.shape();
        Network network = wanted.network();
        return new CreateCacheCluster(
                wanted.id(),
                wanted.engine().wireName(),
                wanted.engineVersion(),
                wanted.nodeType(),
                shape.nodes(),
                shape.crossAz(),
                shape.zones(),
                Optional.of(network.subnetGroup()),
                securityGroupIds,
                wanted.parameters().group(),
                network.port(),
                network.networkType().map(NetworkType::wireName),
                network.ipDiscovery().map(IpDiscovery::wireName),
                wanted.security().inTransit() != TransitEncryption.DISABLED,
                wanted.upkeep().maintenanceWindow(),
                wanted.upkeep().autoMinorVersionUpgrade(),
                wanted.upkeep().notificationTopicArn(),
                wanted.tags());
    }
}
