package io.cacheoperator.core;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;

/**
 * Which updates of a resource wake it: an edit of its spec, of one of our annotations, its deletion, or a finalizer that
 * somebody removed. Stands in for JOSDK's generation-aware filter, which would keep our annotations away. Status writes
 * and other people's labels pass by.
 */
public final class WakeFilter<P extends HasMetadata> implements OnUpdateFilter<P> {

    private final String finalizer;

    public WakeFilter(String finalizer) {
        this.finalizer = finalizer;
    }

    @Override
    public boolean accept(P newer, P older) {
        return !Objects.equals(
                        newer.getMetadata().getGeneration(), older.getMetadata().getGeneration())
                || !Objects.equals(
                        newer.getMetadata().getDeletionTimestamp(),
                        older.getMetadata().getDeletionTimestamp())
                || !newer.getMetadata().getFinalizers().contains(finalizer)
                || !Objects.equals(
                        newer.getMetadata().getUid(), older.getMetadata().getUid())
                || !Annotations.ours(newer).equals(Annotations.ours(older));
    }
}
