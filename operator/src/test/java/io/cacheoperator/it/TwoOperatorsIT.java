package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.app.OperatorConfig;
import io.cacheoperator.app.OperatorConfig.Allow;
import io.cacheoperator.core.Condition;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.cacheoperator.simulator.calllog.LoggedCall;
import io.cacheoperator.simulator.elasticache.ElastiCacheConsole;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two Kubernetes clusters with an operator each share an AWS account, and everything else has the same names in both. */
@RequiresApiServer
class TwoOperatorsIT {

    private static final String TAG = "cacheoperator.io/owner";

    private static ApiServer elsewhere;

    private OperatorHarness old;
    private OperatorHarness young;

    @BeforeAll
    static void startServer() {
        elsewhere = ApiServer.start(ApiServer.Options.defaults());
    }

    @AfterAll
    static void stopServer() {
        elsewhere.close();
    }

    @BeforeEach
    void start(ApiServer server) {
        old = OperatorHarness.start(server);
        young = OperatorHarness.beside(old, elsewhere, UnaryOperator.identity());
    }

    @AfterEach
    void stop() {
        young.close();
        old.close();
    }

    private static String valkey(String spec) {
        return """
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: a, annotations: {}}
                spec: {engine: valkey, nodeType: cache.t4g.small, %s}
                """.formatted(spec);
    }

    private static String takingOver(String owner, String spec) {
        return valkey(spec).replace("annotations: {}", "annotations: {cacheoperator.io/take-over-from: " + owner + "}");
    }

    private ElastiCacheConsole console() {
        return old.simulator().elastiCache(OperatorHarness.REGION);
    }

    private static Condition stalled(CacheCluster cluster) {
        return cluster.getStatus().condition("Stalled").orElseThrow();
    }

    private static UnaryOperator<OperatorConfig> allowing(String namespace, String takeOver) {
        return config -> config.withAllow(List.of(new Allow(List.of(namespace), List.of(takeOver))));
    }

    @Test
    void theSameNamesInBothAreTwoCachesThatDoNotTouchEachOther() {
        String manifest = valkey("parameters: {timeout: 300}, deletionPolicy: Delete");
        old.apply(manifest);
        young.apply(manifest);
        CacheCluster first = old.awaitSynced("a");
        CacheCluster second = young.awaitSynced("a");
        assertThat(first.getStatus().id()).isNotEqualTo(second.getStatus().id());
        assertThat(console().tags(first.getStatus().arn())).containsEntry(TAG, old.owner("a"));
        assertThat(console().tags(second.getStatus().arn())).containsEntry(TAG, young.owner("a"));
        assertThat(console().replicationGroups()).hasSize(2);
        assertThat(console().parameterGroups()).hasSize(2);
        assertThat(console().subnetGroups())
                .as("shared within one Kubernetes cluster only")
                .hasSize(2);
        assertThat(old.account().securityGroups()).hasSize(2);

        old.simulator().callLog().clear();
        old.delete("a");
        old.awaitGone("a");
        assertThat(old.simulator().callLog().calls(LoggedCall::mutating))
                .as("no write names anything of the other's")
                .noneMatch(call -> call.toString().contains(second.getStatus().id())
                        || call.toString()
                                .contains(second.getStatus().resources().securityGroupId())
                        || call.toString()
                                .contains(second.getStatus().resources().subnetGroupName()));
        assertThat(console().replicationGroups())
                .containsExactly(second.getStatus().id());
        assertThat(console().subnetGroups())
                .containsExactly(second.getStatus().resources().subnetGroupName());
        young.awaitSynced("a");
        young.delete("a");
        young.awaitGone("a");
        old.assertNothingLeft();
    }

    @Test
    void theSameIdInBothIsTheFirstOnes() {
        old.apply(valkey("id: one-for-all"));
        old.awaitSynced("a");
        old.simulator().callLog().clear();
        young.apply(valkey("id: one-for-all"));
        Condition stalled = stalled(young.awaitStalled("a"));
        assertThat(stalled.reason()).isEqualTo("ForeignOwner");
        assertThat(stalled.message()).contains(old.owner("a"), "cacheoperator.io/take-over-from");
        young.delete("a");
        young.awaitGone("a");
        assertThat(old.awsWrites()).isEmpty();
        old.awaitReady("a");
    }

    /** docs/migrate.md: the token Secret is copied, without what ties it to its old owner. */
    private void copyTokenSecret() {
        Secret kept = old.secret("a-cache-auth").orElseThrow();
        young.admin()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("a-cache-auth")
                        .withNamespace(young.namespace())
                        .withLabels(kept.getMetadata().getLabels())
                        .withAnnotations(kept.getMetadata().getAnnotations())
                        .endMetadata()
                        .withType(kept.getType())
                        .withData(kept.getData())
                        .build())
                .create();
    }

    @Test
    void aCacheMovesToAnotherKubernetesClusterByAnnotation() {
        old.apply(valkey("deletionPolicy: Retain"));
        CacheCluster before = old.awaitSynced("a");
        String id = before.getStatus().id();
        copyTokenSecret();
        old.delete("a");
        old.awaitGone("a");
        young.restartWith(allowing(young.namespace(), old.owner("*")));
        old.simulator().callLog().clear();

        young.apply(takingOver(old.owner("a"), "id: " + id));
        CacheCluster after = young.awaitSynced("a");
        assertThat(after.getStatus().arn()).isEqualTo(before.getStatus().arn());
        assertThat(console().tags(after.getStatus().arn())).containsEntry(TAG, young.owner("a"));
        assertThat(old.awsWrites()).as("nothing but the owner changes").containsExactly("AddTagsToResource");
        assertThat(console().acceptsToken(id, young.secretData("a-cache").get("password")))
                .isTrue();
        assertThat(young.secret("a-cache-auth").orElseThrow().getMetadata().getOwnerReferences())
                .as("Kubernetes cannot collect the copy")
                .isEmpty();
    }

    @Test
    void takingOverIsRefusedUnlessTheChartAllowsIt() {
        old.apply(valkey("deletionPolicy: Retain"));
        String id = old.awaitSynced("a").getStatus().id();
        String arn = old.status("a").arn();
        old.simulator().callLog().clear();
        young.apply(takingOver(old.owner("a"), "id: " + id));
        Condition stalled = stalled(young.awaitStalled("a"));
        assertThat(stalled.reason()).isEqualTo("NotAllowed");
        assertThat(stalled.message()).contains(young.namespace(), old.owner("a"));
        assertThat(old.awsWrites()).isEmpty();
        assertThat(console().tags(arn)).containsEntry(TAG, old.owner("a"));
        old.awaitReady("a");
    }

    /** A door that is open for others, or to other things, stays shut. */
    @ParameterizedTest
    @ValueSource(strings = {"another-namespace,*", "NAMESPACE,another-cluster/*", "NAMESPACE,*/another-name"})
    void takingOverIsRefusedToWhomeverTheEntryDoesNotName(String entry) {
        old.apply(valkey("deletionPolicy: Retain"));
        String id = old.awaitSynced("a").getStatus().id();
        String[] parts = entry.replace("NAMESPACE", young.namespace()).split(",");
        young.restartWith(allowing(parts[0], parts[1]));
        old.simulator().callLog().clear();
        young.apply(takingOver(old.owner("a"), "id: " + id));
        assertThat(stalled(young.awaitStalled("a")).reason()).isEqualTo("NotAllowed");
        assertThat(old.awsWrites()).isEmpty();

        copyTokenSecret();
        young.restartWith(allowing(young.namespace(), "*/a"));
        young.awaitSynced("a");
        assertThat(console().tags(young.status("a").arn())).containsEntry(TAG, young.owner("a"));
    }

    @Test
    void takingOverNeedsTheAnnotationWhateverTheChartAllows() {
        old.apply(valkey("deletionPolicy: Retain"));
        String id = old.awaitSynced("a").getStatus().id();
        young.restartWith(allowing("*", "*"));
        old.simulator().callLog().clear();
        young.apply(takingOver("somebody/else/a", "id: " + id));
        assertThat(stalled(young.awaitStalled("a")).reason()).isEqualTo("ForeignOwner");
        assertThat(old.awsWrites()).isEmpty();
    }

    /** It has known for minutes whose the cache is, and that is no longer so: only what AWS says now counts. */
    @ParameterizedTest
    @ValueSource(strings = {"Delete", "Snapshot"})
    void theOneThatLostItsCacheAMomentAgoDoesNotDeleteIt(String policy) {
        old.apply(valkey("deletionPolicy: " + policy));
        CacheCluster lost = old.awaitSynced("a");
        old.apply(valkey("description: edited, deletionPolicy: " + policy));
        old.awaitSynced("a");
        console().setTags(lost.getStatus().arn(), Map.of(TAG, young.owner("a")));
        old.simulator().callLog().clear();
        old.delete("a");
        old.awaitGone("a");
        assertThat(old.awsWrites()).isEmpty();
        assertThat(console()
                        .replicationGroup(lost.getStatus().id())
                        .orElseThrow()
                        .status())
                .isEqualTo("available");
    }

    /** Both live: what is taken is taken, and the old one's end harms neither the cache nor itself. */
    @Test
    void theOneThatLostItsCacheSaysSoAndGoesWithoutTouchingIt() {
        old.apply(valkey("parameters: {timeout: 300}, deletionPolicy: Delete"));
        CacheCluster lost = old.awaitSynced("a");
        String id = lost.getStatus().id();
        copyTokenSecret();
        young.restartWith(allowing(young.namespace(), old.owner("a")));
        young.apply(takingOver(old.owner("a"), "id: " + id));
        young.awaitSynced("a");
        old.restart();
        assertThat(stalled(old.awaitStalled("a")).message()).contains(young.owner("a"));
        old.simulator().callLog().clear();

        old.delete("a");
        old.awaitGone("a");
        assertThat(old.awsWrites())
                .as("all that it made is in use by the cache")
                .isEmpty();
        assertThat(console().tags(lost.getStatus().arn())).containsEntry(TAG, young.owner("a"));
        old.awaitAws(
                "a",
                "Events say what was left",
                () -> List.of(young.owner("a"), "security group", "parameter group").stream()
                        .allMatch(what -> old.events("a").stream()
                                .anyMatch(event -> event.startsWith("LeftBehind: ") && event.contains(what))));
        young.awaitReady("a");
        assertThat(console().acceptsToken(id, young.secretData("a-cache").get("password")))
                .isTrue();
    }
}
