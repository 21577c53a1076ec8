package io.cacheoperator.probe;

import java.util.Locale;

/** What a node does in its cache. */
public enum NodeRole {
    PRIMARY,
    REPLICA,
    /** A node of memcached, where all are alike. */
    NODE,
    /** Not a node: the endpoint through which clients of a cluster find its nodes. */
    CONFIGURATION;

    /** The word of the metrics' label. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
