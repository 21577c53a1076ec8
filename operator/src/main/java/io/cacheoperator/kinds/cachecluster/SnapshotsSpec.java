package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Automatic daily snapshots by AWS. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SnapshotsSpec(
        @JsonPropertyDescription(
                "Days for which AWS keeps an automatic snapshot, 0 to 35; 0 turns automatic snapshots off. "
                        + "Default: 7. Example: 7")
        @Min(0)
        @Max(35)
        @Nullable
        Integer retentionDays,

        @JsonPropertyDescription(
                "Daily window in which AWS starts the automatic snapshot, in UTC, hh:mm-hh:mm, at least 1 "
                        + "hour long; must not overlap maintenance.window. Default: AWS chooses. Example: 03:00-04:00")
        @Size(max = 11)
        @Nullable
        String window) {

    /** Nothing given. */
    static final SnapshotsSpec NONE = new SnapshotsSpec(null, null);
}
