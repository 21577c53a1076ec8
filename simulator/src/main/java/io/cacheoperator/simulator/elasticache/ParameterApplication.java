package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.elasticache.ParameterCatalogue.ParameterDefinition;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Brings changed parameter values to the clusters that use the group: at once, or with their next reboot. */
final class ParameterApplication {
    private ParameterApplication() {}

    /** Stores the values and lets the clusters go through {@code applying}. */
    static void apply(Context c, ParameterGroupState group, Map<String, String> values) {
        Set<String> changed = changed(group.values(), values);
        List<ClusterState> users = users(c, group.name());
        boolean nothing = changed.isEmpty() || users.isEmpty();
        ParameterGroupState stored = group.withValues(
                values, nothing ? c.now() : c.now().plus(c.durations().parametersApply()));
        c.state().parameterGroups.put(group.name(), stored, c.now());
        if (nothing) {
            return;
        }
        boolean reboot = changed.stream()
                .anyMatch(name -> ParameterCatalogue.find(group.family(), name)
                        .filter(ParameterDefinition::requiresReboot)
                        .isPresent());
        users.forEach(cluster -> status(c, cluster, "applying"));
        c.after(c.durations().parametersApply(), then -> applied(then, group.name(), reboot));
        deploy(c, users);
    }

    private static void applied(Context c, String group, boolean reboot) {
        users(c, group).stream()
                .filter(cluster -> cluster.shown()
                        .cacheParameterGroup()
                        .parameterApplyStatus()
                        .equals("applying"))
                .forEach(cluster -> status(c, cluster, reboot ? "pending-reboot" : "in-sync"));
        c.event("cache-parameter-group", group, "Finished updating parameter group %s".formatted(group));
    }

    private static Set<String> changed(Map<String, String> before, Map<String, String> after) {
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                .collect(Collectors.toSet());
    }

    private static List<ClusterState> users(Context c, String group) {
        return c.state().clusters.values().stream()
                .filter(cluster -> cluster.parameterGroup().equals(group))
                .toList();
    }

    /** A change that waits for a reboot keeps waiting while another one is applied. */
    private static void status(Context c, ClusterState cluster, String status) {
        boolean waiting =
                !cluster.shown().cacheParameterGroup().cacheNodeIdsToReboot().isEmpty();
        boolean pending = status.equals("pending-reboot") || waiting;
        String shown = status.equals("in-sync") && waiting ? "pending-reboot" : status;
        ClusterState changed = cluster.show(b -> b.cacheParameterGroup(cluster.shown()
                .cacheParameterGroup()
                .copy(g ->
                        g.parameterApplyStatus(shown).cacheNodeIdsToReboot(pending ? cluster.nodeIds() : List.of()))));
        c.state().clusters.put(cluster.id(), changed, c.now());
    }

    private static void deploy(Context c, List<ClusterState> users) {
        users.stream()
                .filter(cluster -> cluster.replicationGroupId().isEmpty())
                .forEach(cluster -> c.config().nodes().deploy(Deployments.of(c, cluster)));
        users.stream()
                .flatMap(cluster -> cluster.replicationGroupId().stream())
                .distinct()
                .flatMap(id -> c.state().groups.find(id).stream())
                .forEach(owner -> c.config().nodes().deploy(Deployments.of(c, owner)));
    }

    /** What a reboot does: nodes run with the group's values again. */
    static ClusterState rebooted(ClusterState cluster) {
        return cluster.show(b -> b.cacheParameterGroup(cluster.shown()
                .cacheParameterGroup()
                .copy(g -> g.parameterApplyStatus("in-sync").cacheNodeIdsToReboot(List.of()))));
    }
}
