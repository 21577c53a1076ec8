package io.cacheoperator.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.core.Condition;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.cacheoperator.kinds.cachecluster.CacheClusterSpec;
import io.cacheoperator.kinds.cachecluster.CacheClusterStatus;
import io.cacheoperator.kinds.cachecluster.Phase;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The model's records against a real API server: nothing is lost on the way, and nothing unknown stops the reader. */
@RequiresApiServer
class CacheClusterModelIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static InstalledCrd crd;

    @BeforeAll
    static void install(ApiServer server) throws IOException {
        crd = InstalledCrd.on(server);
    }

    @AfterAll
    static void close() {
        if (crd != null) {
            crd.close();
        }
    }

    @Test
    void everyFieldSurvivesTheWayToTheServerAndBack() {
        CacheCluster sent = new CacheCluster();
        sent.setMetadata(new ObjectMetaBuilder()
                .withName("full")
                .withNamespace(crd.namespace())
                .build());
        sent.setSpec(FullCluster.read("spec", CacheClusterSpec.class));
        crd.client().resource(sent).create();
        CacheClusterStatus status = FullCluster.read("status", CacheClusterStatus.class);
        applyStatus("full", status);

        CacheCluster got = cluster("full").get();

        assertThat(got.getSpec()).isEqualTo(sent.getSpec());
        assertThat(got.getStatus()).isEqualTo(status);
        var stored = crd.client().resource(crd.cluster("full", Map.of())).get();
        assertThat(JSON.<JsonNode>valueToTree(stored.getAdditionalProperties().get("spec")))
                .isEqualTo(FullCluster.tree("spec"));
        assertThat(JSON.<JsonNode>valueToTree(stored.getAdditionalProperties().get("status")))
                .isEqualTo(FullCluster.tree("status"));
    }

    @Test
    void aNewObjectIsSeenAsNotYetObserved() {
        crd.create(crd.cluster("new", RuleCase.fields("{engine: valkey, nodeType: cache.t4g.small}")));
        CacheClusterStatus status = cluster("new").get().getStatus();
        assertThat(status)
                .isEqualTo(CacheClusterStatus.builder().observedGeneration(-1L).build());
    }

    @Test
    void statusIsReplacedWholeByServerSideApply() {
        crd.create(crd.cluster("ssa", RuleCase.fields("{engine: valkey, nodeType: cache.t4g.small}")));
        Instant then = Instant.parse("2026-11-21T07:00:00Z");
        applyStatus(
                "ssa",
                CacheClusterStatus.builder()
                        .observedGeneration(1L)
                        .phase(Phase.CREATING)
                        .id("shop")
                        .conditions(List.of(new Condition(
                                "Reconciling", Condition.Status.TRUE, "Creating", "AWS makes it", then, 1L)))
                        .build());
        applyStatus(
                "ssa",
                CacheClusterStatus.builder()
                        .observedGeneration(1L)
                        .phase(Phase.AVAILABLE)
                        .conditions(List.of(new Condition("Ready", Condition.Status.TRUE, "Available", "", then, 1L)))
                        .build());
        CacheClusterStatus status = cluster("ssa").get().getStatus();
        assertThat(status.phase()).isEqualTo(Phase.AVAILABLE);
        assertThat(status.id()).isNull();
        assertThat(status.conditions()).extracting(Condition::type).containsExactly("Ready");
        assertThat(status.condition("Ready")).hasValueSatisfying(c -> {
            assertThat(c.status()).isEqualTo(Condition.Status.TRUE);
            assertThat(c.lastTransitionTime()).isEqualTo(then);
        });
    }

    @Test
    void aConditionNeedsItsKeyAndItsReason() {
        crd.create(crd.cluster("cond", RuleCase.fields("{engine: valkey, nodeType: cache.t4g.small}")));
        var cluster = crd.client().resource(crd.cluster("cond", Map.of())).get();
        cluster.getAdditionalProperties().put("status", Map.of("conditions", List.of(Map.of("type", "Ready"))));
        assertThat(InstalledCrd.causes(() ->
                        crd.client().resource(cluster).subresource("status").update()))
                .extracting(cause -> cause.getField() + ": " + cause.getMessage())
                .contains(
                        "status.conditions[0].status: Required value",
                        "status.conditions[0].reason: Required value",
                        "status.conditions[0].message: Required value",
                        "status.conditions[0].lastTransitionTime: Required value");
    }

    private static void applyStatus(String name, CacheClusterStatus status) {
        CacheCluster patch = new CacheCluster();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(crd.namespace())
                .build());
        patch.setStatus(status);
        crd.client()
                .resource(patch)
                .subresource("status")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager("cachecluster")
                                .withForce(true)
                                .build(),
                        patch);
    }

    private static Resource<CacheCluster> cluster(String name) {
        return crd.client()
                .resources(CacheCluster.class)
                .inNamespace(crd.namespace())
                .withName(name);
    }
}
