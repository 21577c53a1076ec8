package io.cacheoperator.core;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The annotations by which users steer a resource of ours; api.md, "Annotations". */
public final class Annotations {

    /** What all of ours begin with. */
    public static final String PREFIX = "cacheoperator.io/";

    /** {@code "true"}: nothing is written to AWS, and a deletion waits. */
    public static final String PAUSED = PREFIX + "paused";

    private Annotations() {}

    /** Ours alone, sorted. */
    public static Map<String, String> ours(HasMetadata resource) {
        Map<String, String> ours = new TreeMap<>(
                Optional.ofNullable(resource.getMetadata().getAnnotations()).orElse(Map.of()));
        ours.keySet().removeIf(key -> !key.startsWith(PREFIX));
        return ours;
    }

    public static boolean paused(HasMetadata resource) {
        return "true".equals(ours(resource).get(PAUSED));
    }
}
