package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.AuthToken;
import java.util.Optional;

/**
 * The Secret that holds a cluster's AUTH token: the user's own ({@code auth.token.secretRef}) or {@code
 * <name>-cache-auth}. No token reaches {@code toString}.
 *
 * @param name the Secret's name
 * @param ours whether it carries our label and belongs to this CacheCluster; false for a Secret of the user
 * @param referenced whether an ownerReference makes Kubernetes delete it with this CacheCluster
 * @param current the token in use; for a Secret of the user, what stands under the key that the spec names
 */
public record TokenSecret(
        String name,
        boolean ours,
        boolean referenced,
        Optional<AuthToken> current,
        Optional<AuthToken> previous,
        Optional<AuthToken> pending) {

    public TokenSecret(
            String name,
            boolean ours,
            Optional<AuthToken> current,
            Optional<AuthToken> previous,
            Optional<AuthToken> pending) {
        this(name, ours, ours, current, previous, pending);
    }

    /** The key of the token in use, in a generated Secret. */
    public static final String CURRENT = "current";

    /** The key of the token before the last rotation. */
    public static final String PREVIOUS = "previous";

    /** The key of a token that was sent to AWS and not yet confirmed. */
    public static final String PENDING = "pending";
}
