package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.Page;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.elasticache.model.CreateUserGroupRequest;
import software.amazon.awssdk.services.elasticache.model.CreateUserGroupResponse;
import software.amazon.awssdk.services.elasticache.model.DeleteUserGroupRequest;
import software.amazon.awssdk.services.elasticache.model.DeleteUserGroupResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeUserGroupsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeUserGroupsResponse;
import software.amazon.awssdk.services.elasticache.model.ModifyUserGroupRequest;
import software.amazon.awssdk.services.elasticache.model.ModifyUserGroupResponse;
import software.amazon.awssdk.services.elasticache.model.UserGroup;
import software.amazon.awssdk.services.elasticache.model.UserGroupPendingChanges;

/** The operations on user groups. */
final class UserGroups {
    private static final String ID = "UserGroupId";
    private final Context.Source contexts;

    UserGroups(Context.Source contexts) {
        this.contexts = contexts;
    }

    CreateUserGroupResponse create(CreateUserGroupRequest request, Call call) {
        Context c = contexts.of(call);
        String id = Identifiers.create(ID, request.userGroupId(), Identifiers.CACHE_CLUSTER_LENGTH);
        String engine = Users.engine(request.engine());
        Map<String, String> tags = Tags.read(request.tags());
        if (c.state().userGroups.contains(id)) {
            throw AwsError.badRequest("UserGroupAlreadyExists", "User Group %s already exists.".formatted(id));
        }
        List<String> users = request.userIds().stream()
                .map(user -> Identifiers.required("UserId", user))
                .distinct()
                .toList();
        checkUsers(c, users, engine);
        Quotas.userGroups(c);
        UserGroup group = UserGroup.builder()
                .userGroupId(id)
                .status("creating")
                .engine(engine)
                .userIds(users)
                .minimumEngineVersion(Users.minimumVersion(engine))
                .replicationGroups(List.of())
                .serverlessCaches(List.of())
                .arn(c.arn("usergroup", id))
                .build();
        c.state().userGroups.put(id, group, c.now());
        Tags.create(c, group.arn(), tags);
        settle(c, id);
        UserGroup shown = view(c, group);
        return CreateUserGroupResponse.builder()
                .userGroupId(shown.userGroupId())
                .status(shown.status())
                .engine(shown.engine())
                .userIds(shown.userIds())
                .minimumEngineVersion(shown.minimumEngineVersion())
                .replicationGroups(shown.replicationGroups())
                .serverlessCaches(shown.serverlessCaches())
                .arn(shown.arn())
                .build();
    }

    private static void checkUsers(Context c, List<String> ids, String engine) {
        if (ids.size() > Quotas.USERS_PER_GROUP) {
            throw AwsError.badRequest(
                    "UserQuotaExceeded", "A user group can have at most %d users.".formatted(Quotas.USERS_PER_GROUP));
        }
        Set<String> names = new HashSet<>();
        for (String id : ids) {
            UserState user = c.state().users.find(id).orElseThrow(() -> ElastiCacheErrors.userNotFound(id));
            if (!names.add(user.shown().userName())) {
                throw AwsError.badRequest(
                        "DuplicateUserName",
                        "The user name %s is used by more than one user of the group."
                                .formatted(user.shown().userName()));
            }
            if (engine.equals("valkey") && user.passwordless()) {
                throw AwsError.invalidParameterCombination(
                        "User %s needs a password or IAM to be in a user group of engine valkey.".formatted(id));
            }
            if (engine.equals("redis") && user.shown().engine().equals("valkey")) {
                throw AwsError.invalidParameterCombination(
                        "User %s of engine valkey cannot be in a user group of engine redis.".formatted(id));
            }
        }
        if (engine.equals("redis") && !names.contains("default")) {
            throw AwsError.badRequest(
                    "DefaultUserRequired", "User group needs to contain a user with the user name default.");
        }
    }

    DescribeUserGroupsResponse describe(DescribeUserGroupsRequest request, Call call) {
        Context c = contexts.of(call);
        var groups = c.state().userGroups.at(call.readAt());
        if (request.userGroupId() != null) {
            String id = Identifiers.required(ID, request.userGroupId());
            UserGroup group = groups.find(id).orElseThrow(() -> ElastiCacheErrors.userGroupNotFound(id));
            return DescribeUserGroupsResponse.builder()
                    .userGroups(view(c, group))
                    .build();
        }
        Page<UserGroup> page =
                Paging.page(groups.values(), UserGroup::userGroupId, request.marker(), request.maxRecords());
        return DescribeUserGroupsResponse.builder()
                .userGroups(page.items().stream().map(group -> view(c, group)).toList())
                .marker(page.next().orElse(null))
                .build();
    }

    /** A group with the replication groups that use it. */
    private static UserGroup view(Context c, UserGroup group) {
        List<String> used = c.state().groups.values().stream()
                .filter(cache -> cache.shown().userGroupIds().contains(group.userGroupId()))
                .map(GroupState::id)
                .toList();
        return group.copy(b -> b.replicationGroups(used));
    }

    ModifyUserGroupResponse modify(ModifyUserGroupRequest request, Call call) {
        Context c = contexts.of(call);
        List<String> added = request.userIdsToAdd().stream()
                .map(id -> Identifiers.required("UserId", id))
                .toList();
        List<String> removed = request.userIdsToRemove().stream()
                .map(id -> Identifiers.required("UserId", id))
                .toList();
        if (added.isEmpty() && removed.isEmpty() && request.engine() == null) {
            throw ElastiCacheErrors.nothingToModify();
        }
        UserGroup group = changeable(c, request.userGroupId(), "modified");
        for (String id : removed) {
            if (!group.userIds().contains(id)) {
                throw AwsError.invalidParameterValue(
                        "User %s is not a member of user group %s.".formatted(id, group.userGroupId()));
            }
        }
        List<String> after = new ArrayList<>(group.userIds());
        after.removeAll(removed);
        added.stream().filter(id -> !after.contains(id)).forEach(after::add);
        String engine = request.engine() == null ? group.engine() : Users.engine(request.engine());
        checkUsers(c, after, engine);
        UserGroup modifying = group.copy(b -> b.status("modifying")
                .engine(engine)
                .minimumEngineVersion(Users.minimumVersion(engine))
                .pendingChanges(UserGroupPendingChanges.builder()
                        .userIdsToAdd(added)
                        .userIdsToRemove(removed)
                        .build()));
        c.state().userGroups.put(group.userGroupId(), modifying, c.now());
        c.after(
                c.durations().user(),
                then -> then.state()
                        .userGroups
                        .update(
                                group.userGroupId(),
                                then.now(),
                                now -> now.copy(
                                        b -> b.status("active").userIds(after).pendingChanges((UserGroupPendingChanges)
                                                null))));
        UserGroup shown = view(c, modifying);
        return ModifyUserGroupResponse.builder()
                .userGroupId(shown.userGroupId())
                .status(shown.status())
                .engine(shown.engine())
                .userIds(shown.userIds())
                .minimumEngineVersion(shown.minimumEngineVersion())
                .pendingChanges(shown.pendingChanges())
                .replicationGroups(shown.replicationGroups())
                .serverlessCaches(shown.serverlessCaches())
                .arn(shown.arn())
                .build();
    }

    DeleteUserGroupResponse delete(DeleteUserGroupRequest request, Call call) {
        Context c = contexts.of(call);
        UserGroup group = changeable(c, request.userGroupId(), "deleted");
        if (!view(c, group).replicationGroups().isEmpty()) {
            throw AwsError.badRequest(
                    "InvalidUserGroupState",
                    "User group %s is associated with a replication group.".formatted(group.userGroupId()));
        }
        UserGroup deleting = group.copy(b -> b.status("deleting"));
        c.state().userGroups.put(group.userGroupId(), deleting, c.now());
        c.after(c.durations().user(), then -> {
            then.state().userGroups.remove(group.userGroupId(), then.now());
            Tags.remove(then, group.arn());
        });
        return DeleteUserGroupResponse.builder()
                .userGroupId(deleting.userGroupId())
                .status(deleting.status())
                .engine(deleting.engine())
                .userIds(deleting.userIds())
                .minimumEngineVersion(deleting.minimumEngineVersion())
                .replicationGroups(List.of())
                .serverlessCaches(List.of())
                .arn(deleting.arn())
                .build();
    }

    private static UserGroup changeable(Context c, String given, String done) {
        UserGroup group = UserGroupRules.find(c, given);
        if (!group.status().equals("active")) {
            throw AwsError.badRequest(
                    "InvalidUserGroupState",
                    "User group %s has status %s. Only active user groups can be %s."
                            .formatted(group.userGroupId(), group.status(), done));
        }
        return group;
    }

    /** Changing a user refreshes the groups it is in. */
    static void refresh(Context c, String userId) {
        c.state().userGroups.values().stream()
                .filter(group ->
                        group.userIds().contains(userId) && group.status().equals("active"))
                .forEach(group -> busy(c, group));
    }

    /** Deleting a user takes it out of its groups. */
    static void detach(Context c, String userId) {
        c.state().userGroups.values().stream()
                .filter(group -> group.userIds().contains(userId))
                .forEach(group -> {
                    List<String> left = group.userIds().stream()
                            .filter(id -> !id.equals(userId))
                            .toList();
                    busy(c, group.copy(b -> b.userIds(left)));
                });
    }

    private static void busy(Context c, UserGroup group) {
        c.state().userGroups.put(group.userGroupId(), group.copy(b -> b.status("modifying")), c.now());
        settle(c, group.userGroupId());
    }

    private static void settle(Context c, String id) {
        c.after(
                c.durations().user(),
                then -> then.state()
                        .userGroups
                        .update(
                                id,
                                then.now(),
                                now -> now.status().equals("deleting") ? now : now.copy(b -> b.status("active"))));
    }
}
