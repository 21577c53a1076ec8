package io.cacheoperator.probe;

/** What is known now of each cache. Never blocks. */
@FunctionalInterface
public interface Reachabilities {

    /** Probing is off. */
    Reachabilities OFF = cache -> new Reachability.Off();

    Reachability of(CacheKey cache);
}
