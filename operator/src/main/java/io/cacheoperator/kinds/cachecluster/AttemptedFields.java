package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.ModifyCacheCluster;
import io.cacheoperator.aws.ModifyReplicationGroup;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which fields of the spec an action brings to a running cache: what is counted as an attempt. */
final class AttemptedFields {

    static final String MODIFY_GROUP = "ModifyReplicationGroup";
    static final String MODIFY_MEMCACHED = "ModifyCacheCluster";

    private AttemptedFields() {}

    /** The names of the attempts, as in {@link Attempts#step}. */
    static Set<String> of(ClusterAction action) {
        return switch (action) {
            case ClusterAction.ModifyGroup a -> named(MODIFY_GROUP, group(a.request()));
            case ClusterAction.ModifyMemcached a -> named(MODIFY_MEMCACHED, memcached(a.request()));
            case ClusterAction.ModifyParameters a ->
                named("ModifyCacheParameterGroup", parameters(a.values().keySet()));
            case ClusterAction.ResetParameters a -> named("ResetCacheParameterGroup", parameters(a.names()));
            case ClusterAction.AuthorizeIngress a ->
                named("AuthorizeSecurityGroupIngress", List.of(CollectionRows.ALLOW_FROM));
            case ClusterAction.RevokeIngress a ->
                named("RevokeSecurityGroupIngress", List.of(CollectionRows.ALLOW_FROM));
            case ClusterAction.DescribeIngress a ->
                named("UpdateSecurityGroupRuleDescriptionsIngress", List.of(CollectionRows.ALLOW_FROM));
            case ClusterAction.TagSecurityGroup a -> tags(a);
            case ClusterAction.AddTags a ->
                named("AddTagsToResource", tags(a.tags().keySet(), TagHolder.labelOf(a.arn())));
            case ClusterAction.RemoveTags a ->
                named("RemoveTagsFromResource", tags(a.keys(), TagHolder.labelOf(a.arn())));
            default -> Set.of();
        };
    }

    private static Set<String> named(String operation, Collection<String> fields) {
        return fields.stream().map(field -> Attempts.step(operation, field)).collect(Collectors.toSet());
    }

    private static Set<String> tags(ClusterAction.TagSecurityGroup action) {
        String label = TagHolder.securityGroup(action.groupId());
        Set<String> steps = new TreeSet<>(named("CreateTags", tags(action.set().keySet(), label)));
        steps.addAll(named("DeleteTags", tags(action.removed(), label)));
        return steps;
    }

    private static List<String> tags(Collection<String> keys, String label) {
        return keys.stream().map(key -> TagRows.TAG + key + label).toList();
    }

    private static List<String> parameters(Collection<String> names) {
        return names.stream().map(name -> ParameterRows.PARAMETER + name).toList();
    }

    private static Set<String> group(ModifyReplicationGroup r) {
        Set<String> fields = new TreeSet<>();
        add(fields, FieldRows.DESCRIPTION, r.description());
        add(fields, FieldRows.MAINTENANCE_WINDOW, r.maintenanceWindow());
        add(fields, FieldRows.SNAPSHOT_WINDOW, r.snapshotWindow());
        add(fields, FieldRows.RETENTION, r.snapshotRetentionDays());
        shared(
                fields,
                r.securityGroupIds(),
                r.notificationTopicStatus(),
                r.autoMinorVersionUpgrade(),
                r.parameterGroupName(),
                r.ipDiscovery());
        return fields;
    }

    private static Set<String> memcached(ModifyCacheCluster r) {
        Set<String> fields = new TreeSet<>();
        add(fields, FieldRows.MAINTENANCE_WINDOW, r.maintenanceWindow());
        shared(
                fields,
                r.securityGroupIds(),
                r.notificationTopicStatus(),
                r.autoMinorVersionUpgrade(),
                r.parameterGroupName(),
                r.ipDiscovery());
        return fields;
    }

    private static void shared(
            Set<String> fields,
            List<String> securityGroups,
            Optional<String> topicStatus,
            Optional<Boolean> autoMinor,
            Optional<String> parameterGroup,
            Optional<String> ipDiscovery) {
        add(fields, CollectionRows.SECURITY_GROUPS, securityGroups.stream().findFirst());
        add(fields, FieldRows.TOPIC, topicStatus);
        add(fields, FieldRows.AUTO_MINOR, autoMinor);
        add(fields, FieldRows.PARAMETER_GROUP_NAME, parameterGroup);
        add(fields, ParameterRows.PARAMETER_GROUP, parameterGroup);
        add(fields, FieldRows.IP_DISCOVERY, ipDiscovery);
    }

    private static void add(Set<String> fields, String field, Optional<?> value) {
        if (value.isPresent()) {
            fields.add(field);
        }
    }
}
