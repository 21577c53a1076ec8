package io.cacheoperator.kinds.cachecluster;

import java.time.Duration;

/**
 * What the operator was started with, as far as it concerns clusters.
 *
 * @param clusterName tells apart Kubernetes clusters that share an account
 * @param region the AWS region of clusters that name none
 * @param settling so long after a change AWS may still show what was before it
 */
public record ClusterSettings(
        String clusterName, String region, OperatorDefaults defaults, AllowList allow, Duration settling) {

    /** After a change either a modification is seen, or so long is waited (aws-behaviour.md, 4.3). */
    public static final Duration SETTLING = Duration.ofSeconds(30);

    public ClusterSettings(String clusterName, String region, OperatorDefaults defaults, AllowList allow) {
        this(clusterName, region, defaults, allow, SETTLING);
    }

    /** The region a cluster lives in. */
    public String regionOf(CacheClusterSpec spec) {
        String given = spec.region();
        return given == null ? region : given;
    }
}
