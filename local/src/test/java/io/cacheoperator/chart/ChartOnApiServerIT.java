package io.cacheoperator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.Kubectl;
import io.cacheoperator.apiserver.RequiresApiServer;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the chart renders, judged by a real API server without being stored. */
@RequiresApiServer
@RequiresHelm
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChartOnApiServerIT {
    /** Kinds of the Prometheus operator, which this server does not know. */
    private static final Set<String> FOREIGN = Set.of("ServiceMonitor", "PrometheusRule");

    private Helm helm;
    private Kubectl kubectl;

    @BeforeAll
    void start(Helm found, ApiServer server) {
        helm = found;
        kubectl = server.kubectl();
        namespace(Helm.NAMESPACE);
    }

    @ParameterizedTest
    @EnumSource
    void acceptsEveryObjectWithoutAnUnknownField(Variant variant) {
        variant.namespaces().forEach(this::namespace);
        var ours = new Manifests(helm.render(variant.yaml()).objects().stream()
                .filter(object -> !FOREIGN.contains(object.path("kind").asText()))
                .toList());

        String answer = kubectl.runWithInput(ours.yaml(), "apply", "--dry-run=server", "--validate=strict", "-f", "-")
                .expectSuccess();

        assertThat(answer.lines()).hasSize(ours.objects().size()).allMatch(line -> line.contains("(server dry run)"));
    }

    @ParameterizedTest
    @EnumSource
    void podFitsTheRestrictedStandard(Variant variant) {
        namespace("restricted");
        kubectl.run("label", "--overwrite", "namespace", "restricted", "pod-security.kubernetes.io/enforce=restricted")
                .expectSuccess();

        Kubectl.Result result = createPod(helm.render(variant.yaml()).podTemplate());

        assertThat(result.stderr()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void restrictedStandardWouldHaveComplained() {
        namespace("restricted");
        kubectl.run("label", "--overwrite", "namespace", "restricted", "pod-security.kubernetes.io/enforce=restricted")
                .expectSuccess();

        Kubectl.Result result = createPod(
                helm.render("securityContext: {allowPrivilegeEscalation: true}").podTemplate());

        assertThat(result.stderr()).contains("violates PodSecurity \"restricted:latest\"");
    }

    @ParameterizedTest
    @EnumSource
    void rootFileSystemIsReadOnlyAndUserHasNoName(Variant variant) {
        Manifests rendered = helm.render(variant.yaml());

        assertThat(rendered.container()
                        .at("/securityContext/readOnlyRootFilesystem")
                        .asBoolean())
                .isTrue();
        assertThat(rendered.container()
                        .at("/securityContext/capabilities/drop/0")
                        .asText())
                .isEqualTo("ALL");
        assertThat(rendered.podTemplate().at("/spec/securityContext/runAsUser").asInt())
                .isGreaterThan(10_000);
    }

    private Kubectl.Result createPod(JsonNode template) {
        ObjectNode pod = template.deepCopy();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        ((ObjectNode) pod.path("metadata")).put("name", "operator").put("namespace", "restricted");
        // The API server alone does not resolve a priority class that only its own controllers would make.
        ((ObjectNode) pod.path("spec")).remove("priorityClassName");
        return kubectl.runWithInput(pod.toString(), "create", "--dry-run=server", "-f", "-");
    }

    private void namespace(String name) {
        kubectl.apply("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(name))
                .expectSuccess();
    }
}
