package io.cacheoperator.observe;

import io.cacheoperator.core.Observation;
import java.time.Instant;
import java.util.Optional;

/**
 * One answer that stands above the bulk's: of a single read, or of a write of ours.
 *
 * @param order when the read began or the write ended, in the order of all reads and writes
 * @param write our last write to it, while that still says which answers are not to be believed
 */
record Sighting(Observation<?> answer, long order, Instant at, Optional<OwnWrite> write) {

    /** Reads that began before this are worth nothing for this question. */
    long notBefore() {
        return write.map(OwnWrite::order).orElse(answer.isUnknown() ? order : -1);
    }
}
