package io.cacheoperator.probe;

import java.util.List;

/** Told of every round, for metrics. Never blocks and never throws. */
public interface ProbeListener {

    /** Nobody listens. */
    ProbeListener NONE = new ProbeListener() {
        @Override
        public void probed(CacheKey cache, List<NodeResult> results) {
            // Nobody listens.
        }

        @Override
        public void gone(CacheKey cache) {
            // Nobody listens.
        }
    };

    /** One cache was asked. */
    void probed(CacheKey cache, List<NodeResult> results);

    /** It is not asked any more. */
    void gone(CacheKey cache);
}
