package io.cacheoperator.chart;

import static io.cacheoperator.chart.Manifests.elements;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The OCI image that {@code hack/oci-image.sh} packs: whole, as the Dockerfile says, and the same bytes each time. */
@EnabledOnOs(OS.LINUX)
class OciImageIT {
    @TempDir
    private static Path directory;

    private static JsonNode manifest;
    private static JsonNode config;

    @BeforeAll
    static void pack() throws IOException {
        for (String layer : List.of("base", "app")) {
            Path file = Files.createDirectories(directory.resolve("image").resolve(layer))
                    .resolve(layer + ".txt");
            Files.writeString(file, "content of " + layer);
        }
        pack("first.tar");
        JsonNode index = Manifests.parseOne(Files.readString(directory.resolve("image/oci/index.json")));
        manifest = json(index.at("/manifests/0"));
        config = json(manifest.path("config"));
    }

    @Test
    void everyBlobHasItsDigestAndSize() {
        elements(manifest.path("layers")).forEach(OciImageIT::verify);
        verify(manifest.path("config"));
        assertThat(manifest.path("layers").size()).isEqualTo(2);
    }

    @Test
    void layersUnpackToWhatTheConfigurationSays() throws IOException {
        for (int i = 0; i < 2; i++) {
            try (var layer = new GZIPInputStream(
                    Files.newInputStream(blob(manifest.path("layers").get(i))))) {
                assertThat("sha256:" + sha256(layer))
                        .isEqualTo(config.at("/rootfs/diff_ids/" + i).asText());
            }
        }
    }

    @Test
    void runsAsTheDockerfileSays() {
        String dockerfile = Repository.read("Dockerfile");
        JsonNode run = config.path("config");

        assertThat(run.path("User").asText()).isEqualTo("65532:65532");
        assertThat(dockerfile)
                .contains(
                        "USER " + run.path("User").asText() + "\n",
                        "WORKDIR " + run.path("WorkingDir").asText() + "\n",
                        "ENTRYPOINT " + run.path("Entrypoint").toString().replace(",", ", ") + "\n");
        assertThat(run.path("Labels").size()).isEqualTo(4);
        run.path("Labels")
                .properties()
                .forEach(label -> assertThat(dockerfile).contains(label.getKey() + "=" + label.getValue()));
    }

    @Test
    void versionIsTheCharts() {
        JsonNode chart = Manifests.parseOne(Repository.read("helm/elasticache-operator/Chart.yaml"));

        assertThat(config.at("/config/Labels/org.opencontainers.image.version").asText())
                .isEqualTo(chart.path("appVersion").asText())
                .isEqualTo(chart.path("version").asText());
        assertThat(Repository.read("pom.xml"))
                .contains("<version>" + chart.path("version").asText() + "</version>");
    }

    @Test
    void sameFilesMakeTheSameBytes() throws IOException {
        Path file = directory.resolve("image/app/app.txt");
        assertThat(file.toFile().setLastModified(1)).isTrue();

        pack("second.tar");

        assertThat(directory.resolve("second.tar")).hasSameBinaryContentAs(directory.resolve("first.tar"));
    }

    private static void pack(String tar) {
        Program.run(
                        Repository.ROOT,
                        Map.of(),
                        List.of(
                                "bash",
                                "hack/oci-image.sh",
                                directory.resolve("image").toString(),
                                directory.resolve(tar).toString()))
                .expectSuccess();
    }

    private static void verify(JsonNode descriptor) {
        try (InputStream content = Files.newInputStream(blob(descriptor))) {
            assertThat(Files.size(blob(descriptor)))
                    .isEqualTo(descriptor.path("size").asLong());
            assertThat("sha256:" + sha256(content))
                    .isEqualTo(descriptor.path("digest").asText());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(JsonNode descriptor) throws IOException {
        return Manifests.parseOne(Files.readString(blob(descriptor)));
    }

    private static Path blob(JsonNode descriptor) {
        return directory
                .resolve("image/oci/blobs")
                .resolve(descriptor.path("digest").asText().replace(':', '/'));
    }

    private static String sha256(InputStream content) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content.readAllBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
