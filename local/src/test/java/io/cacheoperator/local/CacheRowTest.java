package io.cacheoperator.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.cacheoperator.local.CacheRow.State;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class CacheRowTest {
    private static final String CACHE = """
            apiVersion: cacheoperator.io/v1alpha1
            kind: CacheCluster
            metadata: {name: sessions, generation: 2}
            spec: {engine: valkey, nodeType: cache.t4g.small}
            """;

    @Test
    void isAtWorkBeforeTheOperatorHasLooked() {
        assertThat(row("")).isEqualTo(new CacheRow("sessions", "valkey", "", "", "", State.WORKING, ""));
    }

    @Test
    void showsWhatIsGoingOn() {
        CacheRow row = row("""
                status:
                  observedGeneration: 2
                  phase: Creating
                  summary: step 2/4 create the cache
                  conditions:
                  - {type: Ready, status: "False", reason: Creating, message: being made, lastTransitionTime: "2026-11-21T00:00:00Z"}
                """);

        assertThat(row.state()).isEqualTo(State.WORKING);
        assertThat(row.phase()).isEqualTo("Creating");
        assertThat(row.detail()).isEqualTo("step 2/4 create the cache");
    }

    @Test
    void showsTheEndpointOnceItIsReady() {
        CacheRow row = row("""
                status:
                  observedGeneration: 2
                  endpoint: 127.0.0.1:20001
                  summary: in sync
                  conditions:
                  - {type: Ready, status: "True", reason: InSync, message: usable, lastTransitionTime: "2026-11-21T00:00:00Z"}
                """);

        assertThat(row.ready()).isTrue();
        assertThat(row.detail()).isEqualTo("127.0.0.1:20001");
    }

    @Test
    void isNotReadyForAnOlderSpec() {
        CacheRow row = row("""
                status:
                  observedGeneration: 1
                  conditions:
                  - {type: Ready, status: "True", reason: InSync, message: usable, lastTransitionTime: "2026-11-21T00:00:00Z"}
                """);

        assertThat(row.ready()).isFalse();
    }

    @Test
    void showsWhatTheUserMustDo() {
        CacheCluster stalled = cache("""
                status:
                  observedGeneration: 2
                  summary: waits for the user
                  conditions:
                  - {type: Ready, status: "False", reason: SubnetNotFound, message: none, lastTransitionTime: "2026-11-21T00:00:00Z"}
                  - {type: Stalled, status: "True", reason: SubnetNotFound, message: set subnetIds, lastTransitionTime: "2026-11-21T00:00:00Z"}
                """);

        assertThat(CacheRow.of(stalled).state()).isEqualTo(State.STALLED);
        assertThat(CacheRow.of(stalled).detail()).isEqualTo("set subnetIds");
        assertThat(CacheRow.conditions(stalled))
                .containsExactly("Ready=False SubnetNotFound: none", "Stalled=True SubnetNotFound: set subnetIds");
    }

    private static CacheRow row(String status) {
        return CacheRow.of(cache(status));
    }

    private static CacheCluster cache(String status) {
        return Serialization.unmarshal(CACHE + status, CacheCluster.class);
    }
}
