package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.CacheClusterState;
import io.cacheoperator.aws.CacheClusterState.Node;
import io.cacheoperator.aws.CacheClusterState.Notification;
import io.cacheoperator.aws.CreateCacheCluster;
import io.cacheoperator.aws.CreateReplicationGroup;
import io.cacheoperator.aws.Endpoint;
import io.cacheoperator.aws.ModifyReplicationGroup;
import io.cacheoperator.aws.ReplicationGroupState;
import io.cacheoperator.aws.ReplicationGroupState.NodeGroup;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What AWS shows of caches in the {@link ModelWorld}: values in its words, defaults filled in. */
final class States {

    private static final String FULL_VALKEY = "8.1.0";

    private States() {}

    static ReplicationGroupState group(CreateReplicationGroup r, List<NodeGroup> shards) {
        boolean clustered = r.clusterMode().equals("enabled");
        int port = r.port().orElse(6379);
        return new ReplicationGroupState(
                r.id(),
                ModelAws.arn("replicationgroup", r.id()),
                "creating",
                r.description(),
                r.engine(),
                r.nodeType(),
                r.clusterMode(),
                r.automaticFailover() ? "enabled" : "disabled",
                r.multiAz(),
                shards.stream()
                        .flatMap(s -> s.members().stream())
                        .map(ReplicationGroupState.Member::cacheClusterId)
                        .toList(),
                shards,
                clustered ? Optional.of(new Endpoint("clustercfg." + r.id(), port)) : Optional.empty(),
                r.snapshotRetentionDays().orElse(0),
                r.snapshotWindow().or(() -> Optional.of("01:00-02:00")),
                Optional.empty(),
                r.transitEncryption(),
                r.transitEncryption() ? Optional.of(r.transitEncryptionMode().orElse("required")) : Optional.empty(),
                r.atRestEncryption(),
                r.kmsKeyId(),
                r.authToken().isPresent(),
                Optional.empty(),
                List.of(),
                Optional.of(r.autoMinorVersionUpgrade().orElse(true)),
                r.dataTiering(),
                Optional.of(r.networkType().orElse("ipv4")),
                Optional.of(r.ipDiscovery().orElse("ipv4")),
                false,
                Optional.empty(),
                Optional.of(Instant.EPOCH));
    }

    static CacheClusterState member(CreateReplicationGroup r, String id) {
        return new CacheClusterState(
                id,
                ModelAws.arn("cluster", id),
                "creating",
                r.engine(),
                r.engineVersion().map(v -> v + ".0").orElse(r.engine().equals("valkey") ? FULL_VALKEY : "7.1.0"),
                r.nodeType(),
                1,
                Optional.of(r.id()),
                ModelAws.inSync(r.parameterGroupName().orElse("default.redis7")),
                r.subnetGroupName(),
                ModelAws.attached(r.securityGroupIds()),
                Optional.of(r.maintenanceWindow().orElse("sun:05:00-sun:06:00").toLowerCase(Locale.ROOT)),
                ModelAws.topic(r.notificationTopicArn()),
                Optional.of(r.autoMinorVersionUpgrade().orElse(true)),
                Optional.of("eu-west-1a"),
                r.transitEncryption(),
                Optional.of(r.networkType().orElse("ipv4")),
                Optional.of(r.ipDiscovery().orElse("ipv4")),
                List.of(new Node(
                        "0001",
                        "available",
                        Optional.of(new Endpoint(id + ".node", r.port().orElse(6379))),
                        Optional.of("eu-west-1a"))),
                Optional.empty(),
                false);
    }

    static CacheClusterState memcached(CreateCacheCluster r, List<Node> nodes) {
        return new CacheClusterState(
                r.id(),
                ModelAws.arn("cluster", r.id()),
                "creating",
                r.engine(),
                r.engineVersion().orElse("1.6.22"),
                r.nodeType(),
                r.nodes(),
                Optional.empty(),
                ModelAws.inSync(r.parameterGroupName().orElse("default.memcached1.6")),
                r.subnetGroupName(),
                ModelAws.attached(r.securityGroupIds()),
                Optional.of(r.maintenanceWindow().orElse("sun:05:00-sun:06:00").toLowerCase(Locale.ROOT)),
                ModelAws.topic(r.notificationTopicArn()),
                Optional.of(r.autoMinorVersionUpgrade().orElse(true)),
                Optional.of("eu-west-1a"),
                r.transitEncryption(),
                Optional.of(r.networkType().orElse("ipv4")),
                Optional.of(r.ipDiscovery().orElse("ipv4")),
                nodes,
                Optional.of(new Endpoint("cfg." + r.id(), r.port().orElse(11211))),
                false);
    }

    static ModifyReplicationGroup unmodified(String id) {
        return new ModifyReplicationGroup(
                id,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static ModifyReplicationGroup retaining(String id, int days) {
        return new ModifyReplicationGroup(
                id,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(days),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static ReplicationGroupState withStatus(ReplicationGroupState g, String status) {
        return edit(
                g,
                status,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static ReplicationGroupState modified(ReplicationGroupState g, ModifyReplicationGroup m) {
        return edit(
                g,
                g.status(),
                m.description(),
                m.snapshotRetentionDays(),
                m.snapshotWindow(),
                m.snapshottingClusterId(),
                m.autoMinorVersionUpgrade(),
                m.ipDiscovery());
    }

    private static ReplicationGroupState edit(
            ReplicationGroupState g,
            String status,
            Optional<String> description,
            Optional<Integer> retention,
            Optional<String> snapshotWindow,
            Optional<String> snapshottingCluster,
            Optional<Boolean> autoMinor,
            Optional<String> ipDiscovery) {
        return new ReplicationGroupState(
                g.id(),
                g.arn(),
                status,
                description.orElse(g.description()),
                g.engine(),
                g.nodeType(),
                g.clusterMode(),
                g.automaticFailover(),
                g.multiAz(),
                g.memberClusters(),
                g.nodeGroups(),
                g.configurationEndpoint(),
                retention.orElse(g.snapshotRetentionDays()),
                snapshotWindow.or(g::snapshotWindow),
                snapshottingCluster.or(g::snapshottingClusterId),
                g.transitEncryption(),
                g.transitEncryptionMode(),
                g.atRestEncryption(),
                g.kmsKeyId(),
                g.authTokenEnabled(),
                g.authTokenLastModified(),
                g.userGroupIds(),
                autoMinor.or(g::autoMinorVersionUpgrade),
                g.dataTiering(),
                g.networkType(),
                ipDiscovery.or(g::ipDiscovery),
                g.pendingChanges(),
                g.globalReplicationGroupId(),
                g.createTime());
    }

    static ReplicationGroupState inGlobalDatastore(ReplicationGroupState g, String id) {
        return new ReplicationGroupState(
                g.id(),
                g.arn(),
                g.status(),
                g.description(),
                g.engine(),
                g.nodeType(),
                g.clusterMode(),
                g.automaticFailover(),
                g.multiAz(),
                g.memberClusters(),
                g.nodeGroups(),
                g.configurationEndpoint(),
                g.snapshotRetentionDays(),
                g.snapshotWindow(),
                g.snapshottingClusterId(),
                g.transitEncryption(),
                g.transitEncryptionMode(),
                g.atRestEncryption(),
                g.kmsKeyId(),
                g.authTokenEnabled(),
                g.authTokenLastModified(),
                g.userGroupIds(),
                g.autoMinorVersionUpgrade(),
                g.dataTiering(),
                g.networkType(),
                g.ipDiscovery(),
                g.pendingChanges(),
                Optional.of(id),
                g.createTime());
    }

    static CacheClusterState withStatus(CacheClusterState c, String status) {
        return edit(
                c,
                status,
                c.maintenanceWindow(),
                c.securityGroups(),
                c.notification(),
                c.autoMinorVersionUpgrade(),
                c.parameterGroup());
    }

    static CacheClusterState modified(
            CacheClusterState c,
            Optional<String> maintenanceWindow,
            List<String> securityGroupIds,
            Optional<String> topic,
            Optional<String> topicStatus,
            Optional<Boolean> autoMinor,
            Optional<String> parameterGroup) {
        Optional<Notification> notification = topic.map(arn -> new Notification(arn, topicStatus.orElse("active")))
                .or(() -> c.notification().map(n -> new Notification(n.topicArn(), topicStatus.orElse(n.status()))));
        return edit(
                c,
                c.status(),
                maintenanceWindow.map(w -> w.toLowerCase(Locale.ROOT)).or(c::maintenanceWindow),
                securityGroupIds.isEmpty() ? c.securityGroups() : ModelAws.attached(securityGroupIds),
                notification,
                autoMinor.or(c::autoMinorVersionUpgrade),
                parameterGroup.flatMap(ModelAws::inSync).or(c::parameterGroup));
    }

    private static CacheClusterState edit(
            CacheClusterState c,
            String status,
            Optional<String> maintenanceWindow,
            List<CacheClusterState.SecurityGroupMembership> securityGroups,
            Optional<Notification> notification,
            Optional<Boolean> autoMinor,
            Optional<CacheClusterState.ParameterGroupStatus> parameterGroup) {
        return new CacheClusterState(
                c.id(),
                c.arn(),
                status,
                c.engine(),
                c.engineVersion(),
                c.nodeType(),
                c.numCacheNodes(),
                c.replicationGroupId(),
                parameterGroup,
                c.subnetGroupName(),
                securityGroups,
                maintenanceWindow,
                notification,
                autoMinor,
                c.availabilityZone(),
                c.transitEncryption(),
                c.networkType(),
                c.ipDiscovery(),
                c.nodes(),
                c.configurationEndpoint(),
                c.pendingChanges());
    }

    static CacheClusterState withIpDiscovery(CacheClusterState c, Optional<String> ipDiscovery) {
        return new CacheClusterState(
                c.id(),
                c.arn(),
                c.status(),
                c.engine(),
                c.engineVersion(),
                c.nodeType(),
                c.numCacheNodes(),
                c.replicationGroupId(),
                c.parameterGroup(),
                c.subnetGroupName(),
                c.securityGroups(),
                c.maintenanceWindow(),
                c.notification(),
                c.autoMinorVersionUpgrade(),
                c.availabilityZone(),
                c.transitEncryption(),
                c.networkType(),
                ipDiscovery.or(c::ipDiscovery),
                c.nodes(),
                c.configurationEndpoint(),
                c.pendingChanges());
    }

    /** Values that need a reboot were written to its parameter group. */
    static CacheClusterState pendingReboot(CacheClusterState c) {
        return edit(
                c,
                c.status(),
                c.maintenanceWindow(),
                c.securityGroups(),
                c.notification(),
                c.autoMinorVersionUpgrade(),
                c.parameterGroup()
                        .map(group -> new CacheClusterState.ParameterGroupStatus(
                                group.name(), "pending-reboot", List.of("0001"))));
    }

    static CacheClusterState withVersion(CacheClusterState c, String version) {
        return new CacheClusterState(
                c.id(),
                c.arn(),
                c.status(),
                c.engine(),
                version,
                c.nodeType(),
                c.numCacheNodes(),
                c.replicationGroupId(),
                c.parameterGroup(),
                c.subnetGroupName(),
                c.securityGroups(),
                c.maintenanceWindow(),
                c.notification(),
                c.autoMinorVersionUpgrade(),
                c.availabilityZone(),
                c.transitEncryption(),
                c.networkType(),
                c.ipDiscovery(),
                c.nodes(),
                c.configurationEndpoint(),
                c.pendingChanges());
    }
}
