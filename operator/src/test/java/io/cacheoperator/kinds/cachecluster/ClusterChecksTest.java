package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.core.Plan;
import io.cacheoperator.core.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is found wrong before the first write. */
class ClusterChecksTest {

    private static final String PLAIN = "nodeType: cache.t4g.small\n";

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong(
                        PLAIN + "engine: valkey\nnetwork: {allowFrom: [{cidr: 10.0.0.0/8}]}\n",
                        "spec.network.subnetIds",
                        "subnets"),
                wrong(
                        PLAIN + "engine: valkey\nnetwork: {subnetIds: [subnet-a, subnet-b]}\n",
                        "spec.network.allowFrom",
                        "who may connect"),
                wrong(
                        PLAIN
                                + "engine: valkey\nnetwork: {subnetIds: [subnet-a, subnet-x], allowFrom: [{cidr: 10.0.0.0/8}]}\n",
                        "spec.network.subnetIds",
                        "subnet-x"),
                wrong(
                        PLAIN
                                + "engine: valkey\nnetwork: {subnetSelector: {vpcId: vpc-7}, allowFrom: [{cidr: 10.0.0.0/8}]}\n",
                        "spec.network.subnetSelector",
                        "vpc-7"),
                wrong(
                        PLAIN
                                + "engine: valkey\nnetwork: {subnetGroupName: nowhere, allowFrom: [{cidr: 10.0.0.0/8}]}\n",
                        "spec.network.subnetGroupName",
                        "nowhere"),
                wrong(
                        PLAIN
                                + "engine: valkey\nnetwork: {subnetIds: [subnet-a, subnet-c], allowFrom: [{cidr: 10.0.0.0/8}]}\n",
                        "spec.network.subnetIds",
                        "several VPCs"),
                wrong(
                        PLAIN + "engine: valkey\nnetwork: {subnetIds: [subnet-a], allowFrom: [{cidr: 10.0.0.0/8}]}\n",
                        "spec.multiAz",
                        "two"),
                with("engine: valkey\nengineVersion: \"8.7\"\n", "spec.engineVersion", "nearest: 8.1"),
                with("engine: redis\nengineVersion: \"6.5\"\n", "spec.engineVersion", "nearest: 6.2, 7.0"),
                with("engine: redis\nengineVersion: \"7.1.0\"\n", "spec.engineVersion", "write \"7.1\""),
                with(
                        "engine: redis\nengineVersion: \"6.2\"\nencryption: {inTransit: preferred}\n",
                        "spec.encryption.inTransit",
                        "7.0.5"),
                with(
                        "engine: valkey\nencryption: {inTransit: preferred}\nauth: {type: Token}\n",
                        "spec.encryption.inTransit",
                        "AUTH token"),
                with("engine: redis\nengineVersion: \"6.2\"\nclusterMode: compatible\n", "spec.clusterMode", "7.0"),
                with(
                        "engine: memcached\nengineVersion: 1.6.6\nencryption: {inTransit: required}\n",
                        "spec.encryption.inTransit",
                        "1.6.12"),
                with("engine: valkey\navailabilityZones: [eu-west-1a]\n", "spec.availabilityZones", "2 nodes"),
                with(
                        "engine: valkey\navailabilityZones: [eu-west-1a, eu-west-1z]\n",
                        "spec.availabilityZones",
                        "eu-west-1z"),
                with("engine: valkey\navailabilityZones: [eu-west-1a, eu-west-1a]\n", "spec.multiAz", "two"),
                with("engine: memcached\nnodes: 1\ncrossAz: true\n", "spec.crossAz", "one node"),
                with(
                        "engine: valkey\nmaintenance: {window: \"sun:05:00-sun:06:00\"}\nsnapshots: {window: \"05:30-06:30\"}\n",
                        "spec.snapshots.window",
                        "overlap"),
                with("engine: valkey\nparameters: {timeuot: 1}\n", "spec.parameters.timeuot", "did you mean timeout?"),
                with(
                        "engine: valkey\nparameters: {hash-max-ziplist-entries: 1}\n",
                        "spec.parameters.hash-max-ziplist-entries",
                        "did you mean hash-max-listpack-entries?"),
                with(
                        "engine: valkey\nparameters: {maxmemory: 1000}\n",
                        "spec.parameters.maxmemory",
                        "reserved-memory-percent"),
                with(
                        "engine: valkey\nparameters: {appendonly: \"yes\"}\n",
                        "spec.parameters.appendonly",
                        "spec.snapshots"),
                with(
                        "engine: valkey\nparameters: {cluster-enabled: \"yes\"}\n",
                        "spec.parameters.cluster-enabled",
                        "spec.clusterMode"),
                with(
                        "engine: valkey\nparameters: {repl-timeout: 10}\n",
                        "spec.parameters.repl-timeout",
                        "cannot be changed"),
                with("engine: valkey\nparameters: {timeout: 5}\n", "spec.parameters.timeout", "0,20-"),
                with(
                        "engine: valkey\nparameters: {maxmemory-policy: all}\n",
                        "spec.parameters.maxmemory-policy",
                        "allkeys-lru"));
    }

    private static Arguments with(String spec, String field, String words) {
        return Arguments.of(Clusters.NETWORK + spec, field, words);
    }

    private static Arguments wrong(String spec, String field, String words) {
        return Arguments.of(spec, field, words);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void namesTheFieldAndWritesNothing(String spec, String field, String words) {
        Convergence operator = operator();

        Plan<ClusterAction> plan = operator.run(Clusters.ofWhole(spec));

        assertThat(operator.done).isEmpty();
        assertThat(plan.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).contains(field);
            assertThat(problem.message()).contains(words);
        });
    }

    @Test
    void reportsEverythingAtOnce() {
        Plan<ClusterAction> plan = operator()
                .run(Clusters.ofWhole(
                        PLAIN + "engine: redis\nengineVersion: \"6.5\"\nparameters: {timeout: 5, nonsense: 1}\n"
                                + "availabilityZones: [a]\nauth: {token: {secretRef: {name: mine, key: token}}}\n"));

        assertThat(plan.problems().stream().map(Problem::reason))
                .contains(
                        ClusterReason.SubnetsNotGiven,
                        ClusterReason.AccessNotGiven,
                        ClusterReason.EngineVersionNotOffered,
                        ClusterReason.ZonesInvalid,
                        ClusterReason.TokenSecretMissing);
    }

    @Test
    void knowsWhatRangesAndListsPermit() {
        assertThat(ParameterChecks.permits("0,20-", "0")).isTrue();
        assertThat(ParameterChecks.permits("0,20-", "19")).isFalse();
        assertThat(ParameterChecks.permits("0,20-", "300")).isTrue();
        assertThat(ParameterChecks.permits("1-100", "100")).isTrue();
        assertThat(ParameterChecks.permits("1-100", "101")).isFalse();
        assertThat(ParameterChecks.permits("-5,-4,1-", "-4")).isTrue();
        assertThat(ParameterChecks.permits("0-,1%-100%", "50%")).isTrue();
        assertThat(ParameterChecks.permits("0-,1%-100%", "101%")).isFalse();
        assertThat(ParameterChecks.permits("yes,no", "true")).isFalse();
        assertThat(ParameterChecks.permits("", "anything")).isTrue();
    }

    @Test
    void knowsWhichWindowsOverlap() {
        assertThat(Windows.overlap("sun:05:00-sun:06:00", "05:59-06:59")).isTrue();
        assertThat(Windows.overlap("sun:05:00-sun:06:00", "06:00-07:00")).isFalse();
        assertThat(Windows.overlap("sun:23:30-mon:00:30", "00:00-01:00")).isTrue();
        assertThat(Windows.overlap("SUN:23:30-Mon:00:30", "22:30-23:31")).isTrue();
        assertThat(Windows.overlap("sun:05:00-sun:06:00", "23:30-00:30")).isFalse();
        for (String maintenance : List.of("sun:23:30-mon:00:30", "sat:05:00-sat:13:00")) {
            assertThat(Windows.overlap(
                            maintenance, Windows.snapshotAfter(maintenance).orElseThrow()))
                    .isFalse();
        }
    }

    @Test
    void permitsByGlobs() {
        AllowList list = new AllowList(List.of(new AllowList.Entry(List.of("team-*"), List.of("old/*/cache", "x"))));

        assertThat(list.permitsTakeOver("team-a", "old/shop/cache")).isTrue();
        assertThat(list.permitsTakeOver("team-a", "x")).isTrue();
        assertThat(list.permitsTakeOver("team-a", "old/shop/other")).isFalse();
        assertThat(list.permitsTakeOver("other", "x")).isFalse();
        assertThat(AllowList.NONE.permitsTakeOver("team-a", "x")).isFalse();
    }

    private static Convergence operator() {
        ModelWorld world = new ModelWorld();
        world.subnet("subnet-c", "vpc-2", "eu-west-1c");
        return new Convergence(world);
    }
}
