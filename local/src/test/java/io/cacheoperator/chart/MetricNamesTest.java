package io.cacheoperator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Alerts and dashboard ask only for metrics and labels that the operator has: a misspelt one would stay silent for ever. */
class MetricNamesTest {
    /** A row of the table that is made from the operator's registry. */
    private static final Pattern ROW = Pattern.compile("\\| `([a-z_]+)` \\| (\\w+) \\| ([^|]*) \\|.*");

    private static final Pattern NAME = Pattern.compile("\\b[a-z]+(?:_[a-z]+)+\\b(?=[{\\[)\\s]|$)");
    private static final Pattern GROUPING = Pattern.compile("by \\(([^)]*)\\)");
    private static final Pattern SELECTOR = Pattern.compile("([a-z_]+)(?:=~|=|!=)\"");

    /** Labels that Prometheus adds when it scrapes. */
    private static final Set<String> OF_THE_SCRAPE = Set.of("pod", "job");

    private static final Map<String, Set<String>> LABELS_BY_METRIC = metrics();

    static Stream<String> expressions() {
        JsonNode alerts = Manifests.parseOne(Repository.read("helm/elasticache-operator/files/alerts.yaml"));
        JsonNode dashboard = Manifests.parseOne(Repository.read("helm/elasticache-operator/files/dashboard.json"));
        return Stream.concat(alerts.findValuesAsText("expr").stream(), dashboard.findValuesAsText("expr").stream());
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void asksForMetricsAndLabelsThatExist(String expression) {
        var labels = new HashSet<String>();
        GROUPING.matcher(expression)
                .results()
                .forEach(by -> labels.addAll(List.of(by.group(1).split(", "))));
        SELECTOR.matcher(expression).results().forEach(selector -> labels.add(selector.group(1)));
        List<String> names = NAME.matcher(expression)
                .results()
                .map(result -> result.group())
                .filter(Predicate.not(labels::contains))
                .toList();

        assertThat(names).isNotEmpty();
        assertThat(LABELS_BY_METRIC).containsKeys(names.toArray(String[]::new));
        labels.removeAll(OF_THE_SCRAPE);
        for (String name : names) {
            assertThat(LABELS_BY_METRIC.get(name)).as(name).containsAll(labels);
        }
    }

    private static Map<String, Set<String>> metrics() {
        var metrics = new HashMap<String, Set<String>>();
        Repository.read("docs/reference/metrics.md")
                .lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .forEach(row -> {
                    Set<String> labels = Set.copyOf(
                            Arrays.asList(row.group(3).replace("`", "").strip().split(", ")));
                    if (row.group(2).matches("histogram|summary")) {
                        metrics.put(row.group(1) + "_count", labels);
                        metrics.put(row.group(1) + "_sum", labels);
                    } else {
                        metrics.put(row.group(1), labels);
                    }
                });
        return metrics;
    }
}
