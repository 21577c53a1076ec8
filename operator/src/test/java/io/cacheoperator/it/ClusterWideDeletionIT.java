package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One command takes many CacheClusters with it: the CRD's deletion, or a namespace's. On an API server of its own. */
@RequiresApiServer
class ClusterWideDeletionIT {

    private ApiServer own;
    private OperatorHarness operator;

    @BeforeEach
    void start() {
        own = ApiServer.start(ApiServer.Options.defaults());
        operator = OperatorHarness.start(own);
    }

    @AfterEach
    void stop() {
        try (ApiServer closed = own) {
            operator.installCrd();
            operator.close();
        }
    }

    private static String valkey(String name, String spec) {
        return """
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: %s}
                spec: {engine: valkey, nodeType: cache.t4g.small, %s}
                """.formatted(name, spec);
    }

    private Resource<CustomResourceDefinition> crd() {
        return operator.admin()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("cacheclusters.cacheoperator.io");
    }

    private void awaitCrdGone() {
        operator.awaitAws("a", "the CRD is gone", () -> crd().get() == null);
    }

    private void assertKept(String name) {
        for (String secret : List.of(name + "-cache", name + "-cache-auth")) {
            assertThat(operator.secret(secret).orElseThrow().getMetadata().getOwnerReferences())
                    .as(secret + " outlives its CacheCluster")
                    .isEmpty();
        }
        operator.awaitAws(
                name,
                "an Event says what stays and why",
                () -> operator.events(name).stream()
                        .anyMatch(event -> event.startsWith("LeftBehind: ")
                                && event.contains("CustomResourceDefinition is being deleted")));
    }

    /** {@code kubectl delete crd}, which no admission policy for CacheClusters sees. */
    @Test
    void theCrdsDeletionDeletesNothingInAwsWhateverThePolicies() {
        operator.apply(valkey("a", "deletionPolicy: Delete, parameters: {timeout: 300}"));
        operator.apply(valkey("b", "deletionPolicy: Snapshot"));
        operator.apply(valkey("c", "deletionPolicy: Delete, deletionProtection: true"));
        List.of("a", "b", "c").forEach(operator::awaitSynced);
        CacheCluster before = operator.cluster("a").orElseThrow();
        String token = operator.secretData("a-cache-auth").get("current");
        List<String> world = operator.account().everything();
        operator.simulator().callLog().clear();

        crd().delete();
        awaitCrdGone();
        assertThat(operator.awsWrites()).isEmpty();
        assertThat(operator.account().everything()).isEqualTo(world);
        List.of("a", "b", "c").forEach(this::assertKept);

        operator.installCrd();
        operator.apply(valkey("a", "deletionPolicy: Delete, parameters: {timeout: 300}"));
        CacheCluster after = operator.awaitSynced("a");
        assertThat(after.getStatus().arn()).isEqualTo(before.getStatus().arn());
        assertThat(operator.secretData("a-cache")).containsEntry("password", token);
        assertThat(operator.awsWrites()).as("it goes on with its cache").isEmpty();
    }

    @Test
    void theCrdsDeletionWhileTheOperatorIsAwayDeletesNothingEither() {
        operator.apply(valkey("a", "deletionPolicy: Delete"));
        operator.awaitSynced("a");
        List<String> world = operator.account().everything();
        operator.kill();
        operator.simulator().callLog().clear();
        crd().delete();
        operator.awaitCluster("a", "is to be deleted", a -> a.getMetadata().getDeletionTimestamp() != null);

        operator.startAgain();
        awaitCrdGone();
        assertThat(operator.awsWrites()).isEmpty();
        assertThat(operator.account().everything()).isEqualTo(world);
        assertKept("a");
    }

    /** A deletion that was asked for before goes on as it was asked for. */
    @Test
    void aCacheClusterThatWasDeletedBeforeItsCrdFollowsItsPolicy() {
        operator.apply(valkey("a", "deletionPolicy: Delete"));
        CacheCluster made = operator.awaitSynced("a");
        var console = operator.simulator().elastiCache(OperatorHarness.REGION);
        console.changeReplicationGroup(made.getStatus().id(), group -> group.status("modifying"));
        operator.delete("a");
        operator.awaitCluster(
                "a",
                "waits for the cache",
                a -> a.getStatus().plan() != null
                        && a.getStatus().plan().steps().getFirst().action().equals("AwaitAvailable"));
        crd().delete();
        console.changeReplicationGroup(made.getStatus().id(), group -> group.status("available"));
        awaitCrdGone();
        operator.assertNothingLeft();
    }

    /**
     * A namespace that is being deleted takes nothing new, and its Secrets may go first. This API server has no namespace
     * controller: what it would delete is deleted here.
     */
    @Test
    void aNamespacesDeletionFollowsThePoliciesWithoutCreatingAnythingInIt() {
        operator.apply(valkey("a", "deletionPolicy: Snapshot, parameters: {timeout: 300}"));
        operator.apply(valkey("b", "deletionPolicy: Delete"));
        operator.apply(valkey("c", "deletionPolicy: Retain, id: retained"));
        List.of("a", "b", "c").forEach(operator::awaitSynced);
        operator.simulator().callLog().clear();
        operator.writes().clear();

        operator.admin().namespaces().withName(operator.namespace()).delete();
        operator.admin()
                .secrets()
                .inNamespace(operator.namespace())
                .withName("b-cache")
                .delete();
        operator.awaitAws(
                "b",
                "the operator has met a namespace that takes nothing new",
                () -> operator.writes().ofResources().stream()
                        .anyMatch(write -> write.startsWith("POST ") && write.endsWith("/secrets")));
        operator.admin().secrets().inNamespace(operator.namespace()).delete();
        List.of("a", "b", "c").forEach(operator::delete);
        List.of("a", "b", "c").forEach(operator::awaitGone);
        assertThat(operator.awsWrites())
                .containsOnlyOnce("CreateSnapshot")
                .containsSubsequence("CreateSnapshot", "DeleteCacheParameterGroup")
                .filteredOn("DeleteReplicationGroup"::equals)
                .hasSize(2);
        var console = operator.simulator().elastiCache(OperatorHarness.REGION);
        assertThat(console.replicationGroups()).containsExactly("retained");
        assertThat(console.snapshot(console.snapshots().getFirst())
                        .orElseThrow()
                        .snapshotStatus())
                .isEqualTo("available");
        assertThat(console.parameterGroups()).isEmpty();
        assertThat(operator.secret("b-cache")).as("nothing was made in it").isEmpty();
    }
}
