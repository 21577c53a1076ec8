package io.cacheoperator.simulator.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The parameters of a query request as a tree: {@code Tags.Tag.1.Key=a} is the path Tags, Tag, 1, Key with a value at its end.
 */
final class Param {
    private final String path;
    private final Map<String, Param> children = new LinkedHashMap<>();
    private Optional<String> value = Optional.empty();

    private Param(String path) {
        this.path = path;
    }

    /** Reads one or more {@code application/x-www-form-urlencoded} texts into one tree. */
    static Param parse(String... encoded) {
        Param root = new Param("");
        for (String part : encoded) {
            for (String pair : part.split("&", -1)) {
                if (!pair.isBlank()) {
                    root.add(pair);
                }
            }
        }
        return root;
    }

    private void add(String pair) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        Param at = this;
        for (String step : name.split("\\.", -1)) {
            String parent = at.path;
            at = at.children.computeIfAbsent(step, s -> new Param(parent.isEmpty() ? s : parent + "." + s));
        }
        at.value = Optional.of(equals < 0 ? "" : decode(pair.substring(equals + 1)));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.strip(), StandardCharsets.UTF_8);
    }

    /** The full name of this parameter as the client sent it. */
    String path() {
        return path;
    }

    Optional<String> value() {
        return value;
    }

    Map<String, Param> children() {
        return children;
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(children.get(name)).flatMap(Param::value);
    }

    /** True if every child is a number: the elements of a list or the entries of a map. */
    boolean isNumbered() {
        return !children.isEmpty() && children.keySet().stream().allMatch(Param::isNumber);
    }

    /** The numbered children in the order of their numbers, which need not be without gaps. */
    List<Param> numbered() {
        TreeMap<Long, Param> sorted = new TreeMap<>();
        children.forEach((number, child) -> sorted.put(Long.valueOf(number), child));
        return List.copyOf(sorted.values());
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
