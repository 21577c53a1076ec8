package io.cacheoperator.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of the checkout, by their path from its root. */
final class RepositoryFiles {

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

    static String example(String name) {
        return text("examples/" + name + ".yaml");
    }
}
