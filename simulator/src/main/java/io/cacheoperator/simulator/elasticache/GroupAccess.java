package io.cacheoperator.simulator.elasticache;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.UserGroupsUpdateStatus;

/** Changes of TLS, AUTH token and user groups, once they are allowed. */
final class GroupAccess {
    private GroupAccess() {}

    static void encryption(Context c, GroupChange change, ModifyReplicationGroupRequest request) {
        Optional<Boolean> enabled = Optional.ofNullable(request.transitEncryptionEnabled());
        Optional<String> mode = Optional.ofNullable(request.transitEncryptionModeAsString());
        change.pending(b -> b.transitEncryptionEnabled(enabled.orElse(null)).transitEncryptionMode(mode.orElse(null)))
                .memberPending(
                        b -> b.transitEncryptionEnabled(enabled.orElse(null)).transitEncryptionMode(mode.orElse(null)))
                .after(c.durations().secure(), (then, group) -> encrypted(group, enabled, mode));
    }

    private static GroupState encrypted(GroupState group, Optional<Boolean> enabled, Optional<String> mode) {
        boolean on = enabled.orElse(group.encrypted());
        String shown = on ? mode.orElse(group.shown().transitEncryptionModeAsString()) : null;
        return group.show(b -> b.transitEncryptionEnabled(on).transitEncryptionMode(shown))
                .share(b -> b.transitEncryptionEnabled(on).transitEncryptionMode(shown));
    }

    /** With ROTATE the token before stays valid; with SET only the given one is; DELETE comes with user groups. */
    static void token(Context c, GroupChange change, ModifyReplicationGroupRequest request) {
        String strategy =
                Optional.ofNullable(request.authTokenUpdateStrategyAsString()).orElse("ROTATE");
        change.pending(b -> b.authTokenStatus(strategy.equals("ROTATE") ? "ROTATING" : "SETTING"))
                .memberPending(b -> b.authTokenStatus(strategy.equals("ROTATE") ? "ROTATING" : "SETTING"))
                .after(c.durations().secure(), (then, group) -> {
                    AuthTokens tokens = switch (strategy) {
                        case "DELETE" -> AuthTokens.NONE;
                        case "SET" -> AuthTokens.only(request.authToken());
                        default -> group.tokens().rotate(request.authToken());
                    };
                    boolean enabled = tokens.enabled();
                    return group.withTokens(tokens)
                            .show(b -> b.authTokenEnabled(enabled).authTokenLastModifiedDate(then.now()))
                            .share(b -> b.authTokenEnabled(enabled).authTokenLastModifiedDate(then.now()));
                });
    }

    static void userGroups(Context c, GroupChange change, ModifyReplicationGroupRequest request) {
        List<String> added = AccessRules.lower(request.userGroupIdsToAdd());
        change.pending(b -> b.userGroups(UserGroupsUpdateStatus.builder()
                        .userGroupIdsToAdd(added)
                        .userGroupIdsToRemove(AccessRules.lower(request.userGroupIdsToRemove()))
                        .build()))
                .after(c.durations().secure(), (then, group) -> {
                    List<String> after = new AccessRules(then, group, request).after();
                    return group.show(b -> b.userGroupIds(after.isEmpty() ? null : after));
                });
    }
}
