package io.cacheoperator.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.cacheoperator.simulator.elasticache.ElastiCacheDurations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each example from apply to deletion by the operator, with real nodes; all at once in one world. */
@RequiresApiServer
class ExamplesIT {
    private static final Duration MOST = Duration.ofMinutes(3);
    private static final Set<String> NOT_SAVED = Set.of("memcached", "tls-optional");

    private static final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private static final Map<String, Future<Life>> lives = new TreeMap<>();
    private static LocalWorld world;
    private static SimulatedAccount account;

    /** What an example was, and what was there of it in AWS while it was Ready and after it was deleted. */
    private record Life(String cacheId, String used, List<String> atReady, List<String> afterDeletion) {}

    @BeforeAll
    static void startLives() throws IOException {
        world = LocalWorld.start(
                0,
                ElastiCacheDurations.uniform(Duration.ofSeconds(1)),
                LocalProgram.root().resolve("crds"),
                new Ending(),
                progress -> {});
        account = new SimulatedAccount(world.aws());
        for (Path example : files()) {
            lives.put(name(example), threads.submit(() -> live(example)));
        }
    }

    @AfterAll
    static void stopWorld() {
        threads.shutdownNow();
        account.close();
        world.close();
    }

    static Stream<String> examples() throws IOException {
        return files().stream().map(ExamplesIT::name);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void connectsWithItsSecret(String name) throws Exception {
        Life life = Objects.requireNonNull(lives.get(name)).get();

        assertThat(life.used()).contains("memcached".equals(name) ? "set on 2 nodes" : "SET and GET");
        assertThat(life.atReady()).contains("SecurityGroup cacheoperator-" + life.cacheId());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void leavesOnlyWhatItsPolicyKeeps(String name) throws Exception {
        Life life = Objects.requireNonNull(lives.get(name)).get();

        assertThat(life.afterDeletion()).isEmpty();
        assertThat(account.savedCaches().contains(life.cacheId())).isEqualTo(!NOT_SAVED.contains(name));
    }

    @Test
    void nothingSharedIsLeftAfterTheLastOne() throws Exception {
        for (Future<Life> life : lives.values()) {
            life.get();
        }
        assertThat(account.resources()).isEmpty();
    }

    private static Life live(Path example) {
        String name = name(example);
        Cluster cluster = world.cluster();
        cluster.apply(example);
        CacheCluster cache = await().atMost(MOST)
                .until(
                        () -> find(name),
                        found -> found.map(CacheRow::of).filter(CacheRow::ready).isPresent())
                .orElseThrow();
        String used = new ConnectionCheck(world.certificate()).use(cluster.connection(cache), new Ending());
        String id = Objects.requireNonNull(cache.getStatus().id());
        List<String> atReady = account.resourcesOf(id);

        cluster.delete(example);
        await().atMost(MOST).until(() -> find(name).isEmpty());
        return new Life(id, used, atReady, account.resourcesOf(id));
    }

    private static Optional<CacheCluster> find(String name) {
        return world.cluster().caches().stream()
                .filter(cache -> cache.getMetadata().getName().equals(name))
                .findFirst();
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(LocalProgram.root().resolve("examples"))) {
            return files.sorted().toList();
        }
    }

    private static String name(Path example) {
        return example.getFileName().toString().replace(".yaml", "");
    }
}
