package io.cacheoperator.app;

import io.cacheoperator.aws.AwsRegions;
import io.cacheoperator.core.Kind;
import io.cacheoperator.core.PassListener;
import io.cacheoperator.core.RetryLedger;
import io.cacheoperator.core.StepListener;
import io.cacheoperator.core.Tempo;
import io.cacheoperator.observe.AwsPoller;
import io.cacheoperator.observe.SnapshotEventSource;
import io.cacheoperator.probe.Reachabilities;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.function.BooleanSupplier;

/**
 * What all kinds share.
 *
 * @param running false once the operator stops
 * @param reachable what the probes say
 */
record Wiring(
        KubernetesClient client,
        AwsRegions regions,
        AwsPoller poller,
        RetryLedger ledger,
        PassListener passes,
        StepListener steps,
        BooleanSupplier running,
        Reachabilities reachable,
        Tempo tempo) {

    /** What wakes the resources of a kind when AWS changed. */
    <P extends HasMetadata> SnapshotEventSource<P> snapshots(Kind<P, ?, ?> kind) {
        return new SnapshotEventSource<>(kind.name(), poller);
    }
}
