package io.cacheoperator.core;

import java.util.Map;
import java.util.Set;

/** The outside world as a pass sees it: what is known already, and the few questions that must be asked now. */
public interface Reads {

    /** What is known now. */
    View view();

    /**
     * Asks these questions and returns when each was answered or has failed; the answers are in the view then.
     *
     * @return the questions that got no answer, and why
     */
    Map<Query<?>, Failure> read(Set<Query<?>> questions);
}
