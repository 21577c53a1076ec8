package io.cacheoperator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code docs/reference/helm-values.md} is made of the chart's schema and its default values. */
class HelmValuesDocTest {
    private static final String FILE = "docs/reference/helm-values.md";

    @Test
    void committedTableIsWhatTheSchemaSays() throws IOException {
        JsonNode schema = Manifests.parseOne(Repository.read("helm/elasticache-operator/values.schema.json"));
        JsonNode values = Manifests.parseOne(Repository.read("helm/elasticache-operator/values.yaml"));
        var table = new StringBuilder("""
                # Values of the Helm chart

                Made from `values.schema.json` and `values.yaml` by `make docs-values`. Helm refuses any other key.

                | value | default | what it is |
                |---|---|---|
                """);
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            if (!property.getKey().equals("global")) {
                row(table, property.getKey(), property.getValue(), values.path(property.getKey()));
            }
        }
        Path path = Repository.ROOT.resolve(FILE);
        if (Boolean.getBoolean("docs.write")) {
            Files.createDirectories(path.getParent());
            Files.writeString(path, table);
        }
        assertThat(Files.readString(path).lines())
                .as(FILE + " differs from the chart: run `make docs-values` and commit it")
                .containsExactlyElementsOf(table.toString().lines().toList());
    }

    private static void row(StringBuilder table, String path, JsonNode schema, JsonNode value) {
        JsonNode members = schema.has("properties") ? schema.path("properties") : schema.at("/items/properties");
        boolean block = schema.has("properties") && !value.isMissingNode() && !value.isEmpty();
        table.append("| `%s` | %s | %s%s |\n"
                .formatted(
                        path,
                        block ? "" : shown(value),
                        schema.path("description").asText().replace("|", "\\|"),
                        limits(schema)));
        members.properties()
                .forEach(member -> row(
                        table,
                        path + (schema.has("items") ? "[]." : ".") + member.getKey(),
                        member.getValue(),
                        value.path(member.getKey())));
    }

    private static String shown(JsonNode value) {
        if (value.isMissingNode()) {
            return "";
        }
        try {
            return "`" + new JsonMapper().writeValueAsString(value) + "`";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String limits(JsonNode schema) {
        if (schema.has("enum")) {
            return " One of "
                    + String.join(
                            ", ",
                            Manifests.elements(schema.path("enum"))
                                    .filter(option -> !option.asText().isEmpty())
                                    .map(option -> "`" + option.asText() + "`")
                                    .toList())
                    + ".";
        }
        return schema.path("type").asText().equals("integer")
                ? " %d to %d."
                        .formatted(
                                schema.path("minimum").asInt(),
                                schema.path("maximum").asInt())
                : "";
    }
}
