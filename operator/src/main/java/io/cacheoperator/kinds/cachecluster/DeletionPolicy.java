package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of the AWS cache when its CacheCluster is deleted. */
public enum DeletionPolicy {
    /** A snapshot is taken and awaited, then the cache is deleted. */
    @JsonProperty("Snapshot")
    SNAPSHOT,

    /** The cache is deleted, its contents are lost. */
    @JsonProperty("Delete")
    DELETE,

    /** Nothing is deleted in AWS. */
    @JsonProperty("Retain")
    RETAIN
}
