package io.cacheoperator.aws;

import static io.cacheoperator.aws.AwsInSimulator.REGION;
import static io.cacheoperator.aws.AwsInSimulator.TAGS;
import static io.cacheoperator.aws.AwsInSimulator.ok;
import static io.cacheoperator.aws.AwsInSimulator.smallest;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.core.Answers;
import io.cacheoperator.core.ChangeFeed.Change;
import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.Result;
import io.cacheoperator.core.View;
import io.cacheoperator.simulator.faults.FaultScope;
import io.cacheoperator.simulator.faults.Trigger;
import io.cacheoperator.simulator.hooks.CallHooks.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What is asked one by one, in bulk, and of the feed. */
class AwsReadsTest {

    private static final Duration DONE = Duration.ofSeconds(11);

    private final AwsInSimulator aws = new AwsInSimulator();

    @AfterEach
    void close() {
        aws.close();
    }

    static final List<Query<?>> OF_NOTHING = List.of(
            new Queries.ReplicationGroup(REGION, "none"),
            new Queries.CacheCluster(REGION, "none"),
            new Queries.Members(REGION, "none"),
            new Queries.SubnetGroup(REGION, "none"),
            new Queries.ParameterGroup(REGION, "none"),
            new Queries.UserParameters(REGION, "none"),
            new Queries.Snapshot(REGION, "none"),
            new Queries.SecurityGroupByName(REGION, "vpc-0123456789abcdef0", "none"),
            new Queries.OwnedSecurityGroups(REGION, "c1/default/none"),
            new Queries.SecurityGroups(REGION, Set.of("sg-0123456789abcdef0")),
            new Queries.SubnetsById(REGION, Set.of("subnet-0123456789abcdef0")),
            new Queries.Tags(REGION, "arn:aws:elasticache:eu-west-1:123456789012:replicationgroup:none"));

    @ParameterizedTest
    @FieldSource("OF_NOTHING")
    void whatDoesNotExistIsAProvenAbsence(Query<?> query) {
        assertThat(ok(aws.ask(query)).isConfirmedAbsent()).isTrue();
    }

    static final List<String> BULK_READS = List.of(
            "DescribeReplicationGroups",
            "DescribeCacheClusters",
            "DescribeCacheSubnetGroups",
            "DescribeCacheParameterGroups",
            "DescribeSecurityGroups",
            "GetResources");

    @ParameterizedTest
    @FieldSource("BULK_READS")
    void everyBulkReadAnswersForAnEmptyAccount(String name) {
        assertThat(ok(aws.bulk(name)).calls()).isPositive();
    }

    @ParameterizedTest
    @FieldSource("BULK_READS")
    void aBulkReadThatIsDeniedFailsAsAWhole(String name) {
        aws.simulator.faults().throttle(FaultScope.all(), Trigger.always());

        assertThat(aws.bulk(name).error()).map(Failure::kind).contains(Failure.Kind.THROTTLED);
    }

    @Test
    void everyClassOfQuestionIsAnswered() {
        Set<Class<?>> classes = Set.of(Queries.class.getDeclaredClasses());
        assertThat(classes).isNotEmpty();

        assertThat(AwsQueryFamilies.all())
                .extracting(f -> (Object) f.type())
                .containsExactlyInAnyOrderElementsOf(classes);
    }

    @Test
    void oneListOfClustersAnswersForClustersAndForMembers() {
        ok(aws.elastiCache().createReplicationGroup(smallest("shop")));
        aws.pass(DONE);

        Answers answers = ok(aws.bulk("DescribeCacheClusters"));

        assertThat(answers.get(new Queries.CacheCluster(REGION, "shop-001"))).isPresent();
        assertThat(answers.get(new Queries.Members(REGION, "shop")).orElseThrow())
                .hasSize(1);
        assertThat(aws.state(new Queries.Members(REGION, "shop")))
                .isEqualTo(answers.get(new Queries.Members(REGION, "shop")).orElseThrow());
    }

    @Test
    void aBulkReadAndASingleReadGiveTheSameState() {
        ok(aws.elastiCache().createReplicationGroup(smallest("shop")));
        aws.pass(DONE);
        Queries.ReplicationGroup query = new Queries.ReplicationGroup(REGION, "shop");

        assertThat(ok(aws.bulk("DescribeReplicationGroups")).get(query)).contains(aws.state(query));
    }

    @Test
    void membersOfAKnownGroupAreAskedByName() {
        ok(aws.elastiCache().createReplicationGroup(smallest("shop")));
        aws.pass(DONE);
        ReplicationGroupState group = aws.state(new Queries.ReplicationGroup(REGION, "shop"));
        aws.simulator.callLog().clear();

        ok(aws.ask(new Queries.Members(REGION, "shop"), knowing(new Queries.ReplicationGroup(REGION, "shop"), group)));

        assertThat(aws.simulator.callLog().calls())
                .singleElement()
                .satisfies(call -> assertThat(call.parameter("CacheClusterId")).contains("shop-001"));
    }

    private static <S> View knowing(Query<S> known, S state) {
        return new View() {
            @Override
            @SuppressWarnings("unchecked")
            public <T> Observation<T> get(Query<T> query) {
                return query.equals(known)
                        ? new Observation.Present<>((T) state, java.time.Instant.EPOCH, Observation.Source.BULK)
                        : Observation.unknown("not asked");
            }
        };
    }

    @Test
    void aBulkReadFollowsAllPagesAndSaysHowManyThereWere() {
        for (int i = 0; i < 110; i++) {
            ok(aws.elastiCache().createParameterGroup("p" + i, "valkey8", "test", Map.of()));
        }

        Answers answers = ok(aws.bulk("DescribeCacheParameterGroups"));

        assertThat(answers.calls()).isEqualTo(2);
        for (int i = 0; i < 110; i++) {
            assertThat(answers.get(new Queries.ParameterGroup(REGION, "p" + i))).isPresent();
        }
    }

    @Test
    void aBulkReadGoesOnAtThePageThatFailed() {
        for (int i = 0; i < 110; i++) {
            ok(aws.elastiCache().createParameterGroup("p" + i, "valkey8", "test", Map.of()));
        }
        aws.simulator
                .faults()
                .serverError(FaultScope.operation("elasticache", "DescribeCacheParameterGroups"), Trigger.everyNth(2));

        Answers answers = ok(aws.bulk("DescribeCacheParameterGroups"));

        assertThat(answers.get(new Queries.ParameterGroup(REGION, "p0"))).isPresent();
        assertThat(answers.get(new Queries.ParameterGroup(REGION, "p109"))).isPresent();
        assertThat(aws.simulator.callLog().count("elasticache", "DescribeCacheParameterGroups"))
                .isEqualTo(3);
    }

    @Test
    void aBulkReadThatBreaksOnItsSecondPageIsAFailure() {
        for (int i = 0; i < 110; i++) {
            ok(aws.elastiCache().createParameterGroup("p" + i, "valkey8", "test", Map.of()));
        }
        FaultScope pages = FaultScope.operation("elasticache", "DescribeCacheParameterGroups");
        aws.simulator.hooks().afterEffect(call -> call.is("elasticache", "DescribeCacheParameterGroups"), call -> {
            aws.simulator.faults().serverError(pages, Trigger.always());
            return Verdict.PROCEED;
        });

        Result<Answers> result = aws.bulk("DescribeCacheParameterGroups");

        assertThat(result.error()).map(Failure::kind).contains(Failure.Kind.UNAVAILABLE);
    }

    @Test
    void tagsAreHintedAtInBulk() {
        String arn =
                ok(aws.elastiCache().createReplicationGroup(smallest("shop"))).arn();
        ok(aws.elastiCache().createParameterGroup("foreign", "valkey8", "test", Map.of("team", "other")));
        aws.pass(DONE);

        Answers answers = ok(aws.bulk("GetResources"));

        assertThat(answers.get(new Queries.TagHint(REGION, arn))).contains(TAGS);
        assertThat(answers.queries()).noneMatch(q -> q.toString().contains("foreign"));
    }

    @Test
    void parametersOfAFamilyHaveTheirBounds() {
        Map<String, ParameterDefinition> parameters = aws.state(new Queries.FamilyParameters(REGION, "valkey8"));

        assertThat(parameters).hasSizeGreaterThan(50);
        assertThat(parameters)
                .hasEntrySatisfying(
                        "maxmemory-policy",
                        p -> assertThat(p.allowedValues().orElseThrow()).contains("allkeys-lru"));
    }

    @Test
    void versionsOfAnEngineAreListed() {
        assertThat(aws.state(new Queries.EngineVersions(REGION, "valkey")))
                .extracting(EngineVersionState::parameterGroupFamily)
                .contains("valkey8");
    }

    @Test
    void usersOfASubnetGroupAreFound() {
        CreateReplicationGroup small = smallest("shop");
        ok(aws.elastiCache()
                .createSubnetGroup(
                        "nets",
                        "test",
                        aws.subnets().stream().map(SubnetState::id).collect(Collectors.toSet()),
                        TAGS));
        ok(aws.elastiCache()
                .createReplicationGroup(new CreateReplicationGroup(
                        small.id(),
                        small.description(),
                        small.engine(),
                        small.engineVersion(),
                        small.nodeType(),
                        small.clusterMode(),
                        1,
                        0,
                        false,
                        false,
                        List.of(),
                        List.of(),
                        false,
                        Optional.of("nets"),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        TAGS)));
        aws.pass(DONE);

        assertThat(aws.state(new Queries.SubnetGroupUsers(REGION, "nets"))).containsExactly("shop-001");
    }

    @Test
    void subnetsAreFoundByIdAndByTheirVpc() {
        List<SubnetState> all = aws.subnets();
        SubnetState first = all.getFirst();

        assertThat(aws.state(new Queries.SubnetsById(REGION, Set.of(first.id()))))
                .containsExactly(first);
        assertThat(aws.state(new Queries.SubnetsBySelector(REGION, Optional.of(first.vpcId()), Map.of())))
                .containsExactlyElementsOf(all);
        assertThat(aws.state(new Queries.SubnetsBySelector(REGION, Optional.empty(), Map.of("tier", "none"))))
                .isEmpty();
    }

    @Test
    void theFeedNamesWhatAnEntryIsAbout() {
        ok(aws.elastiCache().createReplicationGroup(smallest("shop")));
        aws.pass(DONE);

        List<Change> changes = ok(aws.reads.changes().lately(REGION, Duration.ofMinutes(2)));

        assertThat(changes).isNotEmpty();
        assertThat(changes)
                .flatExtracting(Change::about)
                .contains(new Queries.ReplicationGroup(REGION, "shop"), new Queries.Members(REGION, "shop"));
        assertThat(changes).extracting(Change::key).doesNotHaveDuplicates();
        aws.pass(Duration.ofMinutes(10));
        assertThat(ok(aws.reads.changes().lately(REGION, Duration.ofMinutes(2))))
                .isEmpty();
    }
}
