package io.cacheoperator.crds;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One rule, seen from outside: a spec that the API server takes, and one like it that it refuses.
 *
 * @param base fields that both have
 * @param accepted fields of the accepted spec, as YAML
 * @param rejected fields of the refused spec, as YAML
 * @param field the path that the refusal blames
 * @param message the refusal, word for word
 */
record RuleCase(Base base, String accepted, String rejected, String field, String message) {

    /** The least that a spec can be. */
    enum Base {
        valkey("cache.t4g.small"),
        redis("cache.t4g.small"),
        memcached("cache.t4g.small"),
        /** Valkey on a node type with a disk. */
        tiered("cache.r6gd.xlarge");

        private final String nodeType;

        Base(String nodeType) {
            this.nodeType = nodeType;
        }

        String engine() {
            return this == tiered ? "valkey" : name();
        }
    }

    Map<String, Object> acceptedSpec() {
        return spec(accepted);
    }

    Map<String, Object> rejectedSpec() {
        return spec(rejected);
    }

    private Map<String, Object> spec(String yaml) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("engine", base.engine());
        spec.put("nodeType", base.nodeType);
        spec.putAll(fields(yaml));
        return spec;
    }

    /** The fields of a snippet of YAML; the marker keeps the parser from taking a flow mapping for JSON. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> fields(String yaml) {
        return Serialization.unmarshal("---\n" + yaml, Map.class);
    }

    @Override
    public String toString() {
        return base + " " + rejected.strip().replaceAll("\\s*\\n\\s*", "; ");
    }
}
