package io.cacheoperator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code docs/install.md} shows works as it stands there. */
@RequiresApiServer
@RequiresHelm
class InstallGuideIT {
    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
    private static final List<String> BLOCKS = YAML.matcher(Repository.read("docs/install.md"))
            .results()
            .map((MatchResult block) -> block.group(1))
            .toList();

    @Test
    void valuesThatMostPlatformsWant(Helm helm) {
        Manifests rendered = helm.render(block("serviceMonitor"));

        assertThat(rendered.kinds())
                .contains("PodDisruptionBudget", "ServiceMonitor", "PrometheusRule", "NetworkPolicy");
        assertThat(rendered.config().at("/defaults/subnetSelector/vpcId").asText())
                .isEqualTo("vpc-0123");
    }

    @Test
    void valuesForSomeNamespaces(Helm helm) {
        assertThat(helm.render(block("watch: {namespaces")).clusterWide().names())
                .isEmpty();
    }

    @Test
    void overlayReplacesTheConfiguration(ApiServer server) throws IOException {
        // Where the guide's own relative path leads to the base.
        Path overlay = Files.createDirectories(Repository.ROOT.resolve("target/overlay"));
        Files.writeString(overlay.resolve("kustomization.yaml"), block("configMapGenerator"));
        Files.writeString(overlay.resolve("config.yaml"), "clusterName: production-eu\n");

        Manifests built = Manifests.parse(
                server.kubectl().run("kustomize", overlay.toString()).expectSuccess());

        assertThat(built.config()).isEqualTo(Manifests.parseOne("clusterName: production-eu"));
        assertThat(built.podTemplate().at("/spec/volumes/0/configMap/name"))
                .isEqualTo(built.only("ConfigMap").at("/metadata/name"));
        assertThat(built.only("ServiceAccount")
                        .at("/metadata/annotations/eks.amazonaws.com~1role-arn")
                        .asText())
                .isEqualTo("arn:aws:iam::111122223333:role/cache-operator");
    }

    private static String block(String containing) {
        List<String> found =
                BLOCKS.stream().filter(block -> block.contains(containing)).toList();
        assertThat(found).as("blocks of the guide with " + containing).hasSize(1);
        return found.getFirst();
    }
}
