package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.aws.Queries;
import io.cacheoperator.aws.SecurityGroupState;
import io.cacheoperator.aws.SnapshotState;
import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Owner;
import io.cacheoperator.core.Plan;
import io.cacheoperator.core.Problem;
import io.cacheoperator.core.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeletePlannerTest {

    private static final String SPEC = "engine: valkey\nparameters: {timeout: 300}\n";

    @Test
    void savesThenDeletesThenCleansUpInThatOrder() {
        RunningCache cache = deleted(SPEC);

        Plan<ClusterAction> end = cache.operator.run(cache.cr);

        assertThat(cache.operator.doneNames())
                .containsExactly(
                        "TakeSnapshot",
                        "DeleteGroup",
                        "DeleteParameterGroup",
                        "DeleteSecurityGroup",
                        "DeleteSubnetGroup",
                        "DeleteTokenSecret");
        assertThat(end.finished()).isTrue();
        assertThat(end.problems()).isEmpty();
        assertThat(cache.world.snapshots.values())
                .extracting(SnapshotState::status)
                .containsExactly("available");
        assertThat(cache.world.groups).isEmpty();
        assertThat(cache.world.securityGroups).isEmpty();
        assertThat(cache.world.parameterGroups).isEmpty();
        assertThat(cache.world.subnetGroups).isEmpty();
        assertThat(cache.world.tags).isEmpty();
    }

    @Test
    void needsNoStatusToFindEverything() {
        RunningCache cache = deleted(SPEC).forgetful();
        cache.cr.setStatus(null);

        cache.operator.run(cache.cr);

        assertThat(cache.world.groups).isEmpty();
        assertThat(cache.world.securityGroups).isEmpty();
        assertThat(cache.world.parameterGroups).isEmpty();
        assertThat(cache.world.subnetGroups).isEmpty();
    }

    @Test
    void findsTheParameterGroupAlsoWhenParametersAreGoneFromTheSpec() {
        RunningCache cache = new RunningCache(SPEC);
        cache.edit("engine: valkey\n");
        cache.cr = Clusters.deleted(cache.cr);

        cache.operator.run(cache.cr);

        assertThat(cache.world.parameterGroups).isEmpty();
    }

    @Test
    void finishesAtOnceWhereNothingWasEverMade() {
        ModelWorld world = new ModelWorld();
        Convergence operator = new Convergence(world);

        Plan<ClusterAction> end = operator.run(Clusters.deleted(Clusters.of("engine: valkey\n")));

        assertThat(end.finished()).isTrue();
        assertThat(operator.done).isEmpty();
    }

    @Test
    void doesNotBelieveAtOnceThatACacheWasNeverMade() {
        Instant lastCreate = ModelWorld.NOW.minusSeconds(30);

        Plan<ClusterAction> plan = planAfterCreate(Clusters.of("engine: valkey\n"), lastCreate, ModelWorld.NOW);

        assertThat(plan.finished())
                .as("its create call may have had its effect")
                .isFalse();
        assertThat(plan.wakeAt()).contains(lastCreate.plus(DeletePlanner.HIDDEN));
    }

    @Test
    void believesAtOnceThatACacheWasNeverMadeWhereNobodyCanHaveSentTheCall() {
        Instant longAgo = ModelWorld.NOW.minus(DeletePlanner.HIDDEN);

        assertThat(planAfterCreate(Clusters.of("engine: valkey\n"), longAgo, ModelWorld.NOW)
                        .finished())
                .isTrue();
    }

    @Test
    void asksAgainWhereAbsenceWasSeenTooSoonAfterACreate() {
        Plan<ClusterAction> later = planAfterCreate(
                Clusters.of("engine: valkey\n"),
                ModelWorld.NOW.minusSeconds(1),
                ModelWorld.NOW.plus(DeletePlanner.HIDDEN));

        assertThat(later.finished()).isFalse();
        assertThat(later.reads()).hasOnlyElementsOfType(Queries.ReplicationGroup.class);
    }

    /** Of a deleted cluster whose cache AWS denies, all questions answered at {@link ModelWorld#NOW}. */
    private static Plan<ClusterAction> planAfterCreate(CacheCluster cr, Instant lastCreate, Instant now) {
        Convergence operator = new Convergence(new ModelWorld());
        CacheCluster deleted = Clusters.deleted(cr);
        operator.plan(deleted);
        ClusterInputs in = operator.world.inputs(deleted, operator.settings);
        ClusterInputs known = new ClusterInputs(
                in.settings(),
                in.owner(),
                in.observed(),
                in.tokenSecret(),
                in.keptToken(),
                in.connectionSecret(),
                in.leftSecrets(),
                in.freshToken(),
                in.claimedBy(),
                in.crdTerminating(),
                in.reachability(),
                lastCreate,
                in.attempts(),
                in.wallTime());
        return ClusterPlanner.plan(deleted, known, now);
    }

    @Test
    void believesAtOnceThatACacheIsGoneThatWasSeen() {
        RunningCache cache = new RunningCache(SPEC);
        cache.cr = Clusters.deletedAt(cache.cr, ModelWorld.NOW);

        Plan<ClusterAction> end = cache.operator.run(cache.cr);

        assertThat(end.finished()).isTrue();
    }

    @Test
    void goesOnAfterEachBrokenOffStep() {
        for (int broken = 1; broken <= 6; broken++) {
            RunningCache cache = deleted(SPEC);
            while (cache.operator.done.size() < broken) {
                cache.plan()
                        .next()
                        .ifPresentOrElse(
                                step -> {
                                    cache.operator.done.add(step.action());
                                    cache.operator.aws.apply(step.action());
                                },
                                () -> cache.operator.aws.tick());
            }
            cache.forgetful();

            Plan<ClusterAction> end = cache.operator.run(cache.cr);

            assertThat(end.finished()).isTrue();
            assertThat(cache.operator.done).hasSize(6);
            assertThat(cache.world.snapshots).hasSize(1);
        }
    }

    @Test
    void deletesWithoutSnapshotWherePolicySaysDelete() {
        RunningCache cache = deleted(SPEC + "deletionPolicy: Delete\n");

        cache.operator.run(cache.cr);

        assertThat(cache.operator.doneNames()).startsWith("DeleteGroup");
        assertThat(cache.world.snapshots).isEmpty();
    }

    /** It stalled once; then it was edited, and a process that died may have sent the call. */
    @Test
    void doesNotBelieveAStatusThatTellsOfAnEarlierSpec() {
        CacheClusterStatus stalled = CacheClusterStatus.builder()
                .observedGeneration(1L)
                .phase(Phase.PENDING)
                .build();
        for (long generation : List.of(2L, 3L)) {
            CacheCluster cr = Clusters.withStatus(Clusters.of("engine: valkey\n"), stalled);
            cr.getMetadata().setGeneration(generation);

            assertThat(planAfterCreate(cr, ModelWorld.NOW.minusSeconds(1), ModelWorld.NOW)
                            .finished())
                    .as("generation " + generation + ", of which the deletion is one")
                    .isEqualTo(generation == 2);
        }
    }

    @Test
    void provesAnewThatTheCacheIsOursAlsoBeforeItTakesTheSnapshot() {
        RunningCache cache = deleted("engine: valkey\n");
        assertThat(cache.plan().next()).map(Step::action).containsInstanceOf(ClusterAction.TakeSnapshot.class);

        Plan<ClusterAction> later = ClusterPlanner.plan(
                cache.cr,
                cache.world.inputs(cache.cr, cache.operator.settings),
                ModelWorld.NOW.plus(DeletePlanner.FRESH).plusSeconds(1));

        assertThat(later.next()).isEmpty();
        assertThat(later.reads()).hasOnlyElementsOfType(Queries.Tags.class);
    }

    @Test
    void leavesWhatACacheOfAnotherOwnerUses() {
        RunningCache cache = deleted(SPEC);
        cache.world.tags.put(cache.arn(), Map.of(Owner.TAG, "staging/shop/sessions"));

        Plan<ClusterAction> end = cache.operator.run(cache.cr);

        assertThat(end.finished()).isTrue();
        assertThat(cache.operator.done).isEmpty();
        assertThat(end.problems())
                .extracting(Problem::message)
                .satisfiesExactlyInAnyOrder(
                        message -> assertThat(message).contains("belongs to staging/shop/sessions"),
                        message ->
                                assertThat(message).contains("parameter group").contains("in use"),
                        message ->
                                assertThat(message).contains("security group").contains("in use"));
    }

    @Test
    void leavesWhatAwsCouldNotMakeForAnotherOwner() {
        RunningCache cache = deleted("engine: valkey\n");
        cache.cr.setStatus(null);
        cache.world.tags.put(cache.arn(), Map.of(Owner.TAG, "staging/shop/sessions"));
        cache.operator.aws.status(cache.id(), "create-failed");

        Plan<ClusterAction> end = cache.operator.run(cache.cr);

        assertThat(end.finished()).isTrue();
        assertThat(cache.world.groups).hasSize(1);
    }

    @Test
    void protectsAlsoWhereThePolicyWouldRetain() {
        RunningCache cache = deleted(SPEC + "deletionProtection: true\ndeletionPolicy: Retain\n");

        Plan<ClusterAction> end = cache.operator.run(cache.cr);

        assertThat(cache.operator.done).isEmpty();
        assertThat(end.finished()).isFalse();
        assertThat(end.problems().getFirst().reason()).isEqualTo(ClusterReason.DeletionProtected);
    }

    /** To let go would have Kubernetes collect the Secrets of a cache that lives on. */
    @Test
    void keepsNothingOnTheWordOfSecretsThatWereNotListedYet() {
        for (String policy : List.of("Retain", "Delete")) {
            RunningCache cache = deleted(SPEC + "deletionPolicy: " + policy + "\n");
            if (policy.equals("Delete")) {
                cache.operator.run(cache.cr);
                cache.cr = Clusters.deleted(cache.cr);
            }
            ClusterInputs in = cache.world.inputs(cache.cr, cache.operator.settings);

            Plan<ClusterAction> plan = ClusterPlanner.plan(cache.cr, unheard(in), ModelWorld.NOW);

            assertThat(plan.finished()).as(policy).isFalse();
            assertThat(plan.wakeAt()).as("nobody says when they were").isPresent();
        }
    }

    private static ClusterInputs unheard(ClusterInputs in) {
        return new ClusterInputs(
                in.settings(),
                in.owner(),
                in.observed(),
                Observation.unknown("not listed"),
                Observation.unknown("not listed"),
                Observation.unknown("not listed"),
                in.leftSecrets(),
                in.freshToken(),
                in.claimedBy(),
                in.crdTerminating(),
                in.reachability(),
                in.lastCreate(),
                in.attempts(),
                in.wallTime());
    }

    @Test
    void followsAPolicyThatChangesWhileDeleting() {
        RunningCache cache = deleted(SPEC);
        cache.operator.aws.apply(cache.plan().next().orElseThrow().action());
        cache.edit(Clusters.deleted(Clusters.of(SPEC + "deletionPolicy: Retain\n")));

        Plan<ClusterAction> end = cache.operator.run(cache.cr);

        assertThat(end.finished()).isTrue();
        assertThat(cache.operator.doneNames()).containsExactly("ReleaseSecrets");
        assertThat(cache.world.groups).hasSize(1);
    }

    @Test
    void retainsEverythingInAwsAndTheSecrets() {
        RunningCache cache = deleted(SPEC + "deletionPolicy: Retain\n");

        Plan<ClusterAction> end = cache.operator.run(cache.cr);

        assertThat(end.finished()).isTrue();
        assertThat(cache.operator.done).containsExactly(new ClusterAction.ReleaseSecrets(List.of("sessions-cache")));
        assertThat(end.problems()).singleElement().satisfies(left -> {
            assertThat(left.reason()).isEqualTo(ClusterReason.LeftBehind);
            assertThat(left.message()).contains(cache.id(), "Retain");
        });
        assertThat(cache.world.groups).hasSize(1);
        assertThat(cache.world.securityGroups).hasSize(1);
    }

    @Test
    void retainsEverythingWhenOurOwnCrdGoes() {
        RunningCache cache = deleted(SPEC + "deletionProtection: true\n");
        ClusterInputs in = cache.world.inputs(cache.cr, cache.operator.settings);
        ClusterInputs terminating = new ClusterInputs(
                in.settings(),
                in.owner(),
                in.observed(),
                in.tokenSecret(),
                in.connectionSecret(),
                in.freshToken(),
                Optional.empty(),
                true);

        Plan<ClusterAction> plan = ClusterPlanner.plan(cache.cr, terminating, ModelWorld.NOW);

        assertThat(plan.steps())
                .singleElement()
                .satisfies(s -> assertThat(s.name()).isEqualTo("ReleaseSecrets"));
    }

    @Test
    void removesTheTokensSecretLast() {
        RunningCache cache = deleted(SPEC + "deletionPolicy: Delete\n");

        Plan<ClusterAction> end = cache.operator.run(cache.cr);

        assertThat(end.finished()).isTrue();
        assertThat(cache.operator.doneNames()).endsWith("DeleteTokenSecret").contains("DeleteGroup");
        assertThat(cache.world.token).isEmpty();
    }

    @Test
    void keepsTheTokensSecretOfACacheThatIsSomebodyElsesNow() {
        RunningCache cache = deleted(SPEC + "deletionPolicy: Delete\n");
        cache.world.tags.put(cache.arn(), Map.of(Owner.TAG, "staging/shop/sessions"));

        Plan<ClusterAction> end = cache.operator.run(cache.cr);

        assertThat(end.finished()).isTrue();
        assertThat(cache.operator.doneNames()).doesNotContain("DeleteTokenSecret", "DeleteGroup");
    }

    @Test
    void refusesWhereDeletionIsProtected() {
        RunningCache cache = deleted(SPEC + "deletionProtection: true\n");

        Plan<ClusterAction> end = cache.operator.run(cache.cr);

        assertThat(cache.operator.done).isEmpty();
        assertThat(end.finished()).isFalse();
        assertThat(end.problems().getFirst().reason()).isEqualTo(ClusterReason.DeletionProtected);
    }

    @Test
    void keepsTheCacheWhenItsSnapshotFailed() {
        RunningCache cache = deleted(SPEC);
        cache.operator.aws.apply(cache.plan().next().orElseThrow().action());
        cache.operator.aws.tick();
        cache.world.snapshots.replaceAll((name, snapshot) -> failed(snapshot));

        Plan<ClusterAction> end = cache.operator.run(cache.cr);

        assertThat(cache.world.groups).hasSize(1);
        assertThat(end.finished()).isFalse();
        assertThat(end.problems().getFirst().reason()).isEqualTo(ClusterReason.SnapshotFailed);
        assertThat(end.problems().getFirst().message()).contains("deletionPolicy");
        assertThat(end.wakeAt()).as("somebody may remove it in AWS").isPresent();
    }

    /** Somebody paused or protected the CacheCluster after the snapshot, or AWS refused the delete. */
    @Test
    void doesNotDeleteOnASnapshotThatMissesWhatWasWrittenSince() {
        RunningCache cache = deleted(SPEC);
        cache.operator.aws.apply(cache.plan().next().orElseThrow().action());
        cache.operator.aws.tick();
        Instant old = ModelWorld.NOW.minus(FinalSnapshot.RECENT).minusSeconds(1);
        cache.world.snapshots.replaceAll((name, snapshot) -> takenAt(old, snapshot));

        Plan<ClusterAction> end = cache.operator.run(cache.cr);

        assertThat(cache.world.groups).hasSize(1);
        assertThat(end.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .contains(old.toString(), "delete that snapshot in AWS", "Delete", "Retain"));
        assertThat(end.wakeAt()).as("somebody may remove it in AWS").isPresent();

        cache.world.snapshots.replaceAll((name, snapshot) -> takenAt(ModelWorld.NOW.minusSeconds(60), snapshot));
        cache.operator.run(cache.cr);
        assertThat(cache.world.groups).isEmpty();
    }

    @Test
    void takesAnotherSnapshotWhenTheFailedOneIsRemoved() {
        RunningCache cache = deleted(SPEC);
        cache.operator.aws.apply(cache.plan().next().orElseThrow().action());
        cache.operator.aws.tick();
        cache.world.snapshots.clear();

        cache.operator.run(cache.cr);

        assertThat(cache.operator.doneNames()).startsWith("TakeSnapshot", "DeleteGroup");
    }

    @Test
    void waitsWhileTheCacheIsBusy() {
        for (String policy : List.of("Snapshot", "Delete")) {
            RunningCache cache = deleted(SPEC + "deletionPolicy: " + policy + "\n");
            cache.plan();
            cache.operator.aws.status(cache.id(), "modifying");

            Plan<ClusterAction> plan = cache.plan();

            assertThat(plan.next()).isEmpty();
            assertThat(plan.problems())
                    .extracting(Problem::retry)
                    .as("nobody must act")
                    .containsOnly(Failure.Retry.WAIT);
            assertThat(plan.steps()).isNotEmpty();
        }
    }

    @Test
    void deletesWhatAwsCouldNotMakeWithoutASnapshot() {
        RunningCache cache = deleted(SPEC);
        cache.operator.aws.status(cache.id(), "create-failed");

        Plan<ClusterAction> end = cache.operator.run(cache.cr);

        assertThat(cache.operator.doneNames()).startsWith("DeleteFailedGroup").doesNotContain("TakeSnapshot");
        assertThat(end.finished()).isTrue();
    }

    /** Between the proof that other writes go by and the delete another Kubernetes cluster may have taken the cache over. */
    @Test
    void provesAnewThatTheCacheIsOursBeforeItDeletesIt() {
        RunningCache cache = deleted("engine: valkey\ndeletionPolicy: Delete\n");
        assertThat(cache.plan().next()).map(Step::action).containsInstanceOf(ClusterAction.DeleteGroup.class);

        Plan<ClusterAction> later = ClusterPlanner.plan(
                cache.cr,
                cache.world.inputs(cache.cr, cache.operator.settings),
                ModelWorld.NOW.plus(DeletePlanner.FRESH).plusSeconds(1));

        assertThat(later.next()).isEmpty();
        assertThat(later.reads()).hasOnlyElementsOfType(Queries.Tags.class).isNotEmpty();
    }

    /** It will never be available again, so waiting for that would be waiting for ever. */
    @Test
    void asksWhoseACacheIsThatNothingWillMend() {
        RunningCache cache = deleted("engine: memcached\n");
        cache.world.memcached.replaceAll((id, state) -> States.withStatus(state, "incompatible-network"));
        cache.forgetful();

        cache.operator.run(cache.cr);

        assertThat(cache.operator.doneNames()).startsWith("DeleteMemcached");
    }

    @Test
    void takesNoSnapshotOfMemcached() {
        RunningCache cache = deleted("engine: memcached\n");

        cache.operator.run(cache.cr);

        assertThat(cache.operator.doneNames())
                .containsExactly("DeleteMemcached", "DeleteSecurityGroup", "DeleteSubnetGroup");
    }

    @Test
    void confirmsThatTheCacheIsGoneBeforeItCleansUp() {
        RunningCache cache = deleted(SPEC).forgetful();
        cache.world.groups.clear();

        Plan<ClusterAction> plan =
                ClusterPlanner.plan(cache.cr, cache.world.inputs(cache.cr, cache.operator.settings), ModelWorld.NOW);

        assertThat(plan.steps()).isEmpty();
        assertThat(plan.reads())
                .containsExactly(new Queries.ReplicationGroup(Clusters.REGION, "shop-sessions-" + hash(cache)));
    }

    private static String hash(RunningCache cache) {
        String id = ClusterNames.of(ClusterObserver.owner(cache.cr, Clusters.SETTINGS), cache.cr.getSpec())
                .cacheId();
        return id.substring(id.lastIndexOf('-') + 1);
    }

    @Test
    void leavesACacheOfAnotherOwner() {
        RunningCache cache = deleted("engine: valkey\ndeletionPolicy: Delete\n");
        String arn = cache.arn();
        cache.world.tags.put(arn, Map.of(Owner.TAG, "staging/shop/sessions"));

        Plan<ClusterAction> end = cache.operator.run(cache.cr);

        assertThat(cache.operator.doneNames()).doesNotContain("DeleteGroup", "TakeSnapshot");
        assertThat(cache.world.groups).hasSize(1);
        assertThat(end.finished()).isTrue();
        assertThat(end.problems().getFirst().message()).contains("staging/shop/sessions");
    }

    @Test
    void leavesACacheThatLostItsOwnerTag() {
        RunningCache cache = deleted("engine: valkey\ndeletionPolicy: Delete\n");
        cache.world.tags.put(cache.arn(), Map.of());

        cache.operator.run(cache.cr);

        assertThat(cache.world.groups).hasSize(1);
    }

    @Test
    void leavesTheSubnetGroupToItsOtherUsers() {
        RunningCache cache = deleted(SPEC);
        CacheCluster other = Clusters.of("engine: valkey\n");
        other.getMetadata().setName("other");
        Convergence neighbour = new Convergence(cache.world);
        cache.world.token = Optional.empty();
        cache.world.connection = Optional.empty();
        neighbour.run(other);

        Plan<ClusterAction> end = cache.operator.run(cache.cr);

        assertThat(end.finished()).isTrue();
        assertThat(cache.world.subnetGroups).hasSize(1);
        assertThat(cache.world.groups).hasSize(1);
        assertThat(cache.world.securityGroups).hasSize(1);
    }

    /** Else two caches that go together each take the other for a user, and the group stays. */
    @Test
    void believesInOtherUsersOnlyOnceItIsNoLongerAmongThem() {
        RunningCache cache = deleted(SPEC);
        CacheCluster other = Clusters.of("engine: valkey\n");
        other.getMetadata().setName("other");
        String id = cache.world.groups.keySet().iterator().next();
        cache.world.token = Optional.empty();
        cache.world.connection = Optional.empty();
        new Convergence(cache.world).run(other);
        cache.world.groups.remove(id);

        assertThat(cache.operator.run(cache.cr).finished()).isFalse();
        cache.world.members.remove(id);
        assertThat(cache.operator.run(cache.cr).finished()).isTrue();

        assertThat(cache.world.subnetGroups).hasSize(1);
    }

    @Test
    void findsTheSubnetGroupOfASelectorAlsoWhenTheCacheIsGoneAlready() {
        RunningCache cache = new RunningCache(Clusters.ofWhole("""
                engine: valkey
                nodeType: cache.t4g.small
                network: {subnetSelector: {vpcId: vpc-1}, allowFrom: [{cidr: 10.0.0.0/16}]}
                """));
        cache.cr = Clusters.deleted(cache.cr);
        cache.world.groups.clear();
        cache.world.members.clear();

        Plan<ClusterAction> end = cache.forgetful().operator.run(cache.cr);

        assertThat(end.finished()).isTrue();
        assertThat(cache.world.subnetGroups).isEmpty();
    }

    @Test
    void leavesASubnetGroupThatTheUserBrought() {
        RunningCache cache = new RunningCache(SPEC);
        String name = cache.world.subnetGroups.keySet().iterator().next();
        cache.edit(Clusters.deleted(
                Clusters.ofWhole("engine: valkey\nnodeType: cache.t4g.small\nnetwork: {subnetGroupName: " + name
                        + ", securityGroupIds: [sg-9]}\n")));

        cache.operator.run(cache.cr);

        assertThat(cache.world.subnetGroups).hasSize(1);
    }

    @Test
    void leavesASecurityGroupThatOnlyCarriesOurTag() {
        RunningCache cache = deleted(SPEC);
        cache.world.securityGroups.put(
                "sg-copy",
                new SecurityGroupState(
                        "sg-copy", "copied-by-hand", "vpc-1", "", Map.of(Owner.TAG, "prod/shop/sessions"), List.of()));

        Plan<ClusterAction> end = cache.operator.run(cache.cr);

        assertThat(end.finished()).isTrue();
        assertThat(cache.world.securityGroups).containsOnlyKeys("sg-copy");
        assertThat(end.problems().getFirst().message()).contains("copied-by-hand");
    }

    @Test
    void showsTheDeleteAsDataLossThatWaitsForTheSnapshot() {
        Plan<ClusterAction> plan = deleted(SPEC).plan();

        assertThat(plan.steps().stream().map(Step::name)).containsExactly("CreateSnapshot", "DeleteReplicationGroup");
        assertThat(plan.steps().getLast().waitingFor()).contains("the snapshot");
    }

    private static SnapshotState takenAt(Instant at, SnapshotState snapshot) {
        return new SnapshotState(
                snapshot.name(),
                snapshot.arn(),
                snapshot.status(),
                snapshot.source(),
                snapshot.replicationGroupId(),
                snapshot.cacheClusterId(),
                Optional.of(at));
    }

    private static SnapshotState failed(SnapshotState snapshot) {
        return new SnapshotState(
                snapshot.name(),
                snapshot.arn(),
                "failed",
                snapshot.source(),
                snapshot.replicationGroupId(),
                snapshot.cacheClusterId(),
                snapshot.createTime());
    }

    private static RunningCache deleted(String spec) {
        RunningCache cache = new RunningCache(spec);
        cache.cr = Clusters.deleted(cache.cr);
        return cache;
    }
}
