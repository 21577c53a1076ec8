package io.cacheoperator.aws;

import io.cacheoperator.core.Failure;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What to change where AWS refuses for want of permission, or does not know the credentials. AWS's words name the action since
 * 2021, for EC2 too: {@code User: ... is not authorized to perform: elasticache:CreateReplicationGroup on resource: ...}
 */
public final class AccessHints {

    private static final Pattern ACTION = Pattern.compile("not authorized to perform: ([a-z0-9-]+:[A-Za-z0-9]+)");

    private static final String PAGE = "docs/reference/iam.md";

    private static final Set<String> POLICY = Set.of(
            "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "NotAuthorized", "AuthorizationError");

    private static final Set<String> REGION = Set.of("OptInRequired", "RegionDisabledException");

    private AccessHints() {}

    /** One sentence without its full stop; empty for a failure of another kind. */
    public static Optional<String> of(Failure failure) {
        return failure.kind() == Failure.Kind.ACCESS ? Optional.of(hint(failure)) : Optional.empty();
    }

    private static String hint(Failure failure) {
        String code = failure.code();
        if (code.equals("ServiceLinkedRoleNotFoundFault")) {
            return "Allow iam:CreateServiceLinkedRole in the policy of the operator's role (" + PAGE
                    + "), or make that role once: aws iam create-service-linked-role --aws-service-name"
                    + " elasticache.amazonaws.com";
        }
        if (REGION.contains(code)) {
            return "Enable the service and the region in the AWS account";
        }
        if (!POLICY.contains(code)) {
            return "Give the operator credentials that AWS accepts: docs/install.md, \"Before\"";
        }
        String action = action(failure).orElse(failure.operation());
        return failure.message().contains("explicit deny")
                ? "Find what denies " + action + " to the operator's role: a policy of the role, its permissions"
                        + " boundary, or one of the organization"
                : "Allow " + action + " in the policy of the operator's role: " + PAGE;
    }

    /** The IAM action that AWS misses, by its own words, such as {@code elasticache:CreateReplicationGroup}. */
    public static Optional<String> action(Failure failure) {
        Matcher named = ACTION.matcher(failure.message());
        return named.find() ? Optional.of(named.group(1)) : Optional.empty();
    }
}
