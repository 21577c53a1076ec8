package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.AuthToken;
import java.util.Optional;

/**
 * The Secret that holds a cluster's AUTH token: the user's own ({@code auth.token.secretRef}) or {@code
 * <name>-cache-auth}. No token reaches {@code toString}.
 *
 * @param name the Secret's name
 * @param ours whether it carries our label and belongs to this CacheCluster; false for a Secret of the user
 * @param referenced whether an ownerReference lets Kubernetes delete it, while the cache may still need it: none is ours
 * @param watched whether a change of it is seen at once
 * @param current the token in use; for a Secret of the user, what stands under the key that the spec names
 * @param applied by what the token is known that AWS was given; in the operator's own Secret only, which has nothing else
 *     where the token is the user's
 */
public record TokenSecret(
        String name,
        boolean ours,
        boolean referenced,
        boolean watched,
        Optional<AuthToken> current,
        Optional<AuthToken> previous,
        Optional<AuthToken> pending,
        Optional<TokenHash> applied) {

    public TokenSecret(
            String name,
            boolean ours,
            Optional<AuthToken> current,
            Optional<AuthToken> previous,
            Optional<AuthToken> pending) {
        this(name, ours, false, true, current, previous, pending, Optional.empty());
    }

    /** Watched, and without a record of what AWS was given. */
    public TokenSecret(
            String name,
            boolean ours,
            boolean referenced,
            Optional<AuthToken> current,
            Optional<AuthToken> previous,
            Optional<AuthToken> pending) {
        this(name, ours, referenced, true, current, previous, pending, Optional.empty());
    }

    /** The key of the token in use, in a generated Secret. */
    public static final String CURRENT = "current";

    /** The key of the token before the last rotation. */
    public static final String PREVIOUS = "previous";

    /** The key of a token that was sent to AWS and not yet confirmed. */
    public static final String PENDING = "pending";

    /** The key of the salted hash of the token that AWS was given. */
    public static final String APPLIED = "applied";
}
