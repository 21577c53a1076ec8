package io.cacheoperator.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient
class CrdWatchTest {

    private static final String CRD = "things.example.org";
    private static final String PATH = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + CRD;

    @SuppressWarnings("NullAway.Init")
    private KubernetesMockServer server;

    @SuppressWarnings("NullAway.Init")
    private KubernetesClient client;

    private static ConfigMap resource(boolean deleted) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("a")
                .withUid("u")
                .withDeletionTimestamp(deleted ? "2026-01-01T00:00:00Z" : null)
                .endMetadata()
                .build();
    }

    private static CustomResourceDefinition crd(boolean terminating) {
        return new CustomResourceDefinitionBuilder()
                .withNewMetadata()
                .withName(CRD)
                .withDeletionTimestamp(terminating ? "2026-01-01T00:00:00Z" : null)
                .endMetadata()
                .build();
    }

    @Test
    void asksNothingOfAResourceThatStays() {
        assertThat(new CrdWatch(client, CRD).terminatingWhenDeleted(resource(false)))
                .isFalse();
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void aDeletionOfTheResourceAloneIsMeant() {
        server.expect().get().withPath(PATH).andReturn(200, crd(false)).always();
        assertThat(new CrdWatch(client, CRD).terminatingWhenDeleted(resource(true)))
                .isFalse();
    }

    @Test
    void aDeletionThatComesOfTheCrdsIsNot() {
        server.expect().get().withPath(PATH).andReturn(200, crd(true)).always();
        assertThat(new CrdWatch(client, CRD).terminatingWhenDeleted(resource(true)))
                .isTrue();
    }

    @Test
    void oneAnswerHoldsForOneDeletion() {
        server.expect().get().withPath(PATH).andReturn(200, crd(false)).once();
        CrdWatch watch = new CrdWatch(client, CRD);
        assertThat(watch.terminatingWhenDeleted(resource(true))).isFalse();
        assertThat(watch.terminatingWhenDeleted(resource(true))).isFalse();
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void whereTheCrdMayNotBeReadADeletionIsMeant() {
        server.expect().get().withPath(PATH).andReturn(403, "no").always();
        assertThat(new CrdWatch(client, CRD).terminatingWhenDeleted(resource(true)))
                .isFalse();
    }
}
