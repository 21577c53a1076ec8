package io.cacheoperator.chart;

import com.fasterxml.jackson.databind.JsonNode;
import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.Kubectl;
import io.cacheoperator.apiserver.TiedProcess;
import io.cacheoperator.app.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the pod of an installed Deployment would be: the operator in a process of its own, with the ConfigMap and exactly the rights
 * of the ServiceAccount that were installed. Gone when it is closed or this JVM ends.
 */
final class InstalledOperator implements AutoCloseable {
    private final TiedProcess process;
    private final Path log;

    private InstalledOperator(TiedProcess process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param name of Deployment and ServiceAccount, and of the ConfigMap before its {@code -config}
     * @param directory takes its files
     */
    static InstalledOperator start(ApiServer server, String namespace, String name, URI aws, Path directory)
            throws IOException {
        Kubectl kubectl = server.kubectl();
        JsonNode map =
                Manifests.parseOne(kubectl.run("-n", namespace, "get", "configmap", name + "-config", "-o", "yaml")
                        .expectSuccess());
        Path config = Files.writeString(
                directory.resolve(name + "-config.yaml"),
                map.at("/data/config.yaml").asText());
        Path kubeconfig = Files.writeString(
                directory.resolve(name + "-kubeconfig"), server.serviceAccountKubeconfig(namespace, name));
        Path log = directory.resolve(name + ".log");
        TiedProcess process = TiedProcess.start(
                directory,
                log,
                Map.of(
                        "KUBECONFIG", kubeconfig.toString(),
                        "CACHE_OPERATOR_CONFIG", config.toString(),
                        "HOME", directory.toString(),
                        "AWS_ENDPOINT_URL", aws.toString(),
                        "AWS_ACCESS_KEY_ID", "test",
                        "AWS_SECRET_ACCESS_KEY", "test"),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName()));
        return new InstalledOperator(process, log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
