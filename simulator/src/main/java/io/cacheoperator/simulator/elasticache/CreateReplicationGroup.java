package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.Call;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.CacheParameterGroupStatus;
import software.amazon.awssdk.services.elasticache.model.CreateReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.CreateReplicationGroupResponse;
import software.amazon.awssdk.services.elasticache.model.GlobalReplicationGroupInfo;
import software.amazon.awssdk.services.elasticache.model.LogDeliveryConfiguration;
import software.amazon.awssdk.services.elasticache.model.NodeGroup;
import software.amazon.awssdk.services.elasticache.model.NotificationConfiguration;
import software.amazon.awssdk.services.elasticache.model.PendingModifiedValues;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroupPendingModifiedValues;

/** CreateReplicationGroup. */
final class CreateReplicationGroup {
    static final String LANDING_PAGE = "https://console.aws.amazon.com/elasticache/home#client-download:";
    private static final int DEFAULT_PORT = 6379;
    private final Context.Source contexts;

    CreateReplicationGroup(Context.Source contexts) {
        this.contexts = contexts;
    }

    CreateReplicationGroupResponse handle(CreateReplicationGroupRequest given, Call call) {
        Context c = contexts.of(call);
        String id = Identifiers.create(
                "ReplicationGroupId", given.replicationGroupId(), Identifiers.REPLICATION_GROUP_LENGTH);
        CreateGroupSyntax.check(given);
        CreateReplicationGroupRequest request = Adoption.completed(c, given);
        CreateGroupPlan plan = CreateGroupPlan.of(c, request, id);
        CreateGroupRules rules = new CreateGroupRules(c, request, plan);
        rules.check();
        Quotas.shards(c, plan.shape().nodes());
        Quotas.nodes(c, plan.nodeType().name(), plan.shape().nodes());
        GroupState group = start(c, state(c, request, plan, rules), plan, request);
        return CreateReplicationGroupResponse.builder()
                .replicationGroup(new Views(c).group(group))
                .build();
    }

    private static GroupState start(
            Context c, GroupState group, CreateGroupPlan plan, CreateReplicationGroupRequest request) {
        Map<String, String> tags = Tags.read(request.tags());
        plan.snapshot().ifPresent(source -> Snapshots.restoring(c, source.name(), true));
        Tags.create(c, group.shown().arn(), tags);
        plan.adopted().ifPresent(cluster -> c.config().nodes().remove(c.cacheKey(cluster.id())));
        GroupState creating =
                GroupLifecycle.begin(c, group, "creating", c.durations().create(), CreateReplicationGroup::created);
        group.members().forEach(member -> Tags.create(c, c.arn("cluster", member.clusterId()), tags));
        plan.snapshot()
                .ifPresent(source ->
                        c.after(c.durations().create(), then -> Snapshots.restoring(then, source.name(), false)));
        return creating;
    }

    private static void created(Context c, GroupState group) {
        if (c.config().knobs().takeCreateFailure(group.id())) {
            GroupLifecycle.failCreate(c, group);
            return;
        }
        GroupState ready = group.failoverPending() ? group.show(b -> b.automaticFailover("enabled")) : group;
        GroupLifecycle.finish(c, ready.withLogDelivery(active(ready)));
        AutomaticSnapshots.plan(c, group.id());
        group.members().forEach(member -> {
            c.event(
                    "cache-cluster",
                    member.clusterId(),
                    "Added cache node 0001 in availability zone "
                            + member.member().preferredAvailabilityZone());
            c.event("cache-cluster", member.clusterId(), "Cache cluster created");
        });
        c.event("replication-group", group.id(), "Replication group %s created".formatted(group.id()));
    }

    static List<LogDeliveryConfiguration> active(GroupState group) {
        return group.shown().logDeliveryConfigurations().stream()
                .map(entry -> entry.copy(b -> b.status("active")))
                .toList();
    }

    private static GroupState state(
            Context c, CreateReplicationGroupRequest request, CreateGroupPlan plan, CreateGroupRules rules) {
        TimeWindow maintenance = Optional.ofNullable(request.preferredMaintenanceWindow())
                .map(TimeWindow::maintenance)
                .orElseGet(() -> TimeWindow.chosenMaintenance(plan.id().hashCode()));
        TimeWindow snapshot = Optional.ofNullable(request.snapshotWindow())
                .map(TimeWindow::snapshot)
                .orElseGet(
                        () -> TimeWindow.chosenSnapshot(maintenance, plan.id().hashCode()));
        CacheCluster template = template(c, request, plan, rules, maintenance);
        ReplicationGroup shown = shown(c, request, plan, rules, template, snapshot);
        AuthTokens tokens = request.authToken() == null ? AuthTokens.NONE : AuthTokens.only(request.authToken());
        int port = request.port() == null ? DEFAULT_PORT : request.port();
        return new GroupState(shown, template, tokens, port, false, 0, Optional.empty())
                .withNodeGroups(nodeGroups(plan));
    }

    /** The node groups; a cluster that becomes the primary keeps its name. */
    private static List<NodeGroup> nodeGroups(CreateGroupPlan plan) {
        List<NodeGroup> planned = plan.shape().nodeGroups(plan.id(), plan.placement());
        return plan.adopted()
                .map(cluster -> planned.stream()
                        .map(nodeGroup -> nodeGroup.copy(b -> b.nodeGroupMembers(nodeGroup.nodeGroupMembers().stream()
                                .map(member -> "primary".equals(member.currentRole())
                                        ? GroupShape.member(
                                                cluster.id(), cluster.shown().preferredAvailabilityZone(), true)
                                        : member)
                                .toList())))
                        .toList())
                .orElse(planned);
    }

    private static CacheCluster template(
            Context c,
            CreateReplicationGroupRequest request,
            CreateGroupPlan plan,
            CreateGroupRules rules,
            TimeWindow window) {
        boolean encrypted = Boolean.TRUE.equals(request.transitEncryptionEnabled());
        CacheCluster.Builder template = CacheCluster.builder()
                .clientDownloadLandingPage(LANDING_PAGE)
                .cacheNodeType(plan.nodeType().name())
                .engine(plan.version().engine())
                .engineVersion(plan.version().full())
                .numCacheNodes(1)
                .preferredMaintenanceWindow(window.text())
                .pendingModifiedValues(PendingModifiedValues.builder().build())
                .cacheSecurityGroups(List.of())
                .cacheParameterGroup(parameterStatus(plan.parameters().name()))
                .cacheSubnetGroupName(plan.placement().subnetGroup().name())
                .autoMinorVersionUpgrade(!Boolean.FALSE.equals(request.autoMinorVersionUpgrade()))
                .securityGroups(Placement.memberships(plan.placement().securityGroups()))
                .replicationGroupId(plan.id())
                .authTokenEnabled(request.authToken() != null)
                .transitEncryptionEnabled(encrypted)
                .atRestEncryptionEnabled(rules.atRest())
                .replicationGroupLogDeliveryEnabled(
                        !request.logDeliveryConfigurations().isEmpty())
                .logDeliveryConfigurations(
                        LogDeliveries.apply(List.of(), request.logDeliveryConfigurations(), "enabling"))
                .networkType(networkType(request.networkTypeAsString()))
                .ipDiscovery(ipDiscovery(request.ipDiscoveryAsString(), request.networkTypeAsString()));
        if (encrypted) {
            template.transitEncryptionMode(mode(request));
        }
        if (request.authToken() != null) {
            template.authTokenLastModifiedDate(c.now());
        }
        if (request.notificationTopicArn() != null
                && !request.notificationTopicArn().isEmpty()) {
            template.notificationConfiguration(notification(request.notificationTopicArn(), "active"));
        }
        return template.build();
    }

    static CacheParameterGroupStatus parameterStatus(String name) {
        return CacheParameterGroupStatus.builder()
                .cacheParameterGroupName(name)
                .parameterApplyStatus("in-sync")
                .cacheNodeIdsToReboot(List.of())
                .build();
    }

    static NotificationConfiguration notification(String topic, String status) {
        return NotificationConfiguration.builder()
                .topicArn(topic)
                .topicStatus(status)
                .build();
    }

    static String networkType(String given) {
        return Optional.ofNullable(given).orElse("ipv4");
    }

    static String ipDiscovery(String given, String networkType) {
        return Optional.ofNullable(given).orElse("ipv6".equals(networkType) ? "ipv6" : "ipv4");
    }

    private static String mode(CreateReplicationGroupRequest request) {
        return Optional.ofNullable(request.transitEncryptionModeAsString()).orElse("required");
    }

    private static ReplicationGroup shown(
            Context c,
            CreateReplicationGroupRequest request,
            CreateGroupPlan plan,
            CreateGroupRules rules,
            CacheCluster template,
            TimeWindow snapshotWindow) {
        String clusterMode = clusterMode(request, plan);
        int retention = Optional.ofNullable(request.snapshotRetentionLimit()).orElse(0);
        ReplicationGroup.Builder group = ReplicationGroup.builder()
                .replicationGroupId(plan.id())
                .description(request.replicationGroupDescription())
                .globalReplicationGroupInfo(GlobalReplicationGroupInfo.builder().build())
                .status("creating")
                .pendingModifiedValues(
                        ReplicationGroupPendingModifiedValues.builder().build())
                .automaticFailover(rules.failover() ? "enabling" : "disabled")
                .multiAZ(Boolean.TRUE.equals(request.multiAZEnabled()) ? "enabled" : "disabled")
                .snapshotRetentionLimit(retention)
                .snapshotWindow(snapshotWindow.text())
                .clusterEnabled(plan.shape().clusterMode())
                .cacheNodeType(plan.nodeType().name())
                .authTokenEnabled(request.authToken() != null)
                .transitEncryptionEnabled(template.transitEncryptionEnabled())
                .transitEncryptionMode(template.transitEncryptionModeAsString())
                .atRestEncryptionEnabled(template.atRestEncryptionEnabled())
                .arn(c.arn("replicationgroup", plan.id()))
                .logDeliveryConfigurations(template.logDeliveryConfigurations())
                .replicationGroupCreateTime(c.now())
                .dataTiering(Boolean.TRUE.equals(request.dataTieringEnabled()) ? "enabled" : "disabled")
                .autoMinorVersionUpgrade(template.autoMinorVersionUpgrade())
                .networkType(template.networkTypeAsString())
                .ipDiscovery(template.ipDiscoveryAsString())
                .clusterMode(clusterMode)
                .kmsKeyId(request.kmsKeyId())
                .engine(plan.version().engine());
        if (request.authToken() != null) {
            group.authTokenLastModifiedDate(c.now());
        }
        if (!request.userGroupIds().isEmpty()) {
            group.userGroupIds(request.userGroupIds().stream()
                    .map(id -> id.toLowerCase(Locale.ROOT))
                    .toList());
        }
        if (retention > 0 && !plan.shape().clusterMode()) {
            group.snapshottingClusterId(snapshotSource(plan));
        }
        return group.build();
    }

    /** The last replica: snapshots shall not slow the primary. */
    private static String snapshotSource(CreateGroupPlan plan) {
        return nodeGroups(plan).getFirst().nodeGroupMembers().getLast().cacheClusterId();
    }

    private static String clusterMode(CreateReplicationGroupRequest request, CreateGroupPlan plan) {
        if ("compatible".equals(request.clusterModeAsString())) {
            return "compatible";
        }
        return plan.shape().clusterMode() ? "enabled" : "disabled";
    }
}
