package io.cacheoperator.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of the docs that need no more than an API server, each run as it stands by a shell. */
@RequiresApiServer
class DocsCommandsIT {

    private static final String NAME = "sessions";

    @TempDir
    private static Path temp;

    private static InstalledCrd crd;
    private static Path kubeconfig;
    private static Path kubectl;

    @BeforeAll
    static void install(ApiServer server) throws IOException, InterruptedException {
        crd = InstalledCrd.on(server);
        kubectl = server.kubectl().binary();
        kubeconfig = temp.resolve("kubeconfig");
        server.writeKubeconfig(kubeconfig);
        String pick = "kubectl config set-context --current --namespace=" + crd.namespace();
        assertThat(run(pick).exitCode()).isZero();
        Awaitility.await().until(() -> server.kubectl().run("get", "ccl").succeeded());
    }

    @AfterAll
    static void close() {
        if (crd != null) {
            crd.close();
        }
    }

    static List<DocsCommands.Block> blocks() throws IOException {
        return DocsCommands.all().stream()
                .filter(block -> block.mark().equals("test"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void doesWhatThePageSays(DocsCommands.Block block) throws IOException, InterruptedException {
        aCacheThatIsReady();
        Ended ended = run(block.script());
        assertThat(ended.exitCode()).as(ended.output()).isZero();
    }

    /** As the operator leaves it, with one step that is only shown. */
    private static void aCacheThatIsReady() {
        GenericKubernetesResource cache =
                crd.cluster(NAME, RuleCase.fields("{engine: valkey, nodeType: cache.t4g.small}"));
        if (crd.client().resource(cache).get() == null) {
            crd.create(cache);
        }
        crd.status(NAME, RuleCase.fields("""
                observedGeneration: 100
                phase: Available
                id: shop-sessions
                endpoint: shop.example.org:6379
                plan:
                  steps:
                    - {action: Change spec.nodeType, target: shop-sessions, impact: BRIEF, state: Refused, message: shown}
                drift: [{field: spec.description, desired: a, actual: b}]
                conditions:
                  - {type: Ready, status: "True", reason: InSync, message: usable, lastTransitionTime: "2026-11-21T07:00:00Z"}
                  - {type: Synced, status: "True", reason: InSync, message: ok, lastTransitionTime: "2026-11-21T07:00:00Z"}
                """));
    }

    private record Ended(int exitCode, String output) {}

    private static Ended run(String script) throws IOException, InterruptedException {
        Path output = Files.createTempFile(temp, "output", ".txt");
        ProcessBuilder shell = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
                .directory(GeneratedFile.root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        shell.environment().put("KUBECONFIG", kubeconfig.toString());
        shell.environment().put("HOME", temp.toString());
        shell.environment().merge("PATH", kubectl.getParent().toString(), (path, own) -> own + ":" + path);
        Process process = shell.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(script).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
}
