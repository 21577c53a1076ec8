package io.cacheoperator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Alerts and dashboard ask only for meters that the operator has: a misspelt one would stay silent for ever. */
class MetricNamesTest {
    /** The page is made from the operator's registry, and a test of the operator keeps it so. */
    private static final String REFERENCE = "docs/reference/metrics.md";

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+)` \\| (\\w+) ");
    private static final Set<String> METRICS = metrics();

    private static final Pattern NAME = Pattern.compile("\\b[a-z]+(?:_[a-z]+)+\\b(?=[{\\[)\\s]|$)");
    private static final Set<String> LABELS_AND_FUNCTIONS = Set.of("controller_name", "label_values");

    /** A summary or histogram is asked for by its count and its sum. */
    private static Set<String> metrics() {
        return ROW.matcher(Repository.read(REFERENCE))
                .results()
                .flatMap(row -> Set.of("summary", "histogram").contains(row.group(2))
                        ? Stream.of(row.group(1) + "_count", row.group(1) + "_sum")
                        : Stream.of(row.group(1)))
                .collect(Collectors.toUnmodifiableSet());
    }

    static Stream<String> expressions() {
        JsonNode alerts = Manifests.parseOne(Repository.read("helm/elasticache-operator/files/alerts.yaml"));
        JsonNode dashboard = Manifests.parseOne(Repository.read("helm/elasticache-operator/files/dashboard.json"));
        return Stream.concat(alerts.findValuesAsText("expr").stream(), dashboard.findValuesAsText("expr").stream());
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void asksForAMeterThatExists(String expression) {
        List<String> names = NAME.matcher(expression)
                .results()
                .map(result -> result.group())
                .filter(name -> !LABELS_AND_FUNCTIONS.contains(name))
                .toList();

        assertThat(names).isNotEmpty();
        assertThat(METRICS).containsAll(names);
    }
}
