package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.ParameterGroupState;
import io.cacheoperator.core.Impact;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Ownership;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The steps that give the operator's own parameter group the values wanted. */
final class ParameterGroupSteps {

    /** AWS takes 20 parameters in a call (aws-behaviour.md, 1.3). */
    private static final int PER_CALL = 20;

    private ParameterGroupSteps() {}

    /** @return whether the group is there with exactly these values; until then the draft says what is missing */
    static boolean make(
            PlanDraft draft,
            ObservedCluster observed,
            String name,
            String family,
            Map<String, String> values,
            Map<String, String> tags) {
        switch (observed.parameterGroup().answer()) {
            case Observation.Unknown<ParameterGroupState> unknown -> draft.read(observed.parameterGroup());
            case Observation.Absent<ParameterGroupState> absent -> {
                draft.ready(
                        new ClusterAction.CreateParameterGroup(
                                name,
                                family,
                                "Parameters of " + observed.names().owner().namespace() + "/"
                                        + observed.names().owner().name(),
                                tags),
                        "CreateCacheParameterGroup",
                        name,
                        Impact.NONE,
                        "makes a parameter group of family " + family);
                draft.later(
                        "ModifyCacheParameterGroup",
                        name,
                        Impact.NONE,
                        "the parameter group",
                        "sets " + names(values.keySet()));
            }
            case Observation.Present<ParameterGroupState> present -> {
                return values(draft, observed, present.state(), values);
            }
        }
        return false;
    }

    /** Writes are planned only where live tags prove that the group is ours; a group that needs none needs no proof. */
    private static boolean values(
            PlanDraft draft, ObservedCluster observed, ParameterGroupState group, Map<String, String> wanted) {
        if (observed.userParameters().isUnknown()) {
            draft.read(observed.userParameters());
            return false;
        }
        Map<String, String> actual = observed.userParameters().found().orElse(Map.of());
        Map<String, String> set = new TreeMap<>(wanted);
        set.entrySet().removeIf(entry -> entry.getValue().equals(actual.get(entry.getKey())));
        Set<String> reset = new TreeSet<>(actual.keySet());
        reset.removeAll(wanted.keySet());
        if (set.isEmpty() && reset.isEmpty()) {
            return true;
        }
        edit(draft, observed, group.name(), set, reset);
        return false;
    }

    /** Plans the writes where live tags prove that the group is ours, asks for the tags where nothing is proven. */
    static void edit(
            PlanDraft draft, ObservedCluster observed, String group, Map<String, String> set, Set<String> reset) {
        if (isOurs(draft, observed, group)) {
            write(draft, group, set, reset);
        }
    }

    /** Whether live tags prove it; where nothing is proven the draft asks for them. */
    static boolean isOurs(PlanDraft draft, ObservedCluster observed, String group) {
        Ownership ownership = Owners.proven(
                observed.parameterGroupTags(), observed.names().owner().tagValue());
        switch (ownership) {
            case Ownership.Ours ours -> {
                return true;
            }
            case Ownership.OwnerUnknown unknown -> draft.read(observed.parameterGroupTags());
            case Ownership.Foreign foreign -> draft.problem(Owners.notOurs(foreign, "parameter group " + group));
            case Ownership.Nobody nobody -> draft.problem(Owners.notOurs(nobody, "parameter group " + group));
        }
        return false;
    }

    /** The cache has left it for another group, and nobody else may use it. */
    static void remove(PlanDraft draft, ObservedCluster observed, String group) {
        if (isOurs(draft, observed, group)) {
            draft.ready(
                    new ClusterAction.DeleteParameterGroup(group),
                    "DeleteCacheParameterGroup",
                    group,
                    Impact.NONE,
                    "removes the parameter group that the cache has left");
        }
    }

    private static void write(PlanDraft draft, String group, Map<String, String> set, Set<String> reset) {
        List<Map.Entry<String, String>> entries = List.copyOf(set.entrySet());
        for (int from = 0; from < entries.size(); from += PER_CALL) {
            Map<String, String> some = new TreeMap<>();
            entries.subList(from, Math.min(from + PER_CALL, entries.size()))
                    .forEach(entry -> some.put(entry.getKey(), entry.getValue()));
            draft.ready(
                    new ClusterAction.ModifyParameters(group, some),
                    "ModifyCacheParameterGroup",
                    group,
                    Impact.IN_PLACE,
                    "sets " + names(some.keySet()));
        }
        List<String> gone = List.copyOf(reset);
        for (int from = 0; from < gone.size(); from += PER_CALL) {
            Set<String> some = new TreeSet<>(gone.subList(from, Math.min(from + PER_CALL, gone.size())));
            draft.ready(
                    new ClusterAction.ResetParameters(group, some),
                    "ResetCacheParameterGroup",
                    group,
                    Impact.IN_PLACE,
                    "resets " + names(some));
        }
    }

    private static String names(Set<String> parameters) {
        return String.join(", ", new TreeSet<>(parameters));
    }
}
