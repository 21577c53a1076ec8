package io.cacheoperator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Impact;
import io.cacheoperator.core.Outcome;
import io.cacheoperator.core.Step;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.cacheoperator.kinds.cachecluster.CacheClusterStatus;
import io.cacheoperator.kinds.cachecluster.Phase;
import io.cacheoperator.kinds.cachecluster.PlanStatus;
import io.cacheoperator.probe.CacheKey;
import io.cacheoperator.probe.Measure;
import io.cacheoperator.probe.NodeResult;
import io.cacheoperator.probe.NodeRole;
import io.cacheoperator.probe.NodeSample;
import io.cacheoperator.probe.ProbeNode;
import io.cacheoperator.probe.ProbeReason;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperatorMetersTest {

    private static final CacheKey CACHE = new CacheKey("shop", "sessions");

    private final OperatorMeters meters = new OperatorMeters();

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void countsCallsAndThrottles() {
        Failure throttled = new Failure(Failure.Kind.THROTTLED, "CreateReplicationGroup", "Throttling", "slow down");
        meters.onCall("r", "elasticache", "CreateReplicationGroup", Optional.of(throttled), Duration.ofMillis(250));
        meters.onCall("r", "elasticache", "CreateReplicationGroup", Optional.empty(), Duration.ofMillis(750));
        assertThat(meters.scrape().lines())
                .contains(
                        "cache_operator_aws_calls_seconds_count{operation=\"CreateReplicationGroup\",outcome=\"throttled\",service=\"elasticache\"} 1",
                        "cache_operator_aws_calls_seconds_sum{operation=\"CreateReplicationGroup\",outcome=\"ok\",service=\"elasticache\"} 0.75",
                        "cache_operator_aws_throttles_total{operation=\"CreateReplicationGroup\",service=\"elasticache\"} 1.0");
    }

    @Test
    void showsThrottlesAsZeroBeforeTheFirst() {
        meters.onCall("r", "ec2", "DescribeSubnets", Optional.empty(), Duration.ofMillis(1));
        assertThat(meters.scrape())
                .contains("cache_operator_aws_throttles_total{operation=\"DescribeSubnets\",service=\"ec2\"} 0.0");
    }

    @Test
    void countsCachesByPhaseAndThoseThatDrifted() {
        meters.watch(
                () -> Map.of("eu-west-1", Duration.ofMillis(1500)),
                () -> Map.of("eu-west-1/elasticache", 100.0),
                () -> Stream.of(cache(Phase.AVAILABLE, 3), cache(Phase.AVAILABLE, 0), new CacheCluster()));
        assertThat(meters.scrape().lines())
                .contains(
                        "cache_operator_caches{phase=\"Available\"} 2.0",
                        "cache_operator_caches{phase=\"Pending\"} 1.0",
                        "cache_operator_caches{phase=\"Failed\"} 0.0",
                        "cache_operator_drift 1.0",
                        "cache_operator_snapshot_age_seconds{region=\"eu-west-1\"} 1.5",
                        "cache_operator_aws_budget{region=\"eu-west-1\",service=\"elasticache\"} 100.0");
    }

    @Test
    void countsTheStepsOfAllPlansByState() {
        CacheCluster planned = new CacheCluster();
        planned.setStatus(CacheClusterStatus.builder()
                .plan(new PlanStatus(
                        null,
                        List.of(
                                new PlanStatus.Step("A", "a", "NONE", "Ready", null, "m"),
                                new PlanStatus.Step("B", "b", "NONE", "Waiting", "a window", "m"),
                                new PlanStatus.Step("C", "c", "NONE", "Waiting", "A", "m"))))
                .build());
        meters.watch(Map::of, Map::of, () -> Stream.of(planned, new CacheCluster()));
        assertThat(meters.scrape().lines())
                .contains(
                        "cache_operator_plan_steps{state=\"Ready\"} 1.0",
                        "cache_operator_plan_steps{state=\"Waiting\"} 2.0",
                        "cache_operator_plan_steps{state=\"Refused\"} 0.0");
    }

    @Test
    void addsUpTheNodesOfARole() {
        ProbeMeters probes = meters.probes();
        probes.probed(CACHE, List.of(up("a", 100, 1.5), up("b", 50, 3)));
        assertThat(meters.scrape().lines())
                .contains(
                        "cache_operator_probe_up{name=\"sessions\",namespace=\"shop\"} 1.0",
                        "cache_operator_probe_memory_used_bytes{name=\"sessions\",namespace=\"shop\",role=\"primary\"} 150.0",
                        "cache_operator_probe_memory_fragmentation_ratio{name=\"sessions\",namespace=\"shop\",role=\"primary\"} 3.0");
    }

    @Test
    void countsWhatWasAddedAlsoWhereANodeBeganAnew() {
        ProbeMeters probes = meters.probes();
        for (double hits : List.of(1000.0, 1010.0, 5.0)) {
            probes.probed(CACHE, List.of(up("a", Map.of(Measure.HITS, hits))));
        }
        assertThat(meters.scrape())
                .contains(
                        "cache_operator_probe_hits_total{name=\"sessions\",namespace=\"shop\",role=\"primary\"} 15.0");
    }

    @Test
    void showsNoOldValueOfANodeThatDoesNotAnswer() {
        ProbeMeters probes = meters.probes();
        probes.probed(CACHE, List.of(up("a", 100, 1)));
        probes.probed(CACHE, List.of(new NodeResult.Down(node("a"), ProbeReason.ConnectTimedOut, "x")));
        assertThat(meters.scrape())
                .contains("cache_operator_probe_up{name=\"sessions\",namespace=\"shop\"} 0.0")
                .doesNotContain("cache_operator_probe_memory_used_bytes{");
    }

    @Test
    void forgetsACacheThatIsGone() {
        ProbeMeters probes = meters.probes();
        probes.probed(CACHE, List.of(up("a", Map.of(Measure.HITS, 1.0, Measure.CLIENTS, 2.0))));
        probes.gone(CACHE);
        assertThat(meters.scrape()).doesNotContain("sessions");
    }

    @Test
    void theCommittedPageIsWhatTheRegistryHas() throws IOException {
        String page = MetricsReference.page(everything());
        assertThat(page).contains(MetricsReference.PROCESS);
        Path file = root().resolve(MetricsReference.FILE);
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(file, page);
        }
        assertThat(Files.readString(file))
                .as("%s differs from the registry: run `make docs-metrics` and commit it", MetricsReference.FILE)
                .isEqualTo(page);
    }

    /** A scrape in which every meter has been used. */
    private String everything() {
        reconcileOnce(meters.reconciles());
        meters.onCall("r", "elasticache", "DescribeEvents", Optional.empty(), Duration.ofMillis(1));
        meters.onStep(cache(Phase.AVAILABLE, 0), step(), new Outcome.Done());
        meters.passes().ended(cache(Phase.AVAILABLE, 0), Set.of());
        meters.watch(() -> Map.of("r", Duration.ZERO), () -> Map.of("r/elasticache", 1.0), Stream::of);
        Map<Measure, Double> values = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            values.put(measure, 1.0);
        }
        meters.probes().probed(CACHE, List.of(up("a", values)));
        System.gc();
        await().until(() -> meters.scrape().contains("jvm_gc_pause_seconds_count"));
        return meters.scrape();
    }

    @ControllerConfiguration(name = "cachecluster")
    private static final class Idle implements Reconciler<ConfigMap> {
        @Override
        public UpdateControl<ConfigMap> reconcile(ConfigMap resource, Context<ConfigMap> context) {
            return UpdateControl.noUpdate();
        }
    }

    /** Makes JOSDK's meters, which it makes when they are first needed. */
    private static void reconcileOnce(Metrics metrics) {
        ConfigMap resource = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("a")
                .withNamespace("b")
                .endMetadata()
                .build();
        RetryInfo second = new RetryInfo() {
            @Override
            public int getAttemptCount() {
                return 1;
            }

            @Override
            public boolean isLastAttempt() {
                return false;
            }
        };
        Map<String, Object> data = Map.of(Constants.CONTROLLER_NAME, "cachecluster");
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            new Operator(o -> o.withKubernetesClient(client).withMetrics(metrics)).register(new Idle());
            metrics.eventReceived(new Event(new ResourceID("a", "b")), data);
            metrics.reconciliationSubmitted(resource, second, data);
            metrics.reconciliationStarted(resource, data);
            metrics.reconciliationSucceeded(resource, data);
            metrics.reconciliationFailed(resource, second, new IllegalStateException("x"), data);
            metrics.reconciliationFinished(resource, second, data);
            metrics.timeControllerExecution(new Metrics.ControllerExecution<Void>() {
                @Override
                public String name() {
                    return "reconcile";
                }

                @Override
                public String controllerName() {
                    return "cachecluster";
                }

                @Override
                public String successTypeName(Void result) {
                    return "resource";
                }

                @Override
                public ResourceID resourceID() {
                    return new ResourceID("a", "b");
                }

                @Override
                public Map<String, Object> metadata() {
                    return data;
                }

                @Override
                @SuppressWarnings("NullAway")
                public Void execute() {
                    return null;
                }
            });
        } catch (Exception unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private static Step<String> step() {
        return Step.ready("x", "CreateReplicationGroup", "t", true, Impact.NONE, "m");
    }

    private static CacheCluster cache(Phase phase, int drift) {
        CacheCluster cr = new CacheCluster();
        cr.setStatus(CacheClusterStatus.builder().phase(phase).driftCount(drift).build());
        return cr;
    }

    private static ProbeNode node(String id) {
        return new ProbeNode(id, NodeRole.PRIMARY, "h", 1);
    }

    private static NodeResult up(String id, Map<Measure, Double> values) {
        return new NodeResult.Up(node(id), NodeSample.of(NodeRole.PRIMARY, values));
    }

    private static NodeResult up(String id, double memory, double fragmentation) {
        return up(id, Map.of(Measure.MEMORY_USED, memory, Measure.FRAGMENTATION, fragmentation));
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("operator"))
                ? here
                : here.resolve("..").normalize();
    }
}
