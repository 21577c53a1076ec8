package io.cacheoperator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** {@code values.schema.json} describes every value, and no other. */
class ChartSchemaTest {
    private static final JsonNode SCHEMA =
            Manifests.parseOne(Repository.read("helm/elasticache-operator/values.schema.json"));
    private static final JsonNode VALUES = Manifests.parseOne(Repository.read("helm/elasticache-operator/values.yaml"));

    @Test
    void everyKeyIsDescribed() {
        List<String> bare = new ArrayList<>();
        collect(
                "",
                SCHEMA,
                bare,
                (path, schema) -> !schema.path("description").asText().endsWith("."));
        assertThat(bare).isEmpty();
    }

    @Test
    void noObjectWithKnownKeysTakesOthers() {
        List<String> open = new ArrayList<>();
        collect(
                "",
                SCHEMA,
                open,
                (path, schema) -> schema.has("properties")
                        && !schema.path("additionalProperties")
                                .equals(Manifests.parseOne("a: false").get("a")));
        assertThat(open).isEmpty();
    }

    @Test
    void valuesFileShowsEveryKeyOfTheSchema() {
        compareKeys("", SCHEMA, VALUES);
    }

    private interface Rule {
        boolean broken(String path, JsonNode schema);
    }

    private static void collect(String path, JsonNode schema, List<String> broken, Rule rule) {
        schema.path("properties").properties().forEach(property -> {
            String at = path + "/" + property.getKey();
            if (rule.broken(at, property.getValue())) {
                broken.add(at);
            }
            collect(at, property.getValue(), broken, rule);
            JsonNode items = property.getValue().path("items");
            if (items.has("properties")) {
                if (rule.broken(at + "[]", items)) {
                    broken.add(at + "[]");
                }
                collect(at + "[]", items, broken, rule);
            }
        });
    }

    private static void compareKeys(String path, JsonNode schema, JsonNode values) {
        var described = new TreeSet<String>();
        schema.path("properties").fieldNames().forEachRemaining(described::add);
        if (described.isEmpty() || path.equals("/defaults/subnetSelector")) {
            return; // open maps and lists, and the one block that is empty by default
        }
        described.remove("global");
        if (path.endsWith("Probe")) {
            described.removeAll(List.of("initialDelaySeconds", "successThreshold"));
        }
        var written = new TreeSet<String>();
        values.fieldNames().forEachRemaining(written::add);
        assertThat(written).as("keys of values.yaml at " + path).isEqualTo(described);
        for (String key : described) {
            compareKeys(path + "/" + key, schema.at("/properties/" + key), values.path(key));
        }
    }
}
