package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.Page;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.elasticache.model.CreateUserRequest;
import software.amazon.awssdk.services.elasticache.model.CreateUserResponse;
import software.amazon.awssdk.services.elasticache.model.DeleteUserRequest;
import software.amazon.awssdk.services.elasticache.model.DeleteUserResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeUsersRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeUsersResponse;
import software.amazon.awssdk.services.elasticache.model.Filter;
import software.amazon.awssdk.services.elasticache.model.ModifyUserRequest;
import software.amazon.awssdk.services.elasticache.model.ModifyUserResponse;
import software.amazon.awssdk.services.elasticache.model.User;
import software.amazon.awssdk.services.elasticache.model.UserGroup;

/** The operations on users. */
final class Users {
    private static final String ID = "UserId";
    private final Context.Source contexts;

    Users(Context.Source contexts) {
        this.contexts = contexts;
    }

    CreateUserResponse create(CreateUserRequest request, Call call) {
        Context c = contexts.of(call);
        String id = Identifiers.create(ID, request.userId(), Identifiers.CACHE_CLUSTER_LENGTH);
        String name = Identifiers.text("UserName", request.userName());
        String engine = engine(request.engine());
        String access = Identifiers.text("AccessString", request.accessString());
        Map<String, String> tags = Tags.read(request.tags());
        UserCredentials credentials = UserCredentials.of(
                        request.passwords(), request.noPasswordRequired(), request.authenticationMode())
                .orElseThrow(UserCredentials::missing);
        credentials.check(id, name);
        if (c.state().users.contains(id)) {
            throw AwsError.badRequest("UserAlreadyExists", "User %s already exists.".formatted(id));
        }
        Quotas.users(c);
        UserState user = new UserState(
                User.builder()
                        .userId(id)
                        .userName(name)
                        .status("active")
                        .engine(engine)
                        .minimumEngineVersion(minimumVersion(engine))
                        .accessString(AccessStrings.normalize(access))
                        .userGroupIds(List.of())
                        .authentication(credentials.shown())
                        .arn(c.arn("user", id))
                        .build(),
                credentials.passwords());
        c.state().users.put(id, user, c.now());
        Tags.create(c, user.shown().arn(), tags);
        User shown = view(c, user);
        return CreateUserResponse.builder()
                .userId(shown.userId())
                .userName(shown.userName())
                .status(shown.status())
                .engine(shown.engine())
                .minimumEngineVersion(shown.minimumEngineVersion())
                .accessString(shown.accessString())
                .userGroupIds(shown.userGroupIds())
                .authentication(shown.authentication())
                .arn(shown.arn())
                .build();
    }

    static String engine(String given) {
        String engine = Identifiers.required("Engine", given).toLowerCase(Locale.ROOT);
        if (!engine.equals("redis") && !engine.equals("valkey")) {
            throw AwsError.invalidParameterValue(
                    "Unknown parameter for Engine: %s, must be one of: redis, valkey".formatted(given));
        }
        return engine;
    }

    /** The oldest engine that knows users. */
    static String minimumVersion(String engine) {
        return engine.equals("valkey") ? "7.2" : "6.0";
    }

    DescribeUsersResponse describe(DescribeUsersRequest request, Call call) {
        Context c = contexts.of(call);
        var users = c.state().users.at(call.readAt());
        if (request.userId() != null) {
            String id = Identifiers.required(ID, request.userId());
            UserState user = users.find(id).orElseThrow(() -> ElastiCacheErrors.userNotFound(id));
            return DescribeUsersResponse.builder().users(view(c, user)).build();
        }
        List<User> all = users.values().stream()
                .map(user -> view(c, user))
                .filter(user -> request.engine() == null || user.engine().equalsIgnoreCase(request.engine()))
                .filter(user -> request.filters().stream().allMatch(filter -> matches(user, filter)))
                .toList();
        Page<User> page = Paging.page(all, User::userId, request.marker(), request.maxRecords());
        return DescribeUsersResponse.builder()
                .users(page.items())
                .marker(page.next().orElse(null))
                .build();
    }

    private static boolean matches(User user, Filter filter) {
        return switch (filter.name()) {
            case "user-id" -> filter.values().contains(user.userId());
            case "user-name" -> filter.values().contains(user.userName());
            case "user-group-id" -> filter.values().stream().anyMatch(user.userGroupIds()::contains);
            default -> throw AwsError.invalidParameterCombination("Unknown filter: " + filter.name());
        };
    }

    /** A user with the groups it is in. */
    static User view(Context c, UserState user) {
        List<String> groups = c.state().userGroups.values().stream()
                .filter(group -> group.userIds().contains(user.id()))
                .map(UserGroup::userGroupId)
                .toList();
        return user.shown().copy(b -> b.userGroupIds(groups));
    }

    ModifyUserResponse modify(ModifyUserRequest request, Call call) {
        Context c = contexts.of(call);
        if (request.accessString() != null && request.appendAccessString() != null) {
            throw AwsError.invalidParameterCombination("AccessString and AppendAccessString cannot be given together.");
        }
        var credentials =
                UserCredentials.of(request.passwords(), request.noPasswordRequired(), request.authenticationMode());
        UserState user = changeable(c, request.userId(), "modified");
        credentials.ifPresent(given -> given.check(user.id(), user.shown().userName()));
        UserState changed = user.show(b -> {
            if (request.accessString() != null) {
                b.accessString(AccessStrings.normalize(request.accessString()));
            }
            if (request.appendAccessString() != null) {
                b.accessString(user.shown().accessString() + " " + request.appendAccessString());
            }
            if (request.engine() != null) {
                String engine = engine(request.engine());
                b.engine(engine).minimumEngineVersion(minimumVersion(engine));
            }
            credentials.ifPresent(given -> b.authentication(given.shown()));
            b.status("modifying");
        });
        UserState stored = changed.withPasswords(
                credentials.map(UserCredentials::passwords).orElse(user.passwords()));
        c.state().users.put(user.id(), stored, c.now());
        c.after(
                c.durations().user(),
                then -> then.state().users.update(user.id(), then.now(), now -> now.show(b -> b.status("active"))));
        UserGroups.refresh(c, user.id());
        User shown = view(c, stored);
        return ModifyUserResponse.builder()
                .userId(shown.userId())
                .userName(shown.userName())
                .status(shown.status())
                .engine(shown.engine())
                .minimumEngineVersion(shown.minimumEngineVersion())
                .accessString(shown.accessString())
                .userGroupIds(shown.userGroupIds())
                .authentication(shown.authentication())
                .arn(shown.arn())
                .build();
    }

    DeleteUserResponse delete(DeleteUserRequest request, Call call) {
        Context c = contexts.of(call);
        UserState user = changeable(c, request.userId(), "deleted");
        if (user.shown().userName().equals("default")
                && !view(c, user).userGroupIds().isEmpty()) {
            throw AwsError.badRequest(
                    "DefaultUserAssociatedToUserGroup",
                    "The default user %s is associated with a user group.".formatted(user.id()));
        }
        UserState deleting = user.show(b -> b.status("deleting"));
        c.state().users.put(user.id(), deleting, c.now());
        UserGroups.detach(c, user.id());
        c.after(c.durations().user(), then -> {
            then.state().users.remove(user.id(), then.now());
            Tags.remove(then, user.shown().arn());
        });
        User shown = view(c, deleting);
        return DeleteUserResponse.builder()
                .userId(shown.userId())
                .userName(shown.userName())
                .status(shown.status())
                .engine(shown.engine())
                .minimumEngineVersion(shown.minimumEngineVersion())
                .accessString(shown.accessString())
                .userGroupIds(shown.userGroupIds())
                .authentication(shown.authentication())
                .arn(shown.arn())
                .build();
    }

    private static UserState changeable(Context c, String given, String done) {
        String id = Identifiers.required(ID, given);
        UserState user = c.state().users.find(id).orElseThrow(() -> ElastiCacheErrors.userNotFound(id));
        if (id.equals("default")) {
            throw AwsError.invalidParameterValue("The default user cannot be %s.".formatted(done));
        }
        if (!user.active()) {
            throw AwsError.badRequest(
                    "InvalidUserState",
                    "User %s has status %s. Only active users can be %s."
                            .formatted(id, user.shown().status(), done));
        }
        return user;
    }
}
