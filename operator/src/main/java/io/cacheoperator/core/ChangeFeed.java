package io.cacheoperator.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A service's own list of what happened lately, one call for a region: wakes single resources before the next bulk. */
public interface ChangeFeed {

    /**
     * What happened lately, in any order; entries seen before may come again.
     *
     * @param back how far back, by the service's clock: ours may be ahead of it
     */
    Result<List<Change>> lately(String region, Duration back);

    /**
     * One thing that happened.
     *
     * @param key equal for the same entry seen twice
     * @param about the questions whose answers it may have changed; who reads them decides which are of interest
     */
    record Change(String key, Instant at, Set<Query<?>> about) {
        public Change {
            about = Set.copyOf(about);
        }
    }
}
