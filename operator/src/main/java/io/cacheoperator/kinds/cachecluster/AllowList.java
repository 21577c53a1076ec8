package io.cacheoperator.kinds.cachecluster;

import java.util.List;

/**
 * What namespaces may touch that their own resources did not make; api.md, "What a namespace may touch". Empty by
 * default: nothing.
 */
public record AllowList(List<Entry> entries) {

    /** Nothing is allowed. */
    public static final AllowList NONE = new AllowList(List.of());

    public AllowList {
        entries = List.copyOf(entries);
    }

    /**
     * One door. In every list {@code *} stands for any run of characters.
     *
     * @param namespaces who may pass
     * @param takeOver owners, as in {@link io.cacheoperator.core.Owner#tagValue()}, whose resources may be taken over
     */
    public record Entry(List<String> namespaces, List<String> takeOver) {

        public Entry {
            namespaces = List.copyOf(namespaces);
            takeOver = List.copyOf(takeOver);
        }
    }

    /** Whether a resource in {@code namespace} may take over what {@code owner} owns. */
    public boolean permitsTakeOver(String namespace, String owner) {
        return entries.stream()
                .anyMatch(entry -> anyMatches(entry.namespaces(), namespace) && anyMatches(entry.takeOver(), owner));
    }

    private static boolean anyMatches(List<String> globs, String value) {
        return globs.stream().anyMatch(glob -> matches(glob, 0, value, 0));
    }

    /** Recursion only at a star, and a star that follows tries again from there: no regular expression to escape. */
    private static boolean matches(String glob, int g, String value, int v) {
        if (g == glob.length()) {
            return v == value.length();
        }
        if (glob.charAt(g) == '*') {
            for (int end = v; end <= value.length(); end++) {
                if (matches(glob, g + 1, value, end)) {
                    return true;
                }
            }
            return false;
        }
        return v < value.length() && glob.charAt(g) == value.charAt(v) && matches(glob, g + 1, value, v + 1);
    }
}
