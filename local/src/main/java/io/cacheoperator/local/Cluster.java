package io.cacheoperator.local;

import io.cacheoperator.apiserver.Kubectl;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.cacheoperator.kinds.cachecluster.CacheClusterStatus.Binding;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The Kubernetes side: manifests go in by the real kubectl, and caches are looked at. */
final class Cluster {
    static final String NAMESPACE = "default";
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int NAMESPACE_TRIES = 100;

    private final Kubectl kubectl;
    private final KubernetesClient client;

    Cluster(Kubectl kubectl, KubernetesClient client) {
        this.kubectl = kubectl;
        this.client = client;
    }

    /** Applies the CRDs and waits until they are served. */
    void applyCrds(Path folder, Ending ending) {
        apply("apply", "--server-side", "-f", folder.toString());
        apply("wait", "--for=condition=Established", "--timeout=60s", "-f", folder.toString());
        awaitNamespace(ending);
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

    /** The server makes its first namespaces a moment after it is ready. */
    private void awaitNamespace(Ending ending) {
        for (int i = 0; client.namespaces().withName(NAMESPACE).get() == null; i++) {
            if (i == NAMESPACE_TRIES) {
                throw new LocalFailure("kube-apiserver does not make the namespace " + NAMESPACE + ".");
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
