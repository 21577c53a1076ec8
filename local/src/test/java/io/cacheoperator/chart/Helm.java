package io.cacheoperator.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The real Helm, away from the user's own configuration and caches. */
final class Helm {
    static final String HOW_TO_GET = "NO HELM: run 'make helm-binary' once (builds it from its Go module)";
    static final String RELEASE = "cache";
    static final String NAMESPACE = "ops";

    private final Path binary;
    private final Path home;

    private Helm(Path binary, Path home) {
        this.binary = binary;
        this.home = home;
    }

    /** What {@code hack/helm-binary.sh} has built; this builds nothing. */
    static Optional<Helm> locate() {
        Program found = Program.run(Repository.ROOT, Map.of(), List.of("bash", "hack/helm-binary.sh", "--find"));
        if (!found.succeeded()) {
            return Optional.empty();
        }
        try {
            Path home = Files.createTempDirectory("helm-home");
            home.toFile().deleteOnExit();
            return Optional.of(new Helm(Path.of(found.stdout().strip()).resolve("helm"), home));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder that holds the program. */
    Path directory() {
        return binary.getParent();
    }

    /** Runs Helm inside the chart's folder. */
    Program run(Map<String, String> environment, List<String> arguments) {
        var command = new ArrayList<>(List.of(binary.toString()));
        command.addAll(arguments);
        var all = new HashMap<>(environment);
        all.put("HELM_CACHE_HOME", home.toString());
        all.put("HELM_CONFIG_HOME", home.toString());
        all.put("HELM_DATA_HOME", home.toString());
        return Program.run(Repository.CHART, all, command);
    }

    /** {@code helm template} of release {@link #RELEASE} in namespace {@link #NAMESPACE}. */
    Program template(String values) {
        return withValues(values, List.of("template", RELEASE, ".", "-n", NAMESPACE, "--kube-version", "1.35.4"));
    }

    /** The same for a cluster that has these, such as {@code apps/v1/Deployment}, besides what every cluster has. */
    Manifests renderFor(String values, String... apiVersions) {
        return Manifests.parse(withValues(
                        values,
                        List.of(
                                "template",
                                RELEASE,
                                ".",
                                "-n",
                                NAMESPACE,
                                "--api-versions",
                                String.join(",", apiVersions)))
                .expectSuccess());
    }

    /** The objects of {@link #template}, which must succeed. */
    Manifests render(String values) {
        return Manifests.parse(template(values).expectSuccess());
    }

    Program lint(String values) {
        return withValues(values, List.of("lint", "--strict", "."));
    }

    private Program withValues(String values, List<String> arguments) {
        try {
            Path file = Files.createTempFile("values", ".yaml");
            try {
                Files.writeString(file, values);
                var all = new ArrayList<>(arguments);
                all.addAll(List.of("-f", file.toString()));
                return run(Map.of(), all);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
