package io.cacheoperator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real Argo CD judges CacheClusters by the health script in docs/. */
@RequiresArgoCd
class ArgoCdHealthIT {

    @TempDir
    private static Path temp;

    private static Path argocd;
    private static Path settings;

    @BeforeAll
    static void configure(ArgoCd programs) throws IOException {
        argocd = programs.program("argocd");
        String script =
                ArgoCd.healthScript().lines().map(line -> "    " + line + "\n").collect(Collectors.joining());
        settings = Files.writeString(temp.resolve("argocd-cm.yaml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: argocd-cm, namespace: argocd, labels: {app.kubernetes.io/part-of: argocd}}
                data:
                  %s: |
                """.formatted(ArgoCd.HEALTH_KEY) + script);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what                  | annotation | seen | conditions                              | health      | message
            not looked at           | false      | -1   |                                         | Progressing | Waits for the operator
            being made              | false      | 2    | Ready=False Reconciling=True            | Progressing | about Reconciling
            of an older spec        | false      | 1    | Ready=True Synced=True                  | Progressing | The operator has not seen the newest spec yet
            serves                  | false      | 2    | Ready=True Synced=True                  | Healthy     | about Ready
            being changed           | false      | 2    | Ready=True Synced=False Reconciling=True| Progressing | about Reconciling
            change is only shown    | false      | 2    | Ready=True Synced=False                 | Healthy     | about Synced
            waits for its window    | false      | 2    | Ready=True Synced=False PlanPending=True| Suspended   | about PlanPending
            only you can help       | false      | 2    | Ready=False Synced=False Stalled=True   | Degraded    | about Stalled
            stalled, still serving  | false      | 2    | Ready=True Synced=False Stalled=True    | Degraded    | about Stalled
            AWS refuses for now     | false      | 2    | Ready=False:AwsError Reconciling=True   | Progressing | about Reconciling
            AWS lets nothing be read| false      | 2    | Ready=False:AwsError Synced=False       | Degraded    | about Ready
            not read yet            | false      | 2    | Ready=False:Observing Synced=False      | Progressing | about Ready
            paused                  | true       | 2    | Ready=True Synced=False                 | Suspended   | Paused by annotation cacheoperator.io/paused
            """)
    void judges(String what, boolean paused, int seen, @Nullable String conditions, String health, String message)
            throws IOException {
        Path cache = Files.writeString(temp.resolve("cache.yaml"), """
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: sessions, generation: 2, annotations: {cacheoperator.io/paused: "%s"}}
                spec: {engine: valkey, nodeType: cache.t4g.small}
                status:
                  observedGeneration: %d
                %s""".formatted(paused, seen, yaml(conditions)));
        String verdict = Program.run(
                        temp,
                        Map.of(),
                        List.of(
                                argocd.toString(),
                                "admin",
                                "settings",
                                "resource-overrides",
                                "health",
                                cache.toString(),
                                "--argocd-cm-path",
                                settings.toString(),
                                "--load-cluster-settings=false"))
                .expectSuccess();
        assertThat(verdict.lines()).as(what).contains("STATUS: " + health, "MESSAGE: " + message);
    }

    private static String yaml(@Nullable String conditions) {
        return conditions == null
                ? ""
                : "  conditions:\n"
                        + List.of(conditions.split(" ")).stream()
                                .map(condition -> condition.split("[=:]"))
                                .map(c -> "  - {type: %s, status: \"%s\", reason: %s, message: about %s}\n"
                                        .formatted(c[0], c[1], c.length > 2 ? c[2] : "Because", c[0]))
                                .collect(Collectors.joining());
    }
}
