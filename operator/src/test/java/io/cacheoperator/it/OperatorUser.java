package io.cacheoperator.it;

import static org.awaitility.Awaitility.await;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Who the operators of tests are to the API server: the chart's service account, with exactly the rights that the chart gives
 * ({@code deploy/} is rendered from it). With {@code -Drbac=admin} the administrator, to tell whether it is a right that is missing.
 */
final class OperatorUser {

    private static final String NAME = "elasticache-operator";

    private OperatorUser() {}

    /** A kubeconfig for the operator, once the rights are given. The CRD must be there. */
    static String kubeconfig(ApiServer server, KubernetesClient admin) {
        if ("admin".equals(System.getProperty("rbac"))) {
            return server.kubeconfig();
        }
        List.of("namespace", "serviceaccount", "rbac").forEach(file -> install(admin, file));
        String kubeconfig = server.serviceAccountKubeconfig(NAME, NAME);
        try (KubernetesClient operator = ApiWrites.client(kubeconfig, ApiWrites.IGNORED)) {
            await("the API server knows the operator's rights")
                    .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> operator.resources(CacheCluster.class)
                                    .inNamespace("default")
                                    .list()
                            != null);
        }
        return kubeconfig;
    }

    private static void install(KubernetesClient admin, String file) {
        byte[] yaml = RepositoryFiles.text("deploy/kustomize/" + file + ".yaml").getBytes(StandardCharsets.UTF_8);
        for (HasMetadata object : admin.load(new ByteArrayInputStream(yaml)).items()) {
            admin.resource(object)
                    .patch(new PatchContext.Builder()
                            .withPatchType(PatchType.SERVER_SIDE_APPLY)
                            .withFieldManager("it-user")
                            .withForce(true)
                            .build());
        }
    }
}
