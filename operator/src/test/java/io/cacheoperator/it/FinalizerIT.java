package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The finalizer comes off in the end, whoever writes to the resource meanwhile: where it changed, it is read again first. */
@RequiresApiServer
class FinalizerIT {

    @Test
    void comesOffAlsoWhereTheResourceChangedJustBefore(ApiServer server) {
        AtomicBoolean edited = new AtomicBoolean();
        try (OperatorHarness operator = OperatorHarness.start(server)) {
            operator.apply("""
                    apiVersion: cacheoperator.io/v1alpha1
                    kind: CacheCluster
                    metadata: {name: a}
                    spec: {engine: valkey, nodeType: cache.t4g.small, deletionPolicy: Delete}
                    """);
            operator.awaitSynced("a");
            operator.writes().trap(new ApiWrites.Trap() {
                @Override
                public boolean cutsBefore(String write) {
                    boolean removesFinalizer = write.endsWith("/cacheclusters/a")
                            && operator.account().groups().isEmpty();
                    if (removesFinalizer && edited.compareAndSet(false, true)) {
                        operator.admin()
                                .resources(CacheCluster.class)
                                .inNamespace(operator.namespace())
                                .withName("a")
                                .edit(cluster -> {
                                    cluster.getMetadata().getLabels().put("edited", "meanwhile");
                                    return cluster;
                                });
                    }
                    return false;
                }

                @Override
                public boolean cutsAfter(String write) {
                    return false;
                }
            });

            operator.delete("a");
            operator.awaitGone("a");

            assertThat(edited).isTrue();
            operator.assertNothingLeft();
        }
    }
}
