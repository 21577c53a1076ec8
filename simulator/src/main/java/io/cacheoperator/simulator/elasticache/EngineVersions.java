package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.AwsError;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The engine versions that are offered, and how a requested version is understood. */
final class EngineVersions {
    /**
     * An engine version.
     *
     * @param engine  redis, valkey or memcached
     * @param version as it is asked for and listed: major.minor from Redis OSS 6 on, else the full version
     * @param full    as a cluster reports it
     */
    record EngineVersion(String engine, String version, String full, Family family, boolean isDefault) {
        /** The full version in the order of versions. */
        List<Integer> order() {
            return EngineVersions.order(full);
        }

        boolean atLeast(String other) {
            return compare(full, other) >= 0;
        }
    }

    private static final int COLUMNS = 5;
    private static final Pattern PATCHED = Pattern.compile("([0-9]+\\.[0-9]+)\\.[0-9]+");
    private static final List<EngineVersion> ALL = PipedTable.read("engine-versions.psv", COLUMNS).stream()
            .map(row -> new EngineVersion(
                    row.get(0),
                    row.get(1),
                    row.get(2),
                    Family.of(row.get(3)),
                    row.get(4).equals("default")))
            .sorted(Comparator.comparing(EngineVersion::engine)
                    .thenComparing(EngineVersion::full, EngineVersions::compare))
            .toList();

    private EngineVersions() {}

    /** Every version, by engine and version. */
    static List<EngineVersion> all() {
        return ALL;
    }

    static List<EngineVersion> of(String engine) {
        return ALL.stream().filter(v -> v.engine().equals(engine)).toList();
    }

    /** The version that a cluster reports as {@code full}. */
    static EngineVersion reported(String engine, String full) {
        return of(engine).stream()
                .filter(v -> v.full().equals(full))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no version " + full + " of " + engine));
    }

    /**
     * The version that a request means; the engine's default if it names none.
     *
     * @throws AwsError if it is not offered, or names a patch version where AWS chooses the patch
     */
    static EngineVersion resolve(String engine, @Nullable String requested) {
        if (requested == null || requested.isEmpty()) {
            return of(engine).stream()
                    .filter(EngineVersion::isDefault)
                    .findFirst()
                    .orElseThrow();
        }
        String wanted = requested.toLowerCase(Locale.ROOT);
        if (engine.equals("redis") && wanted.equals("6.x")) {
            return resolve(engine, "6.2");
        }
        Matcher patched = PATCHED.matcher(wanted);
        if (!engine.equals("memcached") && patched.matches() && major(wanted) >= 6) {
            throw AwsError.invalidParameterValue("Specific version selection is not allowed for '%s', please use '%s'"
                    .formatted(requested, patched.group(1)));
        }
        return find(engine, wanted)
                .orElseThrow(() -> AwsError.invalidParameterCombination(
                        "Cannot find version %s for %s".formatted(requested, engine)));
    }

    private static Optional<EngineVersion> find(String engine, String version) {
        return of(engine).stream().filter(v -> v.version().equals(version)).findFirst();
    }

    /** Orders versions such as 3.2.10 and 3.2.6 by their numbers. */
    static int compare(String one, String other) {
        List<Integer> a = order(one);
        List<Integer> b = order(other);
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
            int byPart = Integer.compare(i < a.size() ? a.get(i) : 0, i < b.size() ? b.get(i) : 0);
            if (byPart != 0) {
                return byPart;
            }
        }
        return 0;
    }

    private static int major(String version) {
        return order(version).getFirst();
    }

    private static List<Integer> order(String version) {
        return Pattern.compile("\\.")
                .splitAsStream(version)
                .map(EngineVersions::number)
                .toList();
    }

    private static int number(String part) {
        return part.matches("[0-9]{1,6}") ? Integer.parseInt(part) : 0;
    }
}
