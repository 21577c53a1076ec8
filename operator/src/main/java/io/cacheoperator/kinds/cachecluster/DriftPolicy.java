package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is done about changes made in AWS by others. */
public enum DriftPolicy {
    /** They are undone. */
    @JsonProperty("Correct")
    CORRECT,

    /** They are shown in status and left alone. */
    @JsonProperty("Report")
    REPORT
}
