package io.cacheoperator.apiserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A directory that only this user can read and that does not outlive this JVM: the shell that makes it removes it when we close
 * it or when this JVM ends, however it ends.
 */
final class ScratchDirectory implements AutoCloseable {
    // Processes in the directory may be dying while it goes, hence the repetition.
    private static final String KEEPER = """
            trap '' INT QUIT HUP TERM
            mkdir -m 700 "$1" || exit 1
            echo made
            read -r end
            tries=0
            while [ -e "$1" ] && [ $tries -lt 100 ]; do
              rm -rf "$1" 2>/dev/null && break
              tries=$((tries + 1))
              sleep 0.05
            done
            """;

    private final Path path;
    private final Process keeper;

    private ScratchDirectory(Path path, Process keeper) {
        this.path = path;
        this.keeper = keeper;
    }

    /** Makes an empty directory below the JVM's directory for temporary files. */
    static ScratchDirectory create() throws IOException {
        Path path = Path.of(System.getProperty("java.io.tmpdir"))
                .toAbsolutePath()
                .resolve("apiserver-" + UUID.randomUUID());
        Process keeper = new ProcessBuilder("sh", "-c", KEEPER, "sh", path.toString())
                .directory(Path.of("/").toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (keeper.getInputStream().read() < 0 || !Files.isDirectory(path)) {
            throw new IOException("cannot make the directory " + path);
        }
        return new ScratchDirectory(path, keeper);
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            keeper.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Interrupts.defer(keeper::waitFor);
    }
}
