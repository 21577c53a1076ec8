package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.app.OperatorApp;
import io.cacheoperator.app.OperatorConfig;
import io.cacheoperator.core.Condition;
import io.cacheoperator.core.Owner;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.cacheoperator.kinds.cachecluster.CacheClusterSpec;
import io.cacheoperator.kinds.cachecluster.CacheClusterStatus;
import io.cacheoperator.kinds.cachecluster.ClusterNames;
import io.cacheoperator.simulator.Simulator;
import io.cacheoperator.simulator.calllog.LoggedCall;
import io.cacheoperator.simulator.elasticache.ElastiCacheDurations;
import io.cacheoperator.simulator.elasticache.Nodes;
import io.cacheoperator.simulator.world.SimulatorClock;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One operator against a real API server and a simulated AWS, in a namespace of its own that no other operator watches. What
 * fails prints the resource and every call that was made.
 */
final class OperatorHarness implements AutoCloseable {

    static final String REGION = "eu-west-1";
    static final Duration PATIENCE = Duration.ofSeconds(45);

    /** Where nothing answers behind the endpoints, a probe would only add a write whose time nobody knows. */
    private static final OperatorConfig.Probe NO_PROBES =
            new OperatorConfig.Probe(false, Duration.ofMinutes(1), Optional.empty());

    private final KubernetesClient admin;
    private final HarnessSetup setup;
    private final String operatorKubeconfig;
    private final String namespace;
    private final Simulator simulator;
    private final boolean ownsSimulator;
    private final SimulatedAccount account;
    private final ApiWrites writes = new ApiWrites();
    private final AtomicInteger operators = new AtomicInteger(1);
    private Duration patience = PATIENCE;
    private OperatorConfig config;
    private OperatorApp app;

    static OperatorHarness start(ApiServer server) {
        return start(server, HarnessSetup.STANDARD);
    }

    /** With an operator that goes by this clock. */
    static OperatorHarness start(ApiServer server, InstantSource clock) {
        return start(server, HarnessSetup.STANDARD.withOptions(options -> options.withClock(clock)));
    }

    static OperatorHarness start(
            ApiServer server, ElastiCacheDurations durations, UnaryOperator<OperatorConfig> configuration) {
        return start(server, HarnessSetup.STANDARD.withDurations(durations).withConfiguration(configuration));
    }

    /**
     * Time in AWS stands still until {@link #passTime}, so that each state stays as long as a test looks at it.
     *
     * @param namespace exists and has no other operator
     */
    static OperatorHarness startStandingStill(
            ApiServer server, String namespace, UnaryOperator<OperatorConfig> configuration) {
        HarnessSetup setup = HarnessSetup.STANDARD
                .withDurations(ElastiCacheDurations.uniform(Duration.ofMinutes(1)))
                .withWorld(world -> world.clock(SimulatorClock.manual(Instant.now())))
                .withConfiguration(configuration);
        return start(server, setup, namespace);
    }

    /** With nodes that answer behind the endpoints, or do not. */
    static OperatorHarness start(ApiServer server, Nodes nodes, UnaryOperator<OperatorConfig> configuration) {
        return start(
                server,
                HarnessSetup.STANDARD.withWorld(world -> world.nodes(nodes)).withConfiguration(configuration));
    }

    /** In an account where this decides what the operator may do. */
    static OperatorHarness start(ApiServer server, OperatorRole role, UnaryOperator<OperatorConfig> configuration) {
        return start(
                server,
                HarnessSetup.STANDARD.withWorld(world -> world.authorizer(role)).withConfiguration(configuration));
    }

    /** The operator of another Kubernetes cluster in the same AWS account, in a namespace of the same name. */
    static OperatorHarness beside(OperatorHarness first, ApiServer other, UnaryOperator<OperatorConfig> configuration) {
        HarnessSetup setup = HarnessSetup.STANDARD
                .withConfiguration(config -> config.withClusterName("beside-" + first.namespace))
                .withConfiguration(configuration);
        return new OperatorHarness(other, setup, first.simulator, false, first.namespace);
    }

    static OperatorHarness start(ApiServer server, HarnessSetup setup) {
        return start(server, setup, server.newNamespace("it"));
    }

    private static OperatorHarness start(ApiServer server, HarnessSetup setup, String namespace) {
        Simulator simulator = setup.world().apply(Simulator.builder()).build().start();
        return new OperatorHarness(server, setup, simulator, true, namespace);
    }

    private OperatorHarness(
            ApiServer server, HarnessSetup setup, Simulator simulator, boolean ownsSimulator, String namespace) {
        this.setup = setup;
        this.simulator = simulator;
        this.ownsSimulator = ownsSimulator;
        this.namespace = namespace;
        admin = ApiWrites.client(server, ApiWrites.IGNORED);
        makeNamespace();
        installCrd();
        operatorKubeconfig = setup.way().apply(OperatorUser.kubeconfig(server, admin));
        account = new SimulatedAccount(simulator.endpoint(), REGION);
        config = setup.configuration()
                .apply(OperatorConfig.DEFAULT
                        .withClusterName("it-" + namespace)
                        .withRegion(REGION)
                        .withWatchNamespaces(List.of(namespace))
                        .withHttp(new OperatorConfig.Http(0, true))
                        .withProbe(NO_PROBES)
                        .withDefaults(account.defaults()));
        app = newOperator();
    }

    private void makeNamespace() {
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .patch(serverSideApply());
    }

    /** Makes the CRD what it is in the repository, also where it is gone. */
    void installCrd() {
        CustomResourceDefinition crd = admin.getKubernetesSerialization()
                .unmarshal(
                        RepositoryFiles.text("crds/cacheclusters.cacheoperator.io.yaml"),
                        CustomResourceDefinition.class);
        admin.resource(crd).patch(serverSideApply());
        await("the CRD is established")
                .dontCatchUncaughtExceptions()
                .atMost(PATIENCE)
                .until(() -> established(crd));
    }

    private boolean established(CustomResourceDefinition crd) {
        CustomResourceDefinition found = admin.resource(crd).get();
        return found.getStatus() != null
                && found.getStatus().getConditions() != null
                && found.getStatus().getConditions().stream()
                        .anyMatch(c -> c.getType().equals("Established")
                                && c.getStatus().equals("True"));
    }

    private static PatchContext serverSideApply() {
        return new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("it-user")
                .withForce(true)
                .build();
    }

    private OperatorApp newOperator() {
        String key = accessKey();
        return OperatorApp.start(
                config,
                ApiWrites.operatorClient(operatorKubeconfig, writes),
                (clock, calls) -> account.regions(key, clock, calls),
                setup.options().apply(OperatorApp.Options.standard()));
    }

    /** What the calls to AWS of the operator that runs, or starts next, are signed with; each operator has a key of its own. */
    String accessKey() {
        return SimulatedAccount.accessKey(operators.get());
    }

    /** Puts the time in AWS forward, where it stands still. */
    void passTime(Duration duration) {
        simulator.clock().advance(duration);
    }

    /** Waits so long for everything from now on. */
    OperatorHarness patient(Duration atMost) {
        patience = atMost;
        return this;
    }

    /**
     * A server that is away or slow is asked again until patience ends. What threads of a killed operator throw, for they find
     * everything closed, is no failure of what is waited for.
     */
    private ConditionFactory patiently(String what) {
        return await(what)
                .dontCatchUncaughtExceptions()
                .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                .atMost(patience);
    }

    String namespace() {
        return namespace;
    }

    Simulator simulator() {
        return simulator;
    }

    SimulatedAccount account() {
        return account;
    }

    KubernetesClient admin() {
        return admin;
    }

    ApiWrites writes() {
        return writes;
    }

    OperatorApp app() {
        return app;
    }

    String owner(String name) {
        return config.clusterName().orElseThrow() + "/" + namespace + "/" + name;
    }

    /** The id that a cache of this name gets in AWS where its manifest gives none. */
    String derivedId(String name) {
        CacheClusterSpec spec = Serialization.unmarshal("engine: valkey", CacheClusterSpec.class);
        return ClusterNames.of(new Owner(config.clusterName().orElseThrow(), namespace, name), spec)
                .cacheId();
    }

    /** What a user does with {@code kubectl apply --server-side}. */
    void apply(String yaml) {
        for (HasMetadata resource : admin.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()) {
            resource.getMetadata().setNamespace(namespace);
            admin.resource(resource).patch(serverSideApply());
        }
    }

    void annotate(String name, String key, String value) {
        admin.resources(CacheCluster.class)
                .inNamespace(namespace)
                .withName(name)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"annotations\": {\"" + key + "\": \"" + value + "\"}}}");
    }

    /** As after a rollback: the CRD of a newer version, and an object with a field that this one's model has not. */
    void storeUnknownField(String name, String field) {
        editSpecSchema(properties -> properties.put(
                field, new JSONSchemaPropsBuilder().withType("string").build()));
        await("the server stores " + field).atMost(patience).until(() -> stored(name, field));
    }

    /** Makes the CRD what it was; every test of this JVM shares it. */
    void forgetUnknownField(String field) {
        editSpecSchema(properties -> properties.remove(field));
    }

    private void editSpecSchema(Consumer<Map<String, JSONSchemaProps>> edit) {
        admin.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("cacheclusters.cacheoperator.io")
                .edit(crd -> {
                    edit.accept(crd.getSpec()
                            .getVersions()
                            .getFirst()
                            .getSchema()
                            .getOpenAPIV3Schema()
                            .getProperties()
                            .get("spec")
                            .getProperties());
                    return crd;
                });
    }

    private boolean stored(String name, String field) {
        GenericKubernetesResource patched = admin.genericKubernetesResources(
                        "cacheoperator.io/v1alpha1", "CacheCluster")
                .inNamespace(namespace)
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"" + field + "\": \"x\"}}");
        return patched.<Object>get("spec", field) != null;
    }

    void delete(String name) {
        admin.resources(CacheCluster.class)
                .inNamespace(namespace)
                .withName(name)
                .delete();
    }

    Optional<CacheCluster> cluster(String name) {
        return Optional.ofNullable(admin.resources(CacheCluster.class)
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    CacheClusterStatus status(String name) {
        return cluster(name).map(CacheCluster::getStatus).orElseThrow();
    }

    Optional<Secret> secret(String name) {
        return Optional.ofNullable(
                admin.secrets().inNamespace(namespace).withName(name).get());
    }

    /** The Events about a CacheCluster that is or was, by reason and what they say. */
    List<String> events(String name) {
        return admin.events().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getRegarding().getName().equals(name))
                .map(event -> event.getReason() + ": " + event.getNote())
                .toList();
    }

    /** The calls that could have changed something, by the names of their operations. */
    List<String> awsWrites() {
        return simulator.callLog().calls(LoggedCall::mutating).stream()
                .map(LoggedCall::operation)
                .toList();
    }

    /** The Secret's data, decoded. */
    Map<String, String> secretData(String name) {
        Map<String, String> decoded = new HashMap<>();
        secret(name)
                .orElseThrow()
                .getData()
                .forEach((key, value) ->
                        decoded.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        return decoded;
    }

    CacheCluster awaitReady(String name) {
        return awaitCondition(name, "Ready", Condition.Status.TRUE);
    }

    CacheCluster awaitSynced(String name) {
        awaitCondition(name, "Ready", Condition.Status.TRUE);
        return awaitCondition(name, "Synced", Condition.Status.TRUE);
    }

    CacheCluster awaitStalled(String name) {
        return awaitCondition(name, "Stalled", Condition.Status.TRUE);
    }

    CacheCluster awaitCondition(String name, String type, Condition.Status status) {
        return awaitCluster(
                name,
                type + "=" + status,
                cluster -> Optional.ofNullable(cluster.getStatus())
                        .flatMap(s -> s.condition(type))
                        .map(c -> c.status() == status
                                && c.observedGeneration() != null
                                && c.observedGeneration()
                                        >= cluster.getMetadata().getGeneration())
                        .orElse(false));
    }

    CacheCluster awaitCluster(String name, String what, Predicate<CacheCluster> predicate) {
        try {
            return patiently(name + " " + what)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> cluster(name).orElse(null), c -> c != null && predicate.test(c));
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(name + " did not come to " + what + "\n" + everything(name), late);
        }
    }

    void awaitGone(String name) {
        try {
            patiently(name + " is gone").until(() -> cluster(name).isEmpty());
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(name + " is still there\n" + everything(name), late);
        }
    }

    /** Waits until something is true of AWS. */
    void awaitAws(String name, String what, Callable<Boolean> predicate) {
        try {
            patiently(what).until(predicate);
        } catch (ConditionTimeoutException late) {
            throw new AssertionError("not so: " + what + "\n" + everything(name), late);
        }
    }

    /** The value of a counter that the operator shows at {@code /metrics}, or the sum where it has labels; 0 where it is not there yet. */
    double metric(String name) {
        URI metrics = URI.create("http://127.0.0.1:" + app.port() + "/metrics");
        try (InputStream body = metrics.toURL().openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException notServed) {
            throw new UncheckedIOException(notServed);
        }
    }

    /** How many CacheClusters are Ready, and as their spec says. */
    long synced() {
        return admin.resources(CacheCluster.class).inNamespace(namespace).list().getItems().stream()
                .filter(cluster -> Stream.of("Ready", "Synced").allMatch(type -> isTrue(cluster, type)))
                .count();
    }

    private static boolean isTrue(CacheCluster cluster, String type) {
        return Optional.ofNullable(cluster.getStatus())
                .flatMap(status -> status.condition(type))
                .filter(condition -> condition.status() == Condition.Status.TRUE)
                .isPresent();
    }

    /** The resource and every call that was made, for people who look why a test failed. */
    String everything(String name) {
        return cluster(name).map(Serialization::asYaml).orElse("no CacheCluster " + name) + "\n"
                + simulator.callLog().calls().stream().map(LoggedCall::toString).collect(Collectors.joining("\n"))
                + "\n" + writes;
    }

    /** Stops the operator in order and starts another. */
    void restart() {
        app.close();
        operators.incrementAndGet();
        app = newOperator();
    }

    /** Ends the operator as a crash would. */
    void kill() {
        app.kill();
        operators.incrementAndGet();
    }

    /** Starts another after {@link #kill}. */
    void startAgain() {
        app = newOperator();
    }

    /** Starts another with other settings. */
    void restartWith(UnaryOperator<OperatorConfig> change) {
        app.close();
        config = change.apply(config);
        operators.incrementAndGet();
        app = newOperator();
    }

    /** Fails unless nothing is left in AWS. */
    void assertNothingLeft() {
        assertThat(account.everything()).as("what is left in AWS").isEmpty();
    }

    @Override
    public void close() {
        app.close();
        account.close();
        if (ownsSimulator) {
            simulator.close();
        }
        admin.resources(CacheCluster.class)
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(this::forceGone);
        admin.close();
    }

    /** Ages are told in seconds: whatever is made from now on is younger than this one. */
    void awaitYounger(String name) {
        Instant created =
                Instant.parse(cluster(name).orElseThrow().getMetadata().getCreationTimestamp());
        patiently("a second later").until(() -> Instant.now().isAfter(created.plusMillis(1200)));
    }

    /** A CacheCluster is gone and no operator hears of it: as where etcd, or the whole Kubernetes cluster, is lost. */
    void forget(String name) {
        cluster(name).ifPresent(this::forceGone);
        awaitGone(name);
    }

    /** Namespaces never finish deleting here: what a test leaves must not keep a finalizer that nobody serves. */
    private void forceGone(CacheCluster cluster) {
        admin.resource(cluster).edit(c -> {
            c.getMetadata().setFinalizers(List.of());
            return c;
        });
        admin.resource(cluster).delete();
    }
}
