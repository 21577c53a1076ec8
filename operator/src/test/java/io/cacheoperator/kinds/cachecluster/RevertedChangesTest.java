package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.aws.EventState;
import io.cacheoperator.core.Condition;
import io.cacheoperator.core.Problem;
import io.cacheoperator.core.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** AWS takes a change and reverts it without a word: it is sent twice, and then only the user can help. */
class RevertedChangesTest {

    private static final String SPEC = "engine: valkey\ndescription: before\n";
    private static final Duration A_WHILE = ClusterSettings.SETTLING.plusSeconds(1);

    private final AttemptLog log = new AttemptLog();
    private final RunningCache cache = new RunningCache(SPEC).looked();

    /** Sends what can be sent now, lets AWS take it back, and writes the status. */
    private List<String> sendInVain() {
        List<String> sent = cache.plan().steps().stream()
                .filter(step -> step.state() == Step.State.Ready)
                .map(Step::name)
                .toList();
        cache.plan().next().ifPresent(step -> log.sent(cache.cr, step.action(), cache.operator.now));
        write();
        return sent;
    }

    private void write() {
        CacheClusterStatus status = cache.status(cache.plan());
        Attempts attempts = new Attempts(log.of(cache.cr).shown());
        cache.cr = Clusters.withStatus(
                cache.cr, status.toBuilder().attempts(attempts.shown()).build());
        CacheClusterStatus written = cache.status(cache.plan());
        log.said(cache.cr, written);
        cache.cr = Clusters.withStatus(cache.cr, written);
    }

    private void later() {
        cache.operator.now = cache.operator.now.plus(A_WHILE);
    }

    private void edit() {
        cache.edit(SPEC.replace("before", "after"));
    }

    @Test
    void sendsNothingAgainWhileAwsMayJustNotShowItYet() {
        edit();
        assertThat(sendInVain()).containsExactly("ModifyReplicationGroup");

        assertThat(cache.plan().next()).isEmpty();
        assertThat(cache.plan().steps()).singleElement().satisfies(step -> {
            assertThat(step.state()).isEqualTo(Step.State.Waiting);
            assertThat(step.waitingFor()).contains("AWS to show what was sent");
        });
        assertThat(cache.plan().wakeAt()).contains(ModelWorld.NOW.plus(ClusterSettings.SETTLING));
        assertThat(cache.cr.getStatus().condition("Synced").orElseThrow().status())
                .isEqualTo(Condition.Status.FALSE);
    }

    @Test
    void sendsItOnceMoreAndThenNeverAgain() {
        edit();
        sendInVain();
        later();
        assertThat(sendInVain()).containsExactly("ModifyReplicationGroup");
        later();
        assertThat(sendInVain()).isEmpty();
        later();
        assertThat(sendInVain()).isEmpty();
    }

    @Test
    void isStalledThenAndQuotesWhatAwsSaysOfIt() {
        Instant at = ModelWorld.NOW;
        cache.world.events.add(new EventState(cache.id(), "replication-group", "Failed applying modification", at));
        edit();
        sendInVain();
        later();
        sendInVain();
        later();

        assertThat(cache.plan().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.reason()).isEqualTo(ClusterReason.ChangeReverted);
            assertThat(problem.field()).contains("spec.description");
            assertThat(problem.message())
                    .contains("Failed applying modification")
                    .contains("after");
        });
        write();
        CacheClusterStatus status = cache.cr.getStatus();
        assertThat(status.condition("Stalled").orElseThrow().reason()).isEqualTo("ChangeReverted");
        assertThat(status.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.step()).isEqualTo("ModifyReplicationGroup spec.description");
            assertThat(attempt.count()).isEqualTo(2);
            assertThat(attempt.result()).contains("Failed applying modification");
        });
    }

    @Test
    void saysTheSameWhateverHappensLater() {
        edit();
        sendInVain();
        later();
        sendInVain();
        later();
        write();
        CacheClusterStatus said = cache.cr.getStatus();
        cache.world.events.add(new EventState(cache.id(), "replication-group", "A snapshot was taken", ModelWorld.NOW));
        cache.forgetful();
        later();
        write();

        assertThat(cache.cr.getStatus()).isEqualTo(said);
    }

    @Test
    void goesOnCountingAfterARestart() {
        edit();
        sendInVain();
        later();
        AttemptLog restarted = new AttemptLog();
        restarted.sent(cache.cr, cache.plan().next().orElseThrow().action(), cache.operator.now);

        assertThat(restarted.of(cache.cr).exhausted("spec.description")).isTrue();
    }

    @Test
    void triesAgainWhenTheSpecIsEdited() {
        edit();
        sendInVain();
        later();
        sendInVain();
        later();
        cache.edit(SPEC.replace("before", "other"));

        assertThat(cache.plan().problems()).isEmpty();
        assertThat(sendInVain()).containsExactly("ModifyReplicationGroup");
    }

    @Test
    void triesAgainWhenAskedTo() {
        edit();
        sendInVain();
        later();
        sendInVain();
        later();
        CacheCluster asked = Clusters.copy(cache.cr);
        asked.getMetadata().setAnnotations(Map.of("cacheoperator.io/reconcile-at", "now"));
        cache.cr = asked;

        assertThat(cache.plan().problems()).isEmpty();
        assertThat(sendInVain()).containsExactly("ModifyReplicationGroup");
        assertThat(cache.cr.getStatus().lastHandled()).isEqualTo(new CacheClusterStatus.LastHandled("now"));
    }

    @Test
    void makesOtherChangesNevertheless() {
        edit();
        sendInVain();
        later();
        sendInVain();
        later();
        cache.group(g -> States.modified(g, States.retaining(g.id(), 0)));
        cache.cr.setSpec(Clusters.of(SPEC.replace("before", "after") + "snapshots: {retentionDays: 7}\n")
                .getSpec());

        cache.operator.done.clear();
        cache.operator.run(cache.cr);
        assertThat(cache.operator.done).singleElement().satisfies(action -> {
            ClusterAction.ModifyGroup modify = (ClusterAction.ModifyGroup) action;
            assertThat(modify.request().description()).isEmpty();
            assertThat(modify.request().snapshotRetentionDays()).contains(7);
        });
        assertThat(cache.plan().problems()).extracting(Problem::reason).containsExactly(ClusterReason.ChangeReverted);
    }

    @Test
    void forgetsWhatAwsTook() {
        edit();
        log.sent(cache.cr, cache.plan().next().orElseThrow().action(), cache.operator.now);
        cache.operator.run(cache.cr);
        write();

        assertThat(cache.cr.getStatus().attempts()).isEmpty();
        assertThat(cache.cr.getStatus().condition("Synced").orElseThrow().status())
                .isEqualTo(Condition.Status.TRUE);
    }

    @Test
    void waitsForNothingBecauseAClockWentBack() {
        edit();
        sendInVain();
        cache.operator.now = cache.operator.now.minus(Duration.ofDays(400));

        assertThat(cache.plan().next()).isPresent();
    }

    @Test
    void countsNothingWhileTheCacheIsMade() {
        RunningCache fresh = new RunningCache(SPEC);
        fresh.cr.setStatus(null);
        log.sent(fresh.cr, new ClusterAction.ModifyParameters("g", Map.of("timeout", "60")), ModelWorld.NOW);

        assertThat(log.of(fresh.cr).all()).isEmpty();
    }
}
