package io.cacheoperator.chart;

import static io.cacheoperator.chart.Manifests.elements;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the operator ships besides its own code, by the SBOM (CycloneDX) that the build makes. */
class DependenciesIT {
    private static final String FILE = "docs/reference/dependencies.md";

    /** Licences that permit shipping without conditions on our own code; of several, the user chooses. */
    private static final Set<String> PERMITTED =
            Set.of("Apache-2.0", "MIT", "MIT-0", "BSD-2-Clause", "CC0-1.0", "EPL-1.0", "Public Domain");

    private static List<Dependency> dependencies;

    private record Dependency(String group, String name, String version, List<String> licences) {
        static Dependency of(JsonNode component) {
            return new Dependency(
                    component.path("group").asText(),
                    component.path("name").asText(),
                    component.path("version").asText(),
                    elements(component.path("licenses"))
                            .map(Dependency::licence)
                            .toList());
        }

        private static String licence(JsonNode entry) {
            String name = Stream.of(entry.at("/license/id"), entry.at("/license/name"), entry.path("expression"))
                    .map(JsonNode::asText)
                    .filter(text -> !text.isEmpty())
                    .findFirst()
                    .orElse("unknown");
            return name.equals("Apache 2 License") ? "Apache-2.0" : name;
        }

        String file() {
            return name + "-" + version + ".jar";
        }
    }

    @BeforeAll
    static void read() throws IOException {
        Path sbom = Repository.ROOT.resolve("operator/target/sbom.json");
        if (!Files.exists(sbom)) {
            // Its plugin needs registries for the licences, so that `mvn -o` leaves it out.
            assertThat(Boolean.getBoolean("apiserver.required"))
                    .as("no SBOM: run Maven online")
                    .isFalse();
            Assumptions.abort("no SBOM: run Maven online, not with -o");
        }
        dependencies = elements(Manifests.parseOne(Files.readString(sbom)).path("components"))
                .map(Dependency::of)
                .sorted(Comparator.comparing(Dependency::group).thenComparing(Dependency::name))
                .toList();
    }

    @Test
    void committedListIsWhatIsShipped() throws IOException {
        var list = new StringBuilder("""
                # What the operator ships

                Made from the SBOM by `make docs-dependencies`: the Java libraries in the image, besides the Java runtime (OpenJDK, GPL-2.0 with
                Classpath Exception; its notices are in `/opt/java/legal`) and the C library (glibc, LGPL-2.1).

                | library | version | licence |
                |---|---|---|
                """);
        dependencies.forEach(dependency -> list.append("| %s:%s | %s | %s |\n"
                .formatted(
                        dependency.group(),
                        dependency.name(),
                        dependency.version(),
                        String.join(" or ", dependency.licences()))));
        Path path = Repository.ROOT.resolve(FILE);
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(path, list);
        }
        assertThat(Files.readString(path).lines())
                .as(FILE + " differs from the SBOM: run `make docs-dependencies` and commit it")
                .containsExactlyElementsOf(list.toString().lines().toList());
    }

    @Test
    void everyLicencePermitsShipping() {
        assertThat(dependencies)
                .allSatisfy(dependency ->
                        assertThat(dependency.licences()).as(dependency.file()).anyMatch(PERMITTED::contains));
    }

    @Test
    void everyShippedJarIsInTheSbom() throws IOException {
        List<String> listed = dependencies.stream().map(Dependency::file).toList();
        try (Stream<Path> jars = Files.list(Repository.ROOT.resolve("operator/target/lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString())).isSubsetOf(listed);
        }
    }
}
