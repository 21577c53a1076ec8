package io.cacheoperator.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files of the checkout, by their path from its root. */
final class RepositoryFiles {

    private static final String YAML = ".yaml";

    private RepositoryFiles() {}

    static Path path(String path) {
        return Path.of(System.getProperty("project.root", "..")).resolve(path);
    }

    static String text(String path) {
        try {
            return Files.readString(path(path));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** The names of all examples, each of which is that of its CacheCluster too, sorted. */
    static List<String> examples() {
        try (Stream<Path> files = Files.list(path("examples"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(YAML))
                    .map(name -> name.substring(0, name.length() - YAML.length()))
                    .sorted()
                    .toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    static String example(String name) {
        return text("examples/" + name + ".yaml");
    }
}
