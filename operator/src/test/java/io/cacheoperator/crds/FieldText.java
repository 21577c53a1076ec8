package io.cacheoperator.crds;

/**
 * A field's description taken apart: {@code <what it is>. Default: <...>. Immutable once the cache exists. Example: <...>}, of
 * which every part but the first may be missing.
 *
 * @param fallback the value where none is given
 * @param change whether it can be changed: yes, no, or when
 */
record FieldText(String what, String fallback, String change, String example) {

    private static final String IMMUTABLE = "Immutable once the cache exists.";
    private static final String DEFAULT = "Default: ";
    private static final String EXAMPLE = "Example: ";

    static FieldText of(String description) {
        String rest = description;
        String example = "";
        int at = rest.lastIndexOf(EXAMPLE);
        if (at >= 0) {
            example = rest.substring(at + EXAMPLE.length());
            rest = rest.substring(0, at);
        }
        boolean immutable = rest.contains(IMMUTABLE);
        rest = rest.replace(IMMUTABLE, "");
        String fallback = "";
        at = rest.indexOf(DEFAULT);
        if (at >= 0) {
            int end = endOfSentence(rest, at);
            fallback = rest.substring(at + DEFAULT.length(), end);
            rest = rest.substring(0, at) + rest.substring(Math.min(end + 1, rest.length()));
        }
        String change = immutable ? "no" : rest.contains("on create only") ? "no effect" : "yes";
        return new FieldText(rest.strip().replaceAll(" {2,}", " "), fallback.strip(), change, example.strip());
    }

    /** The next full stop that ends a sentence: before a blank or at the end. */
    private static int endOfSentence(String text, int from) {
        int end = text.indexOf(". ", from);
        return end >= 0
                ? end
                : text.stripTrailing().length() - (text.stripTrailing().endsWith(".") ? 1 : 0);
    }
}
