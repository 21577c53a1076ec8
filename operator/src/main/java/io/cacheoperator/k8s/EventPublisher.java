package io.cacheoperator.k8s;

import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Outcome;
import io.cacheoperator.core.Problem;
import io.cacheoperator.core.Step;
import io.cacheoperator.core.StepListener;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells users by Kubernetes Events what was done and what failed. Best effort, off the reconcile thread: an Event that
 * cannot be written is dropped, and what is told goes after what is done. The same message about the same resource is one Event
 * whose count rises, at most once in five minutes, so that nothing storms; its name is derived, so that a restart goes on with it.
 */
public final class EventPublisher implements StepListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);
    private static final DateTimeFormatter MICRO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final Duration AFTER = Duration.ofSeconds(3);
    private static final Duration QUIET = Duration.ofMinutes(5);
    private static final int REMEMBERED = 10_000;
    private static final int NOTE_LENGTH = 1_000;
    private static final int NAME_LENGTH = 200;

    private final KubernetesClient client;
    private final InstantSource clock;
    private final String instance;
    private final ScheduledThreadPoolExecutor worker;
    private final LaterQueue later;
    /** Used by the one worker thread only. */
    private final Map<String, Seen> seen = new LinkedHashMap<>();

    /** @param instance tells apart operators of one cluster: the pod's name */
    public EventPublisher(KubernetesClient client, InstantSource clock, String instance) {
        this(client, clock, instance, AFTER);
    }

    /** @param after how long what is told waits */
    EventPublisher(KubernetesClient client, InstantSource clock, String instance, Duration after) {
        this.client = client;
        this.clock = clock;
        this.instance = instance;
        worker = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("events").factory(), new ThreadPoolExecutor.DiscardPolicy());
        worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        later = new LaterQueue(after, (wait, what) -> worker.schedule(what, wait.toMillis(), TimeUnit.MILLISECONDS));
    }

    private record Seen(int count, Instant sent) {}

    @Override
    public void onStep(HasMetadata primary, Step<?> step, Outcome outcome) {
        switch (outcome) {
            case Outcome.Done() -> {
                if (step.stateful()) {
                    publish(primary, "Normal", step.name(), step.name(), step.target() + ": " + step.message());
                }
            }
            case Outcome.Failed(Failure failure) -> {
                if (failure.kind() != Failure.Kind.EXISTS && failure.retry() != Failure.Retry.WAIT) {
                    publish(primary, "Warning", failure.code(), step.name(), step.target() + ": " + failure.message());
                }
            }
            case Outcome.Refused refused ->
                publish(primary, "Warning", "Refused", step.name(), refused.target() + " is " + refused.ownership());
        }
    }

    @Override
    public void onGone(HasMetadata primary, List<Problem> left) {
        left.forEach(problem -> publish(primary, "Warning", problem.reason().name(), "Delete", problem.message()));
    }

    /** @param type {@code Normal} or {@code Warning}; @param reason CamelCase; @param note for people, no secrets */
    public void publish(HasMetadata regarding, String type, String reason, String action, String note) {
        Instant now = clock.instant();
        ObjectReference subject = reference(regarding); // What waits must not hold a whole resource.
        later.add(() -> send(subject, type, reason, action, note, now));
    }

    /** @return whether the API server was asked for anything */
    private boolean send(
            ObjectReference regarding, String type, String reason, String action, String note, Instant now) {
        String subject = regarding.getName();
        String name = subject.substring(0, Math.min(subject.length(), NAME_LENGTH)) + "."
                + Integer.toHexString(Objects.hash(regarding.getUid(), type, reason, action, note));
        Seen before = seen.get(name);
        try {
            if (before == null) {
                create(regarding, type, reason, action, note, name, now);
                remember(name, new Seen(1, now));
            } else if (now.isAfter(before.sent().plus(QUIET))) {
                raise(regarding.getNamespace(), name, before.count() + 1, now);
                remember(name, new Seen(before.count() + 1, now));
            } else {
                remember(name, new Seen(before.count() + 1, before.sent()));
                return false;
            }
        } catch (KubernetesClientException | IllegalStateException dropped) {
            // A closed client says IllegalStateException: the operator is stopping.
            LOG.debug("Event {} {} dropped: {}", reason, name, dropped.getMessage());
        }
        return true;
    }

    private void remember(String name, Seen now) {
        seen.put(name, now);
        if (seen.size() > REMEMBERED) {
            seen.remove(seen.keySet().iterator().next());
        }
    }

    private void create(
            ObjectReference regarding,
            String type,
            String reason,
            String action,
            String note,
            String name,
            Instant now) {
        Event event = new EventBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(regarding.getNamespace())
                .endMetadata()
                .withEventTime(new MicroTime(MICRO.format(now)))
                .withReportingController("cacheoperator.io/elasticache-operator")
                .withReportingInstance(instance)
                .withType(type)
                .withReason(reason)
                .withAction(action)
                .withNote(note.length() > NOTE_LENGTH ? note.substring(0, NOTE_LENGTH) : note)
                .withRegarding(regarding)
                .build();
        try {
            client.resource(event).create();
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw refused;
            }
            raise(regarding.getNamespace(), name, 2, now);
        }
    }

    private void raise(String namespace, String name, int count, Instant now) {
        client.events()
                .v1()
                .events()
                .inNamespace(namespace)
                .withName(name)
                .edit(event -> new EventBuilder(event)
                        .withNewSeries()
                        .withCount(
                                event.getSeries() == null
                                        ? count
                                        : Math.max(count, event.getSeries().getCount() + 1))
                        .withLastObservedTime(new MicroTime(MICRO.format(now)))
                        .endSeries()
                        .build());
    }

    private static ObjectReference reference(HasMetadata of) {
        return new ObjectReferenceBuilder()
                .withApiVersion(of.getApiVersion())
                .withKind(of.getKind())
                .withName(of.getMetadata().getName())
                .withNamespace(of.getMetadata().getNamespace())
                .withUid(of.getMetadata().getUid())
                .build();
    }

    /** Gives what is queued two seconds, then drops it. */
    @Override
    public void close() {
        worker.execute(later::drain);
        worker.shutdown();
        try {
            if (!worker.awaitTermination(2, TimeUnit.SECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
