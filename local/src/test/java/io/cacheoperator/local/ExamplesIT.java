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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each example from apply to deletion, in one world, by the operator, with real nodes. */
@RequiresApiServer
class ExamplesIT {
    private static final Duration MOST = Duration.ofMinutes(2);
    private static final Set<String> NOT_SAVED = Set.of("memcached", "tls-optional");

    private static LocalWorld world;
    private static SimulatedAccount account;

    @BeforeAll
    static void startWorld() {
        world = LocalWorld.start(
                0,
                ElastiCacheDurations.uniform(Duration.ofSeconds(1)),
                LocalProgram.root().resolve("crds"),
                new Ending(),
                progress -> {});
        account = new SimulatedAccount(world.aws());
    }

    @AfterAll
    static void stopWorld() {
        account.close();
        world.close();
    }

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(LocalProgram.root().resolve("examples"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void connectsWithItsSecretAndLeavesOnlyWhatItsPolicyKeeps(Path example) {
        String name = example.getFileName().toString().replace(".yaml", "");
        Cluster cluster = world.cluster();

        cluster.apply(example);
        CacheCluster cache = await().atMost(MOST)
                .until(
                        () -> find(name),
                        found -> found.map(CacheRow::of).filter(CacheRow::ready).isPresent())
                .orElseThrow();
        String used = new ConnectionCheck(world.certificate()).use(cluster.connection(cache), new Ending());
        assertThat(used).contains("memcached".equals(name) ? "set on 2 nodes" : "SET and GET");
        assertThat(account.resources()).isNotEmpty();

        cluster.delete(example);
        await().atMost(MOST).until(() -> find(name).isEmpty());
        assertThat(account.resources()).isEmpty();
        assertThat(account.savedCaches().contains(cache.getStatus().id())).isEqualTo(!NOT_SAVED.contains(name));
    }

    private static Optional<CacheCluster> find(String name) {
        return world.cluster().caches().stream()
                .filter(cache -> cache.getMetadata().getName().equals(name))
                .findFirst();
    }
}
