package io.cacheoperator.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CacheClusterCrdTest {

    private final CacheClusterCrd crd = CacheClusterCrd.generate();

    @Test
    void committedCrdIsWhatTheModelMakes() throws IOException {
        GeneratedFile.writeOrCompare(CacheClusterCrd.FILE, crd.yaml(), "crds.write", "make crds");
    }

    @Test
    void chartCarriesTheSameBytes() throws IOException {
        String copy = "helm/elasticache-operator/files/" + CacheClusterCrd.FILE;
        GeneratedFile.writeOrCompare(copy, crd.yaml(), "crds.write", "make crds");
    }

    @Test
    void statusOfAConditionIsTextForKubectlToo() {
        assertThat(crd.yaml()).contains("- \"False\"\n", "- \"True\"\n").doesNotContainPattern("- (True|False)\\n");
    }

    @Test
    void everyFieldHasADescription() {
        List<String> bare = new ArrayList<>();
        walk("", crd.schema(), (path, schema) -> {
            if (!path.endsWith("[]") && !path.endsWith("{}") && schema.getDescription() == null) {
                bare.add(path);
            }
        });
        assertThat(bare).isEmpty();
    }

    @Test
    void everyStringListAndMapIsBounded() {
        List<String> unbounded = new ArrayList<>();
        walk("", crd.schema(), (path, schema) -> {
            boolean open = switch (schema.getType() == null ? "string" : schema.getType()) {
                case "string" ->
                    schema.getMaxLength() == null && schema.getEnum().isEmpty() && schema.getFormat() == null;
                case "array" -> schema.getMaxItems() == null;
                case "object" -> schema.getAdditionalProperties() != null && schema.getMaxProperties() == null;
                default -> false;
            };
            if (open) {
                unbounded.add(path);
            }
        });
        assertThat(unbounded).isEmpty();
    }

    /** Else a cache that has more could never have its status written. */
    @Test
    void statusTakesMoreThanASpecMayAskFor() {
        JSONSchemaProps effective = Paths.find(crd.schema(), ".status.effective");
        List<String> narrow = new ArrayList<>();
        walk("", effective, (path, schema) -> {
            boolean many = schema.getMaxItems() == null || schema.getMaxItems() >= 1000;
            boolean more = schema.getMaxProperties() == null || schema.getMaxProperties() >= 1000;
            boolean other = schema.getMaximum() == null
                    && schema.getMinimum() == null
                    && schema.getMinItems() == null
                    && schema.getMinLength() == null
                    && schema.getPattern() == null;
            if (!many || !more || !other) {
                narrow.add(path);
            }
        });
        assertThat(narrow).isEmpty();
        assertThat(Paths.find(crd.schema(), ".spec.network.securityGroupIds").getMaxItems())
                .isEqualTo(4);
    }

    @Test
    void noSpecFieldHasADefault() {
        List<String> defaulted = new ArrayList<>();
        walk(".spec", Paths.find(crd.schema(), ".spec"), (path, schema) -> {
            if (schema.getDefault() != null) {
                defaulted.add(path);
            }
        });
        assertThat(defaulted).isEmpty();
    }

    @Test
    void fullClusterSetsEveryField() {
        List<String> missing = new ArrayList<>();
        walk("", crd.schema(), (path, field) -> {
            boolean mirrored = path.startsWith(".status.effective.") || path.endsWith("{}");
            if (!mirrored && !inFullCluster(path) && !inFullCluster(path.replaceFirst("^.spec", ".status.effective"))) {
                missing.add(path);
            }
        });
        assertThat(missing).isEmpty();
    }

    private static boolean inFullCluster(String path) {
        String[] segments = path.split("\\.");
        if (segments.length < 2) {
            return true;
        }
        List<JsonNode> nodes = List.of(FullCluster.tree(segments[1]));
        for (String segment : List.of(segments).subList(2, segments.length)) {
            String name = segment.replace("[]", "");
            nodes = nodes.stream()
                    .filter(node -> node.has(name))
                    .map(node -> node.get(name))
                    .flatMap(node -> node.isArray() ? node.valueStream() : Stream.of(node))
                    .toList();
        }
        return !nodes.isEmpty();
    }

    @Test
    void clientSideApplyCanCarryIt() {
        // kubectl apply keeps the object in an annotation, and annotations end at 256 KiB.
        assertThat(crd.yaml().length()).isLessThan(200_000);
    }

    private static void walk(String path, JSONSchemaProps schema, BiConsumer<String, JSONSchemaProps> visitor) {
        visitor.accept(path, schema);
        if (schema.getItems() != null) {
            walk(path + "[]", schema.getItems().getSchema(), visitor);
        }
        if (schema.getAdditionalProperties() != null) {
            walk(path + "{}", schema.getAdditionalProperties().getSchema(), visitor);
        }
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, property) -> walk(path + "." + name, property, visitor));
        }
    }
}
