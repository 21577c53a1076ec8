package io.cacheoperator.crds;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The manifests under {@code examples/}. */
final class Examples {

    private static final Pattern FENCED = Pattern.compile("(?s)```yaml\n(.*?)```");

    private Examples() {}

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(GeneratedFile.root().resolve("examples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    /** The whole CacheCluster manifests in fenced blocks of the README and the pages under {@code docs/}. */
    static List<String> manifestsInTheDocs() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(GeneratedFile.root().resolve("README.md")));
        try (Stream<Path> files = Files.walk(GeneratedFile.root().resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        List<String> manifests = new ArrayList<>();
        for (Path page : pages) {
            FENCED.matcher(Files.readString(page))
                    .results()
                    .map(block -> block.group(1))
                    .filter(block -> block.contains("kind: CacheCluster\n") && block.contains("\n  name: "))
                    .forEach(manifests::add);
        }
        return manifests;
    }

    static List<GenericKubernetesResource> objects(Path example) throws IOException {
        return Stream.of(Files.readString(example).split("(?m)^---$"))
                .map(document -> Serialization.unmarshal(document, GenericKubernetesResource.class))
                .toList();
    }
}
