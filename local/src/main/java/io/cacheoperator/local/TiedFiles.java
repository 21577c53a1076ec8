package io.cacheoperator.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Files that do not outlive this JVM: a small shell removes them when we close it or when this JVM ends, however it ends. Needs a
 * POSIX {@code sh}.
 */
final class TiedFiles implements AutoCloseable {
    private static final String KEEPER = """
            trap '' INT QUIT HUP TERM
            read -r end
            rm -f -- "$@"
            """;

    private final Process keeper;

    private TiedFiles(Process keeper) {
        this.keeper = keeper;
    }

    /** From now on these files go with us, those that are there and those that will be. */
    static TiedFiles of(List<Path> files) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", KEEPER, "sh"));
        files.forEach(file -> command.add(file.toAbsolutePath().toString()));
        try {
            return new TiedFiles(new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes the files; they are gone when this returns. */
    @Override
    public void close() {
        try {
            keeper.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        keeper.onExit().join();
    }
}
