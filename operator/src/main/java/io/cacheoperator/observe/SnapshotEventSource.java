package io.cacheoperator.observe;

import io.cacheoperator.core.LogContext;
import io.cacheoperator.core.PassListener;
import io.cacheoperator.core.Query;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.health.Status;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Wakes a resource when an answer changes that its last pass looked at. The change stays in the view, so a pass that fails is
 * repeated by JOSDK's retry and sees it again; nothing is lost with the event. What a pass itself read or wrote it has seen,
 * and is not woken for.
 */
public final class SnapshotEventSource<P extends HasMetadata> extends AbstractEventSource<Object, P>
        implements ResourceEventAware<P>, PassListener {

    private final String kind;
    private final Interests interests;
    private final Map<ResourceID, OpenPass> open = new ConcurrentHashMap<>();

    /**
     * A pass under way.
     *
     * @param missed what others changed since it began; it may look at some of that for the first time, and have looked
     *     before it changed
     */
    private record OpenPass(Thread thread, Set<Query<?>> missed) {}

    public SnapshotEventSource(String kind, AwsPoller poller) {
        super(Object.class, "aws-" + kind);
        this.kind = kind;
        this.interests = poller.interests();
        poller.onChange(this::wake);
    }

    private void wake(Set<Query<?>> changed, Thread by) {
        open.values().stream()
                .filter(pass -> pass.thread() != by)
                .forEach(pass -> pass.missed().addAll(changed));
        interests.of(changed).stream()
                .filter(subscriber -> subscriber.kind().equals(kind))
                .map(subscriber -> new ResourceID(subscriber.name(), subscriber.namespace()))
                .filter(id -> !isBy(open.get(id), by))
                .forEach(this::wake);
    }

    private static boolean isBy(@Nullable OpenPass pass, Thread thread) {
        return pass != null && pass.thread() == thread;
    }

    private void wake(ResourceID id) {
        if (isRunning()) {
            LogContext.kept(() -> getEventHandler().handleEvent(new Event(id)));
        }
    }

    @Override
    public void begins(HasMetadata primary) {
        open.put(ResourceID.fromResource(primary), new OpenPass(Thread.currentThread(), ConcurrentHashMap.newKeySet()));
    }

    @Override
    public void ended(HasMetadata primary, Set<Query<?>> looksAt) {
        Set<Query<?>> known = interests.of(subscriber(primary));
        interests.set(subscriber(primary), looksAt);
        ResourceID id = ResourceID.fromResource(primary);
        OpenPass pass = open.get(id);
        if (pass != null
                && looksAt.stream()
                        .anyMatch(
                                query -> !known.contains(query) && pass.missed().contains(query))) {
            wake(id);
        }
    }

    @Override
    public void left(HasMetadata primary) {
        open.remove(ResourceID.fromResource(primary));
    }

    @Override
    public void onResourceDeleted(P primary) {
        interests.remove(subscriber(primary));
    }

    @Override
    public Set<Object> getSecondaryResources(P primary) {
        return Set.of();
    }

    /** AWS being away is no reason to restart the operator. */
    @Override
    public Status getStatus() {
        return Status.UNKNOWN;
    }

    private Interests.Subscriber subscriber(HasMetadata primary) {
        return new Interests.Subscriber(
                kind,
                primary.getMetadata().getNamespace(),
                primary.getMetadata().getName());
    }
}
