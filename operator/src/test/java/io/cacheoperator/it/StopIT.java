package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** An operator that was stopped, or cut off, is gone: nothing of it goes on in a process that lives on, such as this one. */
@RequiresApiServer
class StopIT {

    private static final String CACHE = """
            apiVersion: cacheoperator.io/v1alpha1
            kind: CacheCluster
            metadata: {name: a}
            spec: {engine: valkey, nodeType: cache.t4g.small, deletionPolicy: Delete}
            """;

    /** JOSDK's threads have no names of their own. */
    private static Set<Thread> pools() {
        Set<Thread> all = new HashSet<>(Thread.getAllStackTraces().keySet());
        all.removeIf(thread -> !thread.getName().startsWith("pool-")
                && !thread.getName().startsWith("reconcile-")
                && !thread.getName().startsWith("events"));
        return all;
    }

    private static void assertNothingIsLeft(ApiServer server, Consumer<OperatorHarness> end) {
        Set<Thread> before = pools();
        try (OperatorHarness operator = OperatorHarness.start(server, HarnessSetup.STANDARD)) {
            operator.apply(CACHE);
            operator.awaitReady("a");
            assertThat(pools()).hasSizeGreaterThan(before.size());
            end.accept(operator);
        }
        await().untilAsserted(() -> {
            Set<Thread> left = pools();
            left.removeAll(before);
            assertThat(left).isEmpty();
        });
    }

    @Test
    void noThreadGoesOnAfterItWasStopped(ApiServer server) {
        assertNothingIsLeft(server, stoppedInTheEnd -> {});
    }

    @Test
    void noThreadGoesOnAfterItWasCutOff(ApiServer server) {
        assertNothingIsLeft(server, OperatorHarness::kill);
    }

    /** With no thread to keep, the JDK's timer wakes up a hundred times a second. */
    @Test
    void anIdleOperatorSleeps(ApiServer server) {
        Set<Thread> before = pools();
        try (OperatorHarness operator = OperatorHarness.start(server, HarnessSetup.STANDARD)) {
            operator.apply(CACHE);
            operator.awaitReady("a");
            Set<Thread> ours = pools();
            ours.removeAll(before);
            assertThat(ours)
                    .isNotEmpty()
                    .flatMap(thread -> List.of(thread.getStackTrace()))
                    .noneMatch(frame -> frame.getClassName().endsWith("DelayedWorkQueue")
                            && frame.getMethodName().equals("poll"));
        }
    }
}
