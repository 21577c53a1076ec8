package io.cacheoperator.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of this repository. */
final class Repository {
    static final Path ROOT = root();
    static final Path CHART = ROOT.resolve("helm/elasticache-operator");

    private Repository() {}

    static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
            if (Files.isDirectory(dir.resolve("helm")) && Files.isDirectory(dir.resolve("hack"))) {
                return dir;
            }
        }
        throw new IllegalStateException("run inside the project");
    }
}
