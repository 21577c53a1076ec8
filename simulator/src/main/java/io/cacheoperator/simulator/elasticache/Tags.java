package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.AwsError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticache.model.Tag;

/** Tags of resources by ARN. */
final class Tags {
    private static final int MOST = 50;
    private static final int KEY_LENGTH = 128;
    private static final int VALUE_LENGTH = 256;

    private Tags() {}

    /**
     * The tags of a request.
     *
     * @throws AwsError if there are too many, a key comes twice, or a key or value is not allowed
     */
    static Map<String, String> read(List<Tag> tags) {
        Map<String, String> read = new LinkedHashMap<>();
        for (Tag tag : tags) {
            String key = tag.key() == null ? "" : tag.key();
            String value = tag.value() == null ? "" : tag.value();
            if (key.isEmpty() || key.length() > KEY_LENGTH || value.length() > VALUE_LENGTH) {
                throw AwsError.invalidParameterValue("Tag keys must have 1 to 128 characters and values up to 256.");
            }
            if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw AwsError.invalidParameterValue("Tag keys must not start with aws:");
            }
            if (read.put(key, value) != null) {
                throw AwsError.invalidParameterValue("Duplicate tag key: " + key);
            }
        }
        checkCount(read);
        return read;
    }

    static void checkCount(Map<String, String> tags) {
        if (tags.keySet().stream().filter(key -> !key.startsWith("aws:")).count() > MOST) {
            throw AwsError.badRequest(
                    "TagQuotaPerResourceExceeded", "The resource has more than %d tags.".formatted(MOST));
        }
    }

    /** The tags a new resource starts with. One without tags leaves no trace in the tagging API. */
    static void create(Context c, String arn, Map<String, String> tags) {
        if (!tags.isEmpty()) {
            c.state().tags.put(arn, Map.copyOf(tags), c.now());
        }
    }

    static void replace(Context c, String arn, Map<String, String> tags) {
        c.state().tags.put(arn, Map.copyOf(tags), c.now());
    }

    static void remove(Context c, String arn) {
        c.state().tags.remove(arn, c.now());
    }

    static Map<String, String> of(Context c, String arn) {
        return c.state().tags.find(arn).orElse(Map.of());
    }

    /** Sorted by key. */
    static List<Tag> shown(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(entry -> Tag.builder()
                                .key(entry.getKey())
                                .value(entry.getValue())
                                .build())
                        .toList();
    }
}
