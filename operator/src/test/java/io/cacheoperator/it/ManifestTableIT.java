package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.kinds.cachecluster.CacheClusterStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.NodeGroup;
import software.amazon.awssdk.services.elasticache.model.NodeGroupMember;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;
import software.amazon.awssdk.services.elasticache.model.SecurityGroupMembership;

/** Many manifests at once, each checked against what is really there in AWS, member by member, and deleted again. */
@RequiresApiServer
class ManifestTableIT {

    /**
     * A manifest and what must come of it.
     *
     * @param spec in YAML flow style
     * @param version how the engine version of every member begins
     * @param shards 0 for memcached
     * @param members replicas per shard, or nodes of memcached
     * @param facts words that must hold: see {@link #factsOf}
     */
    private record Row(String spec, String engine, String version, int shards, int members, Set<String> facts) {}

    private static Row group(String spec, String engine, String version, int shards, int replicas, String... facts) {
        return new Row(spec, engine, version, shards, replicas, Set.of(facts));
    }

    private static Row memcached(String spec, String version, int nodes, String... facts) {
        return new Row(
                "engine: memcached, nodeType: cache.t4g.small, " + spec, "memcached", version, 0, nodes, Set.of(facts));
    }

    private static Row valkey(String spec, String version, int shards, int replicas, String... facts) {
        return group("engine: valkey, nodeType: cache.t4g.small, " + spec, "valkey", version, shards, replicas, facts);
    }

    private static Row redis(String spec, String version, int shards, int replicas, String... facts) {
        return group("engine: redis, nodeType: cache.t4g.small, " + spec, "redis", version, shards, replicas, facts);
    }

    private static final List<Row> ROWS = List.of(
            // versions
            valkey("engineVersion: '7.2'", "7.2", 1, 1, "tls", "auth", "atRest", "multiAz", "failover"),
            valkey("engineVersion: '8.0'", "8.0", 1, 1, "tls", "auth"),
            valkey("engineVersion: '8.1'", "8.1", 1, 1, "tls", "auth"),
            redis("engineVersion: '6.2'", "6.2", 1, 1, "tls", "auth", "atRest"),
            redis("engineVersion: '7.0'", "7.0", 1, 1, "tls", "auth"),
            redis("engineVersion: '7.1'", "7.1", 1, 1, "tls", "auth"),
            redis("engineVersion: '5.0.6'", "5.0.6", 1, 1, "tls", "auth"),
            memcached("engineVersion: 1.6.22, nodes: 1", "1.6.22", 1),
            memcached("engineVersion: 1.6.12, nodes: 2", "1.6.12", 2),
            // shapes
            valkey("replicasPerShard: 0", "", 1, 0, "tls", "auth", "noMultiAz", "noFailover"),
            valkey("replicasPerShard: 2", "", 1, 2, "multiAz", "failover"),
            valkey("replicasPerShard: 5", "", 1, 5, "multiAz"),
            valkey("replicasPerShard: 1, multiAz: false", "", 1, 1, "noMultiAz", "noFailover"),
            valkey("replicasPerShard: 1, multiAz: false, automaticFailover: true", "", 1, 1, "noMultiAz", "failover"),
            valkey("shards: 2", "", 2, 1, "cluster", "failover", "multiAz"),
            valkey("shards: 3, replicasPerShard: 0", "", 3, 0, "cluster", "failover", "noMultiAz"),
            valkey("shards: 1, clusterMode: enabled", "", 1, 1, "cluster"),
            redis("engineVersion: '7.1', shards: 2, replicasPerShard: 2", "7.1", 2, 2, "cluster"),
            memcached("nodes: 3", "1.6", 3),
            memcached("nodes: 3, crossAz: true", "1.6", 3, "zones=3"),
            memcached("nodes: 2, crossAz: false", "1.6", 2),
            // zones
            valkey("replicasPerShard: 1, availabilityZones: [eu-west-1a, eu-west-1b]", "", 1, 1, "zones=2"),
            valkey("replicasPerShard: 2, availabilityZones: [eu-west-1c, eu-west-1a, eu-west-1b]", "", 1, 2, "zones=3"),
            valkey("shards: 2, replicasPerShard: 1, availabilityZones: [eu-west-1a, eu-west-1b]", "", 2, 1, "zones=2"),
            memcached("nodes: 2, availabilityZones: [eu-west-1a, eu-west-1b]", "1.6", 2, "zones=2"),
            // encryption and auth
            valkey("encryption: {inTransit: disabled}", "", 1, 1, "noTls", "noAuth", "atRest"),
            valkey("encryption: {inTransit: preferred}", "", 1, 1, "tls", "noAuth", "mode=preferred"),
            valkey("encryption: {inTransit: required}", "", 1, 1, "tls", "auth", "mode=required"),
            valkey("auth: {type: None}", "", 1, 1, "tls", "noAuth"),
            redis("engineVersion: '7.1', encryption: {atRest: false}", "7.1", 1, 1, "noAtRest"),
            memcached("engineVersion: 1.6.12, nodes: 1, encryption: {inTransit: required}", "1.6.12", 1, "tls"),
            // parameters
            valkey("parameters: {maxmemory-policy: allkeys-lru}", "", 1, 1, "maxmemory-policy=allkeys-lru"),
            valkey("parameters: {timeout: 300, tcp-keepalive: 60}", "", 1, 1, "timeout=300", "tcp-keepalive=60"),
            valkey(
                    "shards: 2, parameters: {maxmemory-policy: noeviction}",
                    "",
                    2,
                    1,
                    "cluster",
                    "maxmemory-policy=noeviction"),
            redis("engineVersion: '6.2', parameters: {activedefrag: 'yes'}", "6.2", 1, 1, "activedefrag=yes"),
            redis("engineVersion: '7.1', parameters: {lfu-decay-time: 5}", "7.1", 1, 1, "lfu-decay-time=5"),
            memcached("nodes: 1, parameters: {max_item_size: 2097152}", "1.6", 1, "max_item_size=2097152"),
            // windows, snapshots, tags, network
            valkey("maintenance: {window: 'mon:04:00-mon:05:00'}", "", 1, 1, "window=mon:04:00-mon:05:00"),
            valkey(
                    "snapshots: {retentionDays: 3, window: '01:00-02:00'}",
                    "",
                    1,
                    1,
                    "retention=3",
                    "snapshots=01:00-02:00"),
            valkey("snapshots: {retentionDays: 0}", "", 1, 1, "retention=0"),
            valkey("tags: {team: shop, cost: '42'}", "", 1, 1, "team:shop", "cost:42"),
            valkey("description: what it is for", "", 1, 1, "description=what it is for"),
            valkey("network: {port: 7000}", "", 1, 1, "port=7000"),
            valkey("network: {allowFrom: [{cidr: 10.1.0.0/16}]}", "", 1, 1, "from=10.1.0.0/16"),
            memcached("nodes: 1, maintenance: {window: 'tue:04:00-tue:05:00'}", "1.6", 1, "window=tue:04:00-tue:05:00"),
            memcached("nodes: 1, network: {port: 11300}", "1.6", 1, "port=11300"));

    @Test
    void eachManifestIsInAwsMemberByMemberAndGoesAgain(ApiServer server) {
        assertThat(ROWS).hasSizeGreaterThanOrEqualTo(40);
        try (OperatorHarness operator = OperatorHarness.start(server)) {
            operator.simulator().elastiCacheKnobs().quota("NodeQuotaForCustomerExceeded", 1000);
            for (int i = 0; i < ROWS.size(); i++) {
                operator.apply(manifest(i));
            }
            for (int i = 0; i < ROWS.size(); i++) {
                operator.awaitSynced(name(i));
            }
            for (int i = 0; i < ROWS.size(); i++) {
                check(operator, i);
            }
            for (int i = 0; i < ROWS.size(); i++) {
                operator.delete(name(i));
            }
            for (int i = 0; i < ROWS.size(); i++) {
                operator.awaitGone(name(i));
            }
            operator.assertNothingLeft();
        }
    }

    private static String name(int i) {
        return "row-" + i;
    }

    private static String manifest(int i) {
        return """
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: %s}
                spec: {deletionPolicy: Delete, %s}
                """.formatted(name(i), ROWS.get(i).spec());
    }

    private static void check(OperatorHarness operator, int i) {
        Row row = ROWS.get(i);
        CacheClusterStatus status = operator.status(name(i));
        List<CacheCluster> members = members(operator, row, status);
        List<String> facts = factsOf(operator, row, status, members);

        int expected = row.shards() == 0 ? 1 : row.shards() * (1 + row.members());
        assertThat(members).as("members of %s", row.spec()).hasSize(expected).allSatisfy(m -> {
            assertThat(m.engine()).isEqualTo(row.engine());
            assertThat(m.engineVersion()).startsWith(row.version());
            assertThat(m.cacheNodeType()).isEqualTo("cache.t4g.small");
            assertThat(m.cacheClusterStatus()).isEqualTo("available");
            assertThat(m.numCacheNodes()).isEqualTo(row.shards() == 0 ? row.members() : 1);
        });
        assertThat(facts).as(row.spec()).containsAll(row.facts());
        Map<String, String> secret = operator.secretData(name(i) + "-cache");
        assertThat(secret).containsEntry("ssl", facts.contains("tls") ? "true" : "false");
        assertThat(secret.containsKey("password"))
                .as("password of %s", row.spec())
                .isEqualTo(facts.contains("auth"));
        assertThat(operator.account().tags(status.arn()))
                .containsEntry("cacheoperator.io/owner", operator.owner(name(i)));
    }

    private static List<CacheCluster> members(OperatorHarness operator, Row row, CacheClusterStatus status) {
        return operator.account().clusters().stream()
                .filter(c -> row.shards() == 0
                        ? c.cacheClusterId().equals(status.id())
                        : status.id().equals(c.replicationGroupId()))
                .toList();
    }

    private static List<String> factsOf(
            OperatorHarness operator, Row row, CacheClusterStatus status, List<CacheCluster> members) {
        List<String> facts = new ArrayList<>();
        CacheCluster one = members.getFirst();
        facts.add("window=" + one.preferredMaintenanceWindow());
        facts.add("port=" + one.cacheNodes().getFirst().endpoint().port());
        facts.add(Boolean.TRUE.equals(one.transitEncryptionEnabled()) ? "tls" : "noTls");
        Set<String> zones = members.stream()
                .flatMap(m -> m.cacheNodes().stream())
                .map(n -> n.customerAvailabilityZone())
                .collect(Collectors.toCollection(TreeSet::new));
        facts.add("zones=" + zones.size());
        operator.simulator()
                .elastiCache(OperatorHarness.REGION)
                .parameters(one.cacheParameterGroup().cacheParameterGroupName())
                .forEach((key, value) -> facts.add(key + "=" + value));
        operator.account().tags(status.arn()).forEach((key, value) -> facts.add(key + ":" + value));
        facts.addAll(sources(operator, one));
        if (row.shards() > 0) {
            facts.addAll(groupFacts(operator, row, status));
        }
        return facts;
    }

    /** Where the security groups of a member let traffic in from. */
    private static List<String> sources(OperatorHarness operator, CacheCluster member) {
        List<String> ids = member.securityGroups().stream()
                .map(SecurityGroupMembership::securityGroupId)
                .toList();
        return operator.account().securityGroups().stream()
                .filter(g -> ids.contains(g.groupId()))
                .flatMap(g -> g.ipPermissions().stream())
                .flatMap(p -> p.ipRanges().stream())
                .map(range -> "from=" + range.cidrIp())
                .toList();
    }

    private static List<String> groupFacts(OperatorHarness operator, Row row, CacheClusterStatus status) {
        ReplicationGroup group = operator.account().groups().stream()
                .filter(g -> g.replicationGroupId().equals(status.id()))
                .findFirst()
                .orElseThrow();
        assertThat(group.nodeGroups())
                .hasSize(row.shards())
                .allSatisfy(shard -> assertThat(shard.nodeGroupMembers()).hasSize(1 + row.members()));
        assertThat(group.memberClusters()).containsExactlyInAnyOrderElementsOf(idsOf(group));
        return Arrays.asList(
                Boolean.TRUE.equals(group.authTokenEnabled()) ? "auth" : "noAuth",
                Boolean.TRUE.equals(group.atRestEncryptionEnabled()) ? "atRest" : "noAtRest",
                "enabled".equals(group.multiAZAsString()) ? "multiAz" : "noMultiAz",
                "enabled".equals(group.automaticFailoverAsString()) ? "failover" : "noFailover",
                Boolean.TRUE.equals(group.clusterEnabled()) ? "cluster" : "noCluster",
                "mode=" + group.transitEncryptionModeAsString(),
                "retention=" + group.snapshotRetentionLimit(),
                "snapshots=" + group.snapshotWindow(),
                "description=" + group.description());
    }

    private static List<String> idsOf(ReplicationGroup group) {
        return group.nodeGroups().stream()
                .map(NodeGroup::nodeGroupMembers)
                .flatMap(List::stream)
                .map(NodeGroupMember::cacheClusterId)
                .toList();
    }
}
