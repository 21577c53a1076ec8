package io.cacheoperator.local;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.ApiServerBinaries;
import io.cacheoperator.apiserver.MissingBinariesException;
import io.cacheoperator.simulator.Simulator;
import io.cacheoperator.simulator.elasticache.ElastiCacheDurations;
import io.cacheoperator.simulator.elasticache.Nodes;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A Kubernetes API, a simulated AWS with real nodes, and the operator between them; gone when it is closed. */
final class LocalWorld implements AutoCloseable {
    /** The region of caches that name none; the examples' own. */
    static final String REGION = "eu-west-1";

    private final Started started;
    private final ApiServer apiServer;
    private final Simulator simulator;
    private final Cluster cluster;

    private LocalWorld(Started started, ApiServer apiServer, Simulator simulator, Cluster cluster) {
        this.started = started;
        this.apiServer = apiServer;
        this.simulator = simulator;
        this.cluster = cluster;
    }

    /**
     * Starts all of it. The examples are not applied.
     *
     * @param port of the simulated AWS; 0 for any free one
     * @param crds the folder that holds them
     * @param progress is told what comes next
     * @throws LocalFailure where a part cannot be started
     */
    static LocalWorld start(
            int port, ElastiCacheDurations durations, Path crds, Ending ending, Consumer<String> progress) {
        Started started = new Started();
        try {
            Simulator simulator = simulator(port, durations);
            started.onClose(simulator::close);
            simulator.start();
            progress.accept("Simulated AWS at " + simulator.endpoint());

            ApiServer apiServer = startApiServer();
            started.onClose(apiServer::close);
            progress.accept("kube-apiserver at " + apiServer.url());

            KubernetesClient client = new KubernetesClientBuilder()
                    .withConfig(Config.fromKubeconfig(apiServer.kubeconfig()))
                    .build();
            started.onClose(client::close);
            Cluster cluster = new Cluster(apiServer.kubectl(), client);
            cluster.applyCrds(crds, ending);
            return new LocalWorld(started, apiServer, simulator, cluster);
        } catch (RuntimeException e) {
            try (started) {
                throw e;
            }
        }
    }

    Cluster cluster() {
        return cluster;
    }

    Simulator simulator() {
        return simulator;
    }

    ApiServer apiServer() {
        return apiServer;
    }

    URI aws() {
        return simulator.endpoint();
    }

    private static Simulator simulator(int port, ElastiCacheDurations durations) {
        try {
            return Simulator.builder()
                    .port(port)
                    .durations(durations)
                    .nodes(Nodes.NONE)
                    .build();
        } catch (UncheckedIOException taken) {
            throw new LocalFailure(
                    "Port %d of 127.0.0.1 is taken, by another make local or make simulator perhaps: end that, or choose another port: make local PORT=%d."
                            .formatted(port, port + 1),
                    taken);
        }
    }

    private static ApiServer startApiServer() {
        try {
            return ApiServer.start(ApiServer.Options.defaults());
        } catch (MissingBinariesException missing) {
            throw new LocalFailure(ApiServerBinaries.HOW_TO_GET, missing);
        }
    }

    @Override
    public void close() {
        started.close();
    }
}
