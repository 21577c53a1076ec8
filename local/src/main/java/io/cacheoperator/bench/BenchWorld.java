package io.cacheoperator.bench;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.Kubectl;
import io.cacheoperator.apiserver.TokenUser;
import io.cacheoperator.core.Condition;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.cacheoperator.simulator.Simulator;
import io.cacheoperator.simulator.calllog.LoggedCall;
import io.cacheoperator.simulator.elasticache.ElastiCacheDurations;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** A real API server, and an AWS that answers after 40 ms and takes 10 s to make a cache. */
final class BenchWorld implements AutoCloseable {

    static final Duration LATENCY = Duration.ofMillis(40);
    private static final String REGION = "eu-west-1";
    private static final String SUBNET_GROUP = "bench";
    private static final int ENOUGH = 1_000_000;
    private static final int LINES = 60;
    private static final int WARM = 25;
    private static final int ROUNDS = 4;

    private final Path directory;
    private final TokenUser operator = TokenUser.named("operator", "system:masters");
    private final ApiServer apiServer;
    private final Simulator simulator;
    private final BenchAws aws;
    private final KubernetesClient client;
    private final AuditLog audit;
    private final String securityGroup;
    private final Kubectl kubectl;
    /** Watched, not listed: a bench that asks for a thousand caches many times a second measures itself. */
    private SharedIndexInformer<CacheCluster> caches;

    BenchWorld(Path crd, FinalizerPolicy finalizerPolicy) throws IOException {
        directory = Files.createTempDirectory("bench");
        Path log = directory.resolve("audit.log");
        audit = new AuditLog(log, operator.name());
        apiServer = ApiServer.start(finalizerPolicy.on(ApiServer.Options.defaults()
                .withUsers(operator)
                .withFlags(AuditLog.flags(log, directory.resolve("policy.yaml")).toArray(String[]::new))));
        simulator = Simulator.builder()
                .latency(LATENCY)
                .durations(ElastiCacheDurations.fast().withCreate(Duration.ofSeconds(10)))
                .build()
                .start();
        aws = new BenchAws(simulator.endpoint());
        simulator.elastiCacheKnobs().quota("NodeQuotaForCustomerExceeded", ENOUGH);
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(apiServer.kubeconfig()))
                .build();
        client.load(Files.newInputStream(crd)).serverSideApply();
        Waiting.until("the CRD is served", Duration.ofSeconds(30), this::served);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("bench")
                        .endMetadata()
                        .build())
                .create();
        securityGroup = aws.network(REGION, SUBNET_GROUP);
        kubectl = apiServer.kubectl();
        finalizerPolicy.install(kubectl, manifest("none"));
        caches = watch();
    }

    private SharedIndexInformer<CacheCluster> watch() {
        return client.resources(CacheCluster.class).inNamespace("bench").inform();
    }

    /** Runs something that the bench's own watch would take part in, without it. */
    void unwatched(Runnable what) {
        caches.close();
        what.run();
        caches = watch();
    }

    private boolean served() {
        try {
            client.resources(CacheCluster.class).inAnyNamespace().list();
            return true;
        } catch (io.fabric8.kubernetes.client.KubernetesClientException notYet) {
            return false;
        }
    }

    /**
     * Neither a cluster nor AWS has just started when an operator does: what stands around ours is used for a while first, so that its own
     * start is not measured.
     */
    void warmUp() {
        for (int round = 0; round < ROUNDS; round++) {
            applyMany("warm", 0, WARM);
            var all = client.resources(CacheCluster.class).inNamespace("bench");
            all.list().getItems().forEach(cache -> FinalizerPolicy.takeOff(client, cache));
            all.delete();
            Waiting.until(
                    "the warm-up is gone",
                    Duration.ofMinutes(1),
                    () -> caches.getStore().list().isEmpty());
        }
        aws.warmUp("us-east-1", ROUNDS * WARM);
        forgetCalls();
    }

    OperatorProcess startOperator(OperatorProcess.Command command) {
        int port = freePort();
        Path kubeconfig = directory.resolve("kubeconfig");
        Path config = directory.resolve("config.yaml");
        try {
            Files.writeString(kubeconfig, apiServer.kubeconfig(operator));
            Files.writeString(
                    config,
                    "clusterName: bench\nhttp: {port: %d}\nprobe: {enabled: false}\nlogging: {format: json}\n"
                            .formatted(port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return OperatorProcess.start(
                command,
                port,
                Map.of(
                        "KUBECONFIG",
                        kubeconfig.toString(),
                        "CACHE_OPERATOR_CONFIG",
                        config.toString(),
                        "AWS_REGION",
                        REGION,
                        "AWS_ENDPOINT_URL",
                        simulator.endpoint().toString(),
                        "AWS_ACCESS_KEY_ID",
                        "test",
                        "AWS_SECRET_ACCESS_KEY",
                        "test"),
                directory.resolve("operator.log"));
    }

    private static int freePort() {
        try (var socket = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String manifest(String name) {
        return """
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: %s, namespace: bench}
                spec:
                  engine: valkey
                  engineVersion: "8.0"
                  nodeType: cache.t4g.small
                  replicasPerShard: 0
                  deletionPolicy: Delete
                  network: {subnetGroupName: %s, securityGroupIds: [%s]}
                """.formatted(name, SUBNET_GROUP, securityGroup);
    }

    /** As a user does. @return when kubectl had returned */
    Instant kubectlApply(String name) {
        kubectl.apply(manifest(name)).expectSuccess();
        return Instant.now();
    }

    /** When the API server had stored each CacheCluster. */
    Map<String, Instant> stored() {
        return audit.created("cacheclusters");
    }

    /** Without the price of a process. */
    void apply(String name) {
        client.resource(Serialization.unmarshal(manifest(name), CacheCluster.class))
                .create();
    }

    void applyMany(String prefix, int from, int to) {
        eachOf(from, to, i -> apply(prefix + "-" + i));
    }

    /** Two at a time, for there are two cores. */
    static void eachOf(int from, int to, IntConsumer what) {
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            List<Future<?>> all = IntStream.range(from, to)
                    .<Future<?>>mapToObj(i -> two.submit(() -> what.accept(i)))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    long ready() {
        return caches.getStore().list().stream().filter(BenchWorld::isReady).count();
    }

    /** Asked, not watched. */
    boolean hasStatus(String name) {
        CacheCluster cache = client.resources(CacheCluster.class)
                .inNamespace("bench")
                .withName(name)
                .get();
        return cache.getStatus() != null
                && cache.getStatus().conditions().stream()
                        .anyMatch(condition -> condition.type().equals("Ready"));
    }

    void deleteAll(Duration limit) {
        client.resources(CacheCluster.class).inNamespace("bench").delete();
        Waiting.until("all are gone", limit, () -> caches.getStore().list().isEmpty());
    }

    private static boolean isReady(CacheCluster cache) {
        return cache.getStatus() != null
                && cache.getStatus().conditions().stream()
                        .anyMatch(condition ->
                                condition.type().equals("Ready") && condition.status() == Condition.Status.TRUE);
    }

    Duration untilReady(long count, Duration limit) {
        return Waiting.until(count + " caches Ready", limit, () -> ready() >= count);
    }

    List<LoggedCall> creates() {
        return simulator.callLog().calls("elasticache", "CreateReplicationGroup");
    }

    int awsCalls() {
        return simulator.callLog().calls().size();
    }

    /** How many of what, for people. */
    String callsText() {
        return simulator.callLog().counts().toString();
    }

    void forgetCalls() {
        simulator.callLog().clear();
    }

    long apiWrites() {
        return audit.writes();
    }

    /** What a person would look at first: a cache that is not Ready, and the end of the operator's log. */
    void explain(PrintStream out) throws IOException {
        caches.getStore().list().stream()
                .filter(cache -> !isReady(cache))
                .findFirst()
                .ifPresent(cache -> out.println(Serialization.asYaml(cache)));
        List<String> lines = Files.readAllLines(directory.resolve("operator.log"));
        lines.subList(Math.max(0, lines.size() - LINES), lines.size()).forEach(out::println);
    }

    @Override
    public void close() {
        client.close();
        simulator.close();
        apiServer.close();
        try (var files = Files.walk(directory)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
