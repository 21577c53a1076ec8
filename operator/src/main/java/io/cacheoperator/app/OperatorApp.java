package io.cacheoperator.app;

import io.cacheoperator.aws.AwsReads;
import io.cacheoperator.aws.AwsRegions;
import io.cacheoperator.aws.CallListener;
import io.cacheoperator.aws.SdkRegions;
import io.cacheoperator.core.Pacing;
import io.cacheoperator.core.RetryLedger;
import io.cacheoperator.core.Tempo;
import io.cacheoperator.k8s.EventPublisher;
import io.cacheoperator.k8s.ResourceCloner;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.cacheoperator.kinds.cachecluster.CacheClusterKind;
import io.cacheoperator.kinds.cachecluster.ClusterSettings;
import io.cacheoperator.observe.AwsPoller;
import io.cacheoperator.observe.PollCadence;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.Cloner;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole operator in one object, for {@link Main}, for tests and for {@code make local}. */
public final class OperatorApp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OperatorApp.class);
    private static final Duration LAST_STEPS = Duration.ofSeconds(30);

    private final Operator operator;
    private final KubernetesClient client;
    private final AwsRegions regions;
    private final AwsPoller poller;
    private final Leadership leadership;
    private final EventPublisher events;
    private final HealthServer health;
    private final ExecutorService threads;
    private final OperatorMeters meters = new OperatorMeters();
    private final Probing probing;
    private final CacheClusterKind clusters;
    private final AtomicBoolean ended = new AtomicBoolean();

    /** Makes the way to AWS. */
    @FunctionalInterface
    public interface Aws {
        /**
         * @param clock when what was read was asked for
         * @param calls told of each call
         */
        SdkRegions connect(InstantSource clock, CallListener calls);
    }

    /**
     * How the operator is run beside its configuration.
     *
     * @param tempo the time that decides about back-off and ages
     * @param pacing how long failed steps wait
     * @param cadence how often AWS is looked at; empty: as the configuration says
     * @param settling so long after a change AWS may still show what was before it
     * @param onLeaseLost must end the process at once
     */
    public record Options(
            Tempo tempo, Pacing pacing, Optional<PollCadence> cadence, Duration settling, Runnable onLeaseLost) {

        /** Real time; a lost lease does nothing: for tests and for one operator alone. */
        public static Options standard() {
            return new Options(
                    Tempo.of(InstantSource.system(), 1),
                    Pacing.DEFAULT,
                    Optional.empty(),
                    ClusterSettings.SETTLING,
                    () -> {});
        }

        public Options withOnLeaseLost(Runnable action) {
            return new Options(tempo, pacing, cadence, settling, action);
        }

        public Options withPacing(Pacing other) {
            return new Options(tempo, other, cadence, settling, onLeaseLost);
        }

        public Options withClock(InstantSource other) {
            return withTempo(Tempo.of(other, 1));
        }

        public Options withTempo(Tempo other) {
            return new Options(other, pacing, cadence, settling, onLeaseLost);
        }

        public Options withCadence(PollCadence other) {
            return new Options(tempo, pacing, Optional.of(other), settling, onLeaseLost);
        }

        public Options withSettling(Duration other) {
            return new Options(tempo, pacing, cadence, other, onLeaseLost);
        }
    }

    /**
     * Starts everything and returns once resources are watched.
     *
     * @param client stays the caller's: {@link #close} leaves it open
     * @param aws what it makes is closed with the operator
     * @throws ConfigException if it cannot run as it is configured
     */
    public static OperatorApp start(OperatorConfig config, KubernetesClient client, Aws aws, Options options) {
        OperatorApp app = new OperatorApp(config, client, aws, options);
        app.begin();
        return app;
    }

    private OperatorApp(OperatorConfig config, KubernetesClient client, Aws aws, Options options) {
        this.client = client;
        InstantSource clock = options.tempo().steady();
        SdkRegions sdk = aws.connect(clock, meters);
        this.regions = sdk;
        String region = config.region()
                .orElseThrow(
                        () -> new ConfigException(
                                "No AWS region is set: set AWS_REGION, or region in the file that CACHE_OPERATOR_CONFIG names"));
        ClusterSettings settings = new ClusterSettings(
                config.clusterName().orElseGet(this::kubeSystemUid),
                region,
                config.defaults().toModel(),
                config.allowList(),
                options.settling());
        AwsReads reads = sdk.reads();
        poller = new AwsPoller(
                reads.fetcher(),
                reads.bulkReads(),
                reads.changes(),
                reads.families(),
                options.cadence()
                        .orElseGet(() -> PollCadence.everyBulk(config.poll().interval())),
                clock);
        poller.use(region);
        events = new EventPublisher(client, options.tempo().wall(), instance());
        Heartbeat heartbeat = new Heartbeat(clock);
        leadership = new Leadership(config.leaderElection(), this::lead, options.onLeaseLost());
        threads = PassThreads.start(config.reconcileThreads());
        Metrics metrics = meters.reconciles();
        probing = new Probing(config.probe(), clock, meters.probes());
        Cloner cloner =
                new ResourceCloner<>(CacheCluster.class, CacheCluster::new, client.getKubernetesSerialization());
        operator = new Operator(overrider -> configure(overrider, metrics, cloner));
        Wiring wiring = new Wiring(
                client,
                regions,
                poller,
                new RetryLedger(
                        options.pacing(), () -> ThreadLocalRandom.current().nextDouble()),
                heartbeat.and(meters.passes()),
                meters.and(events),
                () -> !ended.get(),
                probing.results(),
                options.tempo());
        clusters = new Kinds(operator, config, wiring).register(settings);
        meters.watch(poller::snapshotAges, sdk::budgets, clusters::all);
        try {
            health = new HealthServer(
                    config.http().address(), () -> heartbeat.stuck().or(poller::stuck), this::notReady, meters::scrape);
        } catch (IOException portTaken) {
            throw new UncheckedIOException(
                    "cannot listen on port " + config.http().port(), portTaken);
        }
    }

    /** JOSDK calls it twice: everything it hands on is made outside. */
    private void configure(ConfigurationServiceOverrider overrider, Metrics metrics, Cloner cloner) {
        overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withExecutorService(threads)
                .withMetrics(metrics)
                .withResourceCloner(cloner)
                .withReconciliationTerminationTimeout(LAST_STEPS)
                .withStopOnInformerErrorDuringStartup(false);
        leadership.configuration().ifPresent(overrider::withLeaderElectionConfiguration);
    }

    private void begin() {
        operator.start();
        timer().setCorePoolSize(1);
        leadership.begin();
        LOG.info("Started; health and metrics on port {}", health.port());
    }

    /**
     * JOSDK's, for what it does every few minutes. JOSDK 5.3 makes it with no thread to keep, for which the JDK wakes one up a hundred
     * times a second for as long as anything is planned (JDK-8129861), and does not stop it.
     */
    private ThreadPoolExecutor timer() {
        return (ThreadPoolExecutor)
                operator.getConfigurationService().getExecutorServiceManager().scheduledExecutorService();
    }

    private void lead() {
        poller.start();
        probing.start(clusters);
    }

    private String kubeSystemUid() {
        Namespace kubeSystem = client.namespaces().withName("kube-system").get();
        if (kubeSystem == null) {
            throw new ConfigException("clusterName is not set and there is no namespace kube-system to take it from");
        }
        return kubeSystem.getMetadata().getUid();
    }

    private static String instance() {
        return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("elasticache-operator");
    }

    private Optional<String> notReady() {
        return operator.getRuntimeInfo().isStarted() ? Optional.empty() : Optional.of("not started yet");
    }

    /** The port of {@code /healthz}, {@code /readyz} and {@code /metrics}. */
    public int port() {
        return health.port();
    }

    /** Stops in order: steps that were begun are ended, nothing new begins. */
    @Override
    public void close() {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        leadership.stopping();
        probing.close();
        operator.stop();
        health.close();
        poller.close();
        events.close();
        threads.shutdownNow();
        timer().shutdownNow();
        regions.close();
        meters.close();
    }

    /**
     * Ends as a crash would, for tests: what was under way is cut off where it is, and nothing is tidied up. Closes the
     * Kubernetes client too, for otherwise a thread could still write.
     */
    public void kill() {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        leadership.stopping();
        probing.close();
        client.close();
        regions.close();
        threads.shutdownNow();
        poller.close();
        events.close();
        health.close();
        Thread.ofVirtual().name("killed").start(this::stopWhatIsLeft);
    }

    /** Waits for passes that were cut off, which nobody who kills wants to wait for. */
    private void stopWhatIsLeft() {
        try {
            operator.stop();
        } catch (RuntimeException halfDead) {
            LOG.debug("Killed: {}", halfDead.getMessage());
        }
        timer().shutdownNow();
    }
}
