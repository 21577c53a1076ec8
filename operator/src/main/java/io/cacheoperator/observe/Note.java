package io.cacheoperator.observe;

import io.cacheoperator.core.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An answer that a single call gave, or that our own write taught.
 *
 * @param at when the call was sent: an answer from before is older
 * @param own whether it came of our own write
 * @param before what was known before our own write, if that was a state
 */
record Note(Observation<?> answer, Instant at, boolean own, Optional<Object> before) {

    /** List calls are eventually consistent with a create; aws-behaviour.md, 4.3. */
    static final Duration CREATE_UNSEEN = Duration.ofMinutes(2);

    /** After a change the first answers may still show the state from before it; aws-behaviour.md, 4.3. */
    static final Duration CHANGE_UNSEEN = Duration.ofSeconds(30);

    /**
     * Whether a later answer must be a look into the past: it shows the state from before our write shortly after it, or
     * does not show what we just made.
     */
    boolean contradicts(Observation<?> later, Instant now) {
        if (!own) {
            return false;
        }
        Optional<?> seen = later.found();
        boolean unmade = answer.isPresent() && before.isEmpty() && seen.isEmpty();
        boolean unchanged =
                seen.isPresent() && before.isPresent() && before.get().equals(seen.get());
        return unmade && now.isBefore(at.plus(CREATE_UNSEEN))
                || unchanged && !answer.found().equals(seen) && now.isBefore(at.plus(CHANGE_UNSEEN));
    }
}
