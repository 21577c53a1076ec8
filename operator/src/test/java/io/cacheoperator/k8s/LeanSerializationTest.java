package io.cacheoperator.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.WatchEvent;
import org.junit.jupiter.api.Test;

/** Who owns which field is not read, and all the rest is. */
class LeanSerializationTest {

    private final LeanSerialization json = new LeanSerialization();

    private static String object(String apiVersion, String kind) {
        return """
                {"apiVersion": "%s", "kind": "%s", "metadata": {"name": "a", "resourceVersion": "7", "labels": {"app": "shop"},
                 "managedFields": [{"manager": "m", "operation": "Apply", "fieldsType": "FieldsV1", "fieldsV1": {"f:spec": {}}}],
                 "finalizers": ["cacheoperator.io/cachecluster"]}}""".formatted(apiVersion, kind);
    }

    @Test
    void anObjectIsReadWithoutItsManagedFieldsAndWithAllTheRest() {
        CacheCluster read = json.unmarshal(object("cacheoperator.io/v1alpha1", "CacheCluster"), CacheCluster.class);

        assertThat(read.getMetadata().getManagedFields()).isEmpty();
        assertThat(read.getMetadata().getResourceVersion()).isEqualTo("7");
        assertThat(read.getMetadata().getLabels()).containsEntry("app", "shop");
        assertThat(read.getMetadata().getFinalizers()).containsExactly("cacheoperator.io/cachecluster");
        assertThat(read.getMetadata().getAdditionalProperties()).isEmpty();
    }

    @Test
    void andSoItIsInAnEventOfAWatch() {
        WatchEvent event = json.unmarshal(
                "{\"type\": \"MODIFIED\", \"object\": " + object("v1", "Secret") + "}", WatchEvent.class);

        assertThat(event.getObject()).isInstanceOfSatisfying(Secret.class, secret -> {
            assertThat(secret.getMetadata().getManagedFields()).isEmpty();
            assertThat(secret.getMetadata().getFinalizers()).hasSize(1);
        });
    }

    @Test
    void nothingIsSaidOfThemWhenItIsWritten() {
        assertThat(json.asJson(json.unmarshal(object("v1", "Secret"), Secret.class)))
                .contains("\"shop\"")
                .doesNotContain("managedFields");
    }
}
