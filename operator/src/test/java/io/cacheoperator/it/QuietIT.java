package io.cacheoperator.it;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.simulator.elasticache.ElastiCacheDurations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Ten minutes in which nothing changes. They are minutes of a clock that AWS and the operator share and that runs 60 times as fast
 * as real time; the operator looks at AWS as often by that clock as the one that ships does by its own.
 */
@RequiresApiServer
class QuietIT {

    private static final double SPEED = 60;
    private static final int CACHES = 32;
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final List<String> EXAMPLES = RepositoryFiles.examples();

    /**
     * Reads of ten minutes by operation, each one page here: every minute, or every five, by a tenth early, and one more. No number
     * in it follows from how many caches there are.
     */
    private static final Map<String, Integer> MOST_READS = Map.ofEntries(
            entry("elasticache:DescribeReplicationGroups", 12),
            entry("elasticache:DescribeCacheClusters", 12),
            entry("ec2:DescribeSecurityGroups", 12),
            entry("ec2:DescribeSecurityGroupRules", 12),
            entry("elasticache:DescribeEvents", 12),
            entry("elasticache:DescribeCacheSubnetGroups", 4),
            entry("elasticache:DescribeCacheParameterGroups", 4),
            entry("tagging:GetResources", 4),
            // What has no list call: two a minute, whatever number there is to look at.
            entry("elasticache:DescribeCacheParameters", 22));

    @Test
    void nothingIsWrittenAndNothingIsReadForAnySingleCache(ApiServer server) {
        try (OperatorHarness operator = OperatorHarness.start(
                        server, HarnessSetup.scaled(SPEED, ElastiCacheDurations.fast()))
                .patient(Duration.ofMinutes(2))) {
            List<String> names =
                    IntStream.range(0, CACHES).mapToObj(i -> apply(operator, i)).toList();
            names.forEach(operator::awaitSynced);
            assertThat(operator.account().clusters())
                    .as("more than one member each")
                    .hasSizeGreaterThan(CACHES);
            pass(operator, Duration.ofMinutes(6));
            Footprint before = Footprint.of(operator, names, "");
            long calls = operator.simulator().callLog().lastSeq();
            double passes = operator.metric("cache_operator_passes_total");
            operator.writes().clear();

            pass(operator, TEN_MINUTES);

            assertThat(operator.simulator().callLog().mutatingSince(calls))
                    .as("writes to AWS")
                    .isEmpty();
            assertThat(operator.writes().all()).as("writes to the API server").isEmpty();
            assertThat(operator.metric("cache_operator_passes_total"))
                    .as("nothing wakes a cache of which nothing changed")
                    .isEqualTo(passes);
            Map<String, Integer> reads = reads(operator, calls);
            assertThat(MOST_READS.keySet()).as("kinds of reads").containsAll(reads.keySet());
            assertThat(reads)
                    .allSatisfy((operation, count) ->
                            assertThat(count).as(operation).isLessThanOrEqualTo(MOST_READS.get(operation)));
            assertThat(reads)
                    .as("it did look")
                    .hasEntrySatisfying(
                            "elasticache:DescribeReplicationGroups",
                            count -> assertThat(count).isGreaterThanOrEqualTo(8));
            assertThat(Footprint.of(operator, names, "")).isEqualTo(before);
        }
    }

    /** One of the examples, under a name of its own; its Secrets too, which two of them name. */
    private static String apply(OperatorHarness operator, int number) {
        String example = EXAMPLES.get(number % EXAMPLES.size());
        String name = example + "-" + number;
        operator.apply(RepositoryFiles.example(example)
                .replace("name: " + example, "name: " + name)
                .replace("name: shop-sessions", "name: " + name + "-sessions"));
        return name;
    }

    private static void pass(OperatorHarness operator, Duration time) {
        Instant end = operator.simulator().clock().instant().plus(time);
        operator.awaitAws(
                "",
                time + " are over",
                () -> !operator.simulator().clock().instant().isBefore(end));
    }

    private static Map<String, Integer> reads(OperatorHarness operator, long since) {
        return operator
                .simulator()
                .callLog()
                .calls(call -> call.seq() > since && SimulatedAccount.isOperators(call))
                .stream()
                .collect(Collectors.toMap(
                        call -> call.service() + ":" + call.operation(), call -> 1, Integer::sum, TreeMap::new));
    }
}
