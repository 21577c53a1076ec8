package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Observation.Source;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.Sightings;
import io.cacheoperator.core.View;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A view that a test fills, and that learns from writes. */
final class KnownWorld implements View, Sightings {

    static final Instant AS_OF = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<Query<?>, Observation<?>> answers = new HashMap<>();

    <T> KnownWorld with(Query<T> query, T state, Source source) {
        answers.put(query, new Observation.Present<>(state, AS_OF, source));
        return this;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Observation<T> get(Query<T> query) {
        return (Observation<T>) answers.getOrDefault(query, Observation.unknown("not read"));
    }

    @Override
    public <T> void present(Query<T> query, T state) {
        with(query, state, Source.OWN_WRITE);
    }

    @Override
    public void absent(Query<?> query) {
        answers.put(query, new Observation.Absent<>(AS_OF, Source.OWN_WRITE));
    }

    @Override
    public void stale(Query<?> query) {
        answers.remove(query);
    }
}
