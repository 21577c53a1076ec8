package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a cluster is in its life, for people; programs read the conditions. */
public enum Phase {
    /** Nothing exists in AWS yet. */
    @JsonProperty("Pending")
    PENDING,

    /** AWS is making it. */
    @JsonProperty("Creating")
    CREATING,

    /** It serves. */
    @JsonProperty("Available")
    AVAILABLE,

    /** AWS is changing it. */
    @JsonProperty("Modifying")
    MODIFYING,

    /** AWS is taking a snapshot of it. */
    @JsonProperty("Snapshotting")
    SNAPSHOTTING,

    /** It is being deleted. */
    @JsonProperty("Deleting")
    DELETING,

    /** AWS could not make it, or it cannot be used. */
    @JsonProperty("Failed")
    FAILED
}
