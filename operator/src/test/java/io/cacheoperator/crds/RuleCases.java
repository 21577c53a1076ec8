package io.cacheoperator.crds;

import java.util.List;
import java.util.stream.Stream;

/** An accepted and a refused spec for every rule. */
final class RuleCases {

    private RuleCases() {}

    static List<RuleCase> all() {
        return Stream.of(EngineCases.all(), ShapeCases.all(), NetworkCases.all(), SecurityCases.all(), ValueCases.all())
                .flatMap(List::stream)
                .toList();
    }
}
