package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.it.Kstatus.Verdict;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What tools that wait by kstatus see of a cache in each of its phases: they end when it is done, and never sooner. */
@RequiresApiServer
class KstatusIT {

    private static final Duration STEP = Duration.ofSeconds(10);

    private OperatorHarness operator;

    @BeforeEach
    void start(ApiServer server) {
        operator = OperatorHarness.startStandingStill(server, server.newNamespace("it"), UnaryOperator.identity());
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    private static String cache(String more) {
        return """
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: a}
                spec: {engine: valkey, nodeType: cache.t4g.small%s}
                """.formatted(more.isEmpty() ? "" : ", " + more);
    }

    /** The resource as any program reads it. */
    private Resource<GenericKubernetesResource> resource() {
        return operator.admin()
                .genericKubernetesResources("cacheoperator.io/v1alpha1", "CacheCluster")
                .inNamespace(operator.namespace())
                .withName("a");
    }

    /** A phase and what kstatus says in it; an unobserved phase is empty. */
    private record Seen(String phase, Verdict verdict, String message) {
        static Seen of(GenericKubernetesResource resource) {
            Kstatus status = Kstatus.of(resource);
            return new Seen(
                    Optional.<String>ofNullable(resource.get("status", "phase")).orElse(""),
                    status.verdict(),
                    status.message());
        }
    }

    /** Waits for a phase while time in AWS stands still. */
    private Seen awaitPhase(String phase) {
        return Seen.of(
                awaitThat("is " + phase, Duration.ZERO, seen -> seen.phase().equals(phase)));
    }

    private Seen awaitVerdict(Verdict verdict, Duration step) {
        return Seen.of(awaitThat("is " + verdict, step, seen -> seen.verdict() == verdict));
    }

    private GenericKubernetesResource awaitThat(String what, Duration step, Predicate<Seen> predicate) {
        List<GenericKubernetesResource> found = new ArrayList<>();
        operator.awaitAws("a", "it " + what, () -> {
            GenericKubernetesResource now = resource().get();
            boolean there = now != null && predicate.test(Seen.of(now));
            if (there) {
                found.add(now);
            } else {
                operator.passTime(step);
            }
            return there;
        });
        return found.getFirst();
    }

    @Test
    void aNewObjectIsInProgressBeforeTheOperatorHasLookedAtIt() {
        operator.kill();
        operator.apply(cache(""));

        assertThat(resource().get().<Integer>get("status", "observedGeneration"))
                .isEqualTo(-1);
        assertThat(Seen.of(resource().get()).verdict()).isEqualTo(Verdict.InProgress);
        operator.startAgain();
        assertThat(awaitVerdict(Verdict.Current, STEP).phase()).isEqualTo("Available");
    }

    @Test
    void pendingIsInProgressWhileAwsHasNoCapacity() {
        operator.simulator().elastiCacheKnobs().capacity("cache.t4g.small", false);
        operator.apply(cache(""));

        Seen seen = Seen.of(
                awaitThat("says why", Duration.ZERO, s -> s.message().contains("InsufficientCacheClusterCapacity")));
        assertThat(seen.phase()).isEqualTo("Pending");
        assertThat(seen.verdict()).isEqualTo(Verdict.InProgress);
    }

    @Test
    void pendingIsFailedWhereOnlyTheUserCanHelp() {
        operator.apply(cache("network: {subnetIds: [subnet-0123456789abcdef0]}"));

        Seen seen = awaitVerdict(Verdict.Failed, Duration.ZERO);
        assertThat(seen.phase()).isEqualTo("Pending");
        assertThat(seen.message()).contains("subnet-0123456789abcdef0");
        operator.apply(cache(""));
        assertThat(awaitVerdict(Verdict.Current, STEP).phase()).isEqualTo("Available");
    }

    @Test
    void creatingIsInProgressAndAvailableIsCurrent() {
        operator.apply(cache(""));

        assertThat(awaitPhase("Creating").verdict()).isEqualTo(Verdict.InProgress);
        assertThat(awaitVerdict(Verdict.Current, STEP).phase()).isEqualTo("Available");
    }

    @Test
    void creationThatFailedIsFailed() {
        operator.apply(cache("id: never-made"));
        operator.simulator().elastiCacheKnobs().failCreate("never-made");

        Seen seen = awaitVerdict(Verdict.Failed, STEP);
        assertThat(seen.phase()).isEqualTo("Failed");
        assertThat(seen.message()).isNotEmpty();
    }

    @Test
    void cacheThatWasLostIsFailed() {
        operator.apply(cache(""));
        awaitVerdict(Verdict.Current, STEP);
        // For two minutes after its own create an operator takes absence for AWS's slowness; one that was started since
        // does not.
        operator.restart();
        operator.simulator()
                .elastiCache(OperatorHarness.REGION)
                .deleteReplicationGroup(operator.status("a").id());

        assertThat(awaitVerdict(Verdict.Failed, STEP).phase()).isEqualTo("Failed");
    }

    @Test
    void modifyingByAnEditIsInProgressUntilItIsDone() {
        operator.apply(cache(""));
        awaitVerdict(Verdict.Current, STEP);
        operator.apply(cache("parameters: {timeout: 300}"));

        assertThat(awaitPhase("Modifying").verdict()).isEqualTo(Verdict.InProgress);
        assertThat(parameterGroup()).isEqualTo("default.valkey8");
        assertThat(awaitVerdict(Verdict.Current, STEP).phase()).isEqualTo("Available");
        assertThat(parameterGroup()).isEqualTo(operator.status("a").resources().parameterGroupName());
    }

    @Test
    void whatAwsDoesByItselfStaysCurrent() {
        operator.apply(cache(""));
        awaitVerdict(Verdict.Current, STEP);
        String id = operator.status("a").id();
        var console = operator.simulator().elastiCache(OperatorHarness.REGION);

        console.changeReplicationGroup(id, group -> group.status("modifying"));
        assertThat(awaitPhase("Modifying").verdict()).isEqualTo(Verdict.Current);
        console.changeReplicationGroup(id, group -> group.status("available"));
        awaitPhase("Available");
        operator.account()
                .elastiCache()
                .createSnapshot(r -> r.replicationGroupId(id).snapshotName("by-aws"));
        assertThat(awaitPhase("Snapshotting").verdict()).isEqualTo(Verdict.Current);
    }

    @Test
    void editThatCannotBeIsFailedAndTheCacheGoesOnServing() {
        operator.apply(cache("parameters: {timeout: 300}"));
        awaitVerdict(Verdict.Current, STEP);
        operator.apply(cache("parameters: {time-out: 300}"));

        Seen seen = awaitVerdict(Verdict.Failed, STEP);
        assertThat(seen.phase()).isEqualTo("Available");
        assertThat(seen.message()).contains("time-out");
    }

    @Test
    void deletingIsTerminatingUntilItIsGone() {
        operator.apply(cache(""));
        awaitVerdict(Verdict.Current, STEP);
        operator.delete("a");

        assertThat(awaitPhase("Deleting").verdict()).isEqualTo(Verdict.Terminating);
        Awaitility.await("it is gone").atMost(OperatorHarness.PATIENCE).until(() -> {
            operator.passTime(STEP);
            return resource().get() == null;
        });
        assertThat(operator.account().snapshots()).hasSize(1);
    }

    /** By a watch, as such tools do: no version of the object that they could have met lets them go too early. */
    @Test
    void isNeverCurrentBeforeAwsHasWhatTheNewestSpecSays() {
        List<Verdict> verdicts = new CopyOnWriteArrayList<>();
        List<String> current = new CopyOnWriteArrayList<>();
        List<String> tooEarly = new CopyOnWriteArrayList<>();
        Consumer<GenericKubernetesResource> judge = version -> {
            Verdict verdict = Seen.of(version).verdict();
            verdicts.add(verdict);
            if (verdict == Verdict.Current) {
                String wanted = version.get("spec", "description");
                (inAws(wanted) ? current : tooEarly).add(wanted);
            }
        };

        operator.apply(cache("description: first"));
        try (var watch = resource().watch(new EveryVersion(judge))) {
            for (String description : List.of("first", "second", "third")) {
                operator.apply(cache("description: " + description));
                operator.awaitAws("a", "the watch saw it end at " + description, () -> {
                    operator.passTime(STEP);
                    return current.contains(description) || !tooEarly.isEmpty();
                });
            }
        }

        assertThat(tooEarly).isEmpty();
        assertThat(verdicts).contains(Verdict.InProgress).doesNotContain(Verdict.Failed, Verdict.Terminating);
    }

    private String parameterGroup() {
        return operator.account().clusters().getFirst().cacheParameterGroup().cacheParameterGroupName();
    }

    private boolean inAws(String description) {
        return operator.account().groups().stream()
                .anyMatch(group -> group.status().equals("available")
                        && group.description().equals(description));
    }
}
