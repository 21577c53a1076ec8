package io.cacheoperator.simulator.elasticache;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.NodeGroup;

/** The way from cluster mode disabled over compatible to enabled, or back from compatible. */
final class GroupClusterMode {
    private GroupClusterMode() {}

    static void change(Context c, GroupChange change, GroupState group, ModifyReplicationGroupRequest request) {
        String mode = request.clusterModeAsString();
        Family family =
                EngineVersions.reported(group.engine(), group.engineVersion()).family();
        ParameterGroupState parameters = parameters(c, group, request, family, !mode.equals("disabled"));
        change.pending(b -> b.clusterMode(mode))
                .after(
                        c.durations().secure(),
                        (then, now) -> now.withNodeGroups(slots(now, mode))
                                .show(b -> b.clusterMode(mode).clusterEnabled(mode.equals("enabled")))
                                .share(b -> b.cacheParameterGroup(
                                        CreateReplicationGroup.parameterStatus(parameters.name()))));
    }

    /** The group a request names; else the present one if it fits, or the default one. */
    private static ParameterGroupState parameters(
            Context c, GroupState group, ModifyReplicationGroupRequest request, Family family, boolean clusterMode) {
        String present = group.template().cacheParameterGroup().cacheParameterGroupName();
        Optional<String> given =
                Optional.ofNullable(request.cacheParameterGroupName()).map(name -> name.toLowerCase(Locale.ROOT));
        ParameterGroupState named = c.state()
                .parameterGroups
                .find(given.orElse(present))
                .orElseThrow(() -> ParameterGroupLookup.notFound(given.orElse(present)));
        if (named.clusterMode() == clusterMode && named.family() == family) {
            return named;
        }
        if (given.isPresent() || !named.isDefault()) {
            throw ElastiCacheErrors.invalidCombination(
                    clusterMode
                            ? "Cluster mode should be enabled in parameter group, but found it is disabled."
                            : "Cluster mode should be disabled in parameter group, but found it is enabled.");
        }
        return c.state().parameterGroups.find(family.defaultGroup(clusterMode)).orElseThrow();
    }

    /** In cluster mode the one shard has all slots. */
    private static List<NodeGroup> slots(GroupState group, String mode) {
        String slots = mode.equals("enabled") ? GroupShape.slots(0, 1) : null;
        return group.shown().nodeGroups().stream()
                .map(nodeGroup -> nodeGroup.copy(b -> b.slots(slots)))
                .toList();
    }
}
