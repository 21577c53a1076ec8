package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.core.Impact;
import io.cacheoperator.core.Step;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes that are shown and not made. */
class ChangesNotMadeTest {

    static Stream<Arguments> notSupportedYet() {
        return Stream.of(
                Arguments.of("nodeType", "cache.t4g.small", "cache.r7g.large", Impact.BRIEF),
                Arguments.of(
                        "replicasPerShard", "engine: valkey", "engine: valkey\nreplicasPerShard: 2", Impact.IN_PLACE),
                Arguments.of("clusterMode", "engine: valkey", "engine: valkey\nclusterMode: enabled", Impact.BRIEF),
                Arguments.of("engineVersion", "engine: valkey", "engine: valkey\nengineVersion: \"8.2\"", Impact.BRIEF),
                Arguments.of("multiAz", "engine: valkey", "engine: valkey\nmultiAz: false", Impact.IN_PLACE));
    }

    @ParameterizedTest
    @MethodSource("notSupportedYet")
    void showsWhatItCannotChangeYetAndSendsNothing(String field, String before, String after, Impact impact) {
        String spec = Clusters.NETWORK + "engine: valkey\n";
        RunningCache cache = new RunningCache("engine: valkey\n").edit(Clusters.ofWhole(spec.replace(before, after)));

        assertThat(cache.actions()).isEmpty();
        assertThat(cache.plan().steps()).singleElement().satisfies(step -> {
            assertThat(step.state()).isEqualTo(Step.State.Refused);
            assertThat(step.message()).contains("spec." + field).contains("not supported by this version yet");
            assertThat(step.impact()).isEqualTo(impact);
        });
    }

    @Test
    void blocksEngineDowngrade() {
        RunningCache cache = new RunningCache("engine: valkey\n").edit("engine: valkey\nengineVersion: \"7.2\"\n");

        assertThat(cache.actions()).isEmpty();
        assertThat(cache.plan().problems().getFirst().reason()).isEqualTo(ClusterReason.ForbiddenChange);
        assertThat(cache.plan().impact()).isEqualTo(Impact.FORBIDDEN);
    }

    @Test
    void seesNoDriftInAnUpgradeByAws() {
        RunningCache cache = new RunningCache("engine: valkey\nengineVersion: \"8.0\"\n");
        cache.world.members.computeIfPresent(
                cache.id(),
                (id, members) -> members.stream()
                        .map(m -> States.withVersion(m, "8.1.4"))
                        .toList());

        assertThat(cache.actions()).isEmpty();
        assertThat(drift(cache)).isEmpty();
        assertThat(cache.plan().steps()).isEmpty();
    }

    @Test
    void asksForClusterModeBeforeMoreShards() {
        RunningCache cache = new RunningCache("engine: valkey\n").edit("engine: valkey\nshards: 2\n");

        assertThat(cache.actions()).isEmpty();
        assertThat(cache.plan().problems().getFirst().field()).contains("spec.clusterMode");
        assertThat(cache.plan().problems().getFirst().message()).contains("set clusterMode: enabled");
    }

    @Test
    void leavesFieldsToTheGlobalDatastoreThatOwnsThem() {
        RunningCache cache = new RunningCache("engine: valkey\n")
                .group(g -> States.inGlobalDatastore(g, "global-1"))
                .edit(Clusters.ofWhole(Clusters.NETWORK.replace("t4g.small", "r7g.large") + "engine: valkey\n"));

        assertThat(cache.actions()).isEmpty();
        assertThat(cache.plan().steps().getFirst().message()).contains("global datastore");
    }

    private static List<String> drift(RunningCache cache) {
        ClusterInputs in = cache.world.inputs(cache.cr, cache.operator.settings);
        return ClusterDiff.drift(cache.cr, in, in.observed().cache().orElseThrow()).stream()
                .map(entry -> entry.field() + " " + entry.desired() + " " + entry.actual())
                .toList();
    }
}
