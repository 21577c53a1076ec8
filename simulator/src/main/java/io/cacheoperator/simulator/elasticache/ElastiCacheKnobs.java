package io.cacheoperator.simulator.elasticache;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Switches for what AWS does rarely. Ids are those of replication groups or cache clusters. Thread-safe. */
public final class ElastiCacheKnobs {
    private final Set<String> createFails = ConcurrentHashMap.newKeySet();
    private final Set<String> rollsBack = ConcurrentHashMap.newKeySet();
    private final Set<String> snapshotFails = ConcurrentHashMap.newKeySet();
    private final Set<String> noCapacity = ConcurrentHashMap.newKeySet();
    private final Set<String> disabledKeys = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> quotas = new ConcurrentHashMap<>();
    private volatile boolean serviceLinkedRole = true;

    /** The next create of this id ends in {@code create-failed}. */
    public void failCreate(String id) {
        createFails.add(id);
    }

    /** The next long-running modification of this id ends with the old values and an event. */
    public void rollBackNext(String id) {
        rollsBack.add(id);
    }

    /** The next snapshot of this id ends in {@code failed}, final snapshots included. */
    public void failSnapshot(String id) {
        snapshotFails.add(id);
    }

    /** Creates and scalings to this node type answer InsufficientCacheClusterCapacity, until it is available again. */
    public void capacity(String nodeType, boolean available) {
        if (available) {
            noCapacity.remove(nodeType);
        } else {
            noCapacity.add(nodeType);
        }
    }

    /** Modifications of caches that are encrypted with this KMS key answer InvalidKMSKeyFault, until it is enabled again. */
    public void kmsKey(String arn, boolean enabled) {
        if (enabled) {
            disabledKeys.remove(arn);
        } else {
            disabledKeys.add(arn);
        }
    }

    /** Another limit for a quota, by the error code that exceeding it answers. */
    public void quota(String code, int limit) {
        quotas.put(code, limit);
    }

    /** Whether the account has the service's role. Where not, who makes a cache must be permitted to have it made. */
    public void serviceLinkedRole(boolean exists) {
        serviceLinkedRole = exists;
    }

    boolean lacksServiceLinkedRole() {
        return !serviceLinkedRole;
    }

    boolean takeCreateFailure(String id) {
        return createFails.remove(id);
    }

    boolean takeRollback(String id) {
        return rollsBack.remove(id);
    }

    boolean takeSnapshotFailure(String id) {
        return snapshotFails.remove(id);
    }

    boolean lacksCapacity(String nodeType) {
        return noCapacity.contains(nodeType);
    }

    boolean isKeyDisabled(@Nullable String arn) {
        return arn != null && disabledKeys.contains(arn);
    }

    int limit(String code, int standard) {
        return Optional.ofNullable(quotas.get(code)).orElse(standard);
    }
}
