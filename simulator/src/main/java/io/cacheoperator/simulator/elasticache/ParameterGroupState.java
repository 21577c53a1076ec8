package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.elasticache.ParameterCatalogue.ParameterDefinition;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticache.model.CacheParameterGroup;

/**
 * A parameter group.
 *
 * @param values        what users set, by name
 * @param applyingUntil until when a change is being applied to its clusters
 */
record ParameterGroupState(
        String name, Family family, String description, String arn, Map<String, String> values, Instant applyingUntil) {
    ParameterGroupState {
        values = Map.copyOf(values);
    }

    boolean isDefault() {
        return name.startsWith("default.");
    }

    boolean clusterMode() {
        return value("cluster-enabled").equals("yes");
    }

    /** The value that applies: what was set, or else the default; empty if there is no such parameter. */
    String value(String parameter) {
        if (isDefault() && parameter.equals("cluster-enabled") && family.hasClusterMode()) {
            return name.endsWith(".cluster.on") ? "yes" : "no";
        }
        String set = values.get(parameter);
        return set != null
                ? set
                : ParameterCatalogue.find(family, parameter)
                        .map(ParameterDefinition::defaultValue)
                        .orElse("");
    }

    ParameterGroupState withValues(Map<String, String> changed, Instant until) {
        return new ParameterGroupState(name, family, description, arn, new TreeMap<>(changed), until);
    }

    CacheParameterGroup shown() {
        return CacheParameterGroup.builder()
                .cacheParameterGroupName(name)
                .cacheParameterGroupFamily(family.text())
                .description(description)
                .isGlobal(false)
                .arn(arn)
                .build();
    }
}
