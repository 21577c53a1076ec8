package io.cacheoperator.local;

import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.cacheoperator.simulator.elasticache.ElastiCacheDurations;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One run of {@code make local}: from nothing to all examples Ready, until it is asked to end. */
final class LocalRun {
    private static final int LOG_LINES = 15;
    private static final Duration LOOK = Duration.ofMillis(250);

    private final LocalOptions options;
    private final Screen screen;
    private final Ending ending;
    private final long begin = System.nanoTime();

    LocalRun(LocalOptions options, Screen screen, Ending ending) {
        this.options = options;
        this.screen = screen;
        this.ending = ending;
    }

    /**
     * Runs to the end; nothing is left when it returns or throws.
     *
     * @throws LocalFailure where something cannot be started or an example does not become Ready
     * @throws Ending.EndedException where it was asked to end before all was Ready
     */
    void run() {
        try (TiedFiles files = files()) {
            LocalLog.to(options.log());
            runTied();
        }
    }

    private void runTied() {
        try (LocalWorld world =
                LocalWorld.start(options.port(), ElastiCacheDurations.fast(), options.crds(), ending, screen::say)) {
            world.apiServer().writeKubeconfig(options.kubeconfig());
            copy(world.certificate(), options.certificateAuthority());
            world.cluster().apply(options.examples());
            List<CacheCluster> caches = awaitReady(world.cluster(), elapsed().plus(options.timeout()));
            List<Connection> connections = connect(world.cluster(), caches);
            screen.say("");
            screen.say(guide(world, connections).text());
            if (!options.exitWhenReady()) {
                ending.await();
            }
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TiedFiles files() {
        try {
            Files.createDirectories(options.target());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return TiedFiles.of(List.of(options.kubeconfig(), options.certificateAuthority(), options.log()));
    }

    private List<CacheCluster> awaitReady(Cluster cluster, Duration deadline) {
        while (true) {
            List<CacheCluster> caches = cluster.caches();
            List<CacheRow> rows = caches.stream().map(CacheRow::of).toList();
            screen.show(elapsed(), rows);
            if (!rows.isEmpty() && rows.stream().allMatch(CacheRow::ready)) {
                return caches;
            }
            if (elapsed().compareTo(deadline) > 0) {
                throw notReady(caches);
            }
            ending.pause(LOOK);
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private LocalFailure notReady(List<CacheCluster> caches) {
        List<String> names = new ArrayList<>();
        List<String> details = new ArrayList<>();
        for (CacheCluster cache : caches) {
            if (!CacheRow.of(cache).ready()) {
                names.add(cache.getMetadata().getName());
                details.add(cache.getMetadata().getName() + ":");
                List<String> conditions = CacheRow.conditions(cache);
                details.addAll(
                        conditions.isEmpty()
                                ? List.of("  no conditions: the operator has not looked at it")
                                : conditions.stream().map(line -> "  " + line).toList());
            }
        }
        details.addAll(endOfLog());
        return new LocalFailure(
                "Not Ready within %d s: %s."
                        .formatted(
                                options.timeout().toSeconds(),
                                names.isEmpty() ? "there is no cache" : String.join(", ", names)),
                details);
    }

    private List<String> endOfLog() {
        try {
            List<String> lines = Files.readAllLines(options.log()).stream()
                    .filter(line -> !line.startsWith("\t"))
                    .toList();
            List<String> last = lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
            return last.isEmpty()
                    ? List.of()
                    : Stream.concat(
                                    Stream.of("The end of the log:"),
                                    last.stream().map(line -> "  " + line))
                            .toList();
        } catch (IOException unreadable) {
            return List.of("The log cannot be read: " + unreadable.getMessage());
        }
    }

    private List<Connection> connect(Cluster cluster, List<CacheCluster> caches) {
        ConnectionCheck check = new ConnectionCheck(options.certificateAuthority());
        List<Connection> connections = caches.stream().map(cluster::connection).toList();
        screen.say("");
        for (Connection connection : connections) {
            screen.say("Secret %-28s connects to %s: %s"
                    .formatted(connection.secret(), connection.address(), check.use(connection, ending)));
        }
        return connections;
    }

    private Guide guide(LocalWorld world, List<Connection> connections) {
        return new Guide(
                options.kubeconfig(),
                kubectl(world),
                world.aws(),
                LocalWorld.REGION,
                options.certificateAuthority(),
                connections);
    }

    private static String kubectl(LocalWorld world) {
        boolean onPath = Stream.of(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
        return onPath ? "kubectl" : world.apiServer().kubectl().binary().toString();
    }
}
