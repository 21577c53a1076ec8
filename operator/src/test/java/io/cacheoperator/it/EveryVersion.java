package io.cacheoperator.it;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.function.Consumer;

/** Shows each version of an object that a watch brings, but the last one of an object that is deleted. */
record EveryVersion(Consumer<GenericKubernetesResource> seen) implements Watcher<GenericKubernetesResource> {

    @Override
    public void eventReceived(Action action, GenericKubernetesResource version) {
        if (action == Action.ADDED || action == Action.MODIFIED) {
            seen.accept(version);
        }
    }

    @Override
    public void onClose(WatcherException lost) {
        throw new IllegalStateException("the watch was lost", lost);
    }
}
