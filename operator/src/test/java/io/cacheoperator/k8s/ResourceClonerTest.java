package io.cacheoperator.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What JOSDK may change is its own, and the cache keeps what it holds. */
class ResourceClonerTest {

    private final ResourceCloner<CacheCluster> cloner =
            new ResourceCloner<>(CacheCluster.class, CacheCluster::new, new KubernetesSerialization());

    @Test
    void theCopySaysTheSameToTheLastField() {
        CacheCluster original = cluster();

        assertThat(Serialization.asYaml(cloner.clone(original))).isEqualTo(Serialization.asYaml(original));
    }

    @Test
    void aFinalizerOrAnAnnotationOfTheCopyIsNotTheOriginals() {
        CacheCluster original = cluster();
        String before = Serialization.asYaml(original);

        CacheCluster copy = cloner.clone(original);
        copy.addFinalizer("example.com/other");
        copy.getMetadata().getAnnotations().put("more", "yes");
        copy.getMetadata().setResourceVersion("8");

        assertThat(Serialization.asYaml(original)).isEqualTo(before);
    }

    @Test
    void otherKindsAreCopiedWhole() {
        Secret original = new SecretBuilder()
                .withNewMetadata()
                .withName("a")
                .endMetadata()
                .build();

        Secret copy = cloner.clone(original);
        copy.setData(Map.of("a", "b"));

        assertThat(original.getData()).isNullOrEmpty();
        assertThat(copy.getMetadata().getName()).isEqualTo("a");
    }

    private static CacheCluster cluster() {
        return Serialization.unmarshal("""
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata:
                  name: a
                  namespace: b
                  resourceVersion: "7"
                  generation: 2
                  annotations: {team: shop}
                  finalizers: [cacheoperator.io/cachecluster]
                  managedFields:
                    - {manager: m, operation: Apply, fieldsType: FieldsV1, fieldsV1: {"f:spec": {"f:engine": {}}}}
                spec: {engine: valkey, nodeType: cache.t4g.small, parameters: {maxmemory-policy: allkeys-lru, timeout: 5}}
                status: {phase: Ready, observedGeneration: 2}
                """, CacheCluster.class);
    }
}
