package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.AwsError;

/** What an account may have in a region. The limits are AWS's defaults; a knob sets others. */
final class Quotas {
    private static final int NODES = 300;
    private static final int NODES_PER_CLUSTER = 90;
    private static final int PARAMETER_GROUPS = 300;
    private static final int SUBNET_GROUPS = 300;
    static final int SUBNETS_PER_GROUP = 20;
    static final int SNAPSHOTS_PER_DAY = 20;
    private static final int USERS = 1000;
    private static final int USER_GROUPS = 100;
    static final int USERS_PER_GROUP = 100;

    private Quotas() {}

    /** Refuses more nodes than the account may have, or more than the type has room for. */
    static void nodes(Context c, String nodeType, int added) {
        if (c.config().knobs().lacksCapacity(nodeType)) {
            throw AwsError.badRequest(
                    "InsufficientCacheClusterCapacity",
                    "The requested cache node type %s is not available in the specified Availability Zone."
                            .formatted(nodeType));
        }
        int present = c.state().clusters.values().stream()
                .mapToInt(cluster -> cluster.shown().numCacheNodes())
                .sum();
        check(c, "NodeQuotaForCustomerExceeded", NODES, present, added);
    }

    /** Refuses more nodes in one group than allowed. */
    static void shards(Context c, int nodes) {
        check(c, "NodeGroupsPerReplicationGroupQuotaExceeded", NODES_PER_CLUSTER, 0, nodes);
    }

    static void parameterGroups(Context c) {
        long own = c.state().parameterGroups.values().stream()
                .filter(group -> !group.isDefault())
                .count();
        check(c, "CacheParameterGroupQuotaExceeded", PARAMETER_GROUPS, (int) own, 1);
    }

    static void subnetGroups(Context c) {
        check(
                c,
                "CacheSubnetGroupQuotaExceeded",
                SUBNET_GROUPS,
                c.state().subnetGroups.values().size(),
                1);
    }

    static void users(Context c) {
        check(c, "UserQuotaExceeded", USERS, c.state().users.values().size(), 1);
    }

    static void userGroups(Context c) {
        check(
                c,
                "UserGroupQuotaExceeded",
                USER_GROUPS,
                c.state().userGroups.values().size(),
                1);
    }

    private static void check(Context c, String code, int standard, int present, int added) {
        int limit = c.config().knobs().limit(code, standard);
        if (present + added > limit) {
            throw AwsError.badRequest(
                    code, "The request cannot be processed because it would exceed the quota of %d.".formatted(limit));
        }
    }
}
