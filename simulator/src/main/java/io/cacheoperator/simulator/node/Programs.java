package io.cacheoperator.simulator.node;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The server programs of this machine.
 *
 * @param redis     redis-server
 * @param valkey    valkey-server
 * @param memcached memcached
 */
record Programs(Optional<Path> redis, Optional<Path> valkey, Optional<Path> memcached) {
    private static final List<String> USUAL = List.of("/usr/bin", "/usr/local/bin", "/usr/sbin", "/opt/homebrew/bin");

    /** None, so that the servers inside this JVM serve. */
    static final Programs NONE = new Programs(Optional.empty(), Optional.empty(), Optional.empty());

    /** Looks on the PATH and in the usual places. */
    static Programs find() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        List<Path> folders = Stream.concat(Arrays.stream(path.split(File.pathSeparator)), USUAL.stream())
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .toList();
        return new Programs(find(folders, "redis-server"), find(folders, "valkey-server"), find(folders, "memcached"));
    }

    private static Optional<Path> find(List<Path> folders, String name) {
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What serves an engine: each of redis and valkey stands in for the other. */
    Optional<Path> of(String engine) {
        return switch (engine) {
            case "memcached" -> memcached;
            case "valkey" -> valkey.or(() -> redis);
            default -> redis.or(() -> valkey);
        };
    }

    /** One line on what serves. */
    String description() {
        return "valkey and redis by %s, memcached by %s"
                .formatted(
                        of("redis").map(Path::toString).orElse("a server inside this JVM (no redis-server found)"),
                        memcached.map(Path::toString).orElse("a server inside this JVM (no memcached found)"));
    }
}
