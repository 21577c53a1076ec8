package io.cacheoperator.aws;

import static io.cacheoperator.aws.AwsInSimulator.REGION;
import static io.cacheoperator.aws.AwsInSimulator.TAGS;
import static io.cacheoperator.aws.AwsInSimulator.ok;
import static io.cacheoperator.aws.AwsInSimulator.smallest;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.aws.CacheClusterState.SecurityGroupMembership;
import io.cacheoperator.aws.CreateReplicationGroup.ShardZones;
import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Observation.Source;
import io.cacheoperator.simulator.calllog.LoggedCall;
import io.cacheoperator.simulator.faults.FaultScope;
import io.cacheoperator.simulator.faults.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is sent to ElastiCache, and what is read back. */
class SdkElastiCacheTest {

    private static final Duration DONE = Duration.ofSeconds(11);

    private final AwsInSimulator aws = new AwsInSimulator();

    @AfterEach
    void close() {
        aws.close();
    }

    private LoggedCall last(String operation) {
        return aws.simulator.callLog().calls("elasticache", operation).getLast();
    }

    private static Queries.ReplicationGroup group(String id) {
        return new Queries.ReplicationGroup(REGION, id);
    }

    @Test
    void sendsOnlyWhatIsSetAndAlwaysWhetherThereIsTls() {
        ok(aws.elastiCache().createReplicationGroup(smallest("shop")));

        assertThat(last("CreateReplicationGroup").request())
                .containsOnlyKeys(
                        "ReplicationGroupId",
                        "ReplicationGroupDescription",
                        "Engine",
                        "CacheNodeType",
                        "NumCacheClusters",
                        "ClusterMode",
                        "MultiAZEnabled",
                        "AutomaticFailoverEnabled",
                        "AtRestEncryptionEnabled",
                        "TransitEncryptionEnabled",
                        "Tags");
        assertThat(last("CreateReplicationGroup").parameter("TransitEncryptionEnabled"))
                .contains("false");
    }

    @Test
    void everyFieldOfAGroupIsReadBack() {
        List<String> zones =
                aws.subnets().stream().map(SubnetState::availabilityZone).toList();
        ok(aws.elastiCache()
                .createSubnetGroup(
                        "nets",
                        "test",
                        aws.subnets().stream().map(SubnetState::id).collect(java.util.stream.Collectors.toSet()),
                        TAGS));
        ok(aws.elastiCache().createParameterGroup("params", "valkey8", "test", TAGS));
        String securityGroup = ok(aws.ec2().createSecurityGroup(aws.vpc(), "shop", "test", TAGS))
                .id();
        ok(aws.elastiCache()
                .createReplicationGroup(new CreateReplicationGroup(
                        "shop",
                        "sessions",
                        "valkey",
                        Optional.of("8.0"),
                        "cache.t4g.small",
                        "disabled",
                        1,
                        1,
                        true,
                        true,
                        List.of(),
                        List.of(zones.get(1), zones.get(0)),
                        false,
                        Optional.of("nets"),
                        List.of(securityGroup),
                        Optional.of("params"),
                        Optional.of(7000),
                        Optional.of("ipv4"),
                        Optional.of("ipv4"),
                        true,
                        Optional.empty(),
                        true,
                        Optional.of("required"),
                        Optional.of(new AuthToken("a-token-of-32-characters-at-least")),
                        Optional.of("sun:05:00-sun:06:00"),
                        Optional.of(false),
                        Optional.empty(),
                        Optional.of(3),
                        Optional.of("03:00-04:00"),
                        TAGS)));
        aws.pass(DONE);

        ReplicationGroupState group = aws.state(group("shop"));
        assertThat(group)
                .returns("available", ReplicationGroupState::status)
                .returns("sessions", ReplicationGroupState::description)
                .returns("cache.t4g.small", ReplicationGroupState::nodeType)
                .returns("disabled", ReplicationGroupState::clusterMode)
                .returns("enabled", ReplicationGroupState::automaticFailover)
                .returns(true, ReplicationGroupState::multiAz)
                .returns(3, ReplicationGroupState::snapshotRetentionDays)
                .returns(Optional.of("03:00-04:00"), ReplicationGroupState::snapshotWindow)
                .returns(true, ReplicationGroupState::transitEncryption)
                .returns(Optional.of("required"), ReplicationGroupState::transitEncryptionMode)
                .returns(true, ReplicationGroupState::atRestEncryption)
                .returns(true, ReplicationGroupState::authTokenEnabled)
                .returns(false, ReplicationGroupState::pendingChanges);
        assertThat(group.memberClusters()).containsExactly("shop-001", "shop-002");
        assertThat(group.nodeGroups().getFirst().primaryEndpoint().orElseThrow().port())
                .isEqualTo(7000);
        assertThat(group.nodeGroups().getFirst().readerEndpoint()).isPresent();

        List<CacheClusterState> members = aws.state(new Queries.Members(REGION, "shop"));
        assertThat(members).hasSize(2).allSatisfy(member -> {
            assertThat(member.engineVersion()).startsWith("8.0.");
            assertThat(member.parameterGroup().orElseThrow().name()).isEqualTo("params");
            assertThat(member.subnetGroupName()).contains("nets");
            assertThat(member.securityGroups())
                    .extracting(SecurityGroupMembership::id)
                    .containsExactly(securityGroup);
            assertThat(member.maintenanceWindow()).contains("sun:05:00-sun:06:00");
            assertThat(member.autoMinorVersionUpgrade()).contains(false);
            assertThat(member.nodes().getFirst().endpoint()).isPresent();
        });
        assertThat(members.getFirst().availabilityZone()).contains(zones.get(1));
    }

    @Test
    void aGroupInTheMakingHasNoEndpointsYet() {
        ReplicationGroupState made = ok(aws.elastiCache().createReplicationGroup(smallest("shop")));

        ReplicationGroupState seen = aws.state(group("shop"));

        assertThat(made.status()).isEqualTo("creating");
        assertThat(seen.status()).isEqualTo("creating");
        assertThat(seen.nodeGroups()).allMatch(n -> n.primaryEndpoint().isEmpty());
    }

    @Test
    void shardsArePlacedInTheirZones() {
        List<String> zones =
                aws.subnets().stream().map(SubnetState::availabilityZone).toList();
        CreateReplicationGroup small = smallest("wide");
        ok(aws.elastiCache()
                .createReplicationGroup(new CreateReplicationGroup(
                        "wide",
                        small.description(),
                        "valkey",
                        Optional.empty(),
                        small.nodeType(),
                        "enabled",
                        2,
                        1,
                        true,
                        true,
                        List.of(
                                new ShardZones(zones.get(0), List.of(zones.get(1))),
                                new ShardZones(zones.get(1), List.of(zones.get(0)))),
                        List.of(),
                        false,
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        Optional.empty(),
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        TAGS)));
        aws.pass(DONE);

        ReplicationGroupState group = aws.state(group("wide"));

        assertThat(group.clusterMode()).isEqualTo("enabled");
        assertThat(group.configurationEndpoint()).isPresent();
        assertThat(group.nodeGroups()).hasSize(2);
        assertThat(group.nodeGroups().getFirst().members())
                .extracting(m -> m.availabilityZone().orElseThrow())
                .containsExactlyInAnyOrder(zones.get(0), zones.get(1));
    }

    @Test
    void aModificationHoldsNothingButTheChange() {
        ok(aws.elastiCache().createReplicationGroup(smallest("shop")));
        aws.pass(DONE);

        ok(aws.elastiCache()
                .modifyReplicationGroup(new ModifyReplicationGroup(
                        "shop",
                        Optional.of("new words"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())));

        assertThat(last("ModifyReplicationGroup").request())
                .containsOnlyKeys("ReplicationGroupId", "ReplicationGroupDescription", "ApplyImmediately");
        aws.pass(DONE);
        assertThat(aws.state(group("shop")).description()).isEqualTo("new words");
    }

    @Test
    void aMemcachedClusterIsReadBack() {
        ok(aws.elastiCache()
                .createCacheCluster(new CreateCacheCluster(
                        "pages",
                        "memcached",
                        Optional.empty(),
                        "cache.t4g.small",
                        3,
                        true,
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.of(11300),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.of("mon:05:00-mon:06:00"),
                        Optional.empty(),
                        Optional.empty(),
                        TAGS)));
        aws.pass(DONE);

        CacheClusterState cluster = aws.state(new Queries.CacheCluster(REGION, "pages"));

        assertThat(cluster)
                .returns("available", CacheClusterState::status)
                .returns(3, CacheClusterState::numCacheNodes)
                .returns(Optional.of("mon:05:00-mon:06:00"), CacheClusterState::maintenanceWindow);
        assertThat(cluster.configurationEndpoint().orElseThrow().port()).isEqualTo(11300);
        assertThat(cluster.nodes()).hasSize(3).allMatch(n -> n.endpoint().isPresent());
    }

    @Test
    void whatIsDeletedIsGoneAndDeletingItAgainSaysSo() {
        ok(aws.elastiCache().createReplicationGroup(smallest("shop")));
        aws.pass(DONE);
        assertThat(ok(aws.elastiCache().deleteReplicationGroup("shop")).status())
                .isEqualTo("deleting");
        aws.pass(Duration.ofSeconds(30));

        assertThat(ok(aws.ask(group("shop"))).isConfirmedAbsent()).isTrue();
        assertThat(aws.elastiCache().deleteReplicationGroup("shop").error())
                .map(Failure::kind)
                .contains(Failure.Kind.GONE);
    }

    @Test
    void parametersAreSetAndReset() {
        ok(aws.elastiCache().createParameterGroup("params", "valkey8", "test", TAGS));
        Queries.UserParameters values = new Queries.UserParameters(REGION, "params");

        ok(aws.elastiCache().modifyParameters("params", Map.of("maxmemory-policy", "allkeys-lru", "timeout", "300")));
        assertThat(aws.state(values)).isEqualTo(Map.of("maxmemory-policy", "allkeys-lru", "timeout", "300"));
        ok(aws.elastiCache().resetParameters("params", Set.of("timeout")));

        assertThat(aws.state(values)).isEqualTo(Map.of("maxmemory-policy", "allkeys-lru"));
        ok(aws.elastiCache().deleteParameterGroup("params"));
        assertThat(ok(aws.ask(new Queries.ParameterGroup(REGION, "params"))).isConfirmedAbsent())
                .isTrue();
        assertThat(ok(aws.ask(values)).isConfirmedAbsent()).isTrue();
    }

    @Test
    void tagsAreRefusedWhileBusyAndChangedLater() {
        String arn =
                ok(aws.elastiCache().createReplicationGroup(smallest("shop"))).arn();
        Queries.Tags tags = new Queries.Tags(REGION, arn);
        assertThat(aws.ask(tags).error()).map(Failure::kind).contains(Failure.Kind.BUSY);
        aws.pass(DONE);
        assertThat(aws.state(tags)).isEqualTo(TAGS);

        Map<String, String> after = ok(aws.elastiCache().addTags(arn, Map.of("cost", "7")));
        assertThat(after).containsAllEntriesOf(TAGS).containsEntry("cost", "7");
        aws.pass(DONE);
        ok(aws.elastiCache().removeTags(arn, List.of("cost", "team")));
        aws.pass(DONE);

        assertThat(aws.state(tags)).containsOnlyKeys("cacheoperator.io/owner");
    }

    @Test
    void aSnapshotIsMadeAndFollowed() {
        ok(aws.elastiCache().createReplicationGroup(smallest("shop")));
        aws.pass(DONE);
        Queries.Snapshot query = new Queries.Snapshot(REGION, "shop-final");

        assertThat(ok(aws.elastiCache().createSnapshot("shop-final", "shop", TAGS))
                        .status())
                .isEqualTo("creating");
        aws.pass(DONE);

        assertThat(aws.state(query))
                .returns("available", SnapshotState::status)
                .returns("manual", SnapshotState::source);
    }

    @Test
    void aThrottledWriteIsSentOnceAndMakesTheNextCallsFewer() {
        aws.simulator.faults().throttle(FaultScope.all(), Trigger.always());
        double before = CallBudget.INITIAL_RATE;

        assertThat(aws.elastiCache().createReplicationGroup(smallest("shop")).error())
                .map(Failure::kind)
                .contains(Failure.Kind.THROTTLED);

        assertThat(aws.simulator.callLog().count("elasticache", "CreateReplicationGroup"))
                .isEqualTo(1);
        assertThat(aws.regions.budgets().get(REGION + "/elasticache")).isLessThan(before);
    }

    @Test
    void aLostAnswerIsUnavailableAndTheNextTrySaysThatItExists() {
        var lost = aws.simulator
                .faults()
                .loseResponse(FaultScope.operation("elasticache", "CreateReplicationGroup"), Trigger.always());
        assertThat(aws.elastiCache().createReplicationGroup(smallest("shop")).error())
                .map(Failure::kind)
                .contains(Failure.Kind.UNAVAILABLE);
        aws.simulator.faults().remove(lost);

        assertThat(aws.elastiCache().createReplicationGroup(smallest("shop")).error())
                .map(Failure::kind)
                .contains(Failure.Kind.EXISTS);
        assertThat(aws.simulator.callLog().count("elasticache", "CreateReplicationGroup"))
                .isEqualTo(2);
    }

    @Test
    void whatIsWrongIsSaidInAwssWords() {
        Failure failure = aws.elastiCache()
                .createSubnetGroup("nets", "test", Set.of("subnet-0123456789abcdef0"), TAGS)
                .error()
                .orElseThrow();

        assertThat(failure.kind()).isIn(Failure.Kind.INVALID, Failure.Kind.GONE);
        assertThat(failure.message()).contains("subnet-0123456789abcdef0").doesNotContain("Request ID");
    }

    @Test
    void answersOfCallsThatNameOneThingAreProof() {
        ok(aws.elastiCache().createReplicationGroup(smallest("shop")));

        assertThat(ok(aws.ask(group("shop"))))
                .isInstanceOfSatisfying(
                        io.cacheoperator.core.Observation.Present.class,
                        present -> assertThat(present.source()).isEqualTo(Source.TARGETED));
    }

    @Test
    void theAccountIsThatOfTheCredentials() {
        assertThat(ok(aws.regions.account(REGION))).isEqualTo(AwsInSimulator.ACCOUNT);
    }

    @Test
    void aTokenIsNeverPrinted() {
        assertThat(new AuthToken("secret").toString()).doesNotContain("secret");
    }
}
