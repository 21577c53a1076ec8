package io.cacheoperator.chart;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The programs of a real Argo CD. */
record ArgoCd(Path directory) {
    static final String HOW_TO_GET = "NO ARGO CD: run 'make argocd-binary' once (builds it from its Go module)";

    /** Where {@code argocd-cm} wants the health script of CacheClusters. */
    static final String HEALTH_KEY = "resource.customizations.health.cacheoperator.io_CacheCluster";

    /** What {@code hack/argocd-binary.sh} has built; this builds nothing. */
    static Optional<ArgoCd> locate() {
        Program found = Program.run(Repository.ROOT, Map.of(), List.of("bash", "hack/argocd-binary.sh", "--find"));
        return found.succeeded() ? Optional.of(new ArgoCd(Path.of(found.stdout().strip()))) : Optional.empty();
    }

    Path program(String name) {
        return directory.resolve(name);
    }

    /** The manifests of its own CRDs. */
    Path crds() {
        return directory.resolve("crds");
    }

    /** The health script that this project ships. */
    static String healthScript() {
        return Repository.read("docs/argocd-health.lua");
    }
}
