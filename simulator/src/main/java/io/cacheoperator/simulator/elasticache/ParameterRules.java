package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.elasticache.ParameterCatalogue.ParameterDefinition;
import io.cacheoperator.simulator.service.AwsError;
import java.util.Optional;

/** What can be set in a parameter group. */
final class ParameterRules {
    private ParameterRules() {}

    /** Refuses a parameter that the family does not have, that is fixed, or a value that is not allowed. */
    static void check(Context c, ParameterGroupState group, String name, String value) {
        ParameterDefinition definition = find(group, name);
        if (!definition.modifiable()) {
            throw AwsError.invalidParameterValue("The parameter %s cannot be modified.".formatted(name));
        }
        if (!definition.allows(value)) {
            throw AwsError.invalidParameterValue("The parameter %s has an invalid value: %s, allowed values are:%s"
                    .formatted(name, value, definition.allowed()));
        }
        if (name.equals("cluster-enabled") && !group.value(name).equals(value)) {
            checkUnused(c, group);
        }
    }

    /** The other way to reserve memory: only one of the two is in force. */
    static Optional<String> alternative(String parameter) {
        return switch (parameter) {
            case "reserved-memory" -> Optional.of("reserved-memory-percent");
            case "reserved-memory-percent" -> Optional.of("reserved-memory");
            default -> Optional.empty();
        };
    }

    /** Refuses to reset what is not there. */
    static void checkReset(Context c, ParameterGroupState group, String name) {
        if (name != null && name.equals("reserved-memory") && group.family().compareTo(Family.REDIS_3_2) >= 0) {
            throw AwsError.invalidParameterValue("Parameter reserved-memory doesn't exist");
        }
        ParameterDefinition definition = find(group, name);
        if (name.equals("cluster-enabled") && !group.value(name).equals(definition.defaultValue())) {
            checkUnused(c, group);
        }
    }

    private static ParameterDefinition find(ParameterGroupState group, String name) {
        return Optional.ofNullable(name)
                .flatMap(given -> ParameterCatalogue.find(group.family(), given))
                .orElseThrow(() -> AwsError.invalidParameterValue("Could not find parameter with name: " + name));
    }

    /** Cluster mode is chosen before a group has caches. */
    private static void checkUnused(Context c, ParameterGroupState group) {
        boolean used = c.state().clusters.values().stream()
                .anyMatch(cluster -> cluster.parameterGroup().equals(group.name()));
        if (used) {
            throw AwsError.invalidParameterCombination("""
                    The parameter cluster-enabled has a different value in the requested parameter group than the current parameter group. \
                    This parameter value cannot be changed for a cache cluster""");
        }
    }
}
