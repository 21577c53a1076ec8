package io.cacheoperator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Alerts and dashboard ask only for meters that the operator has: a misspelt one would stay silent for ever. */
class MetricNamesTest {
    /** As Micrometer's Prometheus registry names them. */
    private static final Set<String> METRICS = Set.of(
            "cache_operator_aws_calls_seconds_count",
            "cache_operator_aws_calls_seconds_sum",
            "cache_operator_aws_throttles_total",
            "cache_operator_aws_budget",
            "cache_operator_snapshot_age_seconds",
            "cache_operator_caches",
            "cache_operator_drift",
            "cache_operator_steps_total",
            "cache_operator_probe_up",
            "reconciliations_queue",
            "reconciliations_active",
            "reconciliations_success_total",
            "reconciliations_failure_total",
            "reconciliations_retries_total",
            "reconciliations_execution_duration_seconds_count",
            "reconciliations_execution_duration_seconds_sum",
            "jvm_memory_used_bytes",
            "jvm_memory_max_bytes",
            "jvm_gc_pause_seconds_sum",
            "process_cpu_usage");

    private static final Pattern NAME = Pattern.compile("\\b[a-z]+(?:_[a-z]+)+\\b(?=[{\\[)\\s]|$)");
    private static final Set<String> LABELS_AND_FUNCTIONS = Set.of("controller_name", "label_values");

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
