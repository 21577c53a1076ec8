package io.cacheoperator.observe;

import io.cacheoperator.core.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What we did to one thing, and so what answers about it are not to be believed. AWS may answer a read with what was true
 * up to a minute ago (aws-behaviour.md, 4.3), so "read after our write" alone does not make an answer newer than it.
 *
 * @param order when it was written, in the order of all reads and writes
 * @param before the state that was known then; empty where it was absent or unknown
 * @param written what our write answered, or that it took it away; unknown where the answer did not say
 * @param seenMoving whether a read has shown it on its way to another state since
 */
record OwnWrite(long order, Instant at, Optional<Object> before, Observation<?> written, boolean seenMoving) {

    /** So long a thing that we made may be missing from answers. */
    static final Duration MISSING = Duration.ofMinutes(2);

    /** So long a thing that we changed may look untouched. */
    static final Duration UNTOUCHED = Duration.ofSeconds(30);

    /**
     * Whether an answer may replace what our write said.
     *
     * @param state what was read; empty for absent
     * @param readOrder when that read began
     * @param now when its answer came
     */
    boolean lets(Optional<?> state, long readOrder, Instant now, Predicate<Object> moving) {
        if (readOrder < order) {
            return false;
        }
        if (state.isEmpty()) {
            return !(made() && now.isBefore(at.plus(MISSING)));
        }
        Object read = state.get();
        boolean looksUntouched = !written.isUnknown()
                && !seenMoving
                && !moving.test(read)
                && before.filter(read::equals).isPresent()
                && written.found().filter(read::equals).isEmpty();
        return !(looksUntouched && now.isBefore(at.plus(UNTOUCHED)));
    }

    /** Whether it came into being by this write. */
    private boolean made() {
        return written.isPresent() && before.isEmpty();
    }

    /** Whether there is still an answer that it would refuse, besides those of reads that began before it. */
    boolean standsAt(Instant now) {
        return now.isBefore(at.plus(made() ? MISSING : UNTOUCHED));
    }

    OwnWrite having(Optional<?> believed, Predicate<Object> moving) {
        boolean seen = seenMoving || believed.filter(moving::test).isPresent();
        return new OwnWrite(order, at, before, written, seen);
    }
}
