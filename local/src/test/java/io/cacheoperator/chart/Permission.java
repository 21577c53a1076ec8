package io.cacheoperator.chart;

import static io.cacheoperator.chart.Manifests.elements;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/** One thing that RBAC permits: a verb on a resource, in a scope ({@code cluster}, or a namespace), perhaps on one name only. */
record Permission(String scope, String apiGroup, String resource, String name, String verb) {

    @Override
    public String toString() {
        return "%s: %s %s%s%s"
                .formatted(
                        scope,
                        verb,
                        apiGroup.isEmpty() ? "" : apiGroup + "/",
                        resource,
                        name.isEmpty() ? "" : " " + name);
    }

    /** What the roles bound to a service account permit, each with the scope of its binding. */
    static List<String> of(Manifests rendered, String serviceAccount) {
        return rendered.objects().stream()
                .filter(object -> object.path("kind").asText().endsWith("Binding"))
                .filter(binding -> elements(binding.path("subjects"))
                        .anyMatch(subject -> subject.path("name").asText().equals(serviceAccount)))
                .flatMap(binding -> permissions(rendered, binding))
                .map(Permission::toString)
                .sorted()
                .toList();
    }

    /** What a role permits in any scope that it is bound in. */
    static List<String> ofRole(JsonNode role) {
        return rules("bound", role).map(Permission::toString).sorted().toList();
    }

    private static Stream<Permission> permissions(Manifests rendered, JsonNode binding) {
        String namespace = binding.at("/metadata/namespace").asText();
        JsonNode role = rendered.ofKind(binding.at("/roleRef/kind").asText())
                .filter(r -> r.at("/metadata/name").equals(binding.at("/roleRef/name")))
                .filter(r -> r.at("/metadata/namespace").asText().equals(namespace))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no role for " + Manifests.name(binding)));
        return rules(namespace.isEmpty() ? "cluster" : namespace, role);
    }

    private static Stream<Permission> rules(String scope, JsonNode role) {
        return elements(role.path("rules"))
                .flatMap(rule -> elements(rule.path("apiGroups"))
                        .flatMap(group -> elements(rule.path("resources"))
                                .flatMap(resource -> names(rule)
                                        .flatMap(name -> elements(rule.path("verbs"))
                                                .map(verb -> new Permission(
                                                        scope,
                                                        group.asText(),
                                                        resource.asText(),
                                                        name,
                                                        verb.asText()))))));
    }

    private static Stream<String> names(JsonNode rule) {
        JsonNode names = rule.path("resourceNames");
        return names.isEmpty() ? Stream.of("") : elements(names).map(JsonNode::asText);
    }
}
