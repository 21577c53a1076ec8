package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.aws.CacheClusterState;
import io.cacheoperator.aws.ModifyCacheCluster;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What others change of a memcached cluster, each thing alone: put back by one call with nothing else in it, or only told of. */
class MemcachedDriftTest {

    private static final String SPEC = """
            engine: memcached
            maintenance: {window: "mon:01:00-mon:02:00", autoMinorVersionUpgrade: true}
            """;

    /**
     * @param drift what somebody does in AWS
     * @param correction the one call that undoes it
     */
    record Case(String field, UnaryOperator<CacheClusterState> drift, Correction correction) {
        @Override
        public String toString() {
            return field;
        }
    }

    @FunctionalInterface
    interface Correction {
        ModifyCacheCluster of(RunningCache cache);
    }

    private static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        "spec.maintenance.window",
                        c -> changed(c, Optional.of("tue:01:00-tue:02:00"), List.of(), Optional.empty()),
                        cache -> modify(cache, Optional.of("mon:01:00-mon:02:00"), List.of(), Optional.empty())),
                new Case(
                        "spec.maintenance.autoMinorVersionUpgrade",
                        c -> changed(c, Optional.empty(), List.of(), Optional.of(false)),
                        cache -> modify(cache, Optional.empty(), List.of(), Optional.of(true))),
                new Case(
                        "spec.network.securityGroupIds",
                        c -> changed(c, Optional.empty(), List.of("sg-theirs"), Optional.empty()),
                        cache -> modify(
                                cache,
                                Optional.empty(),
                                // Theirs stays: the spec gives no groups that would be all.
                                List.of(
                                        cache.world
                                                .securityGroups
                                                .keySet()
                                                .iterator()
                                                .next(),
                                        "sg-theirs"),
                                Optional.empty())));
    }

    private static CacheClusterState changed(
            CacheClusterState c, Optional<String> window, List<String> securityGroups, Optional<Boolean> autoMinor) {
        return States.modified(
                c, window, securityGroups, Optional.empty(), Optional.empty(), autoMinor, Optional.empty());
    }

    private static ModifyCacheCluster modify(
            RunningCache cache, Optional<String> window, List<String> securityGroups, Optional<Boolean> autoMinor) {
        return new ModifyCacheCluster(
                cache.id(),
                window,
                securityGroups,
                Optional.empty(),
                Optional.empty(),
                autoMinor,
                Optional.empty(),
                Optional.empty());
    }

    private static RunningCache drifted(String spec, Case drift) {
        RunningCache cache = new RunningCache(spec).looked();
        cache.world.memcached.replaceAll((id, state) -> drift.drift().apply(state));
        return cache;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isPutBackByOneCall(Case drift) {
        RunningCache cache = drifted(SPEC, drift);

        assertThat(cache.drift()).singleElement().asString().startsWith(drift.field() + " ");
        assertThat(cache.actions())
                .containsExactly(
                        new ClusterAction.ModifyMemcached(drift.correction().of(cache)));
        assertThat(cache.drift()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isOnlyToldOfUnderReport(Case drift) {
        RunningCache cache = drifted(SPEC + "driftPolicy: Report\n", drift);

        assertThat(cache.actions()).isEmpty();
        assertThat(cache.drift()).singleElement().asString().startsWith(drift.field() + " ");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isPutBackOnceReportGivesWayToCorrect(Case drift) {
        RunningCache cache = drifted(SPEC + "driftPolicy: Report\n", drift);
        cache.looked().edit(SPEC);

        assertThat(cache.actions())
                .containsExactly(
                        new ClusterAction.ModifyMemcached(drift.correction().of(cache)));
    }
}
