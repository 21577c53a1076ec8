package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.AwsError;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The resource that a tag operation is about.
 *
 * @param type such as {@code replicationgroup}
 * @param id   in lower case
 */
record TaggableArn(String type, String id) {
    private static final int COMPONENTS = 7;

    static TaggableArn read(Context c, @Nullable String text) {
        String given = Identifiers.text("ResourceName", text);
        String[] parts = given.split(":", -1);
        if (parts.length != COMPONENTS) {
            throw invalid("Input ARN string does not have 7 components.");
        }
        String[] own = c.arn("cluster", "x").split(":", -1);
        if (!parts[1].equals(own[1])) {
            throw invalid("partition field is wrong. Expected value is " + own[1]);
        }
        if (!parts[2].equals("elasticache")) {
            throw invalid("service field is wrong. Expected value is elasticache");
        }
        if (!parts[3].equals(own[3]) || !parts[4].equals(own[4])) {
            throw invalid("Unauthorized call. Please check the region or customer id");
        }
        return new TaggableArn(parts[5], parts[6].toLowerCase(Locale.ROOT));
    }

    private static AwsError invalid(String message) {
        return AwsError.badRequest("InvalidARN", message);
    }

    /** The replication group, if it is one. */
    Optional<GroupState> group(Context c) {
        return type.equals("replicationgroup") ? c.state().groups.find(id) : Optional.empty();
    }

    /**
     * The ARN, if the resource is there and in a state in which tags can be read and written.
     *
     * @throws AwsError if not
     */
    String check(Context c) {
        return switch (type) {
            case "replicationgroup" -> ofGroup(c);
            case "cluster" -> ofCluster(c);
            case "parametergroup" -> ofParameterGroup(c);
            case "subnetgroup" ->
                Placement.subnetGroup(c, id)
                        .map(SubnetGroupState::arn)
                        .orElseThrow(() -> ElastiCacheErrors.subnetGroupNotFound(id));
            case "snapshot" -> ofSnapshot(c);
            case "user" -> ofUser(c);
            case "usergroup" ->
                c.state()
                        .userGroups
                        .find(id)
                        .orElseThrow(() -> ElastiCacheErrors.userGroupNotFound(id))
                        .arn();
            default -> throw invalid("Resource type %s is not supported for tagging.".formatted(type));
        };
    }

    private String ofGroup(Context c) {
        GroupState group = c.state().groups.find(id).orElseThrow(() -> ElastiCacheErrors.replicationGroupNotFound(id));
        if (!group.available()) {
            throw ElastiCacheErrors.replicationGroupState(
                    "Cluster not in available state to perform tagging operations.");
        }
        return group.shown().arn();
    }

    private String ofCluster(Context c) {
        ClusterState cluster = c.state()
                .clusters
                .find(id)
                .filter(found -> !found.status().equals("creating")
                        || found.replicationGroupId().isEmpty())
                .orElseThrow(() -> AwsError.notFound(
                        "CacheClusterNotFound", "%s is either not present or not available.".formatted(id)));
        if (!cluster.available()) {
            throw ElastiCacheErrors.cacheClusterState("Cluster not in available state to perform tagging operations.");
        }
        return cluster.shown().arn();
    }

    private String ofParameterGroup(Context c) {
        ParameterGroupState group =
                c.state().parameterGroups.find(id).orElseThrow(() -> ParameterGroupLookup.notFound(id));
        if (group.isDefault()) {
            throw AwsError.badRequest("InvalidCacheParameterGroupState", "Default parameter groups cannot be tagged.");
        }
        return group.arn();
    }

    private String ofSnapshot(Context c) {
        SnapshotState snapshot = c.state().snapshots.find(id).orElseThrow(() -> ElastiCacheErrors.snapshotNotFound(id));
        if (!snapshot.available()) {
            throw ElastiCacheErrors.snapshotNotFound(id);
        }
        return snapshot.shown().arn();
    }

    private String ofUser(Context c) {
        UserState user = c.state().users.find(id).orElseThrow(() -> ElastiCacheErrors.userNotFound(id));
        if (!user.active()) {
            throw AwsError.notFound("UserNotFound", "User %s is not available for tagging".formatted(id));
        }
        return user.shown().arn();
    }
}
