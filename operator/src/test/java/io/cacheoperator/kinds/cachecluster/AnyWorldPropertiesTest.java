package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.aws.CacheClusterState;
import io.cacheoperator.aws.Queries;
import io.cacheoperator.aws.ReplicationGroupState;
import io.cacheoperator.core.Condition;
import io.cacheoperator.core.Condition.Status;
import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Outcome;
import io.cacheoperator.core.Owner;
import io.cacheoperator.core.Ownership;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.Step;
import io.cacheoperator.kinds.cachecluster.AnySpec.Spec;
import io.cacheoperator.kinds.cachecluster.Passes.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple.Tuple2;
import org.jspecify.annotations.Nullable;

/**
 * What holds for any spec, in whatever state AWS and the Secrets are: the operator comes to rest, harms nothing, and says
 * nothing that contradicts itself.
 */
class AnyWorldPropertiesTest {

    @Provide
    Arbitrary<Tuple2<Spec, Spec>> pairs() {
        return AnySpec.pairs();
    }

    @Provide
    Arbitrary<List<Incident>> incidents() {
        return Incident.some();
    }

    @Provide
    Arbitrary<Class<? extends Query<?>>> questions() {
        return anyQuestion();
    }

    /** All classes of questions that a cluster asks. */
    static Arbitrary<Class<? extends Query<?>>> anyQuestion() {
        return Arbitraries.of(
                Queries.ReplicationGroup.class,
                Queries.CacheCluster.class,
                Queries.Members.class,
                Queries.SubnetsById.class,
                Queries.SubnetsBySelector.class,
                Queries.SubnetGroup.class,
                Queries.SubnetGroupUsers.class,
                Queries.SecurityGroupByName.class,
                Queries.OwnedSecurityGroups.class,
                Queries.ParameterGroup.class,
                Queries.UserParameters.class,
                Queries.FamilyParameters.class,
                Queries.EngineVersions.class,
                Queries.Snapshot.class,
                Queries.Tags.class,
                Queries.TagHint.class);
    }

    /** A cache made from the one spec, and now to be as the other, after all this has happened. */
    private static Passes passes(Tuple2<Spec, Spec> specs, List<Incident> incidents) {
        RunningCache cache = new RunningCache(specs.get1().cluster());
        Passes made = new Passes(cache.operator, cache.cr);
        made.run();
        assertThat(isTrue(made.cr.getStatus(), "Ready")).isTrue();
        cache.cr = made.cr;
        cache.operator.done.clear();
        cache.edit(specs.get2().cluster());
        incidents.forEach(incident -> incident.happens().accept(cache));
        return new Passes(cache.operator, cache.cr);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void comesToRestAndStaysThere(
            @ForAll("pairs") Tuple2<Spec, Spec> specs, @ForAll("incidents") List<Incident> incidents) {
        Passes passes = passes(specs, incidents);
        passes.run();
        int done = passes.operator.done.size();
        CacheClusterStatus said = passes.all.getLast().status();

        passes.run();

        assertThat(passes.operator.done).hasSize(done);
        assertThat(passes.all.getLast().status()).isEqualTo(said);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void makesAndDeletesNoCache(
            @ForAll("pairs") Tuple2<Spec, Spec> specs,
            @ForAll("incidents") List<Incident> incidents,
            @ForAll("questions") Class<? extends Query<?>> unknown,
            @ForAll Random random) {
        Passes passes = passes(specs, incidents);
        disturb(passes, unknown, random);
        Function<Step<ClusterAction>, Optional<Outcome>> fate = passes.fate;
        passes.fate = step -> {
            assertHarmless(step.action(), passes);
            return fate.apply(step);
        };

        passes.run();
        passes.undisturbed().fate = step -> {
            assertHarmless(step.action(), passes);
            return Optional.empty();
        };
        passes.run();
    }

    /** Whatever the status remembers, and while its tags cannot be read, or only the list that lags. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void changesNoCacheThatCameToBeSomebodyElses(
            @ForAll("pairs") Tuple2<Spec, Spec> specs,
            @ForAll("incidents") List<Incident> incidents,
            @ForAll Random random) {
        Passes passes = passes(
                specs,
                Stream.concat(incidents.stream(), Stream.of(Incident.FOREIGN)).toList());
        passes.meanwhile = pass -> passes.operator.world.hidden = query -> pass < 50
                && random.nextBoolean()
                && (query instanceof Queries.Tags || query instanceof Queries.TagHint);
        passes.fate = step -> {
            assertHarmless(step.action(), passes);
            return Optional.empty();
        };

        passes.run();
    }

    /** No cache is deleted; none is made where there is one, or where the status remembers one that was lost. */
    private static void assertHarmless(ClusterAction action, Passes passes) {
        assertThat(action)
                .isNotInstanceOfAny(
                        ClusterAction.DeleteGroup.class,
                        ClusterAction.DeleteFailedGroup.class,
                        ClusterAction.DeleteMemcached.class,
                        ClusterAction.DeleteSecurityGroup.class,
                        ClusterAction.DeleteSubnetGroup.class);
        boolean remembered = Optional.ofNullable(passes.cr.getStatus())
                .map(CacheClusterStatus::id)
                .isPresent();
        boolean there = !passes.operator.world.groups.isEmpty() || !passes.operator.world.memcached.isEmpty();
        if (action instanceof ClusterAction.CreateGroup || action instanceof ClusterAction.CreateMemcached) {
            assertThat(there || remembered).as("a second cache").isFalse();
        }
        if (changesTheCache(action, passes.operator.world)) {
            assertThat(ownerOf(passes.operator.world))
                    .as("whose it is at %s", action)
                    .isEqualTo("prod/shop/sessions");
        }
    }

    private static boolean changesTheCache(ClusterAction action, ModelWorld world) {
        return switch (action) {
            case ClusterAction.ModifyGroup modify -> true;
            case ClusterAction.ModifyMemcached modify -> true;
            case ClusterAction.TakeOver takeOver -> true;
            case ClusterAction.AddTags tags -> cacheArns(world).anyMatch(tags.arn()::equals);
            case ClusterAction.RemoveTags tags -> cacheArns(world).anyMatch(tags.arn()::equals);
            default -> false;
        };
    }

    private static Stream<String> cacheArns(ModelWorld world) {
        return Stream.concat(
                world.groups.values().stream().map(ReplicationGroupState::arn),
                world.memcached.values().stream().map(CacheClusterState::arn));
    }

    /** What its live tags say, whatever the operator knows of them. */
    private static String ownerOf(ModelWorld world) {
        return cacheArns(world)
                .map(arn -> world.tags.getOrDefault(arn, Map.of()).getOrDefault(Owner.TAG, "nobody"))
                .findFirst()
                .orElse("no cache");
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void conditionsNeverContradictEachOtherOrWhatThereIs(
            @ForAll("pairs") Tuple2<Spec, Spec> specs,
            @ForAll("incidents") List<Incident> incidents,
            @ForAll("questions") Class<? extends Query<?>> unknown,
            @ForAll Random random) {
        Passes passes = passes(specs, incidents);
        if (random.nextInt(4) == 0) {
            passes.cr = Clusters.deleted(passes.cr);
        }
        disturb(passes, unknown, random);

        passes.run();
        passes.undisturbed().run();

        passes.all.forEach(AnyWorldPropertiesTest::assertConsistent);
    }

    /** The way from nothing, on which things fail and are not known for a while. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void conditionsNeverContradictWhileACacheIsMade(
            @ForAll("pairs") Tuple2<Spec, Spec> specs,
            @ForAll("questions") Class<? extends Query<?>> unknown,
            @ForAll Random random) {
        Passes passes =
                new Passes(new Convergence(new ModelWorld()), specs.get1().cluster());
        disturb(passes, unknown, random);

        passes.run();
        passes.undisturbed().run();

        passes.all.forEach(AnyWorldPropertiesTest::assertConsistent);
        assertThat(isTrue(passes.all.getLast().status(), "Synced")).isTrue();
    }

    /** For a while some answers are not known in some passes, and steps fail. */
    private static void disturb(Passes passes, Class<? extends Query<?>> unknown, Random random) {
        passes.meanwhile = pass -> passes.operator.world.hidden =
                random.nextInt(3) == 0 && pass < 50 ? unknown::isInstance : query -> false;
        passes.fate = step -> fate(step, random, passes.all.size());
    }

    /** One in four steps fails in one of all ways, for a while. */
    private static Optional<Outcome> fate(Step<ClusterAction> step, Random random, int pass) {
        if (pass > 50 || random.nextInt(4) != 0) {
            return Optional.empty();
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (Failure.Kind kind : Failure.Kind.values()) {
            outcomes.add(new Outcome.Failed(new Failure(kind, step.name(), kind.name(), "AWS's words")));
        }
        outcomes.add(new Outcome.Refused(new Ownership.Foreign("staging/shop/sessions"), step.target()));
        outcomes.add(new Outcome.Refused(new Ownership.OwnerUnknown("busy"), step.target()));
        return Optional.of(outcomes.get(random.nextInt(outcomes.size())));
    }

    private static void assertConsistent(Pass pass) {
        CacheClusterStatus status = pass.status();
        List<Condition> conditions = status.conditions();
        assertThat(conditions)
                .extracting(Condition::type)
                .contains("Ready", "Synced")
                .doesNotHaveDuplicates();
        assertThat(conditions)
                .filteredOn(c -> List.of("Reconciling", "Stalled", "DeletionBlocked", "PlanPending")
                        .contains(c.type()))
                .as("absent when not True")
                .allMatch(c -> c.status() == Status.TRUE);
        assertThat(isTrue(status, "Reconciling") && isTrue(status, "Stalled"))
                .as("Reconciling and Stalled: %s", conditions)
                .isFalse();
        assertThat(isTrue(status, "Ready") && isTrue(status, "Stalled"))
                .as("Ready and Stalled: %s", conditions)
                .isFalse();
        if (isTrue(status, "Ready")) {
            assertThat(pass.in().connectionSecret().found())
                    .as("a Secret to connect with: %s", conditions)
                    .hasValueSatisfying(secret -> assertThat(secret.ours()).isTrue());
            assertThat(status.endpoint()).as("an endpoint to connect to").isNotNull();
            assertThat(pass.before().getMetadata().getDeletionTimestamp()).isNull();
        }
        if (isTrue(status, "Synced")) {
            assertThat(isTrue(status, "Ready"))
                    .as("Synced and not Ready: %s", conditions)
                    .isTrue();
            assertThat(isTrue(status, "Reconciling")).isFalse();
            assertThat(pass.plan().next()).as("Synced with a step to take").isEmpty();
            assertThat(pass.plan().reads()).as("Synced and blind").isEmpty();
        }
        boolean drifted = !status.drift().isEmpty();
        assertThat(isTrue(status, "Drifted"))
                .as("Drifted says what drift lists")
                .isEqualTo(drifted);
        assertThat(Objects.requireNonNull(status.driftCount()))
                .isEqualTo(status.drift().size());
        timesMoveWithTheStatusOnly(pass);
    }

    private static void timesMoveWithTheStatusOnly(Pass pass) {
        Optional.ofNullable(pass.before().getStatus())
                .ifPresent(before -> pass.status().conditions().stream()
                        .filter(now -> before.condition(now.type())
                                .filter(old -> old.status() == now.status())
                                .isPresent())
                        .forEach(now -> assertThat(now.lastTransitionTime())
                                .isEqualTo(before.condition(now.type())
                                        .orElseThrow()
                                        .lastTransitionTime())));
    }

    private static boolean isTrue(@Nullable CacheClusterStatus status, String type) {
        return Optional.ofNullable(status)
                .flatMap(said -> said.condition(type))
                .filter(c -> c.status() == Status.TRUE)
                .isPresent();
    }
}
