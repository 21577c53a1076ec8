package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.aws.AuthToken;
import io.cacheoperator.aws.Queries;
import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Owner;
import io.cacheoperator.core.Plan;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class RunningPlannerTest {

    private static final String FOREIGN = "staging/shop/sessions";

    @Test
    void waitsForOwnershipThatCannotBeRead() {
        RunningCache cache = new RunningCache("engine: valkey\n");
        cache.cr.setStatus(null);
        cache.world.hidden = query -> query instanceof Queries.TagHint;
        cache.operator.aws.status(cache.id(), "snapshotting");

        Plan<ClusterAction> plan = cache.forgetful().plan();

        assertThat(plan.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.reason()).isEqualTo(ClusterReason.OwnerUnknown);
            assertThat(problem.retry()).as("nobody must act").isEqualTo(Failure.Retry.WAIT);
            assertThat(problem.message()).contains("snapshotting");
        });
        assertThat(plan.reads()).isEmpty();
        assertThat(plan.next()).isEmpty();
        assertThat(plan.steps().getFirst().state()).isEqualTo(Step.State.Running);
    }

    /** An operator may have ended after it had read the group and before it said so; nothing else asks for it again. */
    @Test
    void asksForTheSubnetGroupAsLongAsStatusDoesNotTellTheVpc() {
        RunningCache cache = new RunningCache("engine: valkey\n");
        Predicate<Query<?>> none = cache.world.hidden;
        cache.world.hidden = query -> query instanceof Queries.SubnetGroup;
        assertThat(planned(cache).reads()).singleElement().isInstanceOf(Queries.SubnetGroup.class);

        cache.world.hidden = none;
        cache.looked();
        assertThat(cache.cr.getStatus().network())
                .extracting(NetworkStatus::vpcId)
                .isNotNull();
        cache.world.hidden = query -> query instanceof Queries.SubnetGroup;
        assertThat(planned(cache).reads()).isEmpty();
    }

    /** On what is known, without a question answered. */
    private static Plan<ClusterAction> planned(RunningCache cache) {
        return ClusterPlanner.plan(cache.cr, cache.world.inputs(cache.cr, cache.operator.settings), ModelWorld.NOW);
    }

    @Test
    void writesNothingToACacheOfAnotherOwner() {
        Convergence operator = occupied(Map.of(Owner.TAG, FOREIGN));

        Plan<ClusterAction> plan = operator.run(Clusters.of("engine: valkey\n"));

        assertThat(operator.done).isEmpty();
        assertThat(plan.problems().getFirst().reason()).isEqualTo(ClusterReason.ForeignOwner);
        assertThat(plan.problems().getFirst().message()).contains(FOREIGN).contains("take-over-from");
    }

    @Test
    void writesNothingToACacheThatNobodyOwns() {
        Convergence operator = occupied(Map.of("team", "shop"));

        Plan<ClusterAction> plan = operator.run(Clusters.of("engine: valkey\n"));

        assertThat(operator.done).isEmpty();
        assertThat(plan.problems().getFirst().reason()).isEqualTo(ClusterReason.NotOwned);
    }

    @Test
    void takesOverOnlyWhatTheAllowListPermits() {
        CacheCluster cr =
                Clusters.annotated(Clusters.of("engine: valkey\n"), "cacheoperator.io/take-over-from", FOREIGN);
        Convergence refused = occupied(Map.of(Owner.TAG, FOREIGN));
        Plan<ClusterAction> plan = refused.run(cr);
        assertThat(refused.done).isEmpty();
        assertThat(plan.problems().getFirst().reason()).isEqualTo(ClusterReason.NotAllowed);

        Convergence allowed = occupied(Map.of(Owner.TAG, FOREIGN));
        allowed.settings = new ClusterSettings(
                Clusters.CLUSTER_NAME,
                Clusters.REGION,
                OperatorDefaults.NONE,
                new AllowList(List.of(new AllowList.Entry(List.of("shop"), List.of("staging/*")))));
        ClusterAction first = allowed.plan(cr).next().orElseThrow().action();
        assertThat(first).isInstanceOfSatisfying(ClusterAction.TakeOver.class, takeOver -> {
            assertThat(takeOver.from()).isEqualTo(FOREIGN);
            assertThat(takeOver.tags()).isEqualTo(Map.of(Owner.TAG, "prod/shop/sessions"));
        });
    }

    @Test
    void takesOverFromTheOwnerThatTheAnnotationNamesOnly() {
        Convergence operator = occupied(Map.of(Owner.TAG, FOREIGN));
        CacheCluster cr = Clusters.annotated(
                Clusters.of("engine: valkey\n"), "cacheoperator.io/take-over-from", "another/shop/sessions");

        assertThat(operator.run(cr).problems().getFirst().reason()).isEqualTo(ClusterReason.ForeignOwner);
        assertThat(operator.done).isEmpty();
    }

    @Test
    void takesNothingOverOnWhatWasKnownMinutesAgo() {
        CacheCluster cr =
                Clusters.annotated(Clusters.of("engine: valkey\n"), "cacheoperator.io/take-over-from", FOREIGN);
        Convergence operator = occupied(Map.of(Owner.TAG, FOREIGN));
        operator.settings = new ClusterSettings(
                Clusters.CLUSTER_NAME,
                Clusters.REGION,
                OperatorDefaults.NONE,
                new AllowList(List.of(new AllowList.Entry(List.of("shop"), List.of("staging/*")))));
        operator.plan(cr);

        Plan<ClusterAction> later = ClusterPlanner.plan(
                cr,
                operator.world.inputs(cr, operator.settings),
                ModelWorld.NOW.plus(DeletePlanner.FRESH).plusSeconds(1));

        assertThat(later.next()).isEmpty();
        assertThat(later.reads()).hasOnlyElementsOfType(Queries.Tags.class);
    }

    @Test
    void goesOnWithItsCacheAlsoWhereAnOlderClusterHasTheSameId() {
        RunningCache cache = new RunningCache("engine: valkey\n").edit("engine: valkey\ndescription: edited\n");
        cache.plan();
        ClusterInputs in = cache.world.inputs(cache.cr, cache.operator.settings);
        ClusterInputs claimed = new ClusterInputs(
                in.settings(),
                in.owner(),
                in.observed(),
                in.tokenSecret(),
                in.connectionSecret(),
                in.freshToken(),
                Optional.of("shop/elder"),
                false);

        Plan<ClusterAction> plan = ClusterPlanner.plan(cache.cr, claimed, ModelWorld.NOW);

        assertThat(plan.problems()).isEmpty();
        assertThat(plan.next().orElseThrow().action()).isInstanceOf(ClusterAction.ModifyGroup.class);
    }

    @Test
    void takesOnTheSecretsOfAnEarlierClusterOfItsName() {
        RunningCache cache = new RunningCache("engine: valkey\n");
        cache.world.token = cache.world.token.map(
                t -> new TokenSecret(t.name(), true, true, true, t.current(), t.previous(), t.pending(), t.applied()));
        cache.world.connection = cache.world.connection.map(
                c -> new ConnectionSecretState(true, false, c.type(), c.data(), c.labels(), c.annotations()));

        assertThat(cache.actions())
                .containsExactly(
                        new ClusterAction.ReleaseSecrets(List.of("sessions-cache-auth")),
                        new ClusterAction.AdoptSecrets(List.of("sessions-cache")));
    }

    @Test
    void goesOnWithItsCacheWhenTheResourceWasMadeAgain() {
        RunningCache cache = new RunningCache("engine: valkey\n");
        CacheCluster restored = Clusters.of("engine: valkey\n");
        restored.getMetadata().setUid("uid-2");

        assertThat(cache.forgetful().operator.run(restored).problems()).isEmpty();
        assertThat(cache.operator.done).isEmpty();
    }

    @Test
    void neverRotatesATokenThatIsLost() {
        RunningCache cache = new RunningCache("engine: valkey\n");
        cache.world.token = Optional.empty();

        Plan<ClusterAction> plan = cache.operator.run(cache.cr);

        assertThat(cache.operator.done).isEmpty();
        assertThat(plan.problems().getFirst().reason()).isEqualTo(ClusterReason.TokenLost);
    }

    @Test
    void writesTheConnectionSecretAgainThatSomebodyRemovedOrEdited() {
        for (Optional<ConnectionSecretState> now : List.of(
                Optional.<ConnectionSecretState>empty(),
                Optional.of(new ConnectionSecretState(
                        true, "servicebinding.io/redis", Map.of("host", "elsewhere"), Map.of(), Map.of())))) {
            RunningCache cache = new RunningCache("engine: valkey\n");
            cache.world.connection = now;

            cache.operator.run(cache.cr);

            assertThat(cache.operator.doneNames()).containsExactly("WriteConnectionSecret");
        }
    }

    @Test
    void writesTheConnectionSecretAlsoWhileTheCacheIsBusy() {
        RunningCache cache = new RunningCache("engine: valkey\n");
        cache.world.connection = Optional.empty();
        cache.operator.aws.status(cache.id(), "modifying");

        assertThat(cache.plan().next().orElseThrow().action()).isInstanceOf(ClusterAction.WriteConnectionSecret.class);
    }

    @Test
    void neverWritesOverASecretThatIsNotOurs() {
        RunningCache cache = new RunningCache("engine: valkey\n");
        cache.world.connection = Optional.of(new ConnectionSecretState(false, "Opaque", Map.of(), Map.of(), Map.of()));

        Plan<ClusterAction> plan = cache.operator.run(cache.cr);

        assertThat(cache.operator.done).isEmpty();
        assertThat(plan.problems().getFirst().reason()).isEqualTo(ClusterReason.SecretNotOurs);
    }

    @Test
    void namesTheTypeOfASecretThatCannotBeChanged() {
        RunningCache cache = new RunningCache("engine: valkey\n");
        cache.world.connection = Optional.of(new ConnectionSecretState(true, "Opaque", Map.of(), Map.of(), Map.of()));

        Plan<ClusterAction> plan = cache.operator.run(cache.cr);

        assertThat(plan.problems().getFirst().reason()).isEqualTo(ClusterReason.SecretTypeConflict);
        assertThat(plan.problems().getFirst().message()).contains("Opaque");
    }

    @Test
    void keepsTheOldTokenInTheSecretWhenTheUsersIsANewOne() {
        String spec = "engine: valkey\nauth: {token: {secretRef: {name: mine, key: token}}}\n";
        Convergence operator = new Convergence(new ModelWorld());
        operator.world.token = token("abcdefghijklmnop");
        CacheCluster cr = Clusters.of(spec);
        operator.run(cr);
        operator.done.clear();
        operator.world.token = token("ponmlkjihgfedcba");

        Plan<ClusterAction> plan = operator.run(cr);

        assertThat(operator.done).isEmpty();
        assertThat(plan.steps()).singleElement().satisfies(step -> {
            assertThat(step.state()).isEqualTo(Step.State.Refused);
            assertThat(step.message()).doesNotContain("ponmlkjihgfedcba");
        });
    }

    @Test
    void mendsAPasswordEditedByHandAlsoWithAUsersToken() {
        String spec = "engine: valkey\nauth: {token: {secretRef: {name: mine, key: token}}}\n";
        Convergence operator = new Convergence(new ModelWorld());
        operator.world.token = token("abcdefghijklmnop");
        CacheCluster cr = Clusters.of(spec);
        operator.run(cr);
        operator.done.clear();
        ConnectionSecretState good = operator.world.connection.orElseThrow();
        Map<String, String> data = new HashMap<>(good.data());
        data.put("password", "typed-by-hand-123");
        operator.world.connection =
                Optional.of(new ConnectionSecretState(true, good.type(), data, good.labels(), good.annotations()));

        operator.run(cr);

        assertThat(operator.doneNames()).containsExactly("WriteConnectionSecret");
    }

    @Test
    void saysWhatToDoAboutACacheThatAwsCouldNotMake() {
        RunningCache cache = new RunningCache("engine: valkey\n");
        cache.operator.aws.status(cache.id(), "create-failed");

        Plan<ClusterAction> plan = cache.operator.run(cache.cr);

        assertThat(plan.problems().getFirst().reason()).isEqualTo(ClusterReason.CreateFailed);
        assertThat(plan.problems().getFirst().message()).contains("Delete this CacheCluster");
    }

    @Test
    void waitsWhileSomebodyElseDeletesTheCache() {
        RunningCache cache = new RunningCache("engine: valkey\n");
        cache.operator.aws.status(cache.id(), "deleting");

        assertThat(cache.plan().next()).isEmpty();
        assertThat(cache.plan().problems()).isEmpty();
    }

    @Test
    void showsNoTokenAnywhereInAPlan() {
        Convergence operator = new Convergence(new ModelWorld());
        CacheCluster cr = Clusters.of("engine: valkey\n");
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            Plan<ClusterAction> plan = operator.plan(cr);
            all.append(plan).append(operator.world.inputs(cr, operator.settings));
            plan.next().ifPresentOrElse(step -> operator.aws.apply(step.action()), () -> operator.aws.tick());
        }

        assertThat(all.toString()).contains("WriteTokenSecret").doesNotContain("Fresh0");
    }

    private static Optional<TokenSecret> token(String value) {
        return Optional.of(
                new TokenSecret("mine", false, Optional.of(new AuthToken(value)), Optional.empty(), Optional.empty()));
    }

    /** A world in which a cache of our id exists with these tags. */
    private static Convergence occupied(Map<String, String> tags) {
        Convergence maker = new Convergence(new ModelWorld());
        maker.run(Clusters.of("engine: valkey\n"));
        maker.world.groups.values().forEach(group -> maker.world.tags.put(group.arn(), tags));
        maker.world.asked.clear();
        return new Convergence(maker.world);
    }
}
