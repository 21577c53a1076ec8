package io.cacheoperator.crds;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The manifests under {@code examples/}. */
final class Examples {

    private Examples() {}

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(GeneratedFile.root().resolve("examples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    static List<GenericKubernetesResource> objects(Path example) throws IOException {
        return Stream.of(Files.readString(example).split("(?m)^---$"))
                .map(document -> Serialization.unmarshal(document, GenericKubernetesResource.class))
                .toList();
    }
}
