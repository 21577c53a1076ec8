package io.cacheoperator.crds;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.cacheoperator.apiserver.ApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The committed CRD on a real API server, in a namespace of its own. */
final class InstalledCrd implements AutoCloseable {

    private static final String API_VERSION = "cacheoperator.io/v1alpha1";

    private final KubernetesClient client;
    private final String namespace;

    private InstalledCrd(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    static InstalledCrd on(ApiServer server) throws IOException {
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.kubeconfig()))
                .build();
        String yaml = Files.readString(GeneratedFile.root().resolve(CacheClusterCrd.FILE));
        CustomResourceDefinition crd =
                client.getKubernetesSerialization().unmarshal(yaml, CustomResourceDefinition.class);
        client.resource(crd).serverSideApply();
        client.resource(crd)
                .waitUntilCondition(
                        found -> found != null
                                && found.getStatus() != null
                                && found.getStatus().getConditions() != null
                                && found.getStatus().getConditions().stream()
                                        .anyMatch(c -> c.getType().equals("Established")
                                                && c.getStatus().equals("True")),
                        30,
                        SECONDS);
        return new InstalledCrd(client, server.newNamespace("crd"));
    }

    KubernetesClient client() {
        return client;
    }

    String namespace() {
        return namespace;
    }

    GenericKubernetesResource cluster(String name, Map<String, Object> spec) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion(API_VERSION)
                .withKind("CacheCluster")
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .addToAdditionalProperties("spec", spec)
                .build();
    }

    GenericKubernetesResource create(GenericKubernetesResource cluster) {
        return client.resource(cluster).create();
    }

    /** Writes the status subresource as the operator does. */
    void status(String name, Map<String, Object> status) {
        GenericKubernetesResource cluster = cluster(name, Map.of());
        cluster.getAdditionalProperties().remove("spec");
        cluster.getAdditionalProperties().put("status", status);
        client.resource(cluster)
                .subresource("status")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager("test-operator")
                                .withForce(true)
                                .build(),
                        cluster);
    }

    /** What the API server has against creating it; empty if nothing. Nothing is stored. */
    List<StatusCause> whyNotCreate(GenericKubernetesResource cluster) {
        return causes(() -> client.resource(cluster).dryRun(true).create());
    }

    /** What the API server has against this new spec; empty if nothing. Nothing is stored. */
    List<StatusCause> whyNotUpdate(String name, Map<String, Object> spec) {
        return causes(() -> client.resource(cluster(name, spec)).dryRun(true).update());
    }

    static List<StatusCause> causes(Runnable call) {
        try {
            call.run();
            return List.of();
        } catch (KubernetesClientException e) {
            if (e.getStatus() == null || e.getStatus().getDetails() == null) {
                throw e;
            }
            List<StatusCause> causes =
                    Optional.ofNullable(e.getStatus().getDetails().getCauses()).orElse(List.of());
            if (causes.isEmpty()) {
                throw e;
            }
            return causes;
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
