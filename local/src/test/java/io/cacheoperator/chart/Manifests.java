package io.cacheoperator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Kubernetes objects of a rendered chart or a manifest file. */
record Manifests(List<JsonNode> objects) {
    static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Kinds that live outside of namespaces, as far as the chart could ever make them. */
    private static final Set<String> CLUSTER_WIDE = Set.of(
            "ClusterRole",
            "ClusterRoleBinding",
            "CustomResourceDefinition",
            "MutatingAdmissionPolicy",
            "MutatingAdmissionPolicyBinding",
            "Namespace",
            "PriorityClass",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "ValidatingWebhookConfiguration",
            "MutatingWebhookConfiguration");

    static Manifests parse(String yaml) {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            return new Manifests(documents.readAll().stream()
                    .filter(object -> object.isObject() && !object.isEmpty())
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode parseOne(String yaml) {
        List<JsonNode> all = parse(yaml).objects();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    List<String> kinds() {
        return objects.stream().map(object -> object.path("kind").asText()).toList();
    }

    /** {@code Kind/name} or {@code Kind/namespace/name}, sorted. */
    List<String> names() {
        return objects.stream().map(Manifests::name).sorted().toList();
    }

    static String name(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        String namespace = metadata.path("namespace").asText();
        return object.path("kind").asText()
                + (namespace.isEmpty() ? "/" : "/" + namespace + "/")
                + metadata.path("name").asText();
    }

    Manifests clusterWide() {
        return new Manifests(objects.stream()
                .filter(object -> CLUSTER_WIDE.contains(object.path("kind").asText()))
                .toList());
    }

    Stream<JsonNode> ofKind(String kind) {
        return objects.stream().filter(object -> object.path("kind").asText().equals(kind));
    }

    /** The only object of a kind. */
    JsonNode only(String kind) {
        List<JsonNode> found = ofKind(kind).toList();
        assertThat(found).as("objects of kind " + kind).hasSize(1);
        return found.getFirst();
    }

    JsonNode podTemplate() {
        return only("Deployment").at("/spec/template");
    }

    JsonNode container() {
        return podTemplate().at("/spec/containers/0");
    }

    /** The operator's configuration file. */
    JsonNode config() {
        return parseOne(ofKind("ConfigMap")
                .filter(map -> map.path("data").has("config.yaml"))
                .findFirst()
                .orElseThrow()
                .at("/data/config.yaml")
                .asText());
    }

    /** All objects in one YAML stream. */
    String yaml() {
        var all = new StringBuilder();
        for (JsonNode object : objects) {
            try {
                all.append(YAML.writeValueAsString(object));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all.toString();
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
