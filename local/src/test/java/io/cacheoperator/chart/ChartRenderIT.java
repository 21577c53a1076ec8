package io.cacheoperator.chart;

import static io.cacheoperator.chart.Manifests.elements;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@RequiresHelm
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChartRenderIT {
    private Helm helm;

    @BeforeAll
    void helm(Helm found) {
        helm = found;
    }

    @ParameterizedTest
    @EnumSource
    void lintsStrictly(Variant variant) {
        assertThat(helm.lint(variant.yaml()).expectSuccess()).contains("0 chart(s) failed");
    }

    @Test
    void installsNothingTwiceByDefault() {
        Manifests rendered = helm.render("");

        assertThat(rendered.names()).doesNotHaveDuplicates();
        assertThat(rendered.kinds())
                .containsExactlyInAnyOrder(
                        "ServiceAccount",
                        "ConfigMap",
                        "CustomResourceDefinition",
                        "ClusterRole",
                        "ClusterRole",
                        "ClusterRole",
                        "ClusterRoleBinding",
                        "Role",
                        "RoleBinding",
                        "Service",
                        "Deployment",
                        "ValidatingAdmissionPolicy",
                        "ValidatingAdmissionPolicyBinding");
    }

    @ParameterizedTest
    @EnumSource(names = {"ONE_NAMESPACE", "LISTED_NAMESPACES"})
    void listedNamespacesNeedNothingClusterWide(Variant variant) {
        assertThat(helm.render(variant.yaml()).clusterWide().names()).isEmpty();
    }

    @Test
    void apiServerPutsTheFinalizerOnWhereItCan() {
        assertThat(helm.renderFor("", policy("v1"), policy("v1beta1"))
                        .only("MutatingAdmissionPolicy")
                        .path("apiVersion")
                        .asText())
                .isEqualTo("admissionregistration.k8s.io/v1");
        assertThat(helm.renderFor("", policy("v1beta1"))
                        .only("MutatingAdmissionPolicyBinding")
                        .path("apiVersion")
                        .asText())
                .isEqualTo("admissionregistration.k8s.io/v1beta1");
        assertThat(helm.renderFor("", policy("v1alpha1")).kinds()).doesNotContain("MutatingAdmissionPolicy");
        assertThat(helm.renderFor("finalizerPolicy: {enabled: false}", policy("v1"))
                        .kinds())
                .doesNotContain("MutatingAdmissionPolicy");
        assertThat(helm.renderFor(Variant.LISTED_NAMESPACES.yaml(), policy("v1"))
                        .clusterWide()
                        .names())
                .as("whoever must not write for the whole cluster")
                .isEmpty();
    }

    private static String policy(String version) {
        return "admissionregistration.k8s.io/" + version + "/MutatingAdmissionPolicy";
    }

    @Test
    void bareInstallHasOnlyThePodAndItsConfiguration() {
        assertThat(helm.render(Variant.NO_EXTRAS.yaml()).kinds()).containsExactlyInAnyOrder("ConfigMap", "Deployment");
    }

    @Test
    void crdsAreKeptAtUninstallUnlessToldOtherwise() {
        assertThat(crdAnnotations(helm.render(""))).isEqualTo(Manifests.parseOne("""
                helm.sh/resource-policy: keep
                argocd.argoproj.io/sync-options: Prune=false,Delete=false
                kustomize.toolkit.fluxcd.io/prune: disabled
                """));
        assertThat(crdAnnotations(helm.render("crds: {keep: false}"))).isEmpty();
    }

    @Test
    void budgetIsMadeOnlyWhereItCannotBlockADrain() {
        assertThat(helm.render("").kinds()).doesNotContain("PodDisruptionBudget");
        assertThat(helm.render("replicas: 2")
                        .only("PodDisruptionBudget")
                        .at("/spec/maxUnavailable")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void withoutALeaderTwoPodsNeverOverlap() {
        assertThat(helm.render("leaderElection: {enabled: false}")
                        .only("Deployment")
                        .at("/spec/strategy/type")
                        .asText())
                .isEqualTo("Recreate");
    }

    @Test
    void podRollsWhenTheConfigurationChanges() {
        assertThat(checksum(helm.render("reconcileThreads: 4"))).isNotEqualTo(checksum(helm.render("")));
        assertThat(checksum(helm.render("replicas: 2"))).isEqualTo(checksum(helm.render("")));
    }

    @Test
    void configurationHoldsWhatTheValuesSay() {
        JsonNode config = helm.render(Variant.ALL_ON.yaml()).config();

        assertThat(config).isEqualTo(Manifests.parseOne("""
                allow:
                  - {namespaces: [shop], takeOver: ["green/shop/*"]}
                clusterName: blue
                defaults:
                  allowFrom: [{cidr: 10.0.0.0/16, description: nodes}, {securityGroupId: sg-1}, {prefixListId: pl-1}]
                  deletionPolicy: Retain
                  kmsKeyId: arn:aws:kms:eu-west-1:111122223333:key/k
                  subnetSelector: {vpcId: vpc-1, tags: {tier: private}}
                  tags: {owner: platform}
                http: {port: 9090}
                leaderElection: {enabled: true, leaseName: eco-lease, leaseNamespace: ops}
                logging: {format: text, level: debug}
                poll: {interval: 90s}
                probe: {enabled: true, interval: 2m}
                reconcileThreads: 4
                region: eu-west-1
                """));
    }

    @Test
    void configurationNamesTheWatchedNamespaces() {
        assertThat(helm.render(Variant.LISTED_NAMESPACES.yaml()).config().path("watchNamespaces"))
                .isEqualTo(Manifests.parseOne("x: [shop, pay]").path("x"));
        assertThat(helm.render("").config().has("watchNamespaces")).isFalse();
    }

    @Test
    void podTakesWhatThePlatformAsksFor() {
        Manifests rendered = helm.render(Variant.ALL_ON.yaml());
        JsonNode pod = rendered.podTemplate().path("spec");

        assertThat(rendered.container().path("image").asText())
                .isEqualTo("cacheoperator/elasticache-operator@sha256:" + "0123456789abcdef".repeat(4));
        assertThat(elements(rendered.container().path("env"))
                        .map(e -> e.path("name").asText()))
                .containsExactly("CACHE_OPERATOR_CONFIG", "AWS_REGION", "AWS_ENDPOINT_URL", "HTTPS_PROXY");
        assertThat(pod.path("serviceAccountName").asText()).isEqualTo("eco-account");
        assertThat(rendered.only("ServiceAccount")
                        .at("/metadata/annotations/eks.amazonaws.com~1role-arn")
                        .asText())
                .isEqualTo("arn:aws:iam::111122223333:role/cache-operator");
        assertThat(pod.path("priorityClassName").asText()).isEqualTo("system-cluster-critical");
        assertThat(pod.at("/topologySpreadConstraints/0/labelSelector/matchLabels"))
                .isEqualTo(rendered.only("Deployment").at("/spec/selector/matchLabels"));
        assertThat(pod.at("/imagePullSecrets/0/name").asText()).isEqualTo("registry");
        assertThat(elements(pod.path("volumes")).map(v -> v.path("name").asText()))
                .containsExactly("config", "tmp", "ca");
        assertThat(rendered.podTemplate().at("/metadata/labels/tier").asText()).isEqualTo("control");
    }

    @ParameterizedTest
    @EnumSource
    void podIsProbedWhereTheOperatorAnswers(Variant variant) {
        Manifests rendered = helm.render(variant.yaml());
        JsonNode container = rendered.container();

        assertThat(Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                        .map(probe ->
                                container.at("/" + probe + "/httpGet/path").asText()))
                .containsExactly("/healthz", "/healthz", "/readyz");
        assertThat(container.at("/ports/0/name").asText()).isEqualTo("http");
        assertThat(container.at("/ports/0/containerPort"))
                .isEqualTo(rendered.config().at("/http/port"));
    }

    @Test
    void podAsksForMemoryAndNoCpuLimitSlowsItsStart() {
        JsonNode resources = helm.render("").container().path("resources");

        assertThat(resources).isEqualTo(Manifests.parseOne("""
                requests: {cpu: 50m, memory: 256Mi}
                limits: {memory: 384Mi}
                """));
    }

    @Test
    void networkPolicyLetsCredentialsNamesAndCachesThrough() {
        List<JsonNode> egress = elements(
                        helm.render(Variant.ALL_ON.yaml()).only("NetworkPolicy").at("/spec/egress"))
                .toList();

        assertThat(egress.stream()
                        .flatMap(rule -> elements(rule.path("to")))
                        .map(to -> to.at("/ipBlock/cidr").asText()))
                .as("EKS Pod Identity's agent and the instance metadata service")
                .containsExactly("169.254.170.23/32", "fd00:ec2::23/128", "169.254.169.254/32");
        assertThat(egress.stream()
                        .flatMap(rule -> elements(rule.path("ports")))
                        .map(port -> port.path("port").asInt()))
                .containsExactlyInAnyOrder(53, 53, 443, 6443, 80, 6380, 3128);
        assertThat(helm.render("{networkPolicy: {enabled: true}, probe: {enabled: false}}")
                        .only("NetworkPolicy")
                        .at("/spec/egress")
                        .toString())
                .as("no probe, no way to the caches")
                .doesNotContain("6379");
    }

    @Test
    void alertsCanBeLeftOutAndAdded() {
        List<String> alerts = elements(helm.render(Variant.ALL_ON.yaml())
                        .only("PrometheusRule")
                        .at("/spec/groups"))
                .flatMap(group -> elements(group.path("rules")))
                .map(rule -> rule.path("alert").asText())
                .toList();

        assertThat(alerts).contains("CacheFailed", "Mine").doesNotContain("CacheDrifted");
    }

    @Test
    void selectorsMatchThePods() {
        Manifests rendered = helm.render(Variant.ALL_ON.yaml());
        JsonNode labels = rendered.podTemplate().at("/metadata/labels");

        Stream.of(
                        rendered.only("Deployment").at("/spec/selector/matchLabels"),
                        rendered.only("Service").at("/spec/selector"),
                        rendered.only("PodDisruptionBudget").at("/spec/selector/matchLabels"),
                        rendered.only("NetworkPolicy").at("/spec/podSelector/matchLabels"))
                .forEach(selector -> {
                    assertThat(selector.size()).isEqualTo(2);
                    selector.properties()
                            .forEach(e -> assertThat(labels.get(e.getKey())).isEqualTo(e.getValue()));
                });
        JsonNode service = rendered.only("Service").at("/metadata/labels");
        rendered.only("ServiceMonitor")
                .at("/spec/selector/matchLabels")
                .properties()
                .forEach(e -> assertThat(service.get(e.getKey())).isEqualTo(e.getValue()));
    }

    private static JsonNode crdAnnotations(Manifests rendered) {
        return rendered.ofKind("CustomResourceDefinition")
                .findFirst()
                .orElseThrow()
                .at("/metadata/annotations");
    }

    private static String checksum(Manifests rendered) {
        String checksum = rendered.podTemplate()
                .at("/metadata/annotations/checksum~1config")
                .asText();
        assertThat(checksum).hasSize(64);
        return checksum;
    }
}
