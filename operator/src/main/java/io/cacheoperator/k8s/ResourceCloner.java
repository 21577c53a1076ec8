package io.cacheoperator.k8s;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.config.Cloner;
import java.util.function.Supplier;

/**
 * Copies what JOSDK hands out of a cache. Spec and status of our kinds are records and are shared, only the metadata is copied; by
 * way of JSON, as JOSDK does it by itself, that was a tenth of what a pass costs. Everything else goes through JSON.
 *
 * @param <P> the kind
 */
public final class ResourceCloner<P extends CustomResource<?, ?>> implements Cloner {

    private final Class<P> type;
    private final Supplier<P> fresh;
    private final KubernetesSerialization json;

    /** @param fresh makes an empty one */
    public ResourceCloner(Class<P> type, Supplier<P> fresh, KubernetesSerialization json) {
        this.type = type;
        this.fresh = fresh;
        this.json = json;
    }

    @Override
    public <R extends HasMetadata> R clone(R resource) {
        return resource.getClass() == type ? sharing(resource) : json.clone(resource);
    }

    /** Both are of {@link #type}, so what one holds the other takes. */
    @SuppressWarnings("unchecked")
    private <R extends HasMetadata> R sharing(R resource) {
        CustomResource<Object, Object> original = (CustomResource<Object, Object>) resource;
        CustomResource<Object, Object> copy = (CustomResource<Object, Object>) fresh.get();
        copy.setMetadata(new ObjectMetaBuilder(original.getMetadata()).build());
        copy.setSpec(original.getSpec());
        copy.setStatus(original.getStatus());
        return (R) copy;
    }
}
