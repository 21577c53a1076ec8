package io.cacheoperator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiServerBinariesTest {
    @TempDir
    private Path directory;

    @Test
    void prefersKubebuilderAssetsToPathAndPathToTheCache() throws IOException {
        Path assets = binaries("assets", "v1.33.0");
        Path path = binaries("path", "v1.34.1");
        Path cache = binaries("elasticache-operator/kube/" + ApiServerBinaries.PINNED_VERSION, "v1.35.4");

        assertThat(locate(Map.of("KUBEBUILDER_ASSETS", assets, "PATH", path, "XDG_CACHE_HOME", directory)))
                .hasValue(assets);
        assertThat(locate(Map.of("PATH", path, "XDG_CACHE_HOME", directory))).hasValue(path);
        assertThat(locate(Map.of("XDG_CACHE_HOME", directory))).hasValue(cache);
    }

    @Test
    void theCacheIsBelowHomeUnlessXdgSaysOtherwise() throws IOException {
        Path cache = binaries(".cache/elasticache-operator/kube/" + ApiServerBinaries.PINNED_VERSION, "v1.35.4");

        assertThat(locate(Map.of("HOME", directory))).hasValue(cache);
    }

    @Test
    void takesWhatWasDownloadedWhereNothingWasBuilt() throws IOException {
        Path downloaded = binaries("elasticache-operator/kube/downloaded", "v1.35.0");

        assertThat(locate(Map.of("XDG_CACHE_HOME", directory))).hasValue(downloaded);
    }

    @Test
    void passesOverServersOlderThanTheFieldsWeUse() throws IOException {
        Path old = binaries("old", "v1.31.9");
        Path oldest = binaries("oldest", "v1.32.0");

        assertThat(locate(Map.of("KUBEBUILDER_ASSETS", old))).isEmpty();
        assertThat(locate(Map.of("KUBEBUILDER_ASSETS", old, "PATH", oldest))).hasValue(oldest);
    }

    @Test
    void passesOverFoldersThatLackOneOfTheThree() throws IOException {
        Path folder = binaries("partial", "v1.35.4");
        Files.delete(folder.resolve("kubectl"));

        assertThat(locate(Map.of("PATH", folder))).isEmpty();
    }

    @Test
    void passesOverProgramsThatDoNotTellAVersion() throws IOException {
        assertThat(locate(Map.of("PATH", binaries("odd", "unknown")))).isEmpty();
    }

    @Test
    void theScriptLooksAtTheSamePlacesInTheSameOrder() throws IOException, InterruptedException {
        Path downloaded = binaries("elasticache-operator/kube/downloaded", "v1.35.0");
        assertThat(script(Map.of("XDG_CACHE_HOME", directory))).isEqualTo(downloaded.toString());
        Path cache = binaries("elasticache-operator/kube/" + ApiServerBinaries.PINNED_VERSION, "v1.35.4");
        assertThat(script(Map.of("XDG_CACHE_HOME", directory))).isEqualTo(cache.toString());
        Path old = binaries("old", "v1.31.9");
        assertThat(script(Map.of("XDG_CACHE_HOME", directory, "KUBEBUILDER_ASSETS", old)))
                .isEqualTo(cache.toString());
        Path assets = binaries("assets", "v1.32.0");
        assertThat(script(Map.of("XDG_CACHE_HOME", directory, "KUBEBUILDER_ASSETS", assets)))
                .isEqualTo(assets.toString());
    }

    /** What {@code hack/kube-binaries.sh --find} prints, with a PATH on which no server is. */
    private static String script(Map<String, Path> environment) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("project.root", ".."), "hack/kube-binaries.sh")
                                .toString(),
                        "--find")
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().remove("KUBEBUILDER_ASSETS");
        environment.forEach((name, value) -> builder.environment().put(name, value.toString()));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output.strip();
    }

    @Test
    void buildsWhatTheCodeLooksFor() throws IOException {
        Path goMod = Path.of(System.getProperty("project.root", ".."), "hack/kube/go.mod");

        assertThat(goMod)
                .content()
                .containsPattern("(?m)^\\s+k8s.io/kubernetes v" + ApiServerBinaries.PINNED_VERSION + "$");
    }

    private static Optional<Path> locate(Map<String, Path> environment) {
        return ApiServerBinaries.locate(
                        name -> Optional.ofNullable(environment.get(name)).map(Path::toString))
                .map(ApiServerBinaries::directory);
    }

    private Path binaries(String name, String version) throws IOException {
        Path folder = Files.createDirectories(directory.resolve(name));
        var executable = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        for (String program : new String[] {"kube-apiserver", "etcd", "kubectl"}) {
            Path file = Files.createFile(folder.resolve(program), executable);
            Files.writeString(file, "#!/bin/sh\necho Kubernetes " + version + "\n");
        }
        return folder;
    }
}
