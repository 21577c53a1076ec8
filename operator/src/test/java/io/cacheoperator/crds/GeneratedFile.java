package io.cacheoperator.crds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A committed file that a test makes: written where asked for, compared otherwise. */
public final class GeneratedFile {

    private GeneratedFile() {}

    /**
     * @param property the system property that asks for writing, such as {@code crds.write}
     * @param howTo the command that a reader of the failure runs
     */
    public static void writeOrCompare(String file, String content, String property, String howTo) throws IOException {
        Path path = root().resolve(file);
        if (Boolean.getBoolean(property)) {
            Files.createDirectories(path.getParent());
            Files.writeString(path, content);
        }
        assertThat(path)
                .as("%s is missing: run `%s` and commit it", file, howTo)
                .exists();
        assertThat(Files.readString(path))
                .as("%s differs from what the code makes: run `%s` and commit it", file, howTo)
                .isEqualTo(content);
    }

    /** The root of the project, also where the module's folder is the working directory. */
    public static Path root() {
        for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
            if (Files.isDirectory(dir.resolve("operator")) && Files.exists(dir.resolve("pom.xml"))) {
                return dir;
            }
        }
        throw new IllegalStateException("run inside the project");
    }
}
