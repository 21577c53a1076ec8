package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.EngineVersionState;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which parameter group family a version belongs to, by what AWS offers. */
final class EngineFamilies {

    private static final List<String> REPLICATED = List.of(
            "redis2.6",
            "redis2.8",
            "redis3.2",
            "redis4.0",
            "redis5.0",
            "redis6.x",
            "redis7",
            "valkey7",
            "valkey8",
            "valkey9");

    private static final List<String> MEMCACHED = List.of("memcached1.4", "memcached1.5", "memcached1.6");

    private EngineFamilies() {}

    /** The family of the running cache's version, else of the version wanted, else of the newest that is offered. */
    static Optional<String> family(
            CacheClusterSpec spec, Optional<ExistingCache> cache, Optional<List<EngineVersionState>> offered) {
        Optional<String> version =
                cache.flatMap(ExistingCache::engineVersion).or(() -> Optional.ofNullable(spec.engineVersion()));
        List<EngineVersionState> versions = offered.orElse(List.of());
        return version.map(v -> offered(versions, v))
                .orElseGet(() -> newest(versions))
                .map(EngineVersionState::parameterGroupFamily);
    }

    /** The offered version that these words mean: {@code 8.0}, {@code 8.0.1} and, for redis 6, {@code 6.x}. */
    static Optional<EngineVersionState> offered(List<EngineVersionState> versions, String version) {
        return versions.stream()
                .filter(offer -> EngineVersion.of(offer.version()).matches(EngineVersion.of(version)))
                .max(Comparator.comparing(offer -> EngineVersion.of(offer.version())));
    }

    static Optional<EngineVersionState> newest(List<EngineVersionState> versions) {
        return versions.stream().max(Comparator.comparing(offer -> EngineVersion.of(offer.version())));
    }

    /** Every family that a cluster of this engine may ever have had: a redis cluster may become a valkey cluster. */
    static Set<String> known(Engine engine, Optional<List<EngineVersionState>> offered) {
        Set<String> families = new TreeSet<>(engine.replicated() ? REPLICATED : MEMCACHED);
        offered.orElse(List.of()).forEach(version -> families.add(version.parameterGroupFamily()));
        return families;
    }
}
