package io.cacheoperator.k8s;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;
import java.util.function.Function;

/**
 * Wakes the resources that want what only one can have, when the one that had it goes or wants something else: nothing else
 * would tell them.
 */
public final class RivalSource<P extends HasMetadata> extends AbstractEventSource<Object, P>
        implements ResourceEventAware<P> {

    private final String index;
    private final Function<P, String> wanted;
    private final IndexerResourceCache<P> cache;

    /**
     * @param index of the cache, by what is wanted
     * @param wanted what a resource wants
     */
    public RivalSource(String name, String index, Function<P, String> wanted, IndexerResourceCache<P> cache) {
        super(Object.class, name);
        this.index = index;
        this.wanted = wanted;
        this.cache = cache;
    }

    @Override
    public void onResourceUpdated(P newer, P older) {
        String before = wanted.apply(older);
        if (!before.equals(wanted.apply(newer))) {
            wake(before);
        }
    }

    @Override
    public void onResourceDeleted(P primary) {
        wake(wanted.apply(primary));
    }

    private void wake(String what) {
        if (isRunning()) {
            cache.byIndex(index, what)
                    .forEach(rival -> getEventHandler().handleEvent(new Event(ResourceID.fromResource(rival))));
        }
    }

    @Override
    public Set<Object> getSecondaryResources(P primary) {
        return Set.of();
    }
}
