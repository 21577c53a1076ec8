package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A field whose value in AWS is not the wanted one. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DriftEntry(
        @JsonPropertyDescription("Path of the spec field. Example: spec.snapshots.retentionDays") @Nullable
        String field,

        @JsonPropertyDescription("Value that is wanted; left out where there should be none.")
        @Size(max = 32768)
        @Nullable
        String desired,

        @JsonPropertyDescription("Value that AWS has; left out where it has none.") @Size(max = 32768) @Nullable
        String actual) {

    /** The server keeps no empty text: one in a status would be written for ever. */
    public DriftEntry {
        desired = desired == null || desired.isEmpty() ? null : desired;
        actual = actual == null || actual.isEmpty() ? null : actual;
    }
}
