package io.cacheoperator.local;

import io.cacheoperator.apiserver.Kubectl;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.cacheoperator.kinds.cachecluster.CacheClusterStatus.Binding;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The Kubernetes side: manifests go in by the real kubectl, and caches are looked at. */
final class Cluster {
    static final String NAMESPACE = "default";
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int TRIES = 300;

    private final Kubectl kubectl;
    private final KubernetesClient client;

    Cluster(Kubectl kubectl, KubernetesClient client) {
        this.kubectl = kubectl;
        this.client = client;
    }

    /** Applies the CRDs and waits until they are served. */
    void applyCrds(Path folder, Ending ending) {
        apply("apply", "--server-side", "-f", folder.toString());
        await(this::areCrdsServed, "does not serve the CRDs in " + folder, ending);
        await(this::isNamespaceThere, "does not make the namespace " + NAMESPACE, ending);
    }

    /** {@code kubectl apply -f}, of a file or of a folder. */
    void apply(Path manifests) {
        apply("apply", "-n", NAMESPACE, "-f", manifests.toString());
    }

    /** {@code kubectl delete -f}, without waiting for the end. */
    void delete(Path manifests) {
        apply("delete", "-n", NAMESPACE, "--wait=false", "-f", manifests.toString());
    }

    /** All caches, by name. */
    List<CacheCluster> caches() {
        return client.resources(CacheCluster.class).inNamespace(NAMESPACE).list().getItems().stream()
                .sorted(Comparator.comparing(cache -> cache.getMetadata().getName()))
                .toList();
    }

    /** How to connect to a cache that is Ready. */
    Connection connection(CacheCluster cache) {
        String name = Optional.ofNullable(cache.getStatus().binding())
                .map(Binding::name)
                .orElseThrow(() ->
                        new LocalFailure(cache.getMetadata().getName() + " is Ready but its status names no Secret."));
        Secret secret = client.secrets().inNamespace(NAMESPACE).withName(name).get();
        if (secret == null) {
            throw new LocalFailure("%s is Ready but its Secret %s does not exist."
                    .formatted(cache.getMetadata().getName(), name));
        }
        return Connection.of(secret);
    }

    private boolean areCrdsServed() {
        List<CustomResourceDefinition> crds =
                client.apiextensions().v1().customResourceDefinitions().list().getItems();
        return !crds.isEmpty() && crds.stream().allMatch(Cluster::isEstablished);
    }

    /** A CRD that was made this moment has no status yet, and then one whose conditions are null. */
    static boolean isEstablished(CustomResourceDefinition crd) {
        return Stream.ofNullable(crd.getStatus())
                .flatMap(status -> Stream.ofNullable(status.getConditions()))
                .flatMap(List::stream)
                .anyMatch(
                        c -> c.getType().equals("Established") && c.getStatus().equals("True"));
    }

    /** The server makes its first namespaces a moment after it is ready. */
    private boolean isNamespaceThere() {
        return client.namespaces().withName(NAMESPACE).get() != null;
    }

    private static void await(BooleanSupplier condition, String failure, Ending ending) {
        for (int i = 0; !condition.getAsBoolean(); i++) {
            if (i == TRIES) {
                throw new LocalFailure("kube-apiserver " + failure + ".");
            }
            ending.pause(POLL);
        }
    }

    private void apply(String... arguments) {
        Kubectl.Result result = kubectl.run(arguments);
        if (!result.succeeded()) {
            throw new LocalFailure(
                    "kubectl %s failed.".formatted(String.join(" ", arguments)),
                    (result.stdout() + result.stderr()).lines().toList());
        }
    }
}
