package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.CacheClusterState;
import io.cacheoperator.aws.CacheClusterState.Node;
import io.cacheoperator.aws.CacheClusterState.SecurityGroupMembership;
import io.cacheoperator.aws.Endpoint;
import io.cacheoperator.aws.ReplicationGroupState;
import io.cacheoperator.aws.ReplicationGroupState.Member;
import io.cacheoperator.aws.ReplicationGroupState.NodeGroup;
import java.util.List;
import java.util.Optional;

/** Caches as AWS would show them, for tests of what is made of them. */
final class Caches {

    static final String ID = "shop-sessions-abcdef";
    static final String ARN = "arn:aws:elasticache:eu-west-1:000000000000:replicationgroup:" + ID;

    private Caches() {}

    /** A valkey group in cluster mode disabled with one replica. Endpoints only where AWS would show them. */
    static ExistingCache valkey(String status) {
        boolean made = !status.startsWith("creat");
        return new ExistingCache(
                Optional.of(group(status, made)), made ? List.of(member("001"), member("002")) : List.of());
    }

    static ReplicationGroupState group(String status, boolean made) {
        NodeGroup shard = new NodeGroup(
                "0001",
                status.equals("snapshotting") ? "available" : status,
                Optional.empty(),
                Optional.of(new Endpoint("primary.example", 6379)),
                Optional.of(new Endpoint("reader.example", 6379)),
                List.of(node("001", "primary"), node("002", "replica")));
        return new ReplicationGroupState(
                ID,
                ARN,
                status,
                "a group",
                "valkey",
                "cache.t4g.small",
                "disabled",
                "enabled",
                true,
                made ? List.of(ID + "-001", ID + "-002") : List.of(),
                made ? List.of(shard) : List.of(),
                Optional.empty(),
                7,
                Optional.of("03:00-04:00"),
                Optional.empty(),
                true,
                Optional.of("required"),
                true,
                Optional.empty(),
                true,
                Optional.empty(),
                List.of(),
                Optional.of(true),
                false,
                Optional.of("ipv4"),
                Optional.of("ipv4"),
                false,
                Optional.empty(),
                Optional.empty());
    }

    private static Member node(String suffix, String role) {
        return new Member(
                ID + "-" + suffix,
                "0001",
                Optional.of("eu-west-1a"),
                Optional.of(role),
                Optional.of(new Endpoint(suffix + ".example", 6379)));
    }

    static CacheClusterState member(String suffix) {
        return new CacheClusterState(
                ID + "-" + suffix,
                "arn:aws:elasticache:eu-west-1:000000000000:cluster:" + ID + "-" + suffix,
                "available",
                "valkey",
                "8.1.0",
                "cache.t4g.small",
                1,
                Optional.of(ID),
                Optional.of(new CacheClusterState.ParameterGroupStatus("default.valkey8", "in-sync", List.of())),
                Optional.of("subnets"),
                List.of(new SecurityGroupMembership("sg-1", "active")),
                Optional.of("sun:05:00-sun:06:00"),
                Optional.empty(),
                Optional.of(true),
                Optional.of("eu-west-1a"),
                true,
                Optional.of("ipv4"),
                Optional.of("ipv4"),
                List.of(new Node("0001", "available", Optional.empty(), Optional.of("eu-west-1a"))),
                Optional.empty(),
                false);
    }
}
