package io.cacheoperator.kinds.cachecluster;

/**
 * What the operator was started with, as far as it concerns clusters.
 *
 * @param clusterName tells apart Kubernetes clusters that share an account
 * @param region the AWS region of clusters that name none
 */
public record ClusterSettings(String clusterName, String region, OperatorDefaults defaults, AllowList allow) {

    /** The region a cluster lives in. */
    public String regionOf(CacheClusterSpec spec) {
        String given = spec.region();
        return given == null ? region : given;
    }
}
