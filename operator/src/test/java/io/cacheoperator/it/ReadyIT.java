package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.app.OperatorConfig.Defaults;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.elasticache.model.AutomaticFailoverStatus;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;

/** A manifest becomes a cache, and a Secret to connect with. */
@RequiresApiServer
class ReadyIT {

    private OperatorHarness operator;

    @BeforeEach
    void start(ApiServer server) {
        operator = OperatorHarness.start(server);
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    /** As many as the spec takes, with the operator's own: more than a spec could ask for stands in the status. */
    @Test
    void fourGroupsOfTheUserBesideTheOwnOneBecomeReady() {
        List<String> theirs = IntStream.range(0, 4)
                .mapToObj(i -> operator.account()
                        .ec2()
                        .createSecurityGroup(r -> r.groupName("theirs-" + i).description("of the user"))
                        .groupId())
                .toList();
        operator.apply("""
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: a}
                spec:
                  engine: valkey
                  nodeType: cache.t4g.small
                  network: {securityGroupIds: [%s], allowFrom: [{cidr: 10.0.0.0/16, description: ""}]}
                """.formatted(String.join(", ", theirs)));

        CacheCluster cluster = operator.awaitSynced("a");

        assertThat(cluster.getStatus().effective().network().securityGroupIds())
                .hasSize(5)
                .containsAll(theirs);
    }

    @Test
    void theLeastManifestBecomesAValkeyGroupWithTlsAndToken() {
        operator.apply(RepositoryFiles.example("valkey-minimal"));
        CacheCluster cluster = operator.awaitSynced("valkey-minimal");

        ReplicationGroup group = operator.account().groups().getFirst();
        assertThat(group.transitEncryptionEnabled()).isTrue();
        assertThat(group.atRestEncryptionEnabled()).isTrue();
        assertThat(group.authTokenEnabled()).isTrue();
        assertThat(group.automaticFailover()).isEqualTo(AutomaticFailoverStatus.ENABLED);
        assertThat(group.memberClusters()).hasSize(2);
        assertThat(operator.account().tags(group.arn()))
                .containsEntry("cacheoperator.io/owner", operator.owner("valkey-minimal"));

        Map<String, String> data = operator.secretData("valkey-minimal-cache");
        String token = operator.secretData("valkey-minimal-cache-auth").get("current");
        assertThat(token).hasSize(64).matches("[A-Za-z0-9]+");
        String host = group.nodeGroups().getFirst().primaryEndpoint().address();
        assertThat(data)
                .containsOnlyKeys(
                        "type",
                        "provider",
                        "host",
                        "port",
                        "uri",
                        "username",
                        "password",
                        "ssl",
                        "reader-host",
                        "reader-port",
                        "cluster-mode")
                .containsEntry("type", "redis")
                .containsEntry("provider", "aws-elasticache")
                .containsEntry("host", host)
                .containsEntry("port", "6379")
                .containsEntry("username", "default")
                .containsEntry("password", token)
                .containsEntry("ssl", "true")
                .containsEntry("cluster-mode", "false");
        assertThat(cluster.getStatus().endpoint()).isEqualTo(host + ":6379");
        assertThat(cluster.getStatus().shape()).isEqualTo("1x1");
        assertThat(cluster.getStatus().id()).isEqualTo(group.replicationGroupId());
    }

    @Test
    void theConnectionSecretIsAServiceBindingOwnedByTheCluster() {
        operator.apply(RepositoryFiles.example("valkey-minimal"));
        CacheCluster cluster = operator.awaitReady("valkey-minimal");
        Secret secret = operator.secret("valkey-minimal-cache").orElseThrow();
        assertThat(secret.getType()).isEqualTo("servicebinding.io/redis");
        assertThat(secret.getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getUid())
                        .isEqualTo(cluster.getMetadata().getUid()));
        assertThat(secret.getMetadata().getLabels()).containsKey("cacheoperator.io/secret");
        assertThat(cluster.getStatus().binding().name()).isEqualTo("valkey-minimal-cache");
    }

    @Test
    void clusterModeIsReachedByItsConfigurationEndpoint() {
        operator.apply(RepositoryFiles.example("redis-cluster-mode"));
        CacheCluster cluster = operator.awaitSynced("redis-cluster-mode");
        ReplicationGroup group = operator.account().groups().getFirst();
        assertThat(group.clusterEnabled()).isTrue();
        assertThat(group.nodeGroups()).hasSize(2);
        assertThat(group.memberClusters()).hasSize(4);
        Map<String, String> data = operator.secretData("redis-cluster-mode-cache");
        assertThat(data)
                .containsEntry("host", group.configurationEndpoint().address())
                .containsEntry("cluster-mode", "true");
        assertThat(data.get("nodes").split(",")).hasSize(4);
        assertThat(cluster.getStatus().shape()).isEqualTo("2x1");
    }

    @Test
    void memcachedIsACacheClusterWithAllItsNodesInTheSecret() {
        operator.apply(RepositoryFiles.example("memcached"));
        CacheCluster cluster = operator.awaitSynced("memcached");
        assertThat(operator.account().groups()).isEmpty();
        assertThat(operator.account().clusters()).singleElement().satisfies(c -> {
            assertThat(c.engine()).isEqualTo("memcached");
            assertThat(c.cacheNodes()).hasSize(2);
        });
        Map<String, String> data = operator.secretData("memcached-cache");
        assertThat(data).containsEntry("type", "memcached").doesNotContainKey("password");
        assertThat(data.get("nodes").split(",")).hasSize(2);
        assertThat(operator.secret("memcached-cache").orElseThrow().getType()).isEqualTo("servicebinding.io/memcached");
        assertThat(operator.secret("memcached-cache-auth")).isEmpty();
        assertThat(cluster.getStatus().shape()).isEqualTo("2");
    }

    @Test
    void aNetworkThatTheUserBringsIsUsedAsItIs() {
        operator.restartWith(
                config -> config.withDefaults(new Defaults(List.of(), null, List.of(), Map.of(), null, null)));
        operator.apply(RepositoryFiles.example("bring-your-own-network"));
        operator.awaitSynced("bring-your-own-network");
        assertThat(operator.account().securityGroups()).as("none is made").isEmpty();
        assertThat(operator.account().clusters())
                .allSatisfy(member -> assertThat(member.securityGroups())
                        .extracting(g -> g.securityGroupId())
                        .containsExactly("sg-06446d0a71b4fdcb5"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "valkey-minimal",
                "valkey-production",
                "redis-cluster-mode",
                "memcached",
                "bring-your-own-network",
                "auth-from-secret",
                "parameters-and-tags",
                "tls-optional"
            })
    void everyExampleBecomesReadyAndLeavesOnlyWhatItsPolicyKeeps(String example) {
        operator.apply(RepositoryFiles.example(example));
        CacheCluster cluster = operator.awaitSynced(example);
        boolean snapshotted =
                cluster.getStatus().effective().deletionPolicy().name().equals("SNAPSHOT");

        operator.delete(example);
        operator.awaitGone(example);

        List<String> left = operator.account().everything();
        if (snapshotted) {
            assertThat(left).singleElement().asString().startsWith("snapshot ");
        } else {
            assertThat(left).isEmpty();
        }
    }
}
