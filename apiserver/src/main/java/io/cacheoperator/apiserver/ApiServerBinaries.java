package io.cacheoperator.apiserver;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The programs of a control plane, all in one folder.
 *
 * @param directory holds {@code kube-apiserver}, {@code etcd} and {@code kubectl}
 */
public record ApiServerBinaries(Path directory) {
    /** The Kubernetes version that {@code hack/kube/go.mod} pins. */
    public static final String PINNED_VERSION = "1.35.4";

    /** What to tell someone who has none. */
    public static final String HOW_TO_GET =
            "NO KUBE-APISERVER: run 'make kube-binaries' once (builds it from Go modules), or set KUBEBUILDER_ASSETS to a folder"
                    + " with kube-apiserver, etcd and kubectl (1.32 or newer)";

    private static final List<String> NAMES = List.of("kube-apiserver", "etcd", "kubectl");
    private static final int OLDEST_MINOR = 32;
    private static final Pattern VERSION = Pattern.compile("Kubernetes v1\\.(\\d+)\\..*", Pattern.DOTALL);

    public Path kubeApiServer() {
        return directory.resolve("kube-apiserver");
    }

    public Path etcd() {
        return directory.resolve("etcd");
    }

    public Path kubectl() {
        return directory.resolve("kubectl");
    }

    /**
     * Looks where {@code hack/kube-binaries.sh} looks, in the same order, and builds nothing: {@code KUBEBUILDER_ASSETS}, the first
     * folder of {@code PATH} that holds all three, the per-user cache.
     */
    public static Optional<ApiServerBinaries> locate() {
        return locate(name -> Optional.ofNullable(System.getenv(name)));
    }

    static Optional<ApiServerBinaries> locate(Function<String, Optional<String>> environment) {
        Stream<Path> given = environment.apply("KUBEBUILDER_ASSETS").filter(v -> !v.isBlank()).map(Path::of).stream();
        Stream<Path> path = Stream.of(environment.apply("PATH").orElse("").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of);
        return Stream.of(given, path, caches(environment))
                .flatMap(Function.identity())
                .filter(ApiServerBinaries::isSupported)
                .findFirst()
                .map(ApiServerBinaries::new);
    }

    /** Where the script puts what it builds and, where it cannot build, what it downloads. */
    private static Stream<Path> caches(Function<String, Optional<String>> environment) {
        return environment
                .apply("XDG_CACHE_HOME")
                .filter(v -> !v.isBlank())
                .map(Path::of)
                .or(() -> environment.apply("HOME").map(home -> Path.of(home, ".cache")))
                .map(caches -> caches.resolve("elasticache-operator/kube"))
                .stream()
                .flatMap(kube -> Stream.of(kube.resolve(PINNED_VERSION), kube.resolve("downloaded")));
    }

    private static boolean isSupported(Path directory) {
        return NAMES.stream().map(directory::resolve).allMatch(f -> Files.isRegularFile(f) && Files.isExecutable(f))
                && minorVersion(directory.resolve("kube-apiserver")) >= OLDEST_MINOR;
    }

    /** The y of 1.y, or -1 where the program does not tell. */
    private static int minorVersion(Path kubeApiServer) {
        try {
            Process process = new ProcessBuilder(kubeApiServer.toString(), "--version")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            try (var output = process.getInputStream()) {
                Matcher version = VERSION.matcher(new String(output.readAllBytes(), StandardCharsets.UTF_8));
                return version.matches() ? Integer.parseInt(version.group(1)) : -1;
            }
        } catch (IOException notRunnable) {
            return -1;
        }
    }
}
