package io.cacheoperator.probe;

/** Names one cache as Kubernetes does. */
public record CacheKey(String namespace, String name) {

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
