package io.cacheoperator.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables that run on the real API server leave no rule and no bound out. */
class CacheClusterRulesTest {

    private final JSONSchemaProps schema = CacheClusterCrd.generate().schema();

    @Test
    void everyRuleHasACase() {
        List<String> untried = CacheClusterRules.all().stream()
                .filter(rule -> !rule.cel().contains("oldSelf")) // CacheClusterTransitionsIT
                .filter(rule -> !rule.cel().contains("size(self.metadata.name)")) // CacheClusterRulesIT
                .filter(rule -> RuleCases.all().stream().noneMatch(c -> breaks(c, rule)))
                .map(rule -> rule.blames() + ": " + rule.message())
                .toList();
        assertThat(untried).isEmpty();
    }

    @Test
    void everyFrozenFieldIsTried() {
        Set<String> tried = CacheClusterTransitionsIT.FROZEN.stream()
                .map(f -> "spec." + f.field())
                .collect(Collectors.toCollection(TreeSet::new));
        tried.add("spec.engine");
        assertThat(FrozenRules.all()).extracting(Rule::blames).containsExactlyInAnyOrderElementsOf(tried);
    }

    @Test
    void everyMessageSaysWhatToWriteInstead() {
        var instead = Pattern.compile("\\b(set|write|keep|leave|choose|shorten)\\b");
        assertThat(CacheClusterRules.all())
                .extracting(Rule::message)
                .filteredOn(message -> !instead.matcher(message).find())
                .isEmpty();
    }

    @Test
    void everyBoundHasACase() {
        Set<String> tried = BoundCases.all().stream()
                .map(c -> plain(c.field()) + " " + kind(c.message()))
                .collect(Collectors.toCollection(TreeSet::new));
        tried.addAll(List.of("spec.engine enum"));
        Set<String> bounds = new TreeSet<>();
        collect("spec", Paths.find(schema, ".spec"), bounds);
        assertThat(tried).containsAll(bounds);
    }

    private static boolean breaks(RuleCase c, Rule rule) {
        if (!plain(c.field()).equals(plain(rule.blames()))) {
            return false;
        }
        return c.message().equals(rule.message())
                || rule.expression()
                        .filter(expression -> saidBy(expression, c.message()))
                        .isPresent();
    }

    /** Whether one of the expression's texts, its placeholders filled, is this message. */
    private static boolean saidBy(String expression, String message) {
        return Stream.of(expression.split("'"))
                .filter(text -> text.contains(" ") && text.contains(": "))
                .anyMatch(text -> message.matches(
                        Stream.of(text.split("%[sd]", -1)).map(Pattern::quote).collect(Collectors.joining(".*"))));
    }

    private static void collect(String path, JSONSchemaProps schema, Set<String> bounds) {
        add(bounds, path, "minimum", schema.getMinimum());
        add(bounds, path, "maximum", schema.getMaximum());
        add(bounds, path, "maxLength", schema.getMaxLength());
        add(bounds, path, "minLength", schema.getMinLength());
        add(bounds, path, "items", schema.getMaxItems());
        add(bounds, path, "minItems", schema.getMinItems());
        add(bounds, path, "items", schema.getMaxProperties());
        add(bounds, path, "enum", schema.getEnum().isEmpty() ? null : schema.getEnum());
        if ("set".equals(schema.getXKubernetesListType())) {
            bounds.add(path + " set");
        }
        if (schema.getItems() != null) {
            collect(path, schema.getItems().getSchema(), bounds);
        }
        if (schema.getAdditionalProperties() != null) {
            collect(path, schema.getAdditionalProperties().getSchema(), bounds);
        }
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, property) -> collect(path + "." + name, property, bounds));
        }
    }

    private static void add(Set<String> bounds, String path, String kind, Object bound) {
        if (bound != null) {
            bounds.add(path + " " + kind);
        }
    }

    /** The field without indexes and map keys. */
    private static String plain(String field) {
        return field.replaceAll("\\[[^]]*]|\\{}", "")
                .replaceAll("(parameters|tags|labels|annotations)\\.[a-z-]+$", "$1");
    }

    private static String kind(String message) {
        if (message.contains("greater than")) {
            return "minimum";
        } else if (message.contains("less than")) {
            return "maximum";
        } else if (message.contains("bytes")) {
            return "maxLength";
        } else if (message.contains("at least 1 chars")) {
            return "minLength";
        } else if (message.contains("at least 1 items")) {
            return "minItems";
        } else if (message.contains("at most")) {
            return "items";
        } else if (message.contains("supported values")) {
            return "enum";
        }
        return message.startsWith("Duplicate") ? "set" : "type";
    }
}
