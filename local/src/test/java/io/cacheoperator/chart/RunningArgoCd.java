package io.cacheoperator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.Kubectl;
import io.cacheoperator.apiserver.LoopbackPorts;
import io.cacheoperator.apiserver.TiedProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A real Argo CD at work on an API server: repo server, application controller and a redis-server, on loopback. It has no API
 * server and no user interface of its own; Applications are objects in namespace {@value #NAMESPACE}. Gone when it is closed or
 * this JVM ends.
 */
final class RunningArgoCd implements AutoCloseable {
    static final String NAMESPACE = "argocd";
    private static final String CONTROLLER = "argocd-application-controller";
    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final int LOG_LINES = 40;

    private final ArgoCd programs;
    private final Path directory;
    private final Kubectl kubectl;
    private final List<TiedProcess> processes = new ArrayList<>();

    private RunningArgoCd(ArgoCd programs, Path directory, Kubectl kubectl) {
        this.programs = programs;
        this.directory = directory;
        this.kubectl = kubectl;
    }

    /**
     * Starts all of it, with the health script of docs/ in its configuration.
     *
     * @param helm renders charts for the repo server
     * @param directory a folder of its own
     */
    static RunningArgoCd start(ArgoCd programs, Helm helm, ApiServer server, Path directory) throws IOException {
        var argo = new RunningArgoCd(programs, Files.createDirectories(directory), server.kubectl());
        try {
            argo.install(server);
            argo.startProcesses(helm);
            return argo;
        } catch (IOException | RuntimeException | Error e) {
            argo.close();
            throw e;
        }
    }

    private void install(ApiServer server) throws IOException {
        kubectl.run("apply", "--server-side", "-f", programs.crds().toString()).expectSuccess();
        kubectl.apply("""
                {apiVersion: v1, kind: Namespace, metadata: {name: argocd}}
                ---
                {apiVersion: v1, kind: ServiceAccount, metadata: {name: argocd-application-controller, namespace: argocd}}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: argocd-application-controller}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
                subjects: [{kind: ServiceAccount, name: argocd-application-controller, namespace: argocd}]
                """).expectSuccess();
        Path kubeconfig = Files.writeString(
                directory.resolve("kubeconfig"), server.serviceAccountKubeconfig(NAMESPACE, CONTROLLER));
        kubectl.apply(settings(Manifests.parseOne(Files.readString(kubeconfig))))
                .expectSuccess();
        await().atMost(START_LIMIT).until(() -> kubectl.apply("""
                        apiVersion: argoproj.io/v1alpha1
                        kind: AppProject
                        metadata: {name: default, namespace: argocd}
                        spec:
                          sourceRepos: ["*"]
                          destinations: [{namespace: "*", server: "*"}]
                          clusterResourceWhitelist: [{group: "*", kind: "*"}]
                        """).succeeded());
    }

    /** The cluster is known by its address: {@code kubernetes.default.svc} has a meaning in pods only. */
    private static String settings(JsonNode kubeconfig) {
        String script =
                ArgoCd.healthScript().lines().map(line -> "    " + line + "\n").collect(Collectors.joining());
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: argocd-secret, namespace: argocd, labels: {app.kubernetes.io/part-of: argocd}}
                stringData: {server.secretkey: only-for-this-test}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: argocd-rbac-cm, namespace: argocd, labels: {app.kubernetes.io/part-of: argocd}}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: cluster, namespace: argocd, labels: {argocd.argoproj.io/secret-type: cluster}}
                stringData:
                  name: here
                  server: %s
                  config: '{"bearerToken": "%s", "tlsClientConfig": {"caData": "%s"}}'
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: argocd-cm, namespace: argocd, labels: {app.kubernetes.io/part-of: argocd}}
                data:
                  timeout.reconciliation: 5s
                  timeout.reconciliation.jitter: 0s
                  %s: |
                """.formatted(
                                kubeconfig.at("/clusters/0/cluster/server").asText(),
                                kubeconfig.at("/users/0/user/token").asText(),
                                kubeconfig
                                        .at("/clusters/0/cluster/certificate-authority-data")
                                        .asText(),
                                ArgoCd.HEALTH_KEY)
                + script;
    }

    private void startProcesses(Helm helm) throws IOException {
        List<Integer> ports = LoopbackPorts.free(4);
        String redis = "127.0.0.1:" + ports.get(0);
        String repoServer = "127.0.0.1:" + ports.get(1);
        Map<String, String> environment = Map.of(
                "HOME",
                directory.toString(),
                "TMPDIR",
                directory.toString(),
                "ARGOCD_GPG_ENABLED",
                "false",
                "PATH",
                helm.directory() + ":" + System.getenv("PATH"));
        start(
                "redis",
                Map.of(),
                List.of(
                        "redis-server",
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        ports.get(0).toString(),
                        "--save",
                        "",
                        "--appendonly",
                        "no"));
        awaitListening(ports.get(0));
        start(
                "repo-server",
                environment,
                List.of(
                        programs.program("argocd-repo-server").toString(),
                        "--address",
                        "127.0.0.1",
                        "--port",
                        ports.get(1).toString(),
                        "--metrics-address",
                        "127.0.0.1",
                        "--metrics-port",
                        ports.get(2).toString(),
                        "--redis",
                        redis,
                        "--disable-tls"));
        awaitListening(ports.get(1));
        start(
                "controller",
                environment,
                List.of(
                        programs.program(CONTROLLER).toString(),
                        "--kubeconfig",
                        directory.resolve("kubeconfig").toString(),
                        "--namespace",
                        NAMESPACE,
                        "--repo-server",
                        repoServer,
                        "--repo-server-plaintext",
                        "--redis",
                        redis,
                        "--metrics-port",
                        ports.get(3).toString(),
                        "--app-resync",
                        "5",
                        "--persist-resource-health"));
    }

    private void start(String name, Map<String, String> environment, List<String> command) throws IOException {
        processes.add(TiedProcess.start(directory, log(name), environment, command));
    }

    private void awaitListening(int port) {
        await().atMost(START_LIMIT)
                .failFast(this::assertRuns)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    try (var connected = new Socket(InetAddress.getLoopbackAddress(), port)) {
                        return connected.isConnected();
                    }
                });
    }

    /** Fails, with the logs, where one of its programs has ended. */
    void assertRuns() {
        assertThat(processes).as(() -> "Argo CD's logs:\n" + logs()).allMatch(TiedProcess::isAlive);
    }

    /** The ends of all logs. */
    String logs() {
        return Stream.of("redis", "repo-server", "controller").map(this::end).collect(Collectors.joining("\n"));
    }

    private String end(String name) {
        try {
            if (!Files.exists(log(name))) {
                return name + ": not started";
            }
            List<String> lines = Files.readAllLines(log(name));
            return name + ":\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            return name + ": unreadable: " + e;
        }
    }

    private Path log(String name) {
        return directory.resolve(name + ".log");
    }

    /** Looks at Git at once, as after a push whose webhook arrived. */
    void refresh(String application) {
        kubectl.run(
                        "-n",
                        NAMESPACE,
                        "annotate",
                        "--overwrite",
                        "application",
                        application,
                        "argocd.argoproj.io/refresh=normal")
                .expectSuccess();
    }

    @Override
    public void close() {
        for (TiedProcess process : processes.reversed()) {
            process.close();
        }
    }
}
