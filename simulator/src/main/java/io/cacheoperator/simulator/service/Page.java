package io.cacheoperator.simulator.service;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of a listing. The token is opaque and names the last key shown, so that items coming and going between two pages shift
 * nothing: later pages show what sorts after it.
 *
 * @param next the token of the next page, empty on the last
 */
public record Page<T>(List<T> items, Optional<String> next) {
    private static final String PREFIX = "after:";

    public Page {
        items = List.copyOf(items);
    }

    /**
     * Cuts a page out of a listing.
     *
     * @param sorted  everything, sorted by key
     * @param key     a unique key, in the order of the listing
     * @param token   what the previous page answered, empty for the first page
     * @param size    at least 1; the bounds are the caller's to check, since each API words that error differently
     * @param invalid the error for a token that no page answered
     */
    public static <T> Page<T> of(
            List<T> sorted,
            Function<T, String> key,
            Optional<String> token,
            int size,
            Function<String, AwsError> invalid) {
        int from = token.map(t -> indexAfter(sorted, key, decode(t, invalid))).orElse(0);
        int to = Math.min(sorted.size(), from + size);
        List<T> items = sorted.subList(from, to);
        return new Page<>(
                items, to < sorted.size() ? Optional.of(encode(key.apply(items.getLast()))) : Optional.empty());
    }

    private static <T> int indexAfter(List<T> sorted, Function<T, String> key, String last) {
        for (int i = 0; i < sorted.size(); i++) {
            if (key.apply(sorted.get(i)).equals(last)) {
                return i + 1;
            }
        }
        int i = 0;
        while (i < sorted.size() && key.apply(sorted.get(i)).compareTo(last) <= 0) {
            i++;
        }
        return i;
    }

    private static String encode(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((PREFIX + key).getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String token, Function<String, AwsError> invalid) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.startsWith(PREFIX)) {
                return text.substring(PREFIX.length());
            }
        } catch (IllegalArgumentException notBase64) {
            throw invalid.apply(token);
        }
        throw invalid.apply(token);
    }
}
