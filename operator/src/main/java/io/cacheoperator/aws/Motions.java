package io.cacheoperator.aws;

import java.util.List;
import java.util.Set;

/** Which states of AWS are on their way to another by themselves; aws-behaviour.md, 2.1. */
final class Motions {

    private static final Set<String> AT_REST =
            Set.of("available", "failed", "create-failed", "restore-failed", "incompatible-network", "deleted");

    private Motions() {}

    /** A group is at rest only if it and its node groups are available and no member is missing. */
    static boolean moving(ReplicationGroupState group) {
        if (!"available".equals(group.status())) {
            return moving(group.status());
        }
        int members =
                group.nodeGroups().stream().mapToInt(n -> n.members().size()).sum();
        return members != group.memberClusters().size()
                || group.nodeGroups().stream().anyMatch(n -> moving(n.status()));
    }

    static boolean moving(CacheClusterState cluster) {
        return moving(cluster.status())
                || cluster.parameterGroup()
                        .filter(p -> p.applyStatus().equals("applying"))
                        .isPresent();
    }

    static boolean moving(SnapshotState snapshot) {
        return moving(snapshot.status());
    }

    static boolean moving(List<CacheClusterState> members) {
        return members.stream().anyMatch(Motions::moving);
    }

    private static boolean moving(String status) {
        return !AT_REST.contains(status);
    }
}
