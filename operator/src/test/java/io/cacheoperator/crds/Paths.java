package io.cacheoperator.crds;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;

/** Paths into a schema ({@code .spec.network.allowFrom[].cidr}) and into a value. */
final class Paths {

    private Paths() {}

    /** CEL that holds if the field and all its parents are there: {@code has(self.a) && has(self.a.b)}; spec always is. */
    static String present(String variable, String path) {
        List<String> parts = new ArrayList<>();
        StringBuilder prefix = new StringBuilder(variable);
        for (String segment : path.split("\\.")) {
            prefix.append('.').append(segment);
            if (!segment.equals("spec")) {
                parts.add("has(" + prefix + ")");
            }
        }
        return String.join(" && ", parts);
    }

    /** The same with a single walk, {@code self.spec.?a.?b.hasValue()}, for rules that nearly every write runs through. */
    static String given(String variable, String path) {
        return variable + ("." + path).replace(".", ".?").replace(".?spec", ".spec") + ".hasValue()";
    }

    /** The schema at a path: {@code []} steps into the items of a list, {@code {}} into the values of a map. */
    static JSONSchemaProps find(JSONSchemaProps root, String path) {
        JSONSchemaProps schema = root;
        for (String segment : path.split("\\.")) {
            if (segment.isEmpty()) {
                continue;
            }
            String name = segment.replace("[]", "").replace("{}", "");
            schema = schema.getProperties().get(name);
            if (schema == null) {
                throw new IllegalArgumentException("no field " + name + " at " + path);
            }
            if (segment.endsWith("[]")) {
                schema = schema.getItems().getSchema();
            } else if (segment.endsWith("{}")) {
                schema = schema.getAdditionalProperties().getSchema();
            }
        }
        return schema;
    }
}
