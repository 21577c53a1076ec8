package io.cacheoperator.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no status yet | metadata: {} | false",
                "the API server's first | status: {conditions: null, storedVersions: [v1alpha1]} | false",
                "names accepted | status: {conditions: [{type: NamesAccepted, status: 'True'}]} | false",
                "not yet | status: {conditions: [{type: Established, status: 'False'}]} | false",
                "served | status: {conditions: [{type: Established, status: 'True'}]} | true"
            })
    void aCrdIsEstablishedWhenItSaysSo(String name, String crd, boolean established) {
        assertThat(Cluster.isEstablished(Serialization.unmarshal(crd, CustomResourceDefinition.class)))
                .as(name)
                .isEqualTo(established);
    }
}
