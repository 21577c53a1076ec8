package io.cacheoperator.simulator.iam;

import java.util.List;
import java.util.regex.Pattern;

/** IAM's patterns: {@code *} is any text and {@code ?} any character. */
final class Wildcards {
    private Wildcards() {}

    static boolean any(List<String> patterns, String text, boolean caseless) {
        return patterns.stream().anyMatch(pattern -> like(pattern, text, caseless));
    }

    static boolean like(String pattern, String text, boolean caseless) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            regex.append(
                    switch (c) {
                        case '*' -> ".*";
                        case '?' -> ".";
                        default -> Pattern.quote(String.valueOf(c));
                    });
        }
        int flags = Pattern.DOTALL | (caseless ? Pattern.CASE_INSENSITIVE : 0);
        return Pattern.compile(regex.toString(), flags).matcher(text).matches();
    }
}
