package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Secret that applications connect with. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ConnectionSecretSpec(@Nullable String name, Map<String, String> labels, Map<String, String> annotations) {

    /** Nothing given. */
    static final ConnectionSecretSpec NONE = new ConnectionSecretSpec(null, Map.of(), Map.of());

    public ConnectionSecretSpec {
        labels = Given.orEmpty(labels);
        annotations = Given.orEmpty(annotations);
    }
}
