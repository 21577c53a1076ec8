package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.aws.CacheClusterState;
import io.cacheoperator.aws.ModifyCacheCluster;
import io.cacheoperator.aws.ModifyReplicationGroup;
import io.cacheoperator.aws.ParameterGroupState;
import io.cacheoperator.aws.Queries;
import io.cacheoperator.aws.SecurityGroupState;
import io.cacheoperator.aws.SubnetGroupState;
import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Observation.Source;
import io.cacheoperator.core.Outcome;
import io.cacheoperator.core.Owner;
import io.cacheoperator.core.Ownership;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that exists is written unless its live tags, or our own write, say that it is ours; and what a write teaches. */
class OwnershipBeforeWritesTest {

    private static final String REGION = "eu-west-1";
    private static final String ID = Caches.ID;
    private static final Owner OWNER = new Owner("k8s", "shop", "sessions");
    private static final Map<String, String> OURS = Map.of(Owner.TAG, OWNER.tagValue());
    private static final Queries.ReplicationGroup GROUP = new Queries.ReplicationGroup(REGION, ID);
    private static final Queries.Tags TAGS = new Queries.Tags(REGION, Caches.ARN);

    private final RecordedAws aws = new RecordedAws();
    private final KnownWorld world = new KnownWorld();
    private final AwsWrites writes = new AwsWrites(aws, REGION, OWNER, world, world);
    private final CacheActions cache = new CacheActions(writes);
    private final GroupActions groups = new GroupActions(writes);
    private final SecurityGroupActions securityGroups = new SecurityGroupActions(writes);

    private static ModifyReplicationGroup modify() {
        return new ModifyReplicationGroup(
                ID,
                Optional.of("text"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Every write to something that exists. */
    private Map<String, Supplier<Outcome>> writesToWhatExists() {
        return Map.ofEntries(
                Map.entry("ModifyGroup", () -> cache.modify(new ClusterAction.ModifyGroup(modify()))),
                Map.entry("DeleteGroup", () -> cache.delete(new ClusterAction.DeleteGroup(ID))),
                Map.entry("TakeSnapshot", () -> cache.snapshot(new ClusterAction.TakeSnapshot("s", ID, Map.of()))),
                Map.entry(
                        "AddTags",
                        () -> cache.addTags(new ClusterAction.AddTags(Caches.ARN, Map.of("a", "b")), OWNER.tagValue())),
                Map.entry(
                        "RemoveTags",
                        () -> cache.removeTags(
                                new ClusterAction.RemoveTags(Caches.ARN, List.of("a")), OWNER.tagValue())),
                Map.entry(
                        "ModifyMemcached",
                        () -> cache.modify(new ClusterAction.ModifyMemcached(new ModifyCacheCluster(
                                "m",
                                Optional.of("mon:04:00-mon:05:00"),
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())))),
                Map.entry(
                        "DescribeIngress",
                        () -> securityGroups.describe(
                                new ClusterAction.DescribeIngress("vpc-1", "sg", "sg-1", List.of()))),
                Map.entry(
                        "TagSecurityGroup",
                        () -> securityGroups.tag(new ClusterAction.TagSecurityGroup(
                                "vpc-1", "sg", "sg-1", Map.of("team", "shop"), Set.of()))),
                Map.entry("DeleteMemcached", () -> cache.delete(new ClusterAction.DeleteMemcached("m"))),
                Map.entry("DeleteSubnetGroup", () -> groups.delete(new ClusterAction.DeleteSubnetGroup("sng"))),
                Map.entry(
                        "ModifyParameters",
                        () -> groups.modify(new ClusterAction.ModifyParameters("pg", Map.of("timeout", "1")))),
                Map.entry(
                        "ResetParameters",
                        () -> groups.reset(new ClusterAction.ResetParameters("pg", Set.of("timeout")))),
                Map.entry("DeleteParameterGroup", () -> groups.delete(new ClusterAction.DeleteParameterGroup("pg"))),
                Map.entry(
                        "AuthorizeIngress",
                        () -> securityGroups.authorize(
                                new ClusterAction.AuthorizeIngress("vpc-1", "sg", "sg-1", List.of()))),
                Map.entry(
                        "RevokeIngress",
                        () -> securityGroups.revoke(
                                new ClusterAction.RevokeIngress("vpc-1", "sg", "sg-1", Set.of("sgr-1")))),
                Map.entry(
                        "DeleteSecurityGroup",
                        () -> securityGroups.delete(new ClusterAction.DeleteSecurityGroup("vpc-1", "sg", "sg-1"))));
    }

    /** Those that make something have nothing to prove, and two have a proof of their own. */
    @Test
    void everyKindOfWriteIsAmongThem() {
        assertThat(Stream.of(ClusterAction.AwsAction.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .filter(name -> !name.startsWith("Create")))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                writesToWhatExists().keySet().stream(), Stream.of("TakeOver", "DeleteFailedGroup"))
                        .toList());
    }

    @Test
    void takesOverOnlyFromTheOwnerWhomTheUserNamed() {
        ClusterAction.TakeOver action = new ClusterAction.TakeOver(Caches.ARN, "old/shop/sessions", OURS);
        everythingExistsWith(Map.of(Owner.TAG, "other/shop/sessions"), Source.TARGETED);
        assertThat(cache.takeOver(action)).isInstanceOf(Outcome.Refused.class);
        assertThat(aws.calls()).isEmpty();

        everythingExistsWith(Map.of(Owner.TAG, "old/shop/sessions"), Source.TARGETED);
        aws.answers("addTags", OURS);
        assertThat(cache.takeOver(action)).isEqualTo(new Outcome.Done());
        assertThat(aws.calls()).containsExactly("addTags");
    }

    @Test
    void deletesWithoutAProofOnlyWhatAwsCouldNotMake() {
        everythingExistsWith(OURS, Source.TARGETED);
        assertThat(cache.delete(new ClusterAction.DeleteFailedGroup(ID)))
                .as("it is available by now")
                .isInstanceOf(Outcome.Refused.class);
        assertThat(aws.calls()).isEmpty();
    }

    private Outcome send(String write) {
        return Objects.requireNonNull(writesToWhatExists().get(write)).get();
    }

    private static Stream<String> namesOfWrites() {
        return new OwnershipBeforeWritesTest()
                .writesToWhatExists().keySet().stream().sorted();
    }

    private void everythingExistsWith(Map<String, String> tags, Source source) {
        world.with(GROUP, Caches.group("available", true), Source.TARGETED).with(TAGS, tags, source);
        CacheClusterState memcached = Caches.member("001");
        world.with(new Queries.CacheCluster(REGION, "m"), memcached, Source.TARGETED)
                .with(new Queries.Tags(REGION, memcached.arn()), tags, source);
        world.with(
                        new Queries.SubnetGroup(REGION, "sng"),
                        new SubnetGroupState("sng", "arn:sng", "", "vpc-1", List.of()),
                        Source.TARGETED)
                .with(new Queries.Tags(REGION, "arn:sng"), tags, source);
        world.with(
                        new Queries.ParameterGroup(REGION, "pg"),
                        new ParameterGroupState("pg", "arn:pg", "valkey8", ""),
                        Source.TARGETED)
                .with(new Queries.Tags(REGION, "arn:pg"), tags, source);
        world.with(
                new Queries.SecurityGroupByName(REGION, "vpc-1", "sg"),
                new SecurityGroupState("sg-1", "sg", "vpc-1", "", tags, List.of()),
                source);
    }

    @ParameterizedTest
    @MethodSource("namesOfWrites")
    void sendsNothingToWhatAnotherOwns(String write) {
        everythingExistsWith(Map.of(Owner.TAG, "other/shop/sessions"), Source.TARGETED);
        Outcome outcome = send(write);
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(aws.calls()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("namesOfWrites")
    void sendsNothingToWhatNobodyOwns(String write) {
        everythingExistsWith(Map.of("team", "shop"), Source.TARGETED);
        assertThat(send(write)).isInstanceOf(Outcome.Refused.class);
        assertThat(aws.calls()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("namesOfWrites")
    void sendsNothingWhileItIsNotKnownWhoseItIs(String write) {
        assertThat(send(write))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.ownership()).isInstanceOf(Ownership.OwnerUnknown.class));
        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void aListCallsWordForTheTagsIsNoProof() {
        everythingExistsWith(OURS, Source.BULK);
        assertThat(cache.delete(new ClusterAction.DeleteGroup(ID))).isInstanceOf(Outcome.Refused.class);
        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void ourOwnCreateCallIsProof() {
        everythingExistsWith(OURS, Source.OWN_WRITE);
        aws.answers("deleteReplicationGroup", Caches.group("deleting", true));
        assertThat(cache.delete(new ClusterAction.DeleteGroup(ID))).isEqualTo(new Outcome.Done());
        assertThat(aws.calls()).containsExactly("deleteReplicationGroup");
    }

    @Test
    void aSubnetGroupBelongsToTheKubernetesClusterAndNotToOneCache() {
        everythingExistsWith(Map.of(Owner.TAG, "k8s"), Source.TARGETED);
        assertThat(groups.delete(new ClusterAction.DeleteSubnetGroup("sng"))).isEqualTo(new Outcome.Done());
        assertThat(world.get(new Queries.SubnetGroup(REGION, "sng")).isAbsent()).isTrue();
    }

    @Test
    void aCreateThatSaysItExistsIsLookedAtAnew() {
        aws.fails(Failure.Kind.EXISTS);
        world.absent(new Queries.SubnetGroup(REGION, "sng"));
        Outcome outcome = groups.create(new ClusterAction.CreateSubnetGroup("sng", "d", Set.of("subnet-1"), OURS));
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(world.get(new Queries.SubnetGroup(REGION, "sng")).isUnknown())
                .isTrue();
    }

    @Test
    void aDeleteOfWhatIsGoneIsDone() {
        everythingExistsWith(OURS, Source.TARGETED);
        aws.fails(Failure.Kind.GONE);
        assertThat(cache.delete(new ClusterAction.DeleteGroup(ID))).isEqualTo(new Outcome.Done());
        assertThat(world.get(GROUP).isAbsent()).isTrue();
    }

    @Test
    void anAnswerThatNeverCameLeavesNothingBelieved() {
        everythingExistsWith(OURS, Source.TARGETED);
        aws.fails(Failure.Kind.UNAVAILABLE);
        cache.modify(new ClusterAction.ModifyGroup(modify()));
        assertThat(world.get(GROUP).isUnknown()).isTrue();
    }

    @Test
    void whatAwsRefusedWithoutEffectIsBelievedAsBefore() {
        everythingExistsWith(OURS, Source.TARGETED);
        aws.fails(Failure.Kind.INVALID);
        cache.modify(new ClusterAction.ModifyGroup(modify()));
        assertThat(world.get(GROUP).isPresent()).isTrue();
    }

    @Test
    void parametersThatWereSetAreSeenAtOnce() {
        everythingExistsWith(OURS, Source.TARGETED);
        Queries.UserParameters values = new Queries.UserParameters(REGION, "pg");
        world.with(values, Map.of("timeout", "1", "old", "x"), Source.TARGETED);
        groups.modify(new ClusterAction.ModifyParameters("pg", Map.of("timeout", "2")));
        groups.reset(new ClusterAction.ResetParameters("pg", Set.of("old")));
        assertThat(world.get(values).found()).contains(Map.of("timeout", "2"));
    }
}
