package io.cacheoperator.app;

import io.cacheoperator.aws.SdkRegions;
import io.cacheoperator.k8s.LeanSerialization;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the operator from a shell or in a pod. Ends with 0 when it is told to stop, with 2 and one sentence where it cannot run as it
 * is configured, with 3 when the lease is lost, with 1 when something broke.
 */
public final class Main {

    private static final int BROKEN = 1;
    private static final int MISCONFIGURED = 2;
    private static final int LEASE_LOST = 3;

    /** In a row; beyond it JOSDK's own retry goes on. */
    private static final int REQUEST_RETRIES = 3;

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        OperatorConfig config;
        try {
            config = new ConfigReader(System.getenv()).read();
        } catch (ConfigException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(MISCONFIGURED);
            return;
        }
        LogSetup.apply(config.logging());
        Logger log = LoggerFactory.getLogger(Main.class);
        try {
            run(config, log);
        } catch (ConfigException wrong) {
            log.error("{}", wrong.getMessage());
            System.exit(MISCONFIGURED);
        } catch (IOException | RuntimeException broken) {
            log.error("The operator cannot start: {}", broken.getMessage(), broken);
            System.exit(BROKEN);
        }
    }

    private static void run(OperatorConfig config, Logger log) throws IOException, InterruptedException {
        KubernetesClient client = client(System.getenv());
        checkCrd(client, config);
        OperatorApp app = OperatorApp.start(
                config,
                client,
                SdkRegions::standard,
                OperatorApp.Options.standard()
                        .withOnLeaseLost(() -> Runtime.getRuntime().halt(LEASE_LOST)));
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            log.info("Stopping");
                            app.close();
                            client.close();
                            ended.countDown();
                            Runtime.getRuntime().halt(0);
                        },
                        "stop"));
        ended.await();
    }

    private static KubernetesClient client(Map<String, String> environment) {
        Config found = Config.autoConfigure(null);
        boolean guessed = found.getMasterUrl().contains("kubernetes.default.svc");
        if (guessed && !environment.containsKey("KUBERNETES_SERVICE_HOST")) {
            throw new ConfigException("There is no kubeconfig: set KUBECONFIG, or run in a cluster");
        }
        Config bounded = new ConfigBuilder(found)
                .withRequestRetryBackoffLimit(REQUEST_RETRIES)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(bounded)
                .withKubernetesSerialization(new LeanSerialization())
                .build();
    }

    /** Without it the informer would fail with a stack trace. */
    private static void checkCrd(KubernetesClient client, OperatorConfig config) {
        ListOptions one = new ListOptionsBuilder().withLimit(1L).build();
        var clusters = client.resources(CacheCluster.class);
        try {
            if (config.watchNamespaces().isEmpty()) {
                clusters.inAnyNamespace().list(one);
            } else {
                clusters.inNamespace(config.watchNamespaces().getFirst()).list(one);
            }
        } catch (KubernetesClientException refused) {
            throw explained(refused, client);
        }
    }

    private static RuntimeException explained(KubernetesClientException refused, KubernetesClient client) {
        if (refused.getCause() instanceof IOException) {
            return new ConfigException(
                    "The Kubernetes API at " + client.getMasterUrl() + " does not answer: " + rootMessage(refused));
        }
        return switch (refused.getCode()) {
            case HttpURLConnection.HTTP_NOT_FOUND ->
                new ConfigException("The CRD " + CacheCluster.PLURAL + "." + CacheCluster.GROUP
                        + " is not installed: kubectl apply -f crds/");
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                new ConfigException("The Kubernetes API does not accept the credentials of the kubeconfig");
            default -> refused;
        };
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
