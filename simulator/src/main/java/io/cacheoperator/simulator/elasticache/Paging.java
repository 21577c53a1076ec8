package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages by Marker and MaxRecords. */
final class Paging {
    private static final int LEAST = 20;
    private static final int MOST = 100;

    private Paging() {}

    /** Checks what a page of a list that is always empty is asked for with. */
    static void checkEmpty(@Nullable String marker, @Nullable Integer maxRecords) {
        page(List.<String>of(), Function.identity(), marker, maxRecords);
    }

    /** A page of 20 to 100 items, 100 if nothing is said. */
    static <T> Page<T> page(
            List<T> sorted, Function<T, String> key, @Nullable String marker, @Nullable Integer maxRecords) {
        return page(sorted, key, marker, maxRecords, MOST);
    }

    /** A page of 20 to {@code most} items, {@code most} if nothing is said. */
    static <T> Page<T> page(
            List<T> sorted, Function<T, String> key, @Nullable String marker, @Nullable Integer maxRecords, int most) {
        if (maxRecords != null && (maxRecords < LEAST || maxRecords > most)) {
            throw AwsError.invalidParameterValue(
                    "Invalid value %d for MaxRecords. Must be between %d and %d".formatted(maxRecords, LEAST, most));
        }
        return Page.of(
                sorted,
                key,
                Optional.ofNullable(marker).filter(m -> !m.isEmpty()),
                maxRecords == null ? most : maxRecords,
                token -> AwsError.invalidParameterValue("Invalid value %s for Marker".formatted(token)));
    }
}
