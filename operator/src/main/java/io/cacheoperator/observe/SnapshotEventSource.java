package io.cacheoperator.observe;

import io.cacheoperator.core.PassListener;
import io.cacheoperator.core.Query;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.health.Status;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;

/**
 * Wakes a resource when an answer changes that its last pass looked at. The change stays in the view, so a pass that fails is
 * repeated by JOSDK's retry and sees it again; nothing is lost with the event.
 */
public final class SnapshotEventSource<P extends HasMetadata> extends AbstractEventSource<Object, P>
        implements ResourceEventAware<P>, PassListener {

    private final String kind;
    private final Interests interests;

    public SnapshotEventSource(String kind, AwsPoller poller) {
        super(Object.class, "aws-" + kind);
        this.kind = kind;
        this.interests = poller.interests();
        poller.onChange(this::wake);
    }

    private void wake(Set<Query<?>> changed) {
        if (!isRunning()) {
            return;
        }
        changed.stream()
                .flatMap(query -> interests.of(query).stream())
                .filter(subscriber -> subscriber.kind().equals(kind))
                .distinct()
                .forEach(s -> getEventHandler().handleEvent(new Event(new ResourceID(s.name(), s.namespace()))));
    }

    @Override
    public void begins(HasMetadata primary) {
        // What changes from here on wakes it again: JOSDK remembers an event that comes during a pass.
    }

    @Override
    public void ended(HasMetadata primary, Set<Query<?>> looksAt) {
        interests.set(subscriber(primary), looksAt);
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
