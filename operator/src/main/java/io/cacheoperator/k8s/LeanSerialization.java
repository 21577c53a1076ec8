package io.cacheoperator.k8s;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * Reads Kubernetes objects without {@code metadata.managedFields}. Who owns which field is the API server's business: the operator
 * applies its own and never looks, yet the list is larger than all the rest of a CacheCluster, in every event of a watch and for as long as the
 * object is cached. An update that does not name it leaves it as it is (Kubernetes API concepts, Server-Side Apply).
 */
public final class LeanSerialization extends KubernetesSerialization {

    public LeanSerialization() {
        super(new ObjectMapper().addMixIn(ObjectMeta.class, WithoutManagedFields.class), true);
    }

    @JsonIgnoreProperties("managedFields")
    private abstract static class WithoutManagedFields {}
}
