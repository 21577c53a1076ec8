package io.cacheoperator.kinds.cachecluster;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** CacheClusters as users write them. */
final class Clusters {

    static final String NAMESPACE = "shop";
    static final String NAME = "sessions";
    static final String CLUSTER_NAME = "prod";
    static final String REGION = "eu-west-1";

    static final ClusterSettings SETTINGS =
            new ClusterSettings(CLUSTER_NAME, REGION, OperatorDefaults.NONE, AllowList.NONE);

    /** Enough for every engine: a node type, subnets in two zones and somebody who may connect. */
    static final String NETWORK = """
            nodeType: cache.t4g.small
            network:
              subnetIds: [subnet-a, subnet-b]
              allowFrom: [{cidr: 10.0.0.0/16}]
            """;

    private Clusters() {}

    /** @param spec the spec's YAML, beside {@link #NETWORK} */
    static CacheCluster of(String spec) {
        return ofWhole(NETWORK + spec);
    }

    static CacheCluster ofWhole(String spec) {
        CacheCluster cr = new CacheCluster();
        cr.setMetadata(new ObjectMetaBuilder()
                .withNamespace(NAMESPACE)
                .withName(NAME)
                .withUid("uid-1")
                .withGeneration(1L)
                .withAnnotations(Map.of())
                .build());
        cr.setSpec(Serialization.unmarshal(spec, CacheClusterSpec.class));
        return cr;
    }

    /** Long ago, so that no create can be hidden still. */
    static CacheCluster deleted(CacheCluster cr) {
        return deletedAt(cr, ModelWorld.NOW.minus(Duration.ofHours(1)));
    }

    static CacheCluster deletedAt(CacheCluster cr, Instant at) {
        CacheCluster deleted = copy(cr);
        deleted.getMetadata().setDeletionTimestamp(at.toString());
        return deleted;
    }

    static CacheCluster annotated(CacheCluster cr, String key, String value) {
        CacheCluster annotated = copy(cr);
        annotated.getMetadata().setAnnotations(Map.of(key, value));
        return annotated;
    }

    static CacheCluster withoutStatus(CacheCluster cr) {
        CacheCluster copy = copy(cr);
        copy.setStatus(null);
        return copy;
    }

    static CacheCluster withStatus(CacheCluster cr, CacheClusterStatus status) {
        CacheCluster copy = copy(cr);
        copy.setStatus(status);
        return copy;
    }

    /** An edit: another spec, the next generation, the status that was. */
    static CacheCluster edited(CacheCluster cr, CacheCluster to) {
        CacheCluster edited = copy(to);
        edited.getMetadata().setGeneration(cr.getMetadata().getGeneration() + 1);
        edited.setStatus(cr.getStatus());
        return edited;
    }

    static CacheCluster copy(CacheCluster cr) {
        CacheCluster copy = new CacheCluster();
        copy.setMetadata(new ObjectMetaBuilder(cr.getMetadata()).build());
        copy.setSpec(cr.getSpec());
        copy.setStatus(cr.getStatus());
        return copy;
    }
}
