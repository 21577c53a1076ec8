package io.cacheoperator.k8s;

import io.fabric8.kubernetes.api.model.Secret;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The keys of labels and annotations that a Secret of ours got from a spec. They are recorded on the Secret, for nothing else
 * tells them from what others put there.
 */
public record GivenKeys(Set<String> labels, Set<String> annotations) {

    private static final GivenKeys NONE = new GivenKeys(Set.of(), Set.of());

    public GivenKeys {
        labels = Set.copyOf(labels);
        annotations = Set.copyOf(annotations);
    }

    static GivenKeys of(Secret secret) {
        return recordedIn(secret.getMetadata().getAnnotations());
    }

    /** What a Secret's annotations say of it. */
    public static GivenKeys recordedIn(@Nullable Map<String, String> annotations) {
        return Optional.ofNullable(annotations)
                .flatMap(all -> Optional.ofNullable(all.get(OwnedSecrets.GIVEN)))
                .map(GivenKeys::parsed)
                .orElse(NONE);
    }

    /** {@code labels;annotations}, each the keys with commas between. */
    private static GivenKeys parsed(String text) {
        String[] parts = text.split(";", 2);
        return new GivenKeys(keys(parts[0]), parts.length < 2 ? Set.of() : keys(parts[1]));
    }

    private static Set<String> keys(String text) {
        return Arrays.stream(text.split(",", -1))
                .filter(Predicate.not(String::isBlank))
                .collect(Collectors.toSet());
    }

    String text() {
        return String.join(",", new TreeSet<>(labels)) + ";" + String.join(",", new TreeSet<>(annotations));
    }

    /** Those that are not given any more, the record itself included where nothing is. */
    GivenKeys minus(Secret desired) {
        GivenKeys now = of(desired);
        Set<String> fewerLabels = new TreeSet<>(labels);
        fewerLabels.removeAll(now.labels);
        Set<String> fewerAnnotations = new TreeSet<>(annotations);
        fewerAnnotations.removeAll(now.annotations);
        if (now.isEmpty() && !isEmpty()) {
            fewerAnnotations.add(OwnedSecrets.GIVEN);
        }
        return new GivenKeys(fewerLabels, fewerAnnotations);
    }

    boolean isEmpty() {
        return labels.isEmpty() && annotations.isEmpty();
    }

    /** Whether nothing stands there that these do not give. */
    public boolean within(Set<String> givenLabels, Set<String> givenAnnotations) {
        return givenLabels.containsAll(labels) && givenAnnotations.containsAll(annotations);
    }
}
