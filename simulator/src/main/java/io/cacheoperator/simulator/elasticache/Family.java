package io.cacheoperator.simulator.elasticache;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The parameter group families, oldest first within an engine. */
enum Family {
    REDIS_2_6("redis2.6", "2.6.13"),
    REDIS_2_8("redis2.8", "2.8.6"),
    REDIS_3_2("redis3.2", "3.2.4"),
    REDIS_4_0("redis4.0", "4.0.10"),
    REDIS_5_0("redis5.0", "5.0.0"),
    REDIS_6("redis6.x", "6.0.0"),
    REDIS_7("redis7", "7.0.0"),
    VALKEY_7("valkey7", "7.2.0"),
    VALKEY_8("valkey8", "8.0.0"),
    VALKEY_9("valkey9", "9.0.0"),
    MEMCACHED_1_4("memcached1.4", "1.4.5"),
    MEMCACHED_1_5("memcached1.5", "1.5.10"),
    MEMCACHED_1_6("memcached1.6", "1.6.6");

    private final String text;
    private final String firstVersion;

    Family(String text, String firstVersion) {
        this.text = text;
        this.firstVersion = firstVersion;
    }

    static Optional<Family> find(String text) {
        return Arrays.stream(values()).filter(f -> f.text.equals(text)).findFirst();
    }

    /**
     * The family of this name.
     *
     * @throws IllegalStateException if there is none
     */
    static Family of(String text) {
        return find(text).orElseThrow(() -> new IllegalStateException("no family " + text));
    }

    String text() {
        return text;
    }

    /** The earliest engine version of the family. */
    String firstVersion() {
        return firstVersion;
    }

    boolean isMemcached() {
        return text.startsWith("memcached");
    }

    /** Cluster mode came with Redis OSS 3.2, and with it a second default group per family. */
    boolean hasClusterMode() {
        return !isMemcached() && compareTo(REDIS_3_2) >= 0;
    }

    /** The names of the groups that AWS provides. */
    List<String> defaultGroups() {
        return hasClusterMode() ? List.of(defaultGroup(false), defaultGroup(true)) : List.of(defaultGroup(false));
    }

    /** The group that a cache gets when it names none. */
    String defaultGroup(boolean clusterMode) {
        return "default." + text + (clusterMode ? ".cluster.on" : "");
    }
}
