package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.elasticache.EngineVersions.EngineVersion;
import io.cacheoperator.simulator.service.AwsError;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request makes of a cache's engine, version and parameter group.
 *
 * @param version    after it
 * @param upgrades   whether the version changes
 * @param parameters the group after it, if that changes
 */
record VersionChange(EngineVersion version, boolean upgrades, Optional<ParameterGroupState> parameters) {
    private static final String FIRST_TO_VALKEY = "5.0.6";

    /** What a request wants of a cache, as it gives it. */
    record Wanted(
            @Nullable String engine,
            @Nullable String version,
            @Nullable String parameterGroup) {}

    /** What a cache has. */
    record Current(EngineVersion version, ParameterGroupState parameters, boolean clusterMode) {}

    static VersionChange of(Context c, Current current, Wanted wanted) {
        Optional<ParameterGroupState> given = Optional.ofNullable(wanted.parameterGroup())
                .filter(name -> !name.isEmpty())
                .map(name -> c.state()
                        .parameterGroups
                        .find(name.toLowerCase(Locale.ROOT))
                        .orElseThrow(() -> ParameterGroupLookup.notFound(name)));
        EngineVersion to = version(current, wanted);
        boolean upgrades = !to.equals(current.version());
        if (given.isPresent()) {
            checkGiven(current, wanted, to, given.get());
            boolean same = given.get().name().equals(current.parameters().name());
            return new VersionChange(to, upgrades, same ? Optional.empty() : given);
        }
        return new VersionChange(to, upgrades, followed(c, current, to));
    }

    private static EngineVersion version(Current current, Wanted wanted) {
        String from = current.version().engine();
        String engine = wanted.engine() == null ? from : wanted.engine().toLowerCase(Locale.ROOT);
        if (wanted.version() == null && engine.equals(from)) {
            return current.version();
        }
        if (!engine.equals(from)) {
            checkEngine(current.version(), engine);
            return EngineVersions.resolve(engine, wanted.version());
        }
        EngineVersion to = EngineVersions.resolve(engine, wanted.version());
        if (!to.atLeast(current.version().full())) {
            throw AwsError.invalidParameterCombination("Cannot modify %s from %s to %s"
                    .formatted(engine, current.version().full(), to.full()));
        }
        return to;
    }

    private static void checkEngine(EngineVersion from, String engine) {
        boolean possible = from.engine().equals("redis") && engine.equals("valkey");
        if (!possible || !from.atLeast(FIRST_TO_VALKEY)) {
            throw AwsError.invalidParameterCombination(
                    "Cannot modify engine from %s %s to %s".formatted(from.engine(), from.full(), engine));
        }
    }

    private static void checkGiven(Current current, Wanted wanted, EngineVersion to, ParameterGroupState given) {
        boolean valkey = given.family().text().startsWith("valkey");
        if (wanted.engine() == null && valkey && to.engine().equals("redis")) {
            throw AwsError.invalidParameterCombination("valkey parameter group is not applicable to engine redis");
        }
        ParameterGroupLookup.checkFamily(given, to);
        if (given.clusterMode() != current.clusterMode() && given.family().hasClusterMode()) {
            throw AwsError.invalidParameterCombination("""
                    The parameter cluster-enabled has a different value in the requested parameter group than the current parameter group. \
                    This parameter value cannot be changed for a cache cluster""");
        }
    }

    /** A default group follows the family; a group of one's own must be given anew. */
    private static Optional<ParameterGroupState> followed(Context c, Current current, EngineVersion to) {
        if (current.parameters().family() == to.family()) {
            return Optional.empty();
        }
        if (!current.parameters().isDefault()) {
            ParameterGroupLookup.checkFamily(current.parameters(), to);
        }
        return c.state().parameterGroups.find(to.family().defaultGroup(current.clusterMode()));
    }
}
