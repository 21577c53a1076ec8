package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.core.Condition;
import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Kind.StepFailure;
import io.cacheoperator.core.Outcome;
import io.cacheoperator.core.Plan;
import io.cacheoperator.core.Query;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the status of a cluster says in each of its situations. */
class ClusterStatusMapperTest {

    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    private static CacheClusterStatus status(RunningCache cache, Optional<StepFailure> last) {
        return status(cache, cache.plan(), last);
    }

    private static CacheClusterStatus status(RunningCache cache, Plan<ClusterAction> plan, Optional<StepFailure> last) {
        return ClusterStatusMapper.status(
                cache.cr, cache.world.inputs(cache.cr, cache.operator.settings), plan, last, ModelWorld.NOW);
    }

    private static CacheClusterStatus status(RunningCache cache) {
        return status(cache, Optional.empty());
    }

    private static Optional<StepFailure> failure(Failure.Kind kind, String code, String message) {
        return Optional.of(new StepFailure(
                "CreateReplicationGroup",
                "id",
                new Outcome.Failed(new Failure(kind, "CreateReplicationGroup", code, message)),
                ModelWorld.NOW));
    }

    private static Condition.Status state(CacheClusterStatus status, String type) {
        return status.condition(type).map(Condition::status).orElse(Condition.Status.UNKNOWN);
    }

    /** As the API server gives it back. */
    private static CacheClusterStatus stored(CacheClusterStatus status) {
        return JSON.unmarshal(JSON.asJson(status), CacheClusterStatus.class);
    }

    /** Else the next pass would take it for lost. */
    @Test
    void aCacheThatAwsDoesNotShowYetIsBeingCreatedStill() {
        RunningCache cache = new RunningCache("engine: valkey\n");
        cache.operator.aws.status(cache.id(), "creating");
        cache.cr = Clusters.withStatus(cache.cr, status(cache));
        cache.world.groups.clear();
        cache.world.members.clear();

        CacheClusterStatus denied = status(cache);
        cache.cr = Clusters.withStatus(cache.cr, denied);

        assertThat(denied.phase()).isEqualTo(Phase.CREATING);
        assertThat(cache.plan().problems()).isEmpty();
        assertThat(ClusterPlanner.plan(
                                cache.cr,
                                cache.world.inputs(cache.cr, cache.operator.settings),
                                ModelWorld.NOW.plus(Duration.ofMinutes(4)))
                        .problems())
                .extracting(problem -> problem.reason())
                .containsExactly(ClusterReason.CacheLost);
    }

    @ParameterizedTest
    @CsvSource({
        "creating, CREATING",
        "available, AVAILABLE",
        "modifying, MODIFYING",
        "snapshotting, SNAPSHOTTING",
        "deleting, DELETING",
        "create-failed, FAILED",
        "rebooting cluster nodes, MODIFYING"
    })
    void tellsThePhaseByWhatAwsSays(String awsStatus, Phase phase) {
        RunningCache cache = new RunningCache("engine: valkey\n");
        cache.operator.aws.status(cache.id(), awsStatus);
        assertThat(status(cache).phase()).isEqualTo(phase);
    }

    private static Stream<String> specs() {
        return Stream.of(
                "engine: valkey\n",
                "engine: redis\nshards: 3\nreplicasPerShard: 2\n",
                "engine: memcached\nnodes: 3\n",
                "engine: redis\nparameters: {timeout: 300}\ntags: {team: shop}\n");
    }

    @ParameterizedTest
    @MethodSource("specs")
    void saysNothingNewOnceItIsStored(String spec) {
        RunningCache cache = new RunningCache(spec);
        CacheClusterStatus first = stored(status(cache));
        cache.cr = Clusters.withStatus(cache.cr, first);
        CacheClusterStatus again = ClusterStatusMapper.status(
                cache.cr,
                cache.world.inputs(cache.cr, cache.operator.settings),
                cache.plan(),
                Optional.empty(),
                ModelWorld.NOW.plus(Duration.ofHours(5)));
        assertThat(again).isEqualTo(first);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void saysNothingNewAfterARestart(String spec) {
        RunningCache cache = new RunningCache(spec);
        CacheClusterStatus first = stored(status(cache));
        cache.cr = Clusters.withStatus(cache.cr, first);
        cache.forgetful();
        assertThat(status(cache)).isEqualTo(first);
    }

    @Test
    void aCacheInSyncIsReadyAndSyncedAndShowsWhereToConnect() {
        RunningCache cache = new RunningCache("engine: valkey\n");
        CacheClusterStatus status = status(cache);
        assertThat(state(status, "Ready")).isEqualTo(Condition.Status.TRUE);
        assertThat(state(status, "Synced")).isEqualTo(Condition.Status.TRUE);
        assertThat(status.endpoint()).endsWith(":6379");
        assertThat(status.shape()).isEqualTo("1x1");
        assertThat(status.summary()).isNull();
        assertThat(status.plan()).isNull();
        assertThat(status.binding()).isEqualTo(new CacheClusterStatus.Binding("sessions-cache"));
        assertThat(status.observedGeneration()).isEqualTo(cache.cr.getMetadata().getGeneration());
    }

    /** AWS shows first a part of what it makes and then another, and a status for each of them is a write for each. */
    @Test
    void saysNoMoreOfACacheInTheMakingThanWhichItIs() {
        RunningCache cache = new RunningCache("engine: valkey\n");
        cache.cr = Clusters.withStatus(cache.cr, CacheClusterStatus.builder().build());
        cache.operator.aws.status(cache.id(), "creating");
        CacheClusterStatus status = status(cache);
        assertThat(status.id()).isEqualTo(cache.id());
        assertThat(status.arn()).isEqualTo(cache.arn());
        assertThat(status.shape()).isNull();
        assertThat(status.effective()).isNull();
        assertThat(status.network()).isNull();
        assertThat(status.engineVersion()).isNull();
    }

    @Test
    void isNotReadyWithoutItsSecret() {
        RunningCache cache = new RunningCache("engine: valkey\n");
        cache.world.connection = Optional.empty();
        CacheClusterStatus status = status(cache);
        assertThat(state(status, "Ready")).isEqualTo(Condition.Status.FALSE);
        assertThat(state(status, "SecretWritten")).isEqualTo(Condition.Status.FALSE);
        assertThat(status.binding()).isNull();
    }

    @Test
    void keepsWhatItKnewWhileAwsDoesNotAnswer() {
        RunningCache cache = new RunningCache("engine: valkey\n");
        CacheClusterStatus before = stored(status(cache));
        cache.cr = Clusters.withStatus(cache.cr, before);
        cache.world.hidden = query -> true;
        Plan<ClusterAction> blind =
                new Plan<>(List.of(new Something("r")), List.of(), List.of(), Optional.empty(), false);
        CacheClusterStatus after = status(cache, blind, failure(Failure.Kind.ACCESS, "AccessDenied", "not authorized"));
        assertThat(after.endpoint()).isEqualTo(before.endpoint());
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.effective()).isEqualTo(before.effective());
        assertThat(state(after, "Ready")).isEqualTo(Condition.Status.TRUE);
        assertThat(after.condition("Synced").orElseThrow().message()).contains("not authorized");
    }

    private record Something(String region) implements Query<String> {}

    @Test
    void doesNotClaimACacheThatIsNotOurs() {
        RunningCache cache = new RunningCache("engine: valkey\n");
        cache.world.tags.replaceAll((arn, tags) -> Map.of("cacheoperator.io/owner", "other/a/b"));
        cache.cr.setStatus(null);
        CacheClusterStatus status = status(cache);
        assertThat(status.id()).isNull();
        assertThat(status.endpoint()).isNull();
        assertThat(status.condition("Stalled").orElseThrow().reason()).isEqualTo("ForeignOwner");
    }

    @Test
    void saysWhatAwsSaidAndWhichFieldToChange() {
        RunningCache cache = new RunningCache("engine: valkey\n");
        CacheClusterStatus status = status(
                cache,
                failure(Failure.Kind.INVALID, "InvalidParameterValue", "Invalid cache node type: cache.x9.huge"));
        Condition stalled = status.condition("Stalled").orElseThrow();
        assertThat(stalled.reason()).isEqualTo("AwsError");
        assertThat(stalled.message())
                .contains("Invalid cache node type: cache.x9.huge", "InvalidParameterValue", "spec.nodeType");
        assertThat(state(status, "Ready")).isEqualTo(Condition.Status.FALSE);
        assertThat(status.summary()).isEqualTo(stalled.message());
    }

    @Test
    void aQuotaIsNotStalledForItHealsByItself() {
        RunningCache cache = new RunningCache("engine: valkey\n");
        CacheClusterStatus status =
                status(cache, failure(Failure.Kind.QUOTA, "NodeQuotaForCustomerExceeded", "no more nodes"));
        assertThat(status.condition("Stalled")).isEmpty();
        assertThat(status.condition("Ready").orElseThrow().message()).contains("no more nodes");
    }

    @Test
    void aThrottledStepTakesNoReadinessAway() {
        RunningCache cache = new RunningCache("engine: valkey\n");
        CacheClusterStatus status = status(cache, failure(Failure.Kind.THROTTLED, "Throttling", "slow down"));
        assertThat(state(status, "Ready")).isEqualTo(Condition.Status.TRUE);
        assertThat(state(status, "Synced")).isEqualTo(Condition.Status.FALSE);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void neverHoldsAToken(String spec) {
        RunningCache cache = new RunningCache(spec);
        String token = cache.world
                .token
                .flatMap(TokenSecret::current)
                .map(t -> t.value())
                .orElse("there is none");
        assertThat(JSON.asJson(status(cache))).doesNotContain(token);
    }
}
