package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.elasticache.EngineVersions.EngineVersion;
import io.cacheoperator.simulator.service.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupRequest;

/** How a running group's TLS, AUTH token and user groups can be changed. */
final class AccessRules {
    private final Context c;
    private final GroupState group;
    private final ModifyReplicationGroupRequest request;
    private final EngineVersion version;

    AccessRules(Context c, GroupState group, ModifyReplicationGroupRequest request) {
        this.c = c;
        this.group = group;
        this.request = request;
        this.version = EngineVersions.reported(group.engine(), group.engineVersion());
    }

    void check() {
        encryption();
        token();
        userGroups();
        boolean security = request.transitEncryptionEnabled() != null
                || request.transitEncryptionModeAsString() != null
                || request.authToken() != null;
        if (security && !Boolean.TRUE.equals(request.applyImmediately())) {
            throw AwsError.invalidParameterCombination(
                    "To modify encryption in transit or the AUTH token, set the apply-immediately parameter to true.");
        }
    }

    private void encryption() {
        Boolean enable = request.transitEncryptionEnabled();
        String mode = request.transitEncryptionModeAsString();
        if (enable == null && mode == null) {
            return;
        }
        boolean controlled =
                group.tokens().enabled() || !group.shown().userGroupIds().isEmpty();
        if (controlled) {
            throw AwsError.invalidParameterCombination(
                    "Modification of transit encryption is not supported for access control enabled clusters.");
        }
        if (mode != null && !group.encrypted() && !Boolean.TRUE.equals(enable)) {
            throw AwsError.invalidParameterCombination(
                    "To modify transit encryption mode, set encryption-in-transit as enabled.");
        }
        if (!version.atLeast("7.0.5")) {
            throw AwsError.invalidParameterCombination("""
                    Transit encryption mode is not supported for engine version %s. Please use engine version 7.0.5 or higher.""".formatted(version.full()));
        }
        if (Boolean.TRUE.equals(enable) && !group.encrypted() && !"preferred".equals(mode)) {
            throw AwsError.invalidParameterCombination(
                    "To enable encryption in transit, set the transit encryption mode to preferred first.");
        }
        boolean preferred = "preferred".equals(group.shown().transitEncryptionModeAsString());
        if (Boolean.FALSE.equals(enable) && group.encrypted() && !preferred) {
            throw AwsError.invalidParameterCombination(
                    "To disable encryption in transit, set the transit encryption mode to preferred first.");
        }
    }

    private void token() {
        String token = request.authToken();
        String strategy = request.authTokenUpdateStrategyAsString();
        if (strategy != null && strategy.equals("DELETE")) {
            if (request.userGroupIdsToAdd().isEmpty()) {
                throw AwsError.invalidParameterValue("Auth token update strategy delete is not supported currently");
            }
            return;
        }
        if (token == null) {
            if (strategy != null) {
                throw AwsError.invalidParameterCombination(
                        "AuthTokenUpdateStrategy can only be given together with AuthToken.");
            }
            return;
        }
        checkTokenAllowed();
        boolean leavesUserGroups = Boolean.TRUE.equals(request.removeUserGroups())
                && !group.shown().userGroupIds().isEmpty();
        if ("SET".equals(strategy) && !leavesUserGroups && !group.tokens().maySet(token)) {
            throw AwsError.invalidParameterValue(
                    "Auth token update strategy SET is only allowed for the token that was last rotated.");
        }
        if (!group.shown().userGroupIds().isEmpty() && !leavesUserGroups) {
            throw AwsError.invalidParameterCombination(
                    "An AUTH token cannot be set while user groups are associated with the replication group.");
        }
    }

    private void checkTokenAllowed() {
        if (!group.encrypted()) {
            throw AwsError.invalidParameterValue(
                    "The AUTH token is only supported when encryption-in-transit is enabled");
        }
        if ("preferred".equals(group.shown().transitEncryptionModeAsString())) {
            throw AwsError.invalidParameterCombination(
                    "Transit encryption preferred is not supported with redis access control.");
        }
        if (!version.atLeast("5.0.6")) {
            throw AwsError.invalidParameterCombination(
                    "Modifying the AUTH token is not supported for engine version %s.".formatted(version.full()));
        }
    }

    private void userGroups() {
        List<String> added = lower(request.userGroupIdsToAdd());
        List<String> removed = lower(request.userGroupIdsToRemove());
        for (String id : removed) {
            if (!group.shown().userGroupIds().contains(id)) {
                throw AwsError.invalidParameterValue(
                        "User group %s is not associated with replication group %s.".formatted(id, group.id()));
            }
        }
        if (added.isEmpty()) {
            return;
        }
        if (!group.encrypted()) {
            throw AwsError.invalidParameterCombination("""
                    User group based access control requires encryption-in-transit to be enabled on the replication group.""");
        }
        if ("preferred".equals(group.shown().transitEncryptionModeAsString())) {
            throw AwsError.invalidParameterCombination(
                    "Transit encryption preferred is not supported with redis access control.");
        }
        if (group.tokens().enabled() && !"DELETE".equals(request.authTokenUpdateStrategyAsString())) {
            throw AwsError.invalidParameterCombination(
                    "User group can't be associated with auth token enabled. Pass AuthStrategy delete to proceed.");
        }
        UserGroupRules.checkAttachable(c, after(), version);
    }

    /** The user groups that there will be. */
    List<String> after() {
        List<String> after = new ArrayList<>(group.shown().userGroupIds());
        if (Boolean.TRUE.equals(request.removeUserGroups())) {
            after.clear();
        }
        after.removeAll(lower(request.userGroupIdsToRemove()));
        lower(request.userGroupIdsToAdd()).stream()
                .filter(id -> !after.contains(id))
                .forEach(after::add);
        return after;
    }

    static List<String> lower(List<String> ids) {
        return ids.stream().map(id -> id.toLowerCase(Locale.ROOT)).toList();
    }
}
