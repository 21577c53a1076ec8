package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.core.Condition;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.cacheoperator.simulator.Simulator;
import io.cacheoperator.simulator.calllog.LoggedCall;
import io.cacheoperator.simulator.elasticache.ElastiCacheDurations;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two operators as two replicas of the Deployment would be: one works, the other waits, and who loses the lease ends at once. */
@RequiresApiServer
class LeaderElectionIT {

    /** A lease is held for 15 s without renewal. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final int LEASE_LOST = 3;
    private static final String LEASE = "elasticache-operator";

    @TempDir
    private Path folder;

    private final Simulator simulator = Simulator.builder()
            .durations(ElastiCacheDurations.uniform(Duration.ofMillis(100)))
            .build();
    private SimulatedAccount account;
    private KubernetesClient client;
    private String namespace;
    private ApiServer server;

    @BeforeEach
    void start(ApiServer shared) {
        server = shared;
        simulator.start();
        account = new SimulatedAccount(simulator.endpoint(), "eu-west-1");
        client = ApiWrites.client(server, ApiWrites.IGNORED);
        Path crd = RepositoryFiles.path("crds/cacheclusters.cacheoperator.io.yaml");
        server.kubectl()
                .run("apply", "--server-side", "--force-conflicts", "-f", crd.toString())
                .expectSuccess();
        await("the CRD is served")
                .atMost(PATIENCE)
                .until(() -> server.kubectl().run("get", "ccl").succeeded());
        namespace = server.newNamespace("lease");
    }

    @AfterEach
    void stop() {
        client.close();
        account.close();
        simulator.close();
    }

    @Test
    void theOtherOneWaitsAndTakesOverFromOneThatEnds() throws Exception {
        try (OperatorProcess first = operator("first")) {
            awaitHolder(Optional.empty());
            try (OperatorProcess second = operator("second")) {
                apply("a");
                awaitReady("a");
                assertThat(callsOf("second"))
                        .as("calls to AWS of the one that waits")
                        .isEmpty();

                first.process().destroy();
                assertThat(first.endsWithin(60)).isTrue();
                assertThat(first.exitValue()).as(first.output()).isZero();
                apply("b");
                awaitReady("b");
                assertThat(writesOf("second")).contains("CreateReplicationGroup");
                assertThat(account.groups()).hasSize(2);
                assertThat(second.process().isAlive()).isTrue();
            }
        }
    }

    @Test
    void oneWhoseLeaseIsTakenEndsAndLeavesTheWorkToTheOther() throws Exception {
        try (OperatorProcess loser = operator("loser")) {
            String holder = awaitHolder(Optional.empty());
            apply("a");
            awaitReady("a");

            await("it ends while another holds the lease, and renews it")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        hold("thief");
                        return !loser.process().isAlive();
                    });
            assertThat(loser.exitValue()).as(loser.output()).isEqualTo(LEASE_LOST);
            assertThat(loser.output()).contains("is lost");
            assertThat(holder).isNotEqualTo("thief");
        }
    }

    /** As when a node hangs: the process wakes up long after another one has taken over. */
    @Test
    void oneThatWakesUpAfterItLostItsLeaseWritesNothingAnyMore() throws Exception {
        try (OperatorProcess sleeper = operator("sleeper");
                OperatorProcess other = startAfterFirst("other")) {
            apply("a");
            awaitReady("a");
            String holder = holder().orElseThrow();
            sleeper.signal("STOP");
            awaitHolder(Optional.of(holder));
            apply("b");
            awaitReady("b");
            int before = writesOf("sleeper").size();

            sleeper.signal("CONT");

            assertThat(sleeper.endsWithin(60)).as("it ended").isTrue();
            assertThat(sleeper.exitValue()).as(sleeper.output()).isEqualTo(LEASE_LOST);
            assertThat(writesOf("sleeper")).hasSize(before);
            assertThat(account.groups()).hasSize(2);
            assertThat(other.process().isAlive()).isTrue();
        }
    }

    private OperatorProcess startAfterFirst(String name) throws IOException {
        awaitHolder(Optional.empty());
        return operator(name);
    }

    /** Its calls to AWS are told by its access key, which has its name. */
    private OperatorProcess operator(String name) throws IOException {
        Path config = Files.writeString(
                folder.resolve(name + ".yaml"), """
                clusterName: lease
                watchNamespaces: [%s]
                defaults: {subnetIds: %s, allowFrom: [{cidr: 172.31.0.0/16}]}
                leaderElection: {enabled: true, leaseName: %s, leaseNamespace: %s}
                poll: {interval: 1s}
                probe: {enabled: false}
                http: {port: 0}
                """.formatted(namespace, account.subnetIds(), LEASE, namespace));
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), server.kubeconfig());
        return OperatorProcess.start(
                folder,
                name,
                Map.of(
                        "KUBECONFIG",
                        kubeconfig.toString(),
                        "CACHE_OPERATOR_CONFIG",
                        config.toString(),
                        "AWS_REGION",
                        "eu-west-1",
                        "AWS_ENDPOINT_URL",
                        simulator.endpoint().toString(),
                        "AWS_ACCESS_KEY_ID",
                        name,
                        "AWS_SECRET_ACCESS_KEY",
                        "test"));
    }

    private void hold(String identity) {
        client.leases().inNamespace(namespace).withName(LEASE).edit(lease -> {
            lease.getSpec().setHolderIdentity(identity);
            lease.getSpec().setRenewTime(ZonedDateTime.now(ZoneOffset.UTC));
            return lease;
        });
    }

    private Optional<String> holder() {
        return Optional.ofNullable(
                        client.leases().inNamespace(namespace).withName(LEASE).get())
                .map(Lease::getSpec)
                .map(spec -> spec.getHolderIdentity())
                .filter(identity -> !identity.isEmpty());
    }

    /** Waits until somebody else than this one holds the lease. */
    private String awaitHolder(Optional<String> but) {
        return await("somebody leads")
                .atMost(PATIENCE)
                .until(this::holder, found -> found.isPresent() && !found.equals(but))
                .orElseThrow();
    }

    private void apply(String name) {
        client.resource(client.getKubernetesSerialization()
                        .unmarshal("""
                        apiVersion: cacheoperator.io/v1alpha1
                        kind: CacheCluster
                        metadata: {name: %s, namespace: %s}
                        spec: {engine: valkey, nodeType: cache.t4g.small}
                        """.formatted(name, namespace), CacheCluster.class))
                .create();
    }

    private void awaitReady(String name) {
        await(name + " is Ready")
                .atMost(PATIENCE)
                .until(() -> Optional.ofNullable(client.resources(CacheCluster.class)
                                .inNamespace(namespace)
                                .withName(name)
                                .get()
                                .getStatus())
                        .flatMap(status -> status.condition("Ready"))
                        .map(ready -> ready.status() == Condition.Status.TRUE)
                        .orElse(false));
    }

    private List<LoggedCall> callsOf(String operator) {
        return simulator.callLog().calls(call -> call.call().accessKeyId().equals(operator));
    }

    private List<String> writesOf(String operator) {
        return callsOf(operator).stream()
                .filter(LoggedCall::mutating)
                .map(LoggedCall::operation)
                .toList();
    }
}
