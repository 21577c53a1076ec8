package io.cacheoperator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/} is the chart in other clothes. */
@RequiresApiServer
@RequiresHelm
class ManifestsIT {

    @Test
    void committedFilesAreWhatTheChartRenders(Helm helm, @TempDir Path rendered) throws IOException {
        Program.run(Repository.ROOT, Map.of(), List.of("bash", "hack/render-manifests.sh", rendered.toString()))
                .expectSuccess();

        assertThat(files(Repository.ROOT.resolve("deploy")))
                .as("deploy/ differs from the chart: run `make manifests` and commit it")
                .isEqualTo(files(rendered));
    }

    @Test
    void plainManifestIsTheChartPlusItsNamespace(Helm helm) {
        Manifests chart = helm.render("fullnameOverride: elasticache-operator");
        Manifests plain = Manifests.parse(Repository.read("deploy/elasticache-operator.yaml"));

        assertThat(plain.kinds().stream()
                        .filter(kind -> !kind.equals("Namespace"))
                        .sorted())
                .containsExactlyElementsOf(chart.kinds().stream().sorted().toList());
        assertThat(plain.only("Namespace")
                        .at("/metadata/labels/pod-security.kubernetes.io~1enforce")
                        .asText())
                .isEqualTo("restricted");
        assertThat(Permission.of(plain, "elasticache-operator").stream()
                        .map(permission -> permission.replace("elasticache-operator: ", "ops: ")))
                .containsExactlyElementsOf(Permission.of(chart, "elasticache-operator"));
    }

    @Test
    void kustomizeBaseBuildsTheSameObjects(ApiServer server) {
        Manifests plain = Manifests.parse(Repository.read("deploy/elasticache-operator.yaml"));
        Manifests built = Manifests.parse(server.kubectl()
                .run("kustomize", Repository.ROOT.resolve("deploy/kustomize").toString())
                .expectSuccess());

        Map<String, JsonNode> expected = comparable(plain);
        assertThat(comparable(built)).containsOnlyKeys(expected.keySet());
        comparable(built).forEach((name, object) -> assertThat(object).as(name).isEqualTo(expected.get(name)));
        assertThat(built.config()).isEqualTo(plain.config());
        assertThat(built.podTemplate().at("/spec/volumes/0/configMap/name").asText())
                .as("the name carries the hash of the content, so that a change rolls the pods")
                .isEqualTo(built.only("ConfigMap").at("/metadata/name").asText())
                .matches("elasticache-operator-config-[a-z0-9]{10}");
    }

    @Test
    void oneApplyInstallsEverything() {
        // A server of its own: other tests of this JVM share theirs, and would meet our admission policy.
        try (ApiServer server = ApiServer.start(ApiServer.Options.defaults())) {
            String file =
                    Repository.ROOT.resolve("deploy/elasticache-operator.yaml").toString();
            Manifests plain = Manifests.parse(Repository.read("deploy/elasticache-operator.yaml"));

            String answer = server.kubectl()
                    .run("apply", "--validate=strict", "-f", file)
                    .expectSuccess();

            assertThat(answer.lines()).hasSize(plain.objects().size()).allMatch(line -> line.endsWith(" created"));
            assertThat(server.kubectl().run("apply", "-f", file).expectSuccess().lines())
                    .allMatch(line -> line.endsWith(" unchanged") || line.endsWith(" configured"));
        }
    }

    /** Each object by name, without what kustomize does differently on purpose: the ConfigMap's name, and so no checksum. */
    private static Map<String, JsonNode> comparable(Manifests manifests) {
        var byName = new TreeMap<String, JsonNode>();
        for (JsonNode object : manifests.objects()) {
            ObjectNode copy = object.deepCopy();
            if (copy.path("kind").asText().equals("ConfigMap")) {
                continue;
            }
            if (copy.path("kind").asText().equals("Deployment")) {
                ((ObjectNode) copy.at("/spec/template/metadata")).remove("annotations");
                ((ObjectNode) copy.at("/spec/template/spec/volumes/0/configMap")).remove("name");
            }
            byName.put(Manifests.name(copy), copy);
        }
        return byName;
    }

    private static Map<String, String> files(Path directory) throws IOException {
        var contents = new TreeMap<String, String>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                contents.put(directory.relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
