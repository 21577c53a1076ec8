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
        @JsonPropertyDescription("Path of the spec field. Example: snapshots.retentionDays") @Nullable
        String field,

        @JsonPropertyDescription("Value that is wanted.") @Size(max = 32768) @Nullable
        String desired,

        @JsonPropertyDescription("Value that AWS has.") @Size(max = 32768) @Nullable
        String actual) {}
