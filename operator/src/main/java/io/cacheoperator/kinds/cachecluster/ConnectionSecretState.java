package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.k8s.GivenKeys;
import java.util.Map;
import java.util.Objects;

/**
 * The connection Secret as it is in Kubernetes. Its data never reach {@code toString}.
 *
 * @param ours whether it is owned by this CacheCluster (by name; the uid may be another after a restore)
 * @param referenced whether an ownerReference makes Kubernetes delete it with this CacheCluster
 * @param type the Secret's immutable type, such as {@code servicebinding.io/redis}
 * @param data decoded values
 */
public record ConnectionSecretState(
        boolean ours,
        boolean referenced,
        String type,
        Map<String, String> data,
        Map<String, String> labels,
        Map<String, String> annotations) {

    public ConnectionSecretState {
        data = Map.copyOf(data);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    public ConnectionSecretState(
            boolean ours,
            String type,
            Map<String, String> data,
            Map<String, String> labels,
            Map<String, String> annotations) {
        this(ours, ours, type, data, labels, annotations);
    }

    /** Whether it says what it should. Keys, labels and annotations that are not ours do not matter. */
    public boolean says(ConnectionDetails wanted) {
        Map<String, String> wantedData = ConnectionData.of(wanted);
        return ConnectionData.KEYS.stream().allMatch(key -> Objects.equals(data.get(key), wantedData.get(key)))
                && labels.entrySet().containsAll(wanted.labels().entrySet())
                && annotations.entrySet().containsAll(wanted.annotations().entrySet())
                && GivenKeys.recordedIn(annotations)
                        .within(wanted.labels().keySet(), wanted.annotations().keySet());
    }

    @Override
    public String toString() {
        return "ConnectionSecretState[ours=" + ours + ", type=" + type + ", keys=" + data.keySet() + "]";
    }
}
