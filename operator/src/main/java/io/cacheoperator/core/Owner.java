package io.cacheoperator.core;

/**
 * Who a thing in AWS belongs to: the CR of this name in this Kubernetes cluster. The CR's UID is deliberately no part
 * of it, so that a CR restored from a backup, or made again by GitOps, goes on with its cache.
 *
 * @param clusterName tells apart Kubernetes clusters that share an account; by default the UID of namespace kube-system
 */
public record Owner(String clusterName, String namespace, String name) {

    /** The tag that says so; written in the create call, read back before every write. */
    public static final String TAG = "cacheoperator.io/owner";

    /** The tag's value: {@code <clusterName>/<namespace>/<name>}. */
    public String tagValue() {
        return clusterName + "/" + namespace + "/" + name;
    }

    @Override
    public String toString() {
        return tagValue();
    }
}
