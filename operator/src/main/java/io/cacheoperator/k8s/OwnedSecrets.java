package io.cacheoperator.k8s;

import io.cacheoperator.core.Observation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Writes Secrets of ours so that one which is not ours is never written over: the first time by POST, afterwards by
 * server-side apply with the uid of what was looked at.
 */
public final class OwnedSecrets {

    /** On every Secret of ours: the resource it belongs to, also while no ownerReference says so. */
    public static final String BELONGS_TO = "cacheoperator.io/belongs-to";

    /** On every Secret of ours that got labels or annotations of a spec: which, so that they can be taken off again. */
    static final String GIVEN = "cacheoperator.io/given";

    private final SecretIndex<?> index;
    private final String fieldManager;

    public OwnedSecrets(SecretIndex<?> index, String fieldManager) {
        this.index = index;
        this.fieldManager = fieldManager;
    }

    /** What came of a write. */
    public sealed interface Written {
        record Done(Secret secret) implements Written {}

        /** Another Secret of this name is there; it is in the index now. */
        record Taken() implements Written {}
    }

    /** A Secret made of parts, with everything that marks it as one of {@code owner}'s. */
    public static Secret secret(
            HasMetadata owner,
            String name,
            String purpose,
            String type,
            Map<String, String> labels,
            Map<String, String> annotations,
            Map<String, String> encodedData) {
        Map<String, String> allLabels = new TreeMap<>(labels);
        allLabels.put(SecretIndex.LABEL, purpose);
        Map<String, String> allAnnotations = new TreeMap<>(annotations);
        allAnnotations.put(BELONGS_TO, owner.getMetadata().getName());
        if (!labels.isEmpty() || !annotations.isEmpty()) {
            allAnnotations.put(GIVEN, new GivenKeys(labels.keySet(), annotations.keySet()).text());
        }
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(owner.getMetadata().getNamespace())
                .withLabels(allLabels)
                .withAnnotations(allAnnotations)
                .withOwnerReferences(reference(owner))
                .endMetadata()
                .withType(type)
                .withData(encodedData)
                .build();
    }

    /**
     * The same without an ownerReference, for what must not go before its owner does: a deletion in the foreground, which is
     * Argo CD's, makes Kubernetes delete everything that refers to the owner first, whatever the owner's finalizer waits for
     * (kubernetes.io, "Garbage Collection").
     */
    public static Secret outliving(Secret secret) {
        return new SecretBuilder(secret)
                .editMetadata()
                .withOwnerReferences(List.of())
                .endMetadata()
                .build();
    }

    /** Whether it was written for this resource: by name, for after a restore the uid is another. */
    public static boolean belongsTo(Secret secret, HasMetadata owner, String purpose) {
        Map<String, String> labels =
                Optional.ofNullable(secret.getMetadata().getLabels()).orElse(Map.of());
        Map<String, String> annotations =
                Optional.ofNullable(secret.getMetadata().getAnnotations()).orElse(Map.of());
        boolean referenced = secret.getMetadata().getOwnerReferences().stream()
                .anyMatch(reference ->
                        reference.getUid().equals(owner.getMetadata().getUid()));
        return referenced
                || (purpose.equals(labels.get(SecretIndex.LABEL))
                        && owner.getMetadata().getName().equals(annotations.get(BELONGS_TO)));
    }

    /** Makes a Secret that is not there yet. */
    public Written create(HasMetadata owner, Secret desired) {
        try {
            return new Written.Done(index.write(
                    desired, secret -> index.client().resource(secret).create()));
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw refused;
            }
            index.lookNow(owner, desired.getMetadata().getName());
            return new Written.Taken();
        }
    }

    /** Makes it what it should be, if it still is the Secret that was looked at. */
    public Written apply(HasMetadata owner, Secret desired, Secret seen) {
        Secret marked = new SecretBuilder(desired)
                .editMetadata()
                .withUid(seen.getMetadata().getUid())
                .endMetadata()
                .build();
        return orTaken(owner, marked, secret -> {
            takeOff(seen, GivenKeys.of(seen).minus(desired));
            return withoutSurplus(
                    index.client()
                            .resource(secret)
                            .patch(new PatchContext.Builder()
                                    .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                    .withFieldManager(fieldManager)
                                    .withForce(true)
                                    .build()),
                    desired);
        });
    }

    /** The uid in what is sent makes the server refuse it where another Secret, or none, stands there now. */
    private Written orTaken(HasMetadata owner, Secret sent, UnaryOperator<Secret> call) {
        try {
            return new Written.Done(index.write(sent, call));
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != HttpURLConnection.HTTP_CONFLICT
                    && refused.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw refused;
            }
            index.lookNow(owner, sent.getMetadata().getName());
            return new Written.Taken();
        }
    }

    /** Before the record of them is written over, so that nothing is forgotten half-way. */
    private void takeOff(Secret seen, GivenKeys surplus) {
        if (surplus.isEmpty()) {
            return;
        }
        index.client()
                .resource(seen)
                .edit(current -> Objects.equals(
                                current.getMetadata().getUid(),
                                seen.getMetadata().getUid())
                        ? without(current, surplus)
                        : current);
    }

    private static Secret without(Secret secret, GivenKeys surplus) {
        SecretBuilder edited = new SecretBuilder(secret);
        surplus.labels()
                .forEach(key -> edited.editMetadata().removeFromLabels(key).endMetadata());
        surplus.annotations()
                .forEach(key -> edited.editMetadata().removeFromAnnotations(key).endMetadata());
        return edited.build();
    }

    /** Apply takes away only what apply wrote; what the POST wrote, or a human, goes by a patch. */
    private Secret withoutSurplus(Secret written, Secret desired) {
        boolean surplus =
                !desired.getData().keySet().containsAll(written.getData().keySet());
        if (!surplus) {
            return written;
        }
        return index.client()
                .resource(written)
                .edit(secret ->
                        new SecretBuilder(secret).withData(desired.getData()).build());
    }

    /**
     * Makes a Secret that was written for an earlier resource of this name belong to this one. The references to earlier ones
     * go: while one is the only reference, Kubernetes deletes the Secret as soon as it finds its owner gone.
     */
    public Written adopt(HasMetadata owner, Secret seen) {
        List<OwnerReference> references = seen.getMetadata().getOwnerReferences().stream()
                .filter(reference -> !namesakeOf(reference, owner))
                .collect(Collectors.toCollection(ArrayList::new));
        boolean controlled = references.stream().anyMatch(reference -> Boolean.TRUE.equals(reference.getController()));
        references.add(new OwnerReferenceBuilder(reference(owner))
                .withController(!controlled)
                .build());
        Secret patch = new SecretBuilder()
                .withNewMetadata()
                .withName(seen.getMetadata().getName())
                .withNamespace(seen.getMetadata().getNamespace())
                .withUid(seen.getMetadata().getUid())
                .withOwnerReferences(references)
                .endMetadata()
                .build();
        return orTaken(
                owner,
                patch,
                secret -> index.client()
                        .resource(secret)
                        .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(secret)));
    }

    private static boolean namesakeOf(OwnerReference reference, HasMetadata owner) {
        return reference.getKind().equals(owner.getKind())
                && reference.getApiVersion().equals(owner.getApiVersion())
                && reference.getName().equals(owner.getMetadata().getName());
    }

    /** Removes a Secret that was looked at, unless it was changed since. */
    public void delete(Secret seen) {
        try {
            index.client()
                    .resource(seen)
                    .lockResourceVersion(seen.getMetadata().getResourceVersion())
                    .delete();
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw refused;
            }
            // Somebody wrote it meanwhile; the next pass looks at it anew.
        }
    }

    /** Takes the ownerReferences to this resource and to earlier ones of its name off, so that the Secret outlives them. */
    public void release(HasMetadata owner, String name) {
        Observation<Secret> seen = index.own(owner, name);
        seen.found()
                .filter(secret -> refersTo(secret, owner))
                .ifPresent(secret -> index.write(
                        secret,
                        known -> index.client().resource(known).edit(current -> withoutReferencesTo(current, owner))));
    }

    private static Secret withoutReferencesTo(Secret secret, HasMetadata owner) {
        return new SecretBuilder(secret)
                .editMetadata()
                .withOwnerReferences(secret.getMetadata().getOwnerReferences().stream()
                        .filter(reference -> !namesakeOf(reference, owner))
                        .toList())
                .endMetadata()
                .build();
    }

    /** Whether Kubernetes deletes it with this resource. */
    public static boolean referencedBy(Secret secret, HasMetadata owner) {
        return secret.getMetadata().getOwnerReferences().stream()
                .anyMatch(reference ->
                        reference.getUid().equals(owner.getMetadata().getUid()));
    }

    /** Whether Kubernetes deletes it with this resource, or because an earlier one of its name is gone. */
    public static boolean refersTo(Secret secret, HasMetadata owner) {
        return secret.getMetadata().getOwnerReferences().stream().anyMatch(reference -> namesakeOf(reference, owner));
    }

    private static OwnerReference reference(HasMetadata owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .build();
    }
}
