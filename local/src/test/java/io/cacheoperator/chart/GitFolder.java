package io.cacheoperator.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Git repository in a folder, as a platform team has one on a server. */
final class GitFolder {
    /** Nothing of the user's own configuration. */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "GIT_CONFIG_GLOBAL", "/dev/null",
            "GIT_CONFIG_NOSYSTEM", "1",
            "GIT_AUTHOR_NAME", "platform",
            "GIT_AUTHOR_EMAIL", "platform@example.org",
            "GIT_COMMITTER_NAME", "platform",
            "GIT_COMMITTER_EMAIL", "platform@example.org");

    private final Path folder;

    private GitFolder(Path folder) {
        this.folder = folder;
    }

    /** An empty one with the branch main. */
    static GitFolder create(Path folder) {
        var made = new GitFolder(folder);
        made.files(() -> Files.createDirectories(folder));
        made.git("init", "-q", "-b", "main");
        return made;
    }

    /** What others clone it by: {@code file:///...}. */
    String url() {
        return URI.create("file://" + folder.toAbsolutePath()).toString();
    }

    GitFolder write(String file, String content) {
        Path path = folder.resolve(file);
        files(() -> {
            Files.createDirectories(path.getParent());
            Files.writeString(path, content);
        });
        return this;
    }

    /** Copies a folder of files. */
    GitFolder copy(Path from, String to) {
        files(() -> {
            try (Stream<Path> all = Files.walk(from)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    Path target = folder.resolve(to).resolve(from.relativize(file));
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        });
        return this;
    }

    GitFolder remove(String file) {
        files(() -> Files.delete(folder.resolve(file)));
        return this;
    }

    /** Commits all that is there. */
    void commit(String message) {
        git("add", "--all");
        git("commit", "-q", "--no-gpg-sign", "-m", message);
    }

    private void git(String... arguments) {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Program.run(folder, ENVIRONMENT, command).expectSuccess();
    }

    private interface FileWork {
        void run() throws IOException;
    }

    private void files(FileWork work) {
        try {
            work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
