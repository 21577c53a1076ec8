package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.elasticache.EngineVersions.EngineVersion;
import io.cacheoperator.simulator.service.AwsError;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the parameter group of a cache, and tells whether it fits. */
final class ParameterGroupLookup {
    private ParameterGroupLookup() {}

    static AwsError notFound(String name) {
        return AwsError.notFound("CacheParameterGroupNotFound", "CacheParameterGroup %s not found.".formatted(name));
    }

    /** The group a request names; the default one if it names none. */
    static ParameterGroupState find(Context c, @Nullable String name, EngineVersion version, boolean clusterMode) {
        String wanted = name == null || name.isEmpty()
                ? version.family().defaultGroup(clusterMode)
                : name.toLowerCase(Locale.ROOT);
        return c.state().parameterGroups.find(wanted).orElseThrow(() -> notFound(wanted));
    }

    /** Refuses a group of another family than the engine version has. */
    static void checkFamily(ParameterGroupState group, EngineVersion version) {
        if (group.family() != version.family()) {
            throw AwsError.invalidParameterCombination(
                    "Expected a parameter group of family %s but found one of family %s"
                            .formatted(version.family().text(), group.family().text()));
        }
    }
}
