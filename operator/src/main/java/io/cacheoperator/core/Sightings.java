package io.cacheoperator.core;

/**
 * Where the results of our own calls go, so that the next look at the {@link View} in the same pass sees them, and
 * snapshots taken before our write are not believed for what we wrote.
 */
public interface Sightings {

    /** Our write answered with this state. */
    <T> void present(Query<T> query, T state);

    /** Our write, or a call that named it, showed that it is not there. */
    void absent(Query<?> query);

    /** We wrote, and what is true now was not in the answer: unknown until read anew. */
    void stale(Query<?> query);
}
