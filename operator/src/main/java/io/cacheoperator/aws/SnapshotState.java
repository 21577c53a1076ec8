package io.cacheoperator.aws;

import java.time.Instant;
import java.util.Optional;

/**
 * A manual or automatic snapshot.
 *
 * @param status {@code creating | available | restoring | copying | deleting | failed}
 * @param source {@code manual | automated}
 */
public record SnapshotState(
        String name,
        String arn,
        String status,
        String source,
        Optional<String> replicationGroupId,
        Optional<String> cacheClusterId,
        Optional<Instant> createTime) {}
