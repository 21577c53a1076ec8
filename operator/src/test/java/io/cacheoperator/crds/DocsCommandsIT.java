package io.cacheoperator.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
    private static UserShell shell;

    @BeforeAll
    static void install(ApiServer server) throws IOException, InterruptedException {
        crd = InstalledCrd.on(server);
        shell = UserShell.of(server, crd.namespace(), temp);
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
        UserShell.Ended ended = shell.run(block.script());
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
}
