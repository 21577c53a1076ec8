package io.cacheoperator.core;

/** How much a step can hurt, ordered; the worst of a plan decides who must agree. */
public enum Impact {
    NONE,
    /** Applied on the running cache without a client noticing. */
    IN_PLACE,
    /** A failover: a short gap in writes. */
    BRIEF,
    /** The cache, or a part of it, is unreachable for minutes. */
    DISRUPTIVE,
    /** Contents are lost. Always needs approval. */
    DATA_LOSS,
    /** AWS cannot do it, or not without replacing the cache: refused. */
    FORBIDDEN;

    public static Impact max(Impact a, Impact b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
