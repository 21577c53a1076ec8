package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheClusterModelTest {

    private final KubernetesSerialization serialization = new KubernetesSerialization();

    @Test
    void readsAnObjectOfANewerVersion() {
        CacheCluster cluster = read("""
                metadata: {name: a, new: 1}
                new: {a: 1}
                spec:
                  engine: valkey
                  nodeType: cache.t4g.small
                  new: [1]
                  network: {new: 1, allowFrom: [{cidr: 10.0.0.0/8, new: 1}], subnetSelector: {new: 1}}
                  auth: {type: UserGroup, userGroupId: g, token: {new: 1, secretRef: {name: t, key: k, new: 1}}}
                  encryption: {new: 1, inTransit: someday}
                  deletionPolicy: Archive
                status:
                  phase: Migrating
                  new: 1
                  plan: {new: 1, steps: [{new: 1}]}
                  endpoints: {new: 1, primary: {host: h, new: 1}, nodes: [{new: 1}]}
                  conditions: [{type: Ready, status: Perhaps, new: 1}]
                """);
        assertThat(cluster.getSpec().engine()).isEqualTo(Engine.VALKEY);
        assertThat(cluster.getSpec().auth().type()).isNull();
        assertThat(cluster.getSpec().auth().tokenSecret()).contains(new AuthSpec.SecretKeyRef("t", "k"));
        assertThat(cluster.getSpec().encryption()).isEqualTo(EncryptionSpec.NONE);
        assertThat(cluster.getSpec().deletionPolicy()).isNull();
        assertThat(cluster.getStatus().phase()).isNull();
        assertThat(cluster.getStatus().condition("Ready"))
                .hasValueSatisfying(c -> assertThat(c.status()).isNull());
    }

    @Test
    void whatIsNotGivenIsEmptyAndNeverNull() {
        CacheClusterSpec spec =
                read("spec: {engine: redis, nodeType: cache.t4g.small}").getSpec();
        assertThat(spec.network()).isEqualTo(NetworkSpec.NONE);
        assertThat(spec.network().allowFrom()).isEmpty();
        assertThat(spec.auth().tokenSecret()).isEmpty();
        assertThat(spec.connectionSecret().labels()).isEmpty();
        assertThat(spec.parameters()).isEmpty();
        assertThat(spec.availabilityZones()).isEmpty();
    }

    @Test
    void whatIsNotGivenIsNotWritten() {
        CacheCluster cluster = read("spec: {engine: redis, nodeType: cache.t4g.small, network: {}, tags: {}}");
        assertThat(serialization.asJson(cluster.getSpec()))
                .isEqualTo("{\"engine\":\"redis\",\"nodeType\":\"cache.t4g.small\"}");
        assertThat(serialization.asJson(CacheClusterStatus.builder().build())).isEqualTo("{}");
    }

    @Test
    void readsParametersAsIntsAndStrings() {
        CacheClusterSpec spec = read("""
                spec: {engine: redis, nodeType: cache.t4g.small, parameters: {timeout: 300, maxmemory-policy: allkeys-lru}}
                """).getSpec();
        assertThat(spec.parameters())
                .isEqualTo(Map.of("timeout", new IntOrString(300), "maxmemory-policy", new IntOrString("allkeys-lru")));
    }

    @Test
    void aBuilderStartsFromTheStatusItIsMadeOf() {
        CacheClusterStatus status = CacheClusterStatus.builder()
                .observedGeneration(3L)
                .id("shop")
                .drift(List.of(new DriftEntry("tags", "a", "b")))
                .build();
        assertThat(status.toBuilder().build()).isEqualTo(status);
        assertThat(status.toBuilder().id(null).build().id()).isNull();
    }

    private CacheCluster read(String yaml) {
        return serialization.unmarshal("---\n" + yaml, CacheCluster.class);
    }
}
