package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The evaluator itself, by cases of kstatus's own tests and documentation. */
class KstatusTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what                                 | metadata                                              | status                                                                                    | verdict
            nothing is said                        | {generation: 1}                                       | {}                                                                                        | Current
            an older spec was observed             | {generation: 2}                                       | {observedGeneration: 1, conditions: [{type: Ready, status: 'True'}]}                      | InProgress
            the default of a new object            | {generation: 1}                                       | {observedGeneration: -1}                                                                  | InProgress
            ready                                  | {generation: 1}                                       | {observedGeneration: 1, conditions: [{type: Ready, status: 'True'}]}                      | Current
            not ready                              | {generation: 1}                                       | {observedGeneration: 1, conditions: [{type: Ready, status: 'False'}]}                     | InProgress
            ready is unknown                       | {generation: 1}                                       | {observedGeneration: 1, conditions: [{type: Ready, status: Unknown}]}                     | InProgress
            reconciling counts more than ready     | {generation: 1}                                       | {conditions: [{type: Ready, status: 'True'}, {type: Reconciling, status: 'True'}]}        | InProgress
            stalled counts more than ready         | {generation: 1}                                       | {conditions: [{type: Ready, status: 'True'}, {type: Stalled, status: 'True'}]}            | Failed
            the first of the two counts            | {generation: 1}                                       | {conditions: [{type: Stalled, status: 'True'}, {type: Reconciling, status: 'True'}]}      | Failed
            what is False is not there             | {generation: 1}                                       | {conditions: [{type: Stalled, status: 'False'}, {type: Ready, status: 'True'}]}           | Current
            other conditions say nothing           | {generation: 1}                                       | {conditions: [{type: Synced, status: 'False'}]}                                           | Current
            deletion counts more than all else     | {generation: 1, deletionTimestamp: 2026-11-21T07:00Z} | {conditions: [{type: Stalled, status: 'True'}]}                                           | Terminating
            """)
    void judgesAsKstatusDoes(String what, String metadata, String status, Kstatus.Verdict verdict) {
        GenericKubernetesResource resource = Serialization.unmarshal(
                "apiVersion: a/v1\nkind: A\nmetadata: %s\nstatus: %s\n".formatted(metadata, status),
                GenericKubernetesResource.class);
        assertThat(Kstatus.of(resource).verdict()).as(what).isEqualTo(verdict);
    }
}
