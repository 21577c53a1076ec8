package io.cacheoperator.kinds.cachecluster;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * An engine version as numbers. From 6 on, AWS takes {@code major.minor} and answers with the patch as well; minor
 * versions below that and memcached's are exact (aws-behaviour.md, 7.3).
 *
 * @param parts one to three numbers; {@code 6.x} is 6 alone
 */
record EngineVersion(List<Integer> parts) implements Comparable<EngineVersion> {

    static EngineVersion of(String text) {
        Stream<String> numbers = Arrays.stream(text.split("\\.", -1)).takeWhile(part -> part.matches("[0-9]{1,9}"));
        return new EngineVersion(numbers.map(Integer::valueOf).toList());
    }

    /** Whether both mean the same: equal in as many numbers as the shorter has. */
    boolean matches(EngineVersion other) {
        int common = Math.min(parts.size(), other.parts.size());
        return common > 0 && parts.subList(0, common).equals(other.parts.subList(0, common));
    }

    boolean isAtLeast(int major, int minor, int patch) {
        return compareTo(new EngineVersion(List.of(major, minor, patch))) >= 0;
    }

    int major() {
        return parts.isEmpty() ? 0 : parts.getFirst();
    }

    /** Missing numbers count as the highest there can be: {@code 6.x} and {@code 7.0} mean the newest of them. */
    @Override
    public int compareTo(EngineVersion other) {
        int length = Math.max(parts.size(), other.parts.size());
        for (int i = 0; i < length; i++) {
            int order = Integer.compare(part(i), other.part(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private int part(int index) {
        return index < parts.size() ? parts.get(index) : Integer.MAX_VALUE;
    }
}
