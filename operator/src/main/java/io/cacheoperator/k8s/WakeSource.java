package io.cacheoperator.k8s;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Set;

/** Wakes a resource when somebody inside the operator says so. */
public final class WakeSource<P extends HasMetadata> extends AbstractEventSource<Object, P> {

    public WakeSource(String name) {
        super(Object.class, name);
    }

    /** Does nothing before the controller runs: each resource has a pass then anyway. */
    public void wake(String namespace, String name) {
        if (isRunning()) {
            getEventHandler().handleEvent(new Event(new ResourceID(name, namespace)));
        }
    }

    @Override
    public Set<Object> getSecondaryResources(P primary) {
        return Set.of();
    }
}
