package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.ParameterDefinition;
import io.cacheoperator.core.Problem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares parameters with what their family knows, before AWS is sent any. */
final class ParameterChecks {

    /** Names that people look for here and that have their place elsewhere. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry(
                    "maxmemory",
                    "the node type decides it: set spec.nodeType, and reserved-memory-percent for the share kept free"),
            Map.entry("appendonly", "ElastiCache keeps no append-only file: set spec.snapshots"),
            Map.entry("appendfsync", "ElastiCache keeps no append-only file: set spec.snapshots"),
            Map.entry("save", "ElastiCache saves by snapshots: set spec.snapshots"),
            Map.entry("cluster-enabled", "the operator sets it: set spec.clusterMode"),
            Map.entry("requirepass", "set spec.auth"),
            Map.entry("masterauth", "set spec.auth"),
            Map.entry("port", "set spec.network.port"),
            Map.entry("tls-port", "set spec.encryption.inTransit"),
            Map.entry("maxclients", "ElastiCache fixes it at 65000"));

    private static final Pattern RANGE = Pattern.compile("(-?[0-9.]+)(%?)-(-?[0-9.]*)%?");

    private ParameterChecks() {}

    static List<Problem> check(
            Map<String, String> parameters, Map<String, ParameterDefinition> definitions, String family) {
        List<Problem> problems = new ArrayList<>();
        new TreeMap<>(parameters).forEach((name, value) -> {
            ParameterDefinition definition = definitions.get(name);
            wrong(name, value, Optional.ofNullable(definition), definitions, family)
                    .ifPresent(message -> problems.add(
                            Problem.userMustAct(ClusterReason.ParameterInvalid, "spec.parameters." + name, message)));
        });
        return List.copyOf(problems);
    }

    private static Optional<String> wrong(
            String name,
            String value,
            Optional<ParameterDefinition> definition,
            Map<String, ParameterDefinition> definitions,
            String family) {
        String elsewhere = ELSEWHERE.get(name);
        if (elsewhere != null
                && (name.equals("cluster-enabled")
                        || !definition.map(ParameterDefinition::modifiable).orElse(false))) {
            return Optional.of(name + " cannot be set: " + elsewhere);
        }
        if (definition.isEmpty()) {
            return Optional.of(name + " is no parameter of " + family
                    + nearest(name, definitions)
                            .map(near -> "; did you mean " + near + "?")
                            .orElse(""));
        }
        if (!definition.get().modifiable()) {
            return Optional.of(name + " cannot be changed in " + family);
        }
        return definition
                .get()
                .allowedValues()
                .filter(allowed -> !permits(allowed, value))
                .map(allowed -> name + ": \"" + value + "\" is not allowed; allowed are " + allowed);
    }

    /** The renamed one if there is one (ziplists became listpacks in 7), else the one with the fewest typos in it. */
    static Optional<String> nearest(String name, Map<String, ParameterDefinition> definitions) {
        String renamed =
                name.contains("ziplist") ? name.replace("ziplist", "listpack") : name.replace("listpack", "ziplist");
        if (!renamed.equals(name) && definitions.containsKey(renamed)) {
            return Optional.of(renamed);
        }
        int tolerated = Math.max(2, name.length() / 4);
        return definitions.values().stream()
                .filter(ParameterDefinition::modifiable)
                .map(ParameterDefinition::name)
                .filter(candidate -> distance(name, candidate) <= tolerated)
                .min(Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /**
     * Whether a value is one of {@code yes,no}, in one of the ranges of {@code 0,20-} or {@code 1-100}. Words that are
     * neither ranges nor equal do not match.
     */
    static boolean permits(String allowed, String value) {
        if (allowed.isBlank()) {
            return true;
        }
        for (String alternative : allowed.split(",", -1)) {
            String word = alternative.strip();
            Matcher range = RANGE.matcher(word);
            if (word.equals(value) || (range.matches() && inside(range, value))) {
                return true;
            }
        }
        return false;
    }

    private static boolean inside(Matcher range, String value) {
        boolean percent = !range.group(2).isEmpty();
        if (percent != value.endsWith("%")) {
            return false;
        }
        try {
            BigDecimal number = new BigDecimal(percent ? value.substring(0, value.length() - 1) : value);
            String top = range.group(3);
            return number.compareTo(new BigDecimal(range.group(1))) >= 0
                    && (top.isEmpty() || number.compareTo(new BigDecimal(top)) <= 0);
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    /** Levenshtein's distance, row by row. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
