package io.cacheoperator.simulator.elasticache;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.LogDeliveryConfiguration;
import software.amazon.awssdk.services.elasticache.model.NodeGroup;
import software.amazon.awssdk.services.elasticache.model.NodeGroupMember;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;

/**
 * A replication group.
 *
 * @param shown     what Describe shows but for endpoints and, in cluster mode, roles, which are here all the same
 * @param template  what its member clusters have in common
 * @param tokens    the AUTH tokens
 * @param port      of every node
 * @param reachable whether it was ever available: from then on it has endpoints
 * @param operation a number that changes with each long-running operation, so that one that was overtaken has no effect
 * @param deferred  what waits for the maintenance window
 */
record GroupState(
        ReplicationGroup shown,
        CacheCluster template,
        AuthTokens tokens,
        int port,
        boolean reachable,
        long operation,
        Optional<DeferredChange> deferred) {
    /** What a member is: its place, role and name. */
    record Member(NodeGroup nodeGroup, NodeGroupMember member) {
        String clusterId() {
            return member.cacheClusterId();
        }

        boolean primary() {
            return "primary".equals(member.currentRole());
        }
    }

    String id() {
        return shown.replicationGroupId();
    }

    String status() {
        return shown.status();
    }

    boolean available() {
        return shown.status().equals("available");
    }

    boolean clusterEnabled() {
        return Boolean.TRUE.equals(shown.clusterEnabled());
    }

    boolean multiAz() {
        return "enabled".equals(shown.multiAZAsString());
    }

    boolean failover() {
        return "enabled".equals(shown.automaticFailoverAsString());
    }

    /** Whether automatic failover will be on when the operation in flight ends. */
    boolean failoverPending() {
        return "enabling".equals(shown.automaticFailoverAsString());
    }

    boolean encrypted() {
        return Boolean.TRUE.equals(shown.transitEncryptionEnabled());
    }

    String engine() {
        return shown.engine();
    }

    String engineVersion() {
        return template.engineVersion();
    }

    Stream<Member> members() {
        return shown.nodeGroups().stream()
                .flatMap(nodeGroup ->
                        nodeGroup.nodeGroupMembers().stream().map(member -> new Member(nodeGroup, member)));
    }

    /** The primary of the first node group. */
    Optional<Member> primary() {
        return members().filter(Member::primary).findFirst();
    }

    /** Replicas of the first node group. */
    int replicas() {
        return shown.nodeGroups().isEmpty()
                ? 0
                : shown.nodeGroups().getFirst().nodeGroupMembers().size() - 1;
    }

    GroupState show(Consumer<ReplicationGroup.Builder> change) {
        return new GroupState(shown.copy(change::accept), template, tokens, port, reachable, operation, deferred);
    }

    GroupState share(Consumer<CacheCluster.Builder> change) {
        return new GroupState(shown, template.copy(change::accept), tokens, port, reachable, operation, deferred);
    }

    GroupState withTokens(AuthTokens accepted) {
        return new GroupState(shown, template, accepted, port, reachable, operation, deferred);
    }

    GroupState withReachable() {
        return new GroupState(shown, template, tokens, port, true, operation, deferred);
    }

    GroupState withOperation(long number) {
        return new GroupState(shown, template, tokens, port, reachable, number, deferred);
    }

    GroupState withDeferred(Optional<DeferredChange> change) {
        return new GroupState(shown, template, tokens, port, reachable, operation, change);
    }

    /** The same with other node groups; the list of member clusters follows. */
    GroupState withNodeGroups(List<NodeGroup> nodeGroups) {
        List<String> ids = nodeGroups.stream()
                .flatMap(nodeGroup -> nodeGroup.nodeGroupMembers().stream().map(NodeGroupMember::cacheClusterId))
                .toList();
        return show(group -> group.nodeGroups(nodeGroups).memberClusters(ids));
    }

    /** The same with other log deliveries, which the group and each member show. */
    GroupState withLogDelivery(List<LogDeliveryConfiguration> configured) {
        return show(b -> b.logDeliveryConfigurations(configured))
                .share(b -> b.logDeliveryConfigurations(configured)
                        .replicationGroupLogDeliveryEnabled(!configured.isEmpty()));
    }

    /** The same with the status of the group and of its node groups. */
    GroupState withStatus(String status) {
        String part = status.equals("creating") || status.equals("deleting") || status.equals("available")
                ? status
                : status.equals("modifying") ? "modifying" : "available";
        return show(group -> group.status(status)
                .nodeGroups(shown.nodeGroups().stream()
                        .map(nodeGroup -> nodeGroup.copy(b -> b.status(part)))
                        .toList()));
    }
}
