package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** Automatic daily snapshots by AWS. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SnapshotsSpec(
        @Nullable Integer retentionDays, @Nullable String window) {

    /** Nothing given. */
    static final SnapshotsSpec NONE = new SnapshotsSpec(null, null);
}
