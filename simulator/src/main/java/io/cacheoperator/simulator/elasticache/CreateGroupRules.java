package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.elasticache.EngineVersions.EngineVersion;
import io.cacheoperator.simulator.service.AwsError;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.elasticache.model.CreateReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.NodeGroupConfiguration;

/** The third stage of CreateReplicationGroup: what does not go together. */
final class CreateGroupRules {
    private final Context c;
    private final CreateReplicationGroupRequest request;
    private final CreateGroupPlan plan;

    CreateGroupRules(Context c, CreateReplicationGroupRequest request, CreateGroupPlan plan) {
        this.c = c;
        this.request = request;
        this.plan = plan;
    }

    void check() {
        ParameterGroupLookup.checkFamily(plan.parameters(), plan.version());
        clusterMode();
        availability();
        plan.placement().checkZones(plan.shape().zones());
        plan.placement().checkNetwork(request.networkTypeAsString(), request.ipDiscoveryAsString());
        encryption();
        access();
        dataTiering();
        restore();
        LogDeliveries.checkVersion(request.logDeliveryConfigurations(), plan.version());
    }

    private void clusterMode() {
        String mode = request.clusterModeAsString();
        boolean needed = CreateGroupPlan.wantsClusterMode(request);
        if (needed && !plan.parameters().clusterMode()) {
            throw AwsError.invalidParameterCombination(
                    "Cluster mode should be enabled in parameter group, but found it is disabled.");
        }
        if ("disabled".equals(mode) && plan.parameters().clusterMode()) {
            throw AwsError.invalidParameterCombination(
                    "Cluster mode should be disabled in parameter group, but found it is enabled.");
        }
        if ("compatible".equals(mode) && plan.version().family().compareTo(Family.REDIS_7) < 0) {
            throw AwsError.invalidParameterCombination("Cluster mode compatible needs engine version 7.0 or higher.");
        }
        if (!plan.shape().clusterMode()
                && !request.preferredCacheClusterAZs().isEmpty()
                && request.numNodeGroups() == null
                && request.numCacheClusters() == null
                && request.preferredCacheClusterAZs().size() != plan.shape().nodes()) {
            throw AwsError.invalidParameterCombination(
                    "Must specify the same number of preferred availability zones as requested number of nodes.");
        }
    }

    private void availability() {
        boolean failover = failover();
        if (plan.shape().clusterMode() && !failover) {
            throw AwsError.invalidParameterValue(
                    "Redis with cluster mode enabled cannot be created with auto failover turned off.");
        }
        if (!plan.shape().clusterMode() && failover && plan.shape().nodes() < 2) {
            throw AwsError.invalidParameterCombination(
                    "When using automatic failover, there must be at least 2 cache clusters in the replication group.");
        }
        if (failover && plan.nodeType().name().equals("cache.t1.micro")) {
            throw AwsError.invalidParameterCombination("Automatic failover is not supported for cache.t1.micro.");
        }
        if (Boolean.TRUE.equals(request.multiAZEnabled())) {
            if (!failover) {
                throw AwsError.invalidParameterCombination(
                        "Must enable automatic failover for Multi-AZ enabled Replication Group");
            }
            if (plan.shape().replicas() < 1) {
                throw AwsError.invalidParameterValue(
                        "Must have at least 1 replica for Multi-AZ enabled Replication Group");
            }
        }
    }

    /** Cluster mode always has it, so there it need not be said. */
    boolean failover() {
        Boolean given = request.automaticFailoverEnabled();
        return given == null ? plan.shape().clusterMode() : given;
    }

    private void encryption() {
        Boolean transit = request.transitEncryptionEnabled();
        EngineVersion version = plan.version();
        if (transit == null && version.engine().equals("valkey")) {
            throw AwsError.invalidParameterCombination(
                    "TransitEncryptionEnabled is required when creating a valkey replication group.");
        }
        boolean encrypts = Boolean.TRUE.equals(transit) || Boolean.TRUE.equals(request.atRestEncryptionEnabled());
        if (encrypts && !supportsEncryption(version)) {
            throw AwsError.invalidParameterCombination(
                    "Encryption features are not supported for engine version %s. Please use engine version 3.2.6"
                            .formatted(version.full()));
        }
        String mode = request.transitEncryptionModeAsString();
        if (mode != null && !Boolean.TRUE.equals(transit)) {
            throw AwsError.invalidParameterCombination(
                    "To modify transit encryption mode, set encryption-in-transit as enabled.");
        }
        if (mode != null && !version.atLeast("7.0.5")) {
            throw AwsError.invalidParameterCombination("""
                    Transit encryption mode is not supported for engine version %s. Please use engine version 7.0.5 or higher.""".formatted(version.full()));
        }
        if (request.kmsKeyId() != null && !atRest()) {
            throw AwsError.invalidParameterCombination("KmsKeyId can only be given with encryption at rest.");
        }
    }

    /** Valkey is encrypted at rest unless told otherwise, Redis OSS only when told so. */
    boolean atRest() {
        Boolean given = request.atRestEncryptionEnabled();
        return given == null ? plan.version().engine().equals("valkey") : given;
    }

    private static boolean supportsEncryption(EngineVersion version) {
        return version.full().equals("3.2.6") || version.atLeast("4.0.10");
    }

    private void access() {
        boolean encrypted = Boolean.TRUE.equals(request.transitEncryptionEnabled());
        boolean preferred = "preferred".equals(request.transitEncryptionModeAsString());
        boolean token = request.authToken() != null;
        List<String> groups = request.userGroupIds();
        if (token && !encrypted) {
            throw AwsError.invalidParameterValue(
                    "The AUTH token is only supported when encryption-in-transit is enabled");
        }
        if ((token || !groups.isEmpty()) && preferred) {
            throw AwsError.invalidParameterCombination(
                    "Transit encryption preferred is not supported with redis access control.");
        }
        if (groups.isEmpty()) {
            return;
        }
        if (!encrypted) {
            throw AwsError.invalidParameterCombination("""
                    User group based access control requires encryption-in-transit to be enabled on the replication group.""");
        }
        if (token) {
            throw AwsError.invalidParameterCombination("User group can't be associated with auth token enabled.");
        }
        UserGroupRules.checkAttachable(c, groups, plan.version());
    }

    private void dataTiering() {
        boolean asked = Boolean.TRUE.equals(request.dataTieringEnabled());
        if (plan.nodeType().tiersData() && !asked) {
            throw AwsError.invalidParameterCombination("When using the %s node type, you must enable data tiering."
                    .formatted(plan.nodeType().name()));
        }
        if (asked && !plan.nodeType().tiersData()) {
            throw AwsError.invalidParameterCombination("Data tiering is not supported for node type %s."
                    .formatted(plan.nodeType().name()));
        }
        if (asked && !plan.version().atLeast("6.2")) {
            throw AwsError.invalidParameterCombination("Data tiering is not supported for engine version %s."
                    .formatted(plan.version().full()));
        }
    }

    private void restore() {
        plan.snapshot().ifPresent(snapshot -> {
            if (snapshot.clusterMode() && !plan.shape().clusterMode()) {
                throw AwsError.invalidParameterCombination(
                        "Cannot restore a snapshot of a cluster mode enabled replication group with cluster mode disabled.");
            }
            boolean same = snapshot.shown().engine().equals(plan.version().engine());
            if (same
                    && EngineVersions.compare(
                                    plan.version().full(), snapshot.shown().engineVersion())
                            < 0) {
                throw AwsError.invalidParameterCombination("Cannot restore %s from %s to %s"
                        .formatted(
                                plan.version().engine(),
                                snapshot.shown().engineVersion(),
                                plan.version().full()));
            }
        });
        if (!request.snapshotArns().isEmpty()) {
            checkArns(request.snapshotArns());
            boolean slots = !request.nodeGroupConfiguration().isEmpty()
                    && request.nodeGroupConfiguration().stream()
                            .map(NodeGroupConfiguration::slots)
                            .allMatch(value -> value != null && !value.isEmpty());
            if (plan.shape().clusterMode() && !slots) {
                throw AwsError.invalidParameterCombination(
                        "Slots must be provided when restoring from snapshot ARNs with cluster mode enabled");
            }
        }
    }

    private static void checkArns(List<String> arns) {
        for (String arn : arns) {
            if (!arn.toLowerCase(Locale.ROOT).matches("arn:aws[a-z-]*:s3:::[^,/]+/[^,]+")) {
                throw AwsError.invalidParameterValue("Invalid snapshot ARN: " + arn);
            }
        }
    }
}
