package io.cacheoperator.probe;

import java.util.Optional;
import java.util.Set;

/** Where the prober learns what there is to ask. Reads caches only; called from the prober's threads. */
public interface ProbeSource {

    /** Every cache there is, ready or not. */
    Set<CacheKey> caches();

    /** How to ask it; empty while it is not to be asked, because it is not Ready or is being deleted. */
    Optional<ProbeTarget> target(CacheKey cache);
}
