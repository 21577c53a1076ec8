package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.aws.AuthToken;
import io.cacheoperator.aws.CreateCacheCluster;
import io.cacheoperator.aws.CreateReplicationGroup;
import io.cacheoperator.aws.Queries;
import io.cacheoperator.aws.SubnetGroupState;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Observation.Source;
import io.cacheoperator.core.Owner;
import io.cacheoperator.core.Ownership;
import io.cacheoperator.core.Plan;
import io.cacheoperator.core.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CreatePlannerTest {

    private final ModelWorld world = new ModelWorld();
    private final Convergence operator = new Convergence(world);

    @Test
    void makesWhatTheCacheNeedsThenTheCacheThenItsSecretInThatOrder() {
        operator.run(Clusters.of("engine: valkey\nparameters: {timeout: 300}\n"));

        assertThat(operator.doneNames())
                .containsExactly(
                        "CreateSecurityGroup",
                        "AuthorizeIngress",
                        "CreateSubnetGroup",
                        "CreateParameterGroup",
                        "ModifyParameters",
                        "WriteTokenSecret",
                        "CreateGroup",
                        "WriteConnectionSecret");
    }

    @Test
    void showsAllStepsBeforeTheFirstIsTaken() {
        Plan<ClusterAction> plan = operator.plan(Clusters.of("engine: valkey\nparameters: {timeout: 300}\n"));

        assertThat(plan.steps().stream().map(Step::name))
                .containsExactly(
                        "CreateSecurityGroup",
                        "AuthorizeSecurityGroupIngress",
                        "CreateCacheSubnetGroup",
                        "CreateCacheParameterGroup",
                        "ModifyCacheParameterGroup",
                        "WriteTokenSecret",
                        "CreateReplicationGroup",
                        "WriteConnectionSecret");
    }

    @Test
    void asksNothingMoreOfACacheThatIsAsItShouldBe() {
        RunningCache running =
                new RunningCache("engine: valkey\nparameters: {timeout: 300}\ntags: {team: shop}\n").forgetful();

        Plan<ClusterAction> plan =
                ClusterPlanner.plan(running.cr, running.world.inputs(running.cr, operator.settings), ModelWorld.NOW);

        assertThat(plan.reads()).isEmpty();
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.problems()).isEmpty();
    }

    @Test
    void derivesASafeCacheWhereTheSpecSaysLittle() {
        operator.run(Clusters.of("engine: valkey\n"));

        CreateReplicationGroup request = created();
        assertThat(request.clusterMode()).isEqualTo("disabled");
        assertThat(request.shards()).isEqualTo(1);
        assertThat(request.replicasPerShard()).isEqualTo(1);
        assertThat(request.multiAz()).isTrue();
        assertThat(request.automaticFailover()).isTrue();
        assertThat(request.atRestEncryption()).isTrue();
        assertThat(request.transitEncryption()).isTrue();
        assertThat(request.transitEncryptionMode()).isEmpty();
        assertThat(request.authToken()).contains(new AuthToken("Fresh0" + "x".repeat(58)));
        assertThat(request.snapshotRetentionDays()).contains(7);
        assertThat(request.engineVersion()).isEmpty();
        assertThat(request.parameterGroupName()).isEmpty();
        assertThat(request.description()).isEqualTo("CacheCluster shop/sessions");
        assertThat(request.securityGroupIds()).containsExactly("sg-1");
        assertThat(request.tags())
                .containsEntry(Owner.TAG, "prod/shop/sessions")
                .containsEntry("cacheoperator.io/uid", "uid-1");
    }

    @Test
    void derivesClusterModeEnabledFromSeveralShards() {
        operator.run(Clusters.of("engine: valkey\nshards: 3\nreplicasPerShard: 0\nparameters: {timeout: 0}\n"));

        assertThat(created().clusterMode()).isEqualTo("enabled");
        assertThat(created().automaticFailover()).isTrue();
        assertThat(created().multiAz()).isFalse();
        assertThat(created().engineVersion()).contains("8.1");
        assertThat(world.parameters.values()).containsExactly(Map.of("timeout", "0", "cluster-enabled", "yes"));
    }

    @Test
    void makesMemcachedWithoutTokenAndTls() {
        operator.run(Clusters.of("engine: memcached\nnodes: 3\ncrossAz: true\n"));

        assertThat(operator.doneNames())
                .containsExactly(
                        "CreateSecurityGroup",
                        "AuthorizeIngress",
                        "CreateSubnetGroup",
                        "CreateMemcached",
                        "WriteConnectionSecret");
        CreateCacheCluster request = ((ClusterAction.CreateMemcached) operator.done.get(3)).request();
        assertThat(request.nodes()).isEqualTo(3);
        assertThat(request.crossAz()).isTrue();
        assertThat(request.transitEncryption()).isFalse();
        ConnectionSecretState secret = world.connection.orElseThrow();
        assertThat(secret.type()).isEqualTo("servicebinding.io/memcached");
        assertThat(secret.data().getOrDefault("nodes", "").split(",", -1)).hasSize(3);
    }

    @Test
    void writesAConnectionSecretThatConnects() {
        operator.run(Clusters.of("engine: valkey\n"));

        String id = world.groups.keySet().iterator().next();
        assertThat(world.connection.orElseThrow().data())
                .containsEntry("host", id + ".primary")
                .containsEntry("port", "6379")
                .containsEntry("ssl", "true")
                .containsEntry("username", "default")
                .containsEntry("password", "Fresh0" + "x".repeat(58))
                .containsEntry("uri", "rediss://:Fresh0" + "x".repeat(58) + "@" + id + ".primary:6379")
                .containsEntry("reader-host", id + ".reader")
                .containsEntry("cluster-mode", "false")
                .doesNotContainKey("nodes");
    }

    @Test
    void pointsClientsOfClusterModeAtTheConfigurationEndpointAndAllNodes() {
        operator.run(Clusters.of("engine: redis\nshards: 2\n"));

        Map<String, String> data = world.connection.orElseThrow().data();
        assertThat(data.get("host")).startsWith("clustercfg.");
        assertThat(data.get("cluster-mode")).isEqualTo("true");
        assertThat(data.getOrDefault("nodes", "").split(",", -1)).hasSize(4);
        assertThat(data).doesNotContainKey("reader-host");
    }

    @Test
    void splitsParametersIntoCallsOfTwenty() {
        StringBuilder parameters = new StringBuilder();
        for (int i = 0; i < 45; i++) {
            parameters.append("  tuning-").append(i).append(": ").append(i + 1).append('\n');
        }
        operator.run(Clusters.of("engine: valkey\nparameters:\n" + parameters));

        assertThat(operator.done.stream()
                        .filter(a -> a instanceof ClusterAction.ModifyParameters)
                        .map(a -> ((ClusterAction.ModifyParameters) a).values().size()))
                .containsExactly(20, 20, 5);
    }

    @Test
    void usesTheUsersNetworkWithoutMakingAny() {
        world.subnetGroups.put(
                "theirs",
                new SubnetGroupState(
                        "theirs",
                        "arn:theirs",
                        "",
                        "vpc-9",
                        List.of(
                                new SubnetGroupState.Subnet("s-1", "eu-west-1a"),
                                new SubnetGroupState.Subnet("s-2", "eu-west-1b"))));
        operator.run(Clusters.ofWhole("""
                engine: valkey
                nodeType: cache.t4g.small
                network: {subnetGroupName: theirs, securityGroupIds: [sg-theirs]}
                """));

        assertThat(operator.doneNames()).containsExactly("WriteTokenSecret", "CreateGroup", "WriteConnectionSecret");
        assertThat(created().subnetGroupName()).contains("theirs");
        assertThat(created().securityGroupIds()).containsExactly("sg-theirs");
    }

    @Test
    void sharesOneSubnetGroupBetweenClustersInTheSameSubnets() {
        operator.run(Clusters.of("engine: valkey\n"));
        CacheCluster other = Clusters.of("engine: valkey\n");
        other.getMetadata().setName("other");
        world.token = Optional.empty();
        world.connection = Optional.empty();
        Convergence second = new Convergence(world);
        second.run(other);

        assertThat(second.doneNames()).doesNotContain("CreateSubnetGroup");
        assertThat(world.subnetGroups).hasSize(1);
        assertThat(world.tags.values()).contains(Map.of(Owner.TAG, "prod"));
    }

    @Test
    void takesTheOperatorsDefaultsWhereTheSpecIsSilent() {
        operator.settings = new ClusterSettings(
                Clusters.CLUSTER_NAME,
                Clusters.REGION,
                new OperatorDefaults(
                        List.of("subnet-b"),
                        Optional.empty(),
                        List.of(new NetworkSpec.AllowFrom(null, "sg-nodes", null, null)),
                        Map.of("cost", "42", "team", "default"),
                        Optional.of("arn:aws:kms:eu-west-1:1:key/k"),
                        Optional.empty()),
                AllowList.NONE);
        operator.run(
                Clusters.ofWhole("engine: valkey\nnodeType: cache.t4g.small\nmultiAz: false\ntags: {team: shop}\n"));

        assertThat(created().kmsKeyId()).contains("arn:aws:kms:eu-west-1:1:key/k");
        assertThat(created().tags()).containsEntry("cost", "42").containsEntry("team", "shop");
        assertThat(world.subnetGroups.values().iterator().next().subnets()).hasSize(1);
    }

    @Test
    void goesOnWithWhatAnEarlierAttemptMade() {
        CacheCluster cr = Clusters.of("engine: valkey\nparameters: {timeout: 300}\n");
        for (int broken = 1; broken <= 7; broken++) {
            ModelWorld half = new ModelWorld();
            Convergence first = new Convergence(half);
            for (int step = 0; step < broken; step++) {
                first.aws.apply(first.plan(cr).next().orElseThrow().action());
            }
            half.asked.clear();
            Convergence second = new Convergence(half);
            second.run(cr);

            assertThat(half.groups).hasSize(1);
            assertThat(half.securityGroups).hasSize(1);
            assertThat(half.parameterGroups).hasSize(1);
            assertThat(second.done).hasSize(8 - broken);
        }
    }

    @Test
    void takesZonesOfShardsFromThePoolRoundRobin() {
        operator.run(Clusters.of("engine: valkey\nshards: 2\navailabilityZones: [eu-west-1a, eu-west-1b]\n"));

        assertThat(created().shardZones())
                .containsExactly(
                        new CreateReplicationGroup.ShardZones("eu-west-1a", List.of("eu-west-1b")),
                        new CreateReplicationGroup.ShardZones("eu-west-1b", List.of("eu-west-1a")));
        assertThat(created().preferredZones()).isEmpty();
    }

    @Test
    void writesNothingBeforeAnyoneHasLooked() {
        world.hidden = query -> query instanceof Queries.ReplicationGroup;

        Plan<ClusterAction> plan = operator.plan(Clusters.of("engine: valkey\n"));

        assertThat(plan.next()).isEmpty();
        assertThat(plan.reads()).hasSize(1);
    }

    @Test
    void neverRemakesACacheThatIsGone() {
        CacheCluster cr = Clusters.of("engine: valkey\n");
        CacheCluster known =
                Clusters.withStatus(cr, CacheClusterStatus.builder().id("x").build());

        Plan<ClusterAction> plan = operator.run(known);

        assertThat(operator.done).isEmpty();
        assertThat(plan.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.reason()).isEqualTo(ClusterReason.CacheLost);
            assertThat(problem.message()).contains("delete this CacheCluster").contains("snapshot");
        });
        assertThat(world.asked).hasSize(1);
    }

    @Test
    void confirmsAbsenceBeforeItCallsACacheLost() {
        CacheCluster known = Clusters.withStatus(
                Clusters.of("engine: valkey\n"),
                CacheClusterStatus.builder().id("x").build());

        Plan<ClusterAction> plan = ClusterPlanner.plan(known, world.inputs(known, operator.settings), ModelWorld.NOW);

        assertThat(plan.problems()).isEmpty();
        assertThat(plan.reads()).hasSize(1);
    }

    @Test
    void leavesTheSecondClusterOfOneIdAlone() {
        CacheCluster cr = Clusters.of("engine: valkey\n");
        ClusterInputs in = world.inputs(cr, operator.settings);
        ClusterInputs claimed = new ClusterInputs(
                in.settings(),
                in.owner(),
                in.observed(),
                in.tokenSecret(),
                in.connectionSecret(),
                in.freshToken(),
                Optional.of("shop/elder"),
                false);

        Plan<ClusterAction> plan = ClusterPlanner.plan(cr, claimed, ModelWorld.NOW);

        assertThat(plan.steps()).isEmpty();
        assertThat(plan.problems().getFirst().reason()).isEqualTo(ClusterReason.DuplicateId);
        assertThat(plan.problems().getFirst().message()).contains("shop/elder");
    }

    /** Else Kubernetes collects it with the earlier one, after the cache was made with its token. */
    @Test
    void keepsATokenSecretOfAnEarlierClusterFromBeingCollectedBeforeItUsesTheToken() {
        world.token = Optional.of(new TokenSecret(
                "sessions-cache-auth",
                true,
                true,
                Optional.of(new AuthToken("abcdefghijklmnop")),
                Optional.empty(),
                Optional.empty()));
        operator.run(Clusters.of("engine: valkey\n"));

        assertThat(operator.doneNames()).startsWith("ReleaseSecrets").contains("CreateGroup");
        assertThat(created().authToken()).contains(new AuthToken("abcdefghijklmnop"));
    }

    @Test
    void waitsForKubernetesToTellOfTheTokenSecret() {
        CacheCluster cr = Clusters.of("engine: valkey\n");
        operator.plan(cr);
        ClusterInputs in = world.inputs(cr, operator.settings);
        ClusterInputs unheard = new ClusterInputs(
                in.settings(),
                in.owner(),
                in.observed(),
                Observation.unknown("informer not synced"),
                in.connectionSecret(),
                in.freshToken(),
                Optional.empty(),
                false);

        List<Step<ClusterAction>> steps =
                ClusterPlanner.plan(cr, unheard, ModelWorld.NOW).steps();

        assertThat(steps.stream().filter(s -> s.state() == Step.State.Ready).map(Step::name))
                .doesNotContain("WriteTokenSecret", "CreateReplicationGroup");
    }

    @Test
    void sendsTheUsersToken() {
        world.token = Optional.of(new TokenSecret(
                "mine", false, Optional.of(new AuthToken("abcdefghijklmnop")), Optional.empty(), Optional.empty()));
        operator.run(Clusters.of("engine: valkey\nauth: {token: {secretRef: {name: mine, key: token}}}\n"));

        assertThat(created().authToken()).contains(new AuthToken("abcdefghijklmnop"));
        assertThat(operator.doneNames()).doesNotContain("WriteTokenSecret");
    }

    @Test
    void answersOnlyToTargetedTagsNotToBulkOnes() {
        Fact<Map<String, String>> bulk = new Fact<>(
                Optional.empty(),
                new Observation.Present<>(Map.of(Owner.TAG, "prod/shop/sessions"), ModelWorld.NOW, Source.BULK));

        assertThat(Owners.proven(bulk, "prod/shop/sessions")).isInstanceOf(Ownership.OwnerUnknown.class);
    }

    private CreateReplicationGroup created() {
        return operator.done.stream()
                .filter(a -> a instanceof ClusterAction.CreateGroup)
                .map(a -> ((ClusterAction.CreateGroup) a).request())
                .findFirst()
                .orElseThrow();
    }
}
