package io.cacheoperator.simulator.elasticache;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticache.model.NodeSnapshot;
import software.amazon.awssdk.services.elasticache.model.Snapshot;

/**
 * A snapshot.
 *
 * @param shown       what Describe shows, with the node group configurations that it shows on request
 * @param clusterMode whether the source was in cluster mode
 * @param encrypted   whether the source was encrypted at rest
 * @param taken       when it was asked for
 */
record SnapshotState(Snapshot shown, boolean clusterMode, boolean encrypted, Instant taken) {
    String name() {
        return shown.snapshotName();
    }

    String status() {
        return shown.snapshotStatus();
    }

    boolean available() {
        return shown.snapshotStatus().equals("available");
    }

    boolean manual() {
        return shown.snapshotSource().equals("manual");
    }

    Optional<String> replicationGroupId() {
        return Optional.ofNullable(shown.replicationGroupId());
    }

    SnapshotState withStatus(String status) {
        return new SnapshotState(shown.copy(b -> b.snapshotStatus(status)), clusterMode, encrypted, taken);
    }

    /** What Describe answers. */
    Snapshot view(boolean nodeGroupConfigurations) {
        if (nodeGroupConfigurations) {
            return shown;
        }
        List<NodeSnapshot> plain = shown.nodeSnapshots().stream()
                .map(node -> node.copy(b -> b.nodeGroupConfiguration(
                        (software.amazon.awssdk.services.elasticache.model.NodeGroupConfiguration) null)))
                .toList();
        return shown.copy(b -> b.nodeSnapshots(plain));
    }
}
