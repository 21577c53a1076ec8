package io.cacheoperator.simulator.world;

import java.util.HashMap;
import java.util.Map;

/** Makes ids in the manner of AWS, such as {@code sg-0a1b2c3d4e5f60718}: random to look at, yet the same in every run. */
public final class IdSource {
    private static final int LONG_ID = 17;
    private final String seed;
    private final Map<String, Integer> counters = new HashMap<>();

    /** A source whose ids differ from those of every other seed. */
    public IdSource(String seed) {
        this.seed = seed;
    }

    /** The next id with a prefix such as {@code sg-}: the prefix and seventeen hexadecimal digits. */
    public synchronized String next(String prefix) {
        return named(prefix, "#" + counters.merge(prefix, 1, Integer::sum));
    }

    /** The id of something that has a name of its own here: always the same for the same name. */
    public String named(String prefix, String name) {
        return prefix + "0" + hex(prefix + "/" + name, LONG_ID - 1);
    }

    /** Lower-case hexadecimal digits, the same for the same name. At most 32. */
    public String hex(String name, int digits) {
        String text = seed + "/" + name;
        return "%016x%016x"
                .formatted(mix(text, 0x9E3779B97F4A7C15L), mix(text, 0xC2B2AE3D27D4EB4FL))
                .substring(0, digits);
    }

    private static long mix(String text, long start) {
        long hash = start;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0xFF51AFD7ED558CCDL;
            hash ^= hash >>> 32;
        }
        return hash;
    }
}
