package io.cacheoperator.crds;

import java.util.List;
import java.util.stream.Stream;

/** What the schema of CacheCluster asks for beyond types and bounds: everything that can be known without asking AWS. */
final class CacheClusterRules {

    private CacheClusterRules() {}

    static List<Rule> all() {
        return Stream.of(
                        EngineRules.all(),
                        ShapeRules.all(),
                        NetworkRules.all(),
                        SecurityRules.all(),
                        ValueRules.all(),
                        FrozenRules.all())
                .flatMap(List::stream)
                .toList();
    }
}
