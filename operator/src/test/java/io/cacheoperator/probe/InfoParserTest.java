package io.cacheoperator.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InfoParserTest {

    private static final String PRIMARY = String.join(
            "\r\n",
            "# Server",
            "redis_version:7.1.0",
            "# Clients",
            "connected_clients:12",
            "# Memory",
            "used_memory:1048576",
            "used_memory_human:1.00M",
            "used_memory_rss:2097152",
            "used_memory_peak:1500000",
            "maxmemory:3221225472",
            "mem_fragmentation_ratio:2.00",
            "# Stats",
            "instantaneous_ops_per_sec:42",
            "keyspace_hits:30",
            "keyspace_misses:10",
            "expired_keys:7",
            "evicted_keys:3",
            "# Replication",
            "role:master",
            "connected_slaves:2",
            "slave0:ip=10.0.0.1,port=6379,state=online,offset=900,lag=0",
            "slave1:ip=10.0.0.2,port=6379,state=online,offset=700,lag=4",
            "master_repl_offset:1000",
            "");

    static Stream<Arguments> valuesOfAPrimary() {
        return Stream.of(
                Arguments.of(Measure.CLIENTS, 12.0),
                Arguments.of(Measure.MEMORY_USED, 1_048_576.0),
                Arguments.of(Measure.MEMORY_RSS, 2_097_152.0),
                Arguments.of(Measure.MEMORY_PEAK, 1_500_000.0),
                Arguments.of(Measure.MEMORY_MAX, 3_221_225_472.0),
                Arguments.of(Measure.FRAGMENTATION, 2.0),
                Arguments.of(Measure.OPERATIONS, 42.0),
                Arguments.of(Measure.HITS, 30.0),
                Arguments.of(Measure.MISSES, 10.0),
                Arguments.of(Measure.HIT_RATIO, 0.75),
                Arguments.of(Measure.EXPIRED, 7.0),
                Arguments.of(Measure.EVICTED, 3.0),
                Arguments.of(Measure.LAG_SECONDS, 4.0),
                Arguments.of(Measure.LAG_BYTES, 300.0));
    }

    @ParameterizedTest
    @MethodSource
    void valuesOfAPrimary(Measure measure, double value) {
        NodeSample sample = InfoParser.info(PRIMARY).orElseThrow();
        assertThat(sample.role()).isEqualTo(NodeRole.PRIMARY);
        assertThat(sample.get(measure)).contains(value);
    }

    @Test
    void aReplicaSaysWhenItLastHeardOfItsPrimary() {
        NodeSample sample = InfoParser.info("role:slave\nmaster_link_status:up\nmaster_last_io_seconds_ago:9\n")
                .orElseThrow();
        assertThat(sample.role()).isEqualTo(NodeRole.REPLICA);
        assertThat(sample.get(Measure.LAG_SECONDS)).contains(9.0);
        assertThat(sample.get(Measure.LAG_BYTES)).isEmpty();
    }

    @Test
    void aReplicaWithoutItsPrimaryHasNoLagThatMeansAnything() {
        NodeSample sample = InfoParser.info("role:slave\nmaster_link_status:down\nmaster_last_io_seconds_ago:-1\n")
                .orElseThrow();
        assertThat(sample.get(Measure.LAG_SECONDS)).isEmpty();
    }

    @Test
    void aPrimaryWithoutReplicasHasNoLag() {
        NodeSample sample =
                InfoParser.info("role:master\nmaster_repl_offset:10\n").orElseThrow();
        assertThat(sample.values()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nan", "inf", "12 MB", "", "-"})
    void whatIsNoNumberIsMissing(String told) {
        assertThat(InfoParser.info("role:master\nconnected_clients:" + told + "\n")
                        .orElseThrow()
                        .get(Measure.CLIENTS))
                .isEmpty();
    }

    @Test
    void noReadsNoRatio() {
        NodeSample sample = InfoParser.info("role:master\nkeyspace_hits:0\nkeyspace_misses:0\n")
                .orElseThrow();
        assertThat(sample.get(Measure.HIT_RATIO)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 400 Bad Request", "# Server\r\nredis_version:7.1.0"})
    void whatNamesNoRoleIsNoInfo(String text) {
        assertThat(InfoParser.info(text)).isEqualTo(Optional.empty());
    }

    @Test
    void statsOfMemcached() {
        String stats = """
                STAT pid 1
                STAT version 1.6.22
                STAT curr_connections 4
                STAT curr_items 100
                STAT bytes 5000
                STAT limit_maxbytes 67108864
                STAT cmd_get 8
                STAT get_hits 6
                STAT get_misses 2
                STAT evictions 1
                """;
        NodeSample sample = InfoParser.stats(stats).orElseThrow();
        assertThat(sample.role()).isEqualTo(NodeRole.NODE);
        assertThat(sample.values())
                .isEqualTo(Map.of(
                        Measure.CLIENTS, 4.0,
                        Measure.ITEMS, 100.0,
                        Measure.MEMORY_USED, 5000.0,
                        Measure.MEMORY_MAX, 67_108_864.0,
                        Measure.GETS, 8.0,
                        Measure.HITS, 6.0,
                        Measure.MISSES, 2.0,
                        Measure.HIT_RATIO, 0.75,
                        Measure.EVICTED, 1.0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ERROR", "STAT version 1.6.22"})
    void whatNamesNoProcessIsNoStats(String text) {
        assertThat(InfoParser.stats(text)).isEmpty();
    }
}
