package io.cacheoperator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every permission that the chart gives, spelled out: a new one needs a new line here. */
@RequiresHelm
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChartRbacIT {
    private static final String ACCOUNT = "cache-elasticache-operator";

    /** In each namespace that is watched. */
    private static final List<String> WATCHED = List.of(
            "get cacheoperator.io/cacheclusters",
            "list cacheoperator.io/cacheclusters",
            "watch cacheoperator.io/cacheclusters",
            "patch cacheoperator.io/cacheclusters",
            "patch cacheoperator.io/cacheclusters/status",
            "get secrets",
            "list secrets",
            "watch secrets",
            "create secrets",
            "delete secrets",
            "patch secrets",
            "get events.k8s.io/events",
            "create events.k8s.io/events",
            "patch events.k8s.io/events");

    private static final List<String> ELECTION = List.of(
            "ops: create coordination.k8s.io/leases",
            "ops: get coordination.k8s.io/leases cache-elasticache-operator",
            "ops: patch coordination.k8s.io/leases cache-elasticache-operator",
            "ops: update coordination.k8s.io/leases cache-elasticache-operator");

    private static final String OWN_CRD =
            "cluster: get apiextensions.k8s.io/customresourcedefinitions cacheclusters.cacheoperator.io";

    private Helm helm;

    @BeforeAll
    void helm(Helm found) {
        helm = found;
    }

    @Test
    void clusterWideOperator() {
        assertThat(Permission.of(helm.render(""), ACCOUNT))
                .isEqualTo(sorted(
                        in("cluster"), ELECTION.stream(), Stream.of(OWN_CRD, "cluster: get namespaces kube-system")));
    }

    @Test
    void givenClusterNameNeedsNoNamespace() {
        assertThat(Permission.of(helm.render("clusterName: blue"), ACCOUNT))
                .isEqualTo(sorted(in("cluster"), ELECTION.stream(), Stream.of(OWN_CRD)));
    }

    @Test
    void listedNamespacesGetTheSameRightsInEachAndNoMore() {
        assertThat(Permission.of(helm.render(Variant.LISTED_NAMESPACES.yaml()), ACCOUNT))
                .isEqualTo(sorted(in("shop"), in("pay"), ELECTION.stream()));
    }

    @Test
    void noElectionNeedsNoLease() {
        assertThat(Permission.of(helm.render("leaderElection: {enabled: false}\nclusterName: blue"), ACCOUNT))
                .isEqualTo(sorted(in("cluster"), Stream.of(OWN_CRD)));
    }

    @Test
    void viewersRead() {
        assertThat(Permission.ofRole(aggregated("view")))
                .isEqualTo(sorted(Stream.of("cacheclusters", "cacheclusters/scale", "cacheclusters/status")
                        .flatMap(resource -> Stream.of("get", "list", "watch")
                                .map(verb -> "bound: " + verb + " cacheoperator.io/" + resource))));
    }

    @Test
    void editorsChangeButNeverTheStatus() {
        assertThat(Permission.ofRole(aggregated("edit")))
                .isEqualTo(sorted(
                        Stream.of("create", "update", "patch", "delete", "deletecollection")
                                .map(verb -> "bound: " + verb + " cacheoperator.io/cacheclusters"),
                        Stream.of("update", "patch")
                                .map(verb -> "bound: " + verb + " cacheoperator.io/cacheclusters/scale")));
        assertThat(aggregated("admin")).isEqualTo(aggregated("edit"));
    }

    @Test
    void nothingPermitsAWildcard() {
        for (Variant variant : Variant.values()) {
            Manifests rendered = helm.render(variant.yaml());
            assertThat(Stream.of("Role", "ClusterRole")
                            .flatMap(rendered::ofKind)
                            .flatMap(role -> Permission.ofRole(role).stream()))
                    .noneMatch(permission -> permission.contains("*"));
        }
    }

    private JsonNode aggregated(String role) {
        return helm.render("")
                .ofKind("ClusterRole")
                .filter(r -> r.at("/metadata/labels/rbac.authorization.k8s.io~1aggregate-to-" + role)
                        .asText()
                        .equals("true"))
                .reduce((a, b) -> {
                    throw new AssertionError("two roles aggregate to " + role);
                })
                .orElseThrow();
    }

    private static Stream<String> in(String scope) {
        return WATCHED.stream().map(permission -> scope + ": " + permission);
    }

    @SafeVarargs
    private static List<String> sorted(Stream<String>... parts) {
        return Stream.of(parts).flatMap(part -> part).sorted().toList();
    }
}
