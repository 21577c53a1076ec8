package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.core.Condition;
import io.cacheoperator.core.Condition.Status;
import io.cacheoperator.probe.CacheKey;
import io.cacheoperator.probe.Login;
import io.cacheoperator.probe.NodeRole;
import io.cacheoperator.probe.ProbeNode;
import io.cacheoperator.probe.ProbeTarget;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProbeTargetsTest {

    private static final CacheKey KEY = new CacheKey("shop", "sessions");
    private static final CacheClusterStatus STATUS = CacheClusterStatus.builder()
            .endpoints(new EndpointsStatus(
                    null,
                    null,
                    null,
                    List.of(
                            node("001", "primary", "available"),
                            node("002", "replica", "available"),
                            node("003", "replica", "creating"))))
            .build();

    private static EndpointsStatus.Node node(String id, String role, String status) {
        return new EndpointsStatus.Node(id, id + ".example", 6379, "a", role, status);
    }

    private static ProbeTarget target(String... data) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < data.length; i += 2) {
            map.put(data[i], data[i + 1]);
        }
        ConnectionSecretState secret =
                new ConnectionSecretState(true, "servicebinding.io/redis", map, Map.of(), Map.of());
        return ProbeTargets.of(KEY, STATUS, secret).orElseThrow();
    }

    @Test
    void connectsToThePrimaryAsTheSecretSaysAndToReplicasThatAreThere() {
        ProbeTarget target = target(
                "type",
                "redis",
                "host",
                "primary.example",
                "port",
                "6379",
                "ssl",
                "true",
                "username",
                "default",
                "password",
                "s3cret",
                "cluster-mode",
                "false");
        assertThat(target.tls()).isTrue();
        assertThat(target.login()).contains(new Login("default", "s3cret"));
        assertThat(target.nodes())
                .containsExactly(
                        new ProbeNode("primary.example:6379", NodeRole.PRIMARY, "primary.example", 6379),
                        new ProbeNode("002", NodeRole.REPLICA, "002.example", 6379));
    }

    @Test
    void asksTheConfigurationEndpointInClusterMode() {
        assertThat(target("type", "redis", "host", "c.example", "port", "7000", "ssl", "false", "cluster-mode", "true")
                        .nodes())
                .extracting(ProbeNode::role)
                .containsExactly(NodeRole.CONFIGURATION);
    }

    @Test
    void connectsToEachNodeOfMemcached() {
        ProbeTarget target = target("type", "memcached", "host", "c", "port", "1", "nodes", "a.example:1,b.example:2");
        assertThat(target.protocol()).isEqualTo(ProbeTarget.Protocol.MEMCACHED);
        assertThat(target.nodes()).extracting(ProbeNode::host).containsExactly("a.example", "b.example");
        assertThat(target.login()).isEmpty();
    }

    @Test
    void aSecretWithoutEndpointIsNoTarget() {
        ConnectionSecretState empty = new ConnectionSecretState(true, "Opaque", Map.of(), Map.of(), Map.of());
        assertThat(ProbeTargets.of(KEY, STATUS, empty)).isEmpty();
    }

    @Test
    void onlyWhatIsReadyIsWanted() {
        CacheCluster cr = new CacheCluster();
        assertThat(ProbeTargets.wanted(cr)).isFalse();
        cr.setStatus(status(Status.FALSE));
        assertThat(ProbeTargets.wanted(cr)).isFalse();
        cr.setStatus(status(Status.TRUE));
        assertThat(ProbeTargets.wanted(cr)).isTrue();
        cr.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        assertThat(ProbeTargets.wanted(cr)).isFalse();
    }

    private static CacheClusterStatus status(Status ready) {
        return CacheClusterStatus.builder()
                .conditions(List.of(new Condition("Ready", ready, "InSync", "", Instant.EPOCH, 1L)))
                .build();
    }
}
