package io.cacheoperator.simulator.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheoperator.simulator.Clients;
import io.cacheoperator.simulator.Simulator;
import io.cacheoperator.simulator.elasticache.ElastiCacheDurations;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.Endpoint;
import software.amazon.awssdk.services.elasticache.model.NodeGroup;

/** What the API says of endpoints and roles is true of the servers behind them. */
class ReachableCacheIT {
    private static final DefaultJedisClientConfig PLAIN =
            DefaultJedisClientConfig.builder().autoNegotiateProtocol(false).build();
    private RealNodes nodes;
    private Simulator simulator;
    private ElastiCacheClient elastiCache;

    @BeforeEach
    void start() {
        Assumptions.assumeTrue(
                Programs.find().of("redis").isPresent(), "no redis-server or valkey-server on this machine");
        nodes = RealNodes.create();
        simulator = Simulator.builder()
                .durations(ElastiCacheDurations.uniform(Duration.ofSeconds(1)))
                .nodes(nodes)
                .build()
                .start();
        elastiCache = Clients.of(ElastiCacheClient.builder(), simulator.endpoint(), "test")
                .build();
    }

    @AfterEach
    void stop() {
        if (simulator != null) {
            elastiCache.close();
            simulator.close();
            nodes.close();
        }
    }

    private NodeGroup shard() {
        return elastiCache
                .describeReplicationGroups(b -> b.replicationGroupId("orders"))
                .replicationGroups()
                .getFirst()
                .nodeGroups()
                .getFirst();
    }

    private String status() {
        return elastiCache
                .describeReplicationGroups(b -> b.replicationGroupId("orders"))
                .replicationGroups()
                .getFirst()
                .status();
    }

    private static Jedis connect(Endpoint endpoint) {
        return new Jedis(new HostAndPort(endpoint.address(), endpoint.port()), PLAIN);
    }

    @Test
    void dataWrittenToThePrimaryIsReadFromTheReplicaAndSurvivesAFailover() {
        elastiCache.createReplicationGroup(b -> b.replicationGroupId("orders")
                .replicationGroupDescription("d")
                .engine("redis")
                .cacheNodeType("cache.t4g.small")
                .numCacheClusters(2)
                .automaticFailoverEnabled(true));
        await().until(() -> status().equals("available"));
        Endpoint primary = shard().primaryEndpoint();
        assertThat(primary.address()).isEqualTo("127.0.0.1");
        await().ignoreExceptions().untilAsserted(() -> {
            try (Jedis writer = connect(primary);
                    Jedis reader = connect(shard().readerEndpoint())) {
                writer.set("k", "v");
                assertThat(reader.get("k")).isEqualTo("v");
            }
        });
        elastiCache.testFailover(b -> b.replicationGroupId("orders").nodeGroupId("0001"));
        await().until(() -> shard().nodeGroupMembers().getLast().currentRole().equals("primary"));
        assertThat(shard().primaryEndpoint()).isEqualTo(primary);
        await().ignoreExceptions().untilAsserted(() -> {
            try (Jedis writer = connect(primary)) {
                assertThat(writer.get("k")).isEqualTo("v");
                assertThat(writer.set("k2", "v")).isEqualTo("OK");
            }
        });
    }
}
