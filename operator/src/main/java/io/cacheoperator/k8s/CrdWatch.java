package io.cacheoperator.k8s;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a deletion that a user asked for from one that comes of deleting our CRD, which takes every resource with it and
 * which no admission policy sees. Asked once per deletion, after it was seen: a CRD that goes later does not change what
 * was asked for before.
 */
public final class CrdWatch {

    private static final Logger LOG = LoggerFactory.getLogger(CrdWatch.class);
    private static final int REMEMBERED = 10_000;

    private final KubernetesClient client;
    private final String crd;
    private final Map<String, Boolean> answers = Collections.synchronizedMap(new LinkedHashMap<>());

    /** @param crd the CRD's name, such as {@code cacheclusters.cacheoperator.io} */
    public CrdWatch(KubernetesClient client, String crd) {
        this.client = client;
        this.crd = crd;
    }

    /** False for a resource that is not being deleted. */
    public boolean terminatingWhenDeleted(HasMetadata resource) {
        if (resource.getMetadata().getDeletionTimestamp() == null) {
            return false;
        }
        String uid = resource.getMetadata().getUid();
        Boolean known = answers.get(uid);
        if (known != null) {
            return known;
        }
        boolean terminating = terminating();
        answers.put(uid, terminating);
        synchronized (answers) {
            if (answers.size() > REMEMBERED) {
                answers.remove(answers.keySet().iterator().next());
            }
        }
        return terminating;
    }

    private boolean terminating() {
        try {
            CustomResourceDefinition found = client.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName(crd)
                    .get();
            return found == null || found.getMetadata().getDeletionTimestamp() != null;
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw refused;
            }
            LOG.warn("May not read CRD {}: its deletion cannot be told from that of its resources", crd);
            return false;
        }
    }
}
