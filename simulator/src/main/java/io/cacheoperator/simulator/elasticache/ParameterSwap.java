package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.elasticache.ParameterCatalogue.ParameterDefinition;
import java.util.List;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.CacheParameterGroupStatus;

/** Giving a cache another parameter group. */
final class ParameterSwap {
    private ParameterSwap() {}

    /** In sync, unless a parameter that needs a reboot differs from the group before. */
    static CacheParameterGroupStatus status(
            Context c, CacheCluster cluster, ParameterGroupState to, List<String> nodes) {
        boolean reboot = c.state()
                .parameterGroups
                .find(cluster.cacheParameterGroup().cacheParameterGroupName())
                .filter(from -> from.family() == to.family() && needsReboot(from, to))
                .isPresent();
        return CacheParameterGroupStatus.builder()
                .cacheParameterGroupName(to.name())
                .parameterApplyStatus(reboot ? "pending-reboot" : "in-sync")
                .cacheNodeIdsToReboot(reboot ? nodes : List.of())
                .build();
    }

    private static boolean needsReboot(ParameterGroupState from, ParameterGroupState to) {
        return ParameterCatalogue.of(to.family()).stream()
                .filter(ParameterDefinition::requiresReboot)
                .anyMatch(parameter -> !from.value(parameter.name()).equals(to.value(parameter.name())));
    }
}
