package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.AuthToken;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Owner;
import io.cacheoperator.probe.Reachability;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that plan and status of one cluster look at: an immutable value.
 *
 * @param tokenSecret the Secret of the AUTH token: the one that the spec refers to, else the generated one. Where the
 *     cluster has no token it may be {@link Observation.Unknown}
 * @param keptToken the operator's own Secret, which knows the token that AWS was given; the same as {@code tokenSecret}
 *     where the token is generated
 * @param leftSecrets connection Secrets that were written under another name before the spec was edited
 * @param freshToken a token that nobody has used, taken if one must be made now; never in {@code toString}
 * @param claimedBy {@code namespace/name} of an older CacheCluster in this Kubernetes cluster that has the same AWS id
 *     and region
 * @param crdTerminating our own CRD is being deleted: nothing is deleted in AWS
 * @param reachability what the probes say of the cache
 * @param lastCreate when the call that makes the cache can have been sent at the latest
 * @param attempts which changes were sent for this generation and are not seen yet
 * @param wallTime what the clock shows: for times that AWS tells. The planner's {@code now} never goes back, and so runs ahead of it
 *     once it has jumped
 */
public record ClusterInputs(
        ClusterSettings settings,
        Owner owner,
        ObservedCluster observed,
        Observation<TokenSecret> tokenSecret,
        Observation<TokenSecret> keptToken,
        Observation<ConnectionSecretState> connectionSecret,
        List<String> leftSecrets,
        AuthToken freshToken,
        Optional<String> claimedBy,
        boolean crdTerminating,
        Reachability reachability,
        Instant lastCreate,
        Attempts attempts,
        Instant wallTime) {

    public ClusterInputs {
        leftSecrets = List.copyOf(leftSecrets);
    }

    /** The token is generated, nobody has probed, and no call that makes the cache was ever sent. */
    public ClusterInputs(
            ClusterSettings settings,
            Owner owner,
            ObservedCluster observed,
            Observation<TokenSecret> tokenSecret,
            Observation<ConnectionSecretState> connectionSecret,
            AuthToken freshToken,
            Optional<String> claimedBy,
            boolean crdTerminating) {
        this(
                settings,
                owner,
                observed,
                tokenSecret,
                tokenSecret,
                connectionSecret,
                List.of(),
                freshToken,
                claimedBy,
                crdTerminating,
                new Reachability.NotKnown(),
                Instant.EPOCH,
                Attempts.NONE,
                Instant.EPOCH);
    }
}
