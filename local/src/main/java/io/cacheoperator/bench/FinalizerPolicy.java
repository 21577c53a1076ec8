package io.cacheoperator.bench;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.Kubectl;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The chart's MutatingAdmissionPolicy, by which the API server puts the finalizer on. Kubernetes has it from 1.36 on.
 *
 * @param file what the chart renders; empty for a cluster that has no such policies
 */
record FinalizerPolicy(Path file) {

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    boolean isInstalled() {
        try {
            return Files.size(file) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ApiServer.Options on(ApiServer.Options options) {
        return isInstalled() ? options.withMutatingAdmissionPolicy() : options;
    }

    /** Installs it, and waits until it works: some seconds after it was stored. */
    void install(Kubectl kubectl, String manifest) {
        if (isInstalled()) {
            kubectl.run("apply", "-f", file.toString()).expectSuccess();
            Waiting.until(
                    "the finalizer policy works",
                    Duration.ofSeconds(30),
                    () -> kubectl.runWithInput(manifest, "create", "--dry-run=server", "-o", "yaml", "-f", "-")
                            .stdout()
                            .contains("finalizers:"));
        }
    }

    /** For resources that no operator has seen. */
    static void takeOff(KubernetesClient client, CacheCluster cache) {
        client.resource(cache)
                .patch(MERGE, "{\"metadata\": {\"finalizers\": null, \"annotations\": {\"warm\": \"up\"}}}");
    }
}
