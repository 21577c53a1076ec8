package io.cacheoperator.k8s;

import io.cacheoperator.core.Annotations;
import io.cacheoperator.core.LogContext;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Observation.Source;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The Secrets that resources of one kind use. One informer holds those with our label; others are read one by one, when a
 * spec names them, and believed for five minutes. The cluster's other Secrets are never cached.
 *
 * @param <P> the custom resource
 */
public final class SecretIndex<P extends HasMetadata> {

    /** On every Secret of ours, and on a user's that wants to be watched. */
    public static final String LABEL = "cacheoperator.io/secret";

    /** How long a Secret without the label is believed. */
    public static final Duration BELIEVED = Duration.ofMinutes(5);

    private static final String INDEX = "secrets";
    private static final String BY_OWNER = "owner";

    private final KubernetesClient client;
    private final InstantSource clock;
    private final Function<P, Set<String>> names;
    private final Map<ResourceID, Looked> looked = new ConcurrentHashMap<>();
    private volatile @Nullable InformerEventSource<Secret, P> informer;

    /** @param names the names of all Secrets that a resource reads or writes, in its own namespace */
    public SecretIndex(KubernetesClient client, InstantSource clock, Function<P, Set<String>> names) {
        this.client = client;
        this.clock = clock;
        this.names = names;
    }

    private record Looked(Observation<Secret> answer, Instant at, String epoch) {}

    /** The informer that wakes resources when a Secret of theirs changes. Called once, before the controller starts. */
    public EventSource<?, P> eventSource(EventSourceContext<P> context) {
        context.getPrimaryCache().addIndexers(Map.of(INDEX, this::keys));
        InformerEventSourceConfiguration<Secret> configuration = InformerEventSourceConfiguration.from(
                        Secret.class, context.getPrimaryResourceClass())
                .withName(INDEX)
                .withLabelSelector(LABEL)
                .withNamespacesInheritedFromController()
                .withSecondaryToPrimaryMapper(secret -> usersOf(secret, context))
                .withPrimaryToSecondaryMapper((P primary) -> secretsOf(primary))
                .build();
        InformerEventSource<Secret, P> source = new InformerEventSource<>(configuration, context);
        source.addIndexers(Map.of(BY_OWNER, SecretIndex::owner));
        informer = source;
        return source;
    }

    private Set<ResourceID> usersOf(Secret secret, EventSourceContext<P> context) {
        String namespace = secret.getMetadata().getNamespace();
        Set<ResourceID> users = new HashSet<>();
        context.getPrimaryCache()
                .byIndex(INDEX, namespace + "/" + secret.getMetadata().getName())
                .forEach(primary -> users.add(ResourceID.fromResource(primary)));
        String kind = HasMetadata.getKind(context.getPrimaryResourceClass());
        for (OwnerReference owner : secret.getMetadata().getOwnerReferences()) {
            if (owner.getKind().equals(kind)) {
                users.add(new ResourceID(owner.getName(), namespace));
            }
        }
        return users;
    }

    private Set<ResourceID> secretsOf(P primary) {
        Set<ResourceID> ids = new HashSet<>();
        names.apply(primary)
                .forEach(name ->
                        ids.add(new ResourceID(name, primary.getMetadata().getNamespace())));
        return ids;
    }

    private List<String> keys(P primary) {
        return names.apply(primary).stream()
                .map(name -> primary.getMetadata().getNamespace() + "/" + name)
                .toList();
    }

    /** A Secret of ours: watched, so that not being there is known without a look. */
    public Observation<Secret> own(HasMetadata owner, String name) {
        ResourceID id = new ResourceID(name, owner.getMetadata().getNamespace());
        return watched(id).or(() -> remembered(id, epoch(owner))).orElseGet(() -> {
            boolean complete = isComplete(owner.getMetadata().getNamespace());
            return complete
                    ? new Observation.Absent<>(clock.instant(), Source.BULK)
                    : Observation.unknown("the Secrets of the namespace have not been listed yet");
        });
    }

    /** Whether what is not watched is not there. JOSDK goes on after two minutes without a list, and would show none for ever. */
    private boolean isComplete(String namespace) {
        InformerEventSource<Secret, P> source = informer;
        return source != null && source.isRunning() && isListed(source.informerHealthIndicators(), namespace);
    }

    /** @param informers by the namespace that they watch */
    static boolean isListed(Map<String, InformerHealthIndicator> informers, String namespace) {
        return Optional.ofNullable(informers.get(namespace))
                .or(() -> Optional.ofNullable(informers.get(Constants.WATCH_ALL_NAMESPACES)))
                .filter(InformerHealthIndicator::hasSynced)
                .isPresent();
    }

    private static List<String> owner(Secret secret) {
        String purpose = of(secret.getMetadata().getLabels()).get(LABEL);
        String name = of(secret.getMetadata().getAnnotations()).get(OwnedSecrets.BELONGS_TO);
        return purpose == null || name == null
                ? List.of()
                : List.of(ownerKey(secret.getMetadata().getNamespace(), name, purpose));
    }

    private static String ownerKey(String namespace, String name, String purpose) {
        return namespace + "/" + name + "/" + purpose;
    }

    private static Map<String, String> of(@Nullable Map<String, String> given) {
        return given == null ? Map.of() : given;
    }

    /** Every watched Secret that says it belongs to this resource, under whatever name. */
    public List<Secret> ownedBy(HasMetadata owner, String purpose) {
        InformerEventSource<Secret, P> source = informer;
        return source == null || !source.isRunning()
                ? List.of()
                : source.byIndex(
                        BY_OWNER,
                        ownerKey(
                                owner.getMetadata().getNamespace(),
                                owner.getMetadata().getName(),
                                purpose));
    }

    /** A Secret of the user: watched if it has the label, else read now, on each edit of its reader, and every five minutes. */
    public Observation<Secret> usersOwn(HasMetadata reader, String name) {
        ResourceID id = new ResourceID(name, reader.getMetadata().getNamespace());
        return watched(id).or(() -> remembered(id, epoch(reader))).orElseGet(() -> look(id, epoch(reader)));
    }

    /** What makes a Secret without the label be read anew when it changes. */
    private static String epoch(HasMetadata resource) {
        return resource.getMetadata().getUid() + " " + resource.getMetadata().getGeneration() + " "
                + Annotations.ours(resource);
    }

    private Optional<Observation<Secret>> watched(ResourceID id) {
        InformerEventSource<Secret, P> source = informer;
        return source == null
                ? Optional.empty()
                : source.get(id).map(secret -> new Observation.Present<>(secret, clock.instant(), Source.BULK));
    }

    private Optional<Observation<Secret>> remembered(ResourceID id, String epoch) {
        return Optional.ofNullable(looked.get(id))
                .filter(seen -> clock.instant().isBefore(seen.at().plus(BELIEVED)))
                .filter(seen -> seen.epoch().equals(epoch))
                .map(Looked::answer);
    }

    private Observation<Secret> look(ResourceID id, String epoch) {
        Instant now = clock.instant();
        Secret found = client.secrets()
                .inNamespace(id.getNamespace().orElseThrow())
                .withName(id.getName())
                .get();
        Observation<Secret> answer = found == null
                ? new Observation.Absent<>(now, Source.TARGETED)
                : new Observation.Present<>(found, now, Source.TARGETED);
        looked.entrySet().removeIf(entry -> now.isAfter(entry.getValue().at().plus(BELIEVED)));
        looked.put(id, new Looked(answer, now, epoch));
        return answer;
    }

    /** Reads a Secret that stands where one of ours should, and remembers it. */
    Observation<Secret> lookNow(HasMetadata owner, String name) {
        return look(new ResourceID(name, owner.getMetadata().getNamespace()), epoch(owner));
    }

    /** Runs a write of ours: its result is in the index at once, and its echo wakes nobody. */
    Secret write(Secret desired, UnaryOperator<Secret> call) {
        InformerEventSource<Secret, P> source = informer;
        looked.remove(ResourceID.fromResource(desired));
        return source == null
                ? call.apply(desired)
                : LogContext.kept(() -> source.eventFilteringUpdateAndCacheResource(desired, call));
    }

    /** The client that reads and writes go through. */
    KubernetesClient client() {
        return client;
    }
}
