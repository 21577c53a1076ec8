package io.cacheoperator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Helm says after an install is about what was installed. */
@RequiresApiServer
@RequiresHelm
class ChartNotesIT {

    static Stream<Arguments> notes() {
        return Stream.of(
                Arguments.of(
                        List.of(),
                        "it watches every namespace",
                        "associate a role with service account cache-elasticache-operator (EKS Pod Identity)"),
                Arguments.of(
                        List.of("serviceAccount.annotations.eks\\.amazonaws\\.com/role-arn=arn:aws:iam::1:role/r"),
                        "the pod takes the role arn:aws:iam::1:role/r (IRSA)",
                        "helm uninstall keeps the CRDs"),
                Arguments.of(
                        List.of("clusterName=blue", "watch.namespaces={shop,pay}"),
                        "it watches shop, pay",
                        "This release holds no cluster-wide object"),
                Arguments.of(
                        List.of("crds.install=false"),
                        "crds.install is false: the CRDs in the chart's files/crds must be there",
                        "The region comes from AWS_REGION"),
                Arguments.of(
                        List.of("defaults.subnetIds={subnet-1}", "region=eu-west-1"),
                        "nodeType: cache.t4g.small\n\n     kubectl get cacheclusters",
                        "kubectl -n ops rollout status deployment/cache-elasticache-operator"));
    }

    @ParameterizedTest
    @MethodSource
    void notes(List<String> values, String one, String another, Helm helm, ApiServer server, @TempDir Path directory) {
        Path kubeconfig = directory.resolve("kubeconfig");
        server.writeKubeconfig(kubeconfig);
        Stream<String> set = values.stream().flatMap(value -> Stream.of("--set", value));
        String said = helm.run(
                        // Not even a dry run begins without a look at a cluster.
                        Map.of("KUBECONFIG", kubeconfig.toString()),
                        Stream.concat(
                                        Stream.of(
                                                "install", Helm.RELEASE, ".", "-n", Helm.NAMESPACE, "--dry-run=client"),
                                        set)
                                .toList())
                .expectSuccess();

        assertThat(said.substring(said.indexOf("NOTES:"))).contains(one, another);
    }
}
