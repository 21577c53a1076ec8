package io.cacheoperator.crds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A CacheCluster in which every field of the schema is set; it need not make sense, only keep the rules. */
final class FullCluster {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private FullCluster() {}

    static <T> T read(String part, Class<T> type) {
        return YAML.unmarshal(YAML.asJson(tree(part)), type);
    }

    static JsonNode tree(String part) {
        try (InputStream file = FullCluster.class.getResourceAsStream("full-cluster.yaml")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return new ObjectMapper()
                    .readTree(YAML.asJson(YAML.unmarshal(text, JsonNode.class)))
                    .get(part);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
