package io.cacheoperator.app;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The page of metrics, made from what the registry answers to Prometheus. */
final class MetricsReference {

    static final String FILE = "docs/reference/metrics.md";

    private static final Pattern HELP = Pattern.compile("# HELP (\\S+) ?(.*)");
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)=\"");

    /** What exists whichever garbage collector the JVM chooses. */
    static final Set<String> PROCESS = Set.of(
            "jvm_memory_used_bytes",
            "jvm_memory_max_bytes",
            "jvm_gc_pause_seconds",
            "jvm_threads_live_threads",
            "process_cpu_usage",
            "process_uptime_seconds");

    /** JOSDK gives its meters no descriptions. */
    private static final Map<String, String> RECONCILES = Map.of(
            "custom_resources", "Resources that are watched.",
            "events_received_total", "What woke a resource: an edit, a change in AWS, a Secret, a probe.",
            "reconciliations_active", "Reconciles that run now.",
            "reconciliations_execution_duration_seconds", "How long reconciles took.",
            "reconciliations_failure_total", "Reconciles that ended with an exception; each is tried again.",
            "reconciliations_queue", "Resources that wait for a reconcile.",
            "reconciliations_retries_total", "Reconciles that repeated a failed one.",
            "reconciliations_started_total", "Reconciles begun.",
            "reconciliations_success_total", "Reconciles that ended well.");

    private MetricsReference() {}

    /** One family as it is scraped. */
    private static final class Family {
        private String help = "";
        private String type = "";
        private final SortedSet<String> labels = new TreeSet<>();
    }

    static String page(String scrape) {
        SortedMap<String, Family> families = families(scrape);
        StringBuilder page = new StringBuilder("""
                # Metrics

                What `/metrics` on the operator's HTTP port answers (chart: `metrics.serviceMonitor`). Made from the operator's
                registry by `make docs-metrics`. A histogram or summary `x` is scraped as `x_count` and `x_sum`. Metrics of
                the probes exist once per cache and role of its nodes (`primary`, `replica`; memcached: `node`), however many
                nodes there are, and go when the CacheCluster does; [unreachable](../unreachable.md) says what to do when
                `cache_operator_probe_up` is 0. Counters of the probes count what was added since the operator first asked.

                """);
        section(
                page,
                "The operator and AWS",
                families,
                name -> name.startsWith("cache_operator_") && !name.startsWith("cache_operator_probe_"));
        section(
                page,
                "The caches, as the probes find them",
                families,
                name -> name.startsWith("cache_operator_probe_"));
        section(page, "Reconciles", families, name -> !name.startsWith("cache_operator_") && !jvm(name));
        section(page, "The process (a choice: there are more)", families, PROCESS::contains);
        return page.toString().stripTrailing() + "\n";
    }

    private static boolean jvm(String name) {
        return name.matches("(jvm|process|system)_.*");
    }

    private static void section(
            StringBuilder page, String title, Map<String, Family> families, Predicate<String> belongs) {
        page.append("## ").append(title).append("\n\n| metric | type | labels | what it is |\n|---|---|---|---|\n");
        families.forEach((name, family) -> {
            if (belongs.test(name)) {
                String labels =
                        family.labels.stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
                page.append("| `%s` | %s | %s | %s |%n".formatted(name, family.type, labels, what(name, family)));
            }
        });
        page.append('\n');
    }

    private static String what(String name, Family family) {
        return family.help.isBlank() ? RECONCILES.getOrDefault(name, "") : family.help;
    }

    private static SortedMap<String, Family> families(String scrape) {
        SortedMap<String, Family> families = new TreeMap<>();
        String current = "";
        Family family = new Family();
        for (String line : scrape.lines().toList()) {
            Matcher help = HELP.matcher(line);
            Matcher type = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (help.matches()) {
                families.computeIfAbsent(help.group(1), name -> new Family()).help = help.group(2);
            } else if (type.matches()) {
                current = type.group(1);
                family = families.computeIfAbsent(current, name -> new Family());
                family.type = type.group(2);
            } else if (sample.matches()
                    && sample.group(2) != null
                    && sample.group(1).startsWith(current)) {
                Matcher label = LABEL.matcher(sample.group(2));
                while (label.find()) {
                    family.labels.add(label.group(1));
                }
            }
        }
        // The highest value of late has a family of its own, which says nothing that the summary does not.
        families.keySet().removeIf(name -> name.endsWith("_max") && families.containsKey(name.replaceAll("_max$", "")));
        return families;
    }
}
