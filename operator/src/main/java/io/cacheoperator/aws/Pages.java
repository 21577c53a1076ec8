package io.cacheoperator.aws;

import io.cacheoperator.core.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Follows markers to the end, or fails as a whole. */
final class Pages {

    /** A marker that AWS repeats for ever must not keep us for ever. */
    private static final int MOST = 1000;

    private Pages() {}

    /** One page: what is on it and where the next begins. */
    record Page<T>(List<T> items, Optional<String> next) {
        static <T> Page<T> of(List<T> items, @Nullable String next) {
            return new Page<>(items, FromElastiCache.optional(next));
        }
    }

    /** Everything, and how many calls it took. */
    record All<T>(List<T> items, int calls) {}

    /** @param page asks for the page at a marker; null for the first */
    static <T> Result<All<T>> all(Function<@Nullable String, Result<Page<T>>> page) {
        List<T> items = new ArrayList<>();
        @Nullable String marker = null;
        for (int calls = 1; calls <= MOST; calls++) {
            switch (page.apply(marker)) {
                case Result.Failed<Page<T>>(var failure) -> {
                    return Result.failed(failure);
                }
                case Result.Ok<Page<T>>(Page<T> found) -> {
                    items.addAll(found.items());
                    if (found.next().isEmpty()) {
                        return Result.ok(new All<>(items, calls));
                    }
                    marker = found.next().get();
                }
            }
        }
        throw new IllegalStateException("more than " + MOST + " pages");
    }
}
