package io.cacheoperator.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.Kubectl;
import io.cacheoperator.apiserver.RequiresApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A real API server takes every example as it stands. */
@RequiresApiServer
class ExamplesIT {

    private static InstalledCrd crd;
    private static Kubectl kubectl;

    @BeforeAll
    static void install(ApiServer server) throws IOException {
        crd = InstalledCrd.on(server);
        kubectl = server.kubectl();
    }

    @AfterAll
    static void close() {
        if (crd != null) {
            crd.close();
        }
    }

    static Stream<Path> examples() throws IOException {
        return Examples.files().stream();
    }

    static Stream<String> manifestsInTheDocs() throws IOException {
        return Examples.manifestsInTheDocs().stream();
    }

    @ParameterizedTest
    @MethodSource("manifestsInTheDocs")
    void soIsWhatTheDocsShow(String manifest) {
        String[] apply = {"apply", "--dry-run=server", "--validate=strict", "-n", crd.namespace(), "-f", "-"};
        kubectl.runWithInput(manifest, apply).expectSuccess();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isTaken(Path example) throws IOException {
        String[] apply = {"apply", "--dry-run=server", "--validate=strict", "-n", crd.namespace(), "-f", "-"};
        List<String> answers = kubectl.runWithInput(Files.readString(example), apply)
                .expectSuccess()
                .lines()
                .toList();
        assertThat(answers).hasSameSizeAs(Examples.objects(example));
        assertThat(answers).allSatisfy(answer -> assertThat(answer).endsWith(" created (server dry run)"));
    }
}
