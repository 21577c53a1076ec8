package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Secret that applications connect with. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ConnectionSecretSpec(
        @JsonPropertyDescription(
                "Name of the Secret, in the namespace of the CacheCluster. After an edit the new Secret is "
                        + "written and the old one removed. Default: <name>-cache. Example: "
                        + "sessions-cache")
        @Size(max = 253)
        @Nullable
        String name,

        @JsonPropertyDescription("Labels that the Secret gets besides the operator's own. Example: {app: shop}")
        @Size(max = 50)
        Map<String, String> labels,

        @JsonPropertyDescription("Annotations that the Secret gets. Example: {reloader/match: \"true\"}")
        @Size(max = 50)
        Map<String, String> annotations) {

    /** Nothing given. */
    static final ConnectionSecretSpec NONE = new ConnectionSecretSpec(null, Map.of(), Map.of());

    public ConnectionSecretSpec {
        labels = Given.orEmpty(labels);
        annotations = Given.orEmpty(annotations);
    }
}
