package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.Kubectl;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.cacheoperator.simulator.calllog.LoggedCall;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * People with kubectl, Flux and Argo CD write the same manifest while the operator is at work: nobody sees a conflict, a
 * difference, or a change.
 */
@RequiresApiServer
class SecondManagerIT {

    private static final List<String> SERVER_SIDE = List.of("flux", "argocd-controller");

    private static OperatorHarness operator;
    private static Kubectl kubectl;

    @BeforeAll
    static void applyAll(ApiServer server) throws IOException {
        operator = OperatorHarness.start(server);
        kubectl = server.kubectl();
        for (String example : examples().toList()) {
            run("apply", example).expectSuccess();
        }
        examples().forEach(operator::awaitSynced);
    }

    @AfterAll
    static void stop() {
        operator.close();
    }

    static Stream<String> examples() throws IOException {
        try (Stream<Path> files = Files.list(RepositoryFiles.path("examples"))) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", "")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theSameManifestByAnotherManagerChangesNothing(String example) {
        CacheCluster before = operator.awaitSynced(example);
        int calls = writes().size();

        assertThat(diff(example)).isEmpty();
        assertThat(run("apply", example).expectSuccess()).contains("cacheoperator.io/" + example + " unchanged");
        for (String manager : SERVER_SIDE) {
            assertThat(diff(example, "--server-side", "--field-manager=" + manager))
                    .isEmpty();
            run("apply", example, "--server-side", "--field-manager=" + manager).expectSuccess();
            assertThat(diff(example, "--server-side", "--field-manager=" + manager))
                    .isEmpty();
        }
        assertThat(diff(example)).isEmpty();
        // kubectl's server-side apply took its own note of the last client-side one away: the first one only writes
        // that again.
        run("apply", example).expectSuccess();
        assertThat(run("apply", example).expectSuccess()).contains("cacheoperator.io/" + example + " unchanged");

        CacheCluster after = operator.awaitSynced(example);
        assertThat(after.getSpec()).isEqualTo(before.getSpec());
        assertThat(after.getMetadata().getGeneration()).isEqualTo(1);
        assertThat(writes()).as("what went to AWS").hasSize(calls);
    }

    /** An edit by one tool can only be refused for the sake of another tool, never of the operator. */
    @ParameterizedTest
    @MethodSource("examples")
    void theOperatorOwnsNoFieldOfTheSpec(String example) {
        CacheCluster cluster = operator.awaitSynced(example);

        Set<String> owners = cluster.getMetadata().getManagedFields().stream()
                .filter(entry -> entry.getFieldsV1().getAdditionalProperties().containsKey("f:spec"))
                .map(ManagedFieldsEntry::getManager)
                .collect(Collectors.toSet());
        assertThat(owners).isNotEmpty().isSubsetOf("kubectl-client-side-apply", "flux", "argocd-controller");
        assertThat(cluster.getMetadata().getManagedFields())
                .as("the operator wrote status")
                .anyMatch(entry -> "status".equals(entry.getSubresource()));
    }

    private static List<String> writes() {
        return operator.simulator().callLog().calls(LoggedCall::mutating).stream()
                .map(LoggedCall::operation)
                .toList();
    }

    /** What {@code kubectl diff} prints; it ends with 0 where there is no difference, with 1 where there is one. */
    private static String diff(String example, String... more) {
        Kubectl.Result result = run("diff", example, more);
        assertThat(result.stderr()).isEmpty();
        assertThat(result.exitCode()).as(result.stdout()).isZero();
        return result.stdout();
    }

    private static Kubectl.Result run(String verb, String example, String... more) {
        return kubectl.run(Stream.concat(
                        Stream.of(
                                verb,
                                "-n",
                                operator.namespace(),
                                "-f",
                                RepositoryFiles.path("examples/" + example + ".yaml")
                                        .toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }
}
