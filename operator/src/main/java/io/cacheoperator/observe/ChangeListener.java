package io.cacheoperator.observe;

import io.cacheoperator.core.Query;
import java.util.Set;

/** Told which answers are not what they were. Called outside of any lock; must not block. */
@FunctionalInterface
public interface ChangeListener {

    /** @param by the thread on whose behalf the answers were had; who runs on it has seen them */
    void changed(Set<Query<?>> queries, Thread by);
}
