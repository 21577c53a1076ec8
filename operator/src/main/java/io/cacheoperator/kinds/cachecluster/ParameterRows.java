package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.ParameterGroupState;
import io.cacheoperator.aws.Queries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What {@code spec.parameters} asks of a running cache: the operator's own group in use, and the values in it. */
final class ParameterRows {

    /** That the operator's own group is in use. */
    static final String PARAMETER_GROUP = "spec.parameters";

    /** Followed by a parameter's name. */
    static final String PARAMETER = "spec.parameters.";

    /** The group's name goes by the engine's version in AWS: another version is no edit of the parameters. */
    private static final String OWN_GROUP = "the operator's";

    private ParameterRows() {}

    static List<Compared> compare(Sight sight) {
        List<Compared> rows = new ArrayList<>();
        wantedGroup(sight)
                .flatMap(wanted -> sight.cache()
                        .parameterGroup()
                        .map(has -> Compared.given(PARAMETER_GROUP, wanted, Optional.of(has))
                                .asking(OWN_GROUP)))
                .ifPresent(rows::add);
        rows.addAll(values(sight));
        return rows;
    }

    /** The name of the operator's own group, where parameters are given. */
    static Optional<String> wantedGroup(Sight sight) {
        return sight.spec().parameters().isEmpty()
                ? Optional.empty()
                : sight.observed().parameterGroup().query().map(query -> ((Queries.ParameterGroup) query).name());
    }

    /** Whether the cache uses the operator's own group. */
    static boolean usesOwnGroup(Sight sight) {
        return sight.cache()
                .parameterGroup()
                .filter(sight.observed().names()::isOwnParameterGroup)
                .isPresent();
    }

    /** The operator's own group where the cache has left it for another: nobody else may use it. */
    static Optional<ParameterGroupState> leftGroup(Sight sight) {
        boolean left = sight.spec().parameters().isEmpty()
                && sight.cache().settled()
                && sight.cache().members().stream()
                        .noneMatch(member -> member.parameterGroup()
                                .filter(group -> sight.observed().names().isOwnParameterGroup(group.name()))
                                .isPresent())
                && sight.cache().parameterGroup().isPresent();
        return left
                ? sight.observed()
                        .parameterGroup()
                        .found()
                        .filter(group -> sight.observed().names().isOwnParameterGroup(group.name()))
                : Optional.empty();
    }

    /** Values to set and, where the wanted one is empty, to reset; as far as the group was looked at. */
    private static List<Compared> values(Sight sight) {
        Optional<Map<String, String>> found = sight.observed().userParameters().found();
        if (found.isEmpty() || sight.spec().parameterGroupName() != null) {
            return List.of();
        }
        Map<String, String> actual = found.get();
        boolean given = !sight.spec().parameters().isEmpty();
        Map<String, String> wanted =
                given ? DesiredClusterFactory.parameterValues(sight.spec(), sight.clustered()) : Map.of();
        Set<String> surplus = new TreeSet<>(actual.keySet());
        surplus.removeAll(wanted.keySet());
        if (!given) {
            surplus.retainAll(sight.applied().parameters());
        }
        List<Compared> rows = new ArrayList<>();
        wanted.forEach((name, value) -> {
            Compared row = Compared.given(PARAMETER + name, value, Optional.ofNullable(actual.get(name)));
            rows.add(sight.spec().parameters().containsKey(name) ? row : row.asDerived());
        });
        surplus.forEach(name ->
                rows.add(Compared.unset(PARAMETER + name, Optional.empty(), Optional.ofNullable(actual.get(name)))));
        return rows;
    }
}
