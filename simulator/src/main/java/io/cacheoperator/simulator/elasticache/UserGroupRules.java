package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.elasticache.EngineVersions.EngineVersion;
import io.cacheoperator.simulator.service.AwsError;
import java.util.List;
import software.amazon.awssdk.services.elasticache.model.UserGroup;

/** Which user groups a cache can have. */
final class UserGroupRules {
    private UserGroupRules() {}

    /** Refuses groups that do not exist, are busy or do not fit the engine. */
    static void checkAttachable(Context c, List<String> ids, EngineVersion version) {
        if (ids.size() > 1) {
            throw AwsError.invalidParameterCombination(
                    "Only one user group can be associated with a replication group.");
        }
        for (String id : ids) {
            UserGroup group = find(c, id);
            if (!group.status().equals("active")) {
                throw AwsError.badRequest(
                        "InvalidUserGroupState",
                        "User group %s is not in active state.".formatted(group.userGroupId()));
            }
            if (!version.atLeast("6.0")) {
                throw AwsError.invalidParameterCombination(
                        "User group based access control requires engine version 6.0 or higher.");
            }
            if (version.engine().equals("redis") && group.engine().equals("valkey")) {
                throw AwsError.invalidParameterCombination(
                        "User group %s of engine valkey cannot be associated with a redis replication group."
                                .formatted(group.userGroupId()));
            }
        }
    }

    static UserGroup find(Context c, String id) {
        String wanted = Identifiers.required("UserGroupId", id);
        return c.state().userGroups.find(wanted).orElseThrow(() -> ElastiCacheErrors.userGroupNotFound(wanted));
    }
}
