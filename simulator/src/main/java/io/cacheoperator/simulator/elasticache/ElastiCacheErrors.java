package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.AwsError;

/** The errors of ElastiCache that several operations answer, in AWS's words and with its wire codes. */
final class ElastiCacheErrors {
    private ElastiCacheErrors() {}

    static AwsError invalidValue(String message) {
        return AwsError.invalidParameterValue(message);
    }

    static AwsError invalidCombination(String message) {
        return AwsError.invalidParameterCombination(message);
    }

    static AwsError missing(String parameter) {
        return AwsError.invalidParameterValue(
                "The parameter %s must be provided and must not be null.".formatted(parameter));
    }

    static AwsError replicationGroupNotFound(String id) {
        return AwsError.notFound("ReplicationGroupNotFoundFault", "ReplicationGroup %s not found.".formatted(id));
    }

    static AwsError replicationGroupExists() {
        return AwsError.badRequest(
                "ReplicationGroupAlreadyExists", "Replication group with specified name already exists.");
    }

    static AwsError replicationGroupState(String message) {
        return AwsError.badRequest("InvalidReplicationGroupState", message);
    }

    static AwsError cacheClusterNotFound(String id) {
        return AwsError.notFound("CacheClusterNotFound", "CacheCluster not found: " + id);
    }

    static AwsError cacheClusterExists() {
        return AwsError.badRequest("CacheClusterAlreadyExists", "Cache cluster already exists");
    }

    static AwsError cacheClusterState(String message) {
        return AwsError.badRequest("InvalidCacheClusterState", message);
    }

    static AwsError subnetGroupNotFound(String name) {
        return AwsError.badRequest(
                "CacheSubnetGroupNotFoundFault", "Cache Subnet Group %s does not exist.".formatted(name));
    }

    static AwsError snapshotNotFound(String name) {
        return AwsError.notFound("SnapshotNotFoundFault", "%s is either not present or not available.".formatted(name));
    }

    static AwsError snapshotExists(String name) {
        return AwsError.badRequest(
                "SnapshotAlreadyExistsFault", "Snapshot with specified name already exists: " + name);
    }

    static AwsError snapshotUnsupported(String message) {
        return AwsError.badRequest("SnapshotFeatureNotSupportedFault", message);
    }

    static AwsError userNotFound(String id) {
        return AwsError.notFound("UserNotFound", "User %s not found.".formatted(id));
    }

    static AwsError userGroupNotFound(String id) {
        return AwsError.notFound("UserGroupNotFound", "User group %s not found.".formatted(id));
    }

    static AwsError nothingToModify() {
        return AwsError.invalidParameterCombination("No modifications were requested");
    }

    static AwsError quota(String code, String message) {
        return AwsError.badRequest(code, message);
    }
}
