package io.cacheoperator.local;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.ApiServerBinaries;
import io.cacheoperator.apiserver.MissingBinariesException;
import io.cacheoperator.app.OperatorApp;
import io.cacheoperator.app.OperatorConfig;
import io.cacheoperator.aws.SdkRegions;
import io.cacheoperator.k8s.LeanSerialization;
import io.cacheoperator.simulator.Simulator;
import io.cacheoperator.simulator.elasticache.ElastiCacheDurations;
import io.cacheoperator.simulator.elasticache.Nodes;
import io.cacheoperator.simulator.node.RealNodes;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A Kubernetes API, a simulated AWS with real nodes, and the operator between them; gone when it is closed. */
final class LocalWorld implements AutoCloseable {
    /** The region of caches that name none; the examples' own. */
    static final String REGION = "eu-west-1";

    /** The simulator takes any credentials. */
    static final String ACCESS_KEY = "test";

    static final String SECRET_KEY = "test";

    private static final Duration PROBE = Duration.ofSeconds(15);

    private final Started started;
    private final ApiServer apiServer;
    private final Simulator simulator;
    private final RealNodes nodes;
    private final Cluster cluster;

    private LocalWorld(Started started, ApiServer apiServer, Simulator simulator, RealNodes nodes, Cluster cluster) {
        this.started = started;
        this.apiServer = apiServer;
        this.simulator = simulator;
        this.nodes = nodes;
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
            RealNodes nodes = RealNodes.create();
            started.onClose(nodes::close);
            Simulator simulator = simulator(port, durations, nodes);
            started.onClose(simulator::close);
            simulator.start();
            progress.accept("Simulated AWS at %s; nodes: %s".formatted(simulator.endpoint(), nodes.description()));

            ApiServer apiServer = startApiServer();
            started.onClose(apiServer::close);
            progress.accept("kube-apiserver at " + apiServer.url());

            KubernetesClient client = new KubernetesClientBuilder()
                    .withConfig(Config.fromKubeconfig(apiServer.kubeconfig()))
                    .withKubernetesSerialization(new LeanSerialization())
                    .build();
            started.onClose(client::close);
            Cluster cluster = new Cluster(apiServer.kubectl(), client);
            cluster.applyCrds(crds, ending);
            OperatorApp operator = startOperator(client, simulator.endpoint(), nodes.certificateFile());
            started.onClose(operator::close);
            progress.accept("Operator: http://127.0.0.1:%d/metrics".formatted(operator.port()));
            return new LocalWorld(started, apiServer, simulator, nodes, cluster);
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

    /** The certificate, as PEM, that clients of caches with TLS have to trust. */
    Path certificate() {
        return nodes.certificateFile();
    }

    URI aws() {
        return simulator.endpoint();
    }

    /** Where caches live and who may connect, for manifests that say neither. */
    private static OperatorApp startOperator(KubernetesClient client, URI aws, Path certificate) {
        DefaultVpc vpc = DefaultVpc.find(aws, REGION);
        OperatorConfig config = OperatorConfig.DEFAULT
                .withClusterName("local")
                .withRegion(REGION)
                .withHttp(new OperatorConfig.Http(0, true))
                .withProbe(new OperatorConfig.Probe(true, PROBE, Optional.of(certificate)))
                .withDefaults(new OperatorConfig.Defaults(
                        vpc.subnetIds(),
                        null,
                        List.of(new OperatorConfig.AllowFrom(vpc.cidr(), null, null, "the default VPC")),
                        Map.of(),
                        null,
                        null));
        return OperatorApp.start(
                config,
                client,
                (clock, calls) -> SdkRegions.at(aws, ACCESS_KEY, SECRET_KEY, clock, calls),
                OperatorApp.Options.standard());
    }

    private static Simulator simulator(int port, ElastiCacheDurations durations, Nodes nodes) {
        try {
            return Simulator.builder()
                    .port(port)
                    .durations(durations)
                    .nodes(nodes)
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
