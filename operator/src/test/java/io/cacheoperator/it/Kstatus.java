package io.cacheoperator.it;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What Flux, and everything else that uses kstatus, makes of a custom resource. The rules, in this order, of package
 * {@code pkg/kstatus/status} of sigs.k8s.io/cli-utils ({@code checkGenericProperties}, then {@code checkReadyCondition}): a resource
 * with a deletion timestamp is terminating; one whose newest spec was not observed is in progress; the first of the conditions
 * Reconciling and Stalled that is True decides; then Ready does; what has none of them is current.
 */
record Kstatus(Verdict verdict, String message) {

    /** kstatus's own words. */
    enum Verdict {
        InProgress,
        Failed,
        Current,
        Terminating
    }

    static Kstatus of(GenericKubernetesResource resource) {
        if (resource.getMetadata().getDeletionTimestamp() != null) {
            return new Kstatus(Verdict.Terminating, "Resource scheduled for deletion");
        }
        Optional<Number> observed = Optional.ofNullable(resource.get("status", "observedGeneration"));
        long generation = resource.getMetadata().getGeneration();
        if (observed.isPresent() && observed.get().longValue() != generation) {
            return new Kstatus(
                    Verdict.InProgress,
                    "generation is %d, but %d was observed"
                            .formatted(generation, observed.get().longValue()));
        }
        List<Map<String, Object>> conditions =
                Objects.requireNonNullElse(resource.get("status", "conditions"), List.of());
        return conditions.stream()
                .flatMap(condition -> standard(condition).stream())
                .findFirst()
                .or(() -> conditions.stream()
                        .filter(condition -> "Ready".equals(condition.get("type")))
                        .map(Kstatus::ready)
                        .findFirst())
                .orElse(new Kstatus(Verdict.Current, "Resource is current"));
    }

    private static Optional<Kstatus> standard(Map<String, Object> condition) {
        if (!"True".equals(condition.get("status"))) {
            return Optional.empty();
        }
        return switch (text(condition, "type")) {
            case "Reconciling" -> Optional.of(new Kstatus(Verdict.InProgress, text(condition, "message")));
            case "Stalled" -> Optional.of(new Kstatus(Verdict.Failed, text(condition, "message")));
            default -> Optional.empty();
        };
    }

    /** Ready that is Unknown counts as one that is False. */
    private static Kstatus ready(Map<String, Object> condition) {
        boolean ready = "True".equals(condition.get("status"));
        return new Kstatus(ready ? Verdict.Current : Verdict.InProgress, text(condition, "message"));
    }

    private static String text(Map<String, Object> condition, String key) {
        return Objects.toString(condition.get(key), "");
    }
}
