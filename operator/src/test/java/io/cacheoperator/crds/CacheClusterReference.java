package io.cacheoperator.crds;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Every field and rule of CacheCluster as a page to read, made from the CRD. */
final class CacheClusterReference {

    /** The committed file, relative to the root of the project. */
    static final String FILE = "docs/reference/cachecluster.md";

    private static final String INTRODUCTION = """
            # CacheCluster

            `cacheoperator.io/v1alpha1`, namespaced, short name `ccl`, category `cache`. Made from the CRD by `make docs-reference`;
            `kubectl explain cachecluster.spec` says the same. The [examples](../../examples) are manifests that work.

            Only `engine` and `nodeType` are required. No field of `spec` is ever filled in by the API server: what is not given takes the
            operator's default or the built-in one when the cache is made, and `status.effective` shows it.

            Column "change" says what an edit does while the cache exists:

            | change | what an edit does |
            |---|---|
            | yes | it is made: in AWS, or where the field is about the operator itself at once |
            | shown | AWS can do it and this version does not: a step in `status.plan` with state `Refused`, `Synced` False |
            | no | the API server refuses it |
            | no effect | the field is read when the cache is made, and never again |

            """;

    private static final String RULES = """
            ## Rules

            Checked by the API server at `kubectl apply`; no webhook is needed. Where a message can name the value at hand, it does.
            The immutable fields are frozen once `status.id` is set, so a typo can be mended until the cache exists.

            | field | what the API server says |
            |---|---|
            """;

    /** Edits that the planner shows and does not make; ClusterDiff has a row for each. */
    private static final Set<String> SHOWN = Set.of(
            "spec.engineVersion",
            "spec.nodeType",
            "spec.clusterMode",
            "spec.shards",
            "spec.replicasPerShard",
            "spec.multiAz",
            "spec.automaticFailover",
            "spec.nodes",
            "spec.crossAz",
            "spec.encryption.inTransit",
            "spec.auth.type",
            "spec.auth.token.secretRef.name",
            "spec.auth.token.secretRef.key");

    private final JSONSchemaProps root;
    private final StringBuilder page = new StringBuilder();

    private CacheClusterReference(JSONSchemaProps root) {
        this.root = root;
    }

    static String page(JSONSchemaProps root) {
        var reference = new CacheClusterReference(root);
        reference.page.append(INTRODUCTION);
        reference.block("spec", root.getProperties().get("spec"), true);
        reference.page.append(RULES);
        CacheClusterRules.all().forEach(reference::rule);
        reference.page.append('\n');
        reference.block("status", root.getProperties().get("status"), false);
        return reference.page.toString().stripTrailing() + "\n";
    }

    /** One table of the fields of an object, then those of the objects in it. */
    private void block(String path, JSONSchemaProps schema, boolean spec) {
        page.append("## ")
                .append(path)
                .append("\n\n")
                .append(text(schema.getDescription()))
                .append("\n\n");
        page.append(spec ? "| field | type | default | change | what it is |\n|---|---|---|---|---|\n" : "");
        page.append(spec ? "" : "| field | type | what it is |\n|---|---|---|\n");
        boolean frozen = FieldText.of(schema.getDescription()).change().equals("no");
        List<Map.Entry<String, JSONSchemaProps>> blocks = new ArrayList<>();
        schema.getProperties().forEach((name, field) -> {
            boolean required =
                    schema.getRequired() != null && schema.getRequired().contains(name);
            page.append(spec ? specRow(path, name, field, required, frozen) : statusRow(name, field));
            nested(path + "." + name, field).ifPresent(blocks::add);
        });
        page.append('\n');
        blocks.forEach(nested -> block(nested.getKey(), nested.getValue(), spec));
    }

    /** The object that a field is, or lists; status.effective is spec again. */
    private static Optional<Map.Entry<String, JSONSchemaProps>> nested(String path, JSONSchemaProps field) {
        JSONSchemaProps item =
                field.getItems() == null ? field : field.getItems().getSchema();
        if (path.equals("status.effective")
                || item.getProperties() == null
                || item.getProperties().isEmpty()) {
            return Optional.empty();
        }
        JSONSchemaProps described = item;
        if (item != field) {
            described.setDescription(field.getDescription());
        }
        return Optional.of(Map.entry(path + (item == field ? "" : "[]"), described));
    }

    private static String specRow(String path, String name, JSONSchemaProps field, boolean required, boolean frozen) {
        FieldText text = FieldText.of(field.getDescription());
        String fallback = required ? "required" : text.fallback();
        String example = text.example().isEmpty() ? "" : " Example: `" + cell(text.example()) + "`";
        boolean block = field.getProperties() != null && !field.getProperties().isEmpty();
        return "| `%s` | %s | %s | %s | %s%s |\n"
                .formatted(
                        name,
                        type(field),
                        text(fallback),
                        block && !text.change().equals("no") ? "" : change(path + "." + name, text, frozen),
                        text(text.what()),
                        example);
    }

    private static String change(String path, FieldText text, boolean frozen) {
        if (frozen) {
            return "no";
        }
        return SHOWN.contains(path) ? "shown" : text.change();
    }

    private static String statusRow(String name, JSONSchemaProps field) {
        return "| `%s` | %s | %s |\n".formatted(name, type(field), text(field.getDescription()));
    }

    private void rule(Rule rule) {
        page.append("| `%s` | %s |\n"
                .formatted(rule.blames().isEmpty() ? "metadata.name" : rule.blames(), text(rule.message())));
    }

    private static String type(JSONSchemaProps field) {
        if (Boolean.TRUE.equals(field.getXKubernetesIntOrString())) {
            return "int or string";
        } else if (!field.getEnum().isEmpty()) {
            return field.getEnum().stream()
                    .map(value -> "`" + value.asText() + "`")
                    .collect(Collectors.joining(", "));
        } else if (field.getItems() != null) {
            return "list of %s, at most %d".formatted(type(field.getItems().getSchema()), field.getMaxItems());
        } else if (field.getAdditionalProperties() != null) {
            return "map of %s, at most %d"
                    .formatted(type(field.getAdditionalProperties().getSchema()), field.getMaxProperties());
        } else if (field.getMinimum() != null) {
            return "int, %.0f to %.0f".formatted(field.getMinimum(), field.getMaximum());
        }
        return switch (field.getType()) {
            case "integer" -> "int";
            case "boolean" -> "bool";
            case "string" -> field.getFormat() != null ? "time" : "string";
            default -> field.getType();
        };
    }

    private static String text(String text) {
        return cell(text).replace("<", "&lt;");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
