package io.cacheoperator.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one {@link BulkRead} found: answers of the type that their question asks for. Immutable. */
public final class Answers {

    private final Map<Query<?>, Object> found;
    private final int calls;

    private Answers(Map<Query<?>, Object> found, int calls) {
        this.found = Map.copyOf(found);
        this.calls = calls;
    }

    public static Builder builder() {
        return new Builder();
    }

    public static Answers none() {
        return new Builder().calls(1).build();
    }

    @SuppressWarnings("unchecked") // Builder.put pairs each question with an answer of its type.
    public <T> Optional<T> get(Query<T> query) {
        return Optional.ofNullable((T) found.get(query));
    }

    public Set<Query<?>> queries() {
        return found.keySet();
    }

    /** How many calls to AWS it took: what one more read of this kind costs. */
    public int calls() {
        return calls;
    }

    /** Gathers answers; not for use by several threads. */
    public static final class Builder {

        private final Map<Query<?>, Object> found = new HashMap<>();
        private int calls;

        private Builder() {}

        public <T> Builder put(Query<T> query, T answer) {
            found.put(query, answer);
            return this;
        }

        public Builder calls(int number) {
            calls = number;
            return this;
        }

        public Answers build() {
            return new Answers(found, calls);
        }
    }
}
