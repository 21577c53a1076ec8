package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.AuthToken;
import io.cacheoperator.aws.CacheClusterState;
import io.cacheoperator.aws.Endpoint;
import io.cacheoperator.aws.ReplicationGroupState;
import io.cacheoperator.aws.ReplicationGroupState.NodeGroup;
import io.cacheoperator.core.Impact;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Problem;
import io.cacheoperator.core.Step;
import java.util.List;
import java.util.Optional;

/** The step that makes the connection Secret say what clients need now. */
final class ConnectionSteps {

    static final String NAME = "WriteConnectionSecret";

    private ConnectionSteps() {}

    /**
     * Plans it where the cache has an endpoint and every part of it is known; where a part is missing the Secret stays as
     * it is.
     */
    static void plan(PlanDraft draft, CacheCluster cr, ClusterInputs in, ExistingCache cache) {
        String name = in.observed().names().connectionSecret();
        Optional<Endpoint> endpoint = cache.endpoint();
        if (endpoint.isEmpty()) {
            draft.later(NAME, name, Impact.NONE, "the cache to be available", "writes what clients need to connect");
            return;
        }
        Optional<Optional<AuthToken>> token = token(draft, cr.getSpec(), in, cache);
        if (token.isEmpty() || !nodesKnown(in, cache)) {
            return;
        }
        ConnectionDetails wanted = details(cr.getSpec(), name, cache, endpoint.get(), token.get());
        switch (in.connectionSecret()) {
            case Observation.Unknown<ConnectionSecretState> unknown ->
                draft.later(NAME, name, Impact.NONE, "the Secret to be read", "writes what clients need to connect");
            case Observation.Absent<ConnectionSecretState> absent -> write(draft, wanted);
            case Observation.Present<ConnectionSecretState> present -> {
                if (isRight(draft, in, present.state(), wanted)) {
                    keepHash(draft, cr, in, wanted);
                    removeLeft(draft, in);
                }
            }
        }
    }

    /**
     * Secrets of an earlier CacheCluster of this name, which Kubernetes may still be about to collect with it, are kept from
     * that before anything relies on them: the connection's becomes this one's, the token's nobody's.
     */
    static void adopt(PlanDraft draft, ClusterInputs in) {
        in.keptToken()
                .found()
                .filter(secret -> secret.ours() && secret.referenced())
                .ifPresent(secret -> draft.ready(
                        new ClusterAction.ReleaseSecrets(List.of(secret.name())),
                        "ReleaseSecrets",
                        secret.name(),
                        Impact.NONE,
                        "keeps the token's Secret from being deleted before the cache is"));
        String connection = in.observed().names().connectionSecret();
        in.connectionSecret()
                .found()
                .filter(secret -> secret.ours() && !secret.referenced())
                .ifPresent(secret -> draft.ready(
                        new ClusterAction.AdoptSecrets(List.of(connection)),
                        "AdoptSecrets",
                        connection,
                        Impact.NONE,
                        "takes on the Secret of an earlier CacheCluster of this name"));
    }

    /** @return whether it says what it should; else the draft says what is to be done about it */
    private static boolean isRight(
            PlanDraft draft, ClusterInputs in, ConnectionSecretState secret, ConnectionDetails wanted) {
        if (!secret.ours()) {
            draft.problem(
                    ClusterReason.SecretNotOurs,
                    "spec.connectionSecret.name",
                    "Secret " + wanted.secretName() + " exists and is not the operator's: choose another name");
            return false;
        }
        String type = ConnectionData.secretType(wanted);
        if (!secret.type().equals(type)) {
            draft.problem(
                    ClusterReason.SecretTypeConflict,
                    "spec.connectionSecret.name",
                    "Secret " + wanted.secretName() + " has type " + secret.type() + " and must have " + type
                            + ", which cannot be changed: remove it, or choose another name");
            return false;
        }
        if (secret.says(wanted)) {
            return true;
        }
        if (Tokens.applied(in).isEmpty() && saysAnotherToken(secret, wanted)) {
            rotation(draft, in);
            return false;
        }
        write(draft, wanted);
        return false;
    }

    /**
     * A Secret that agrees with itself but for another token was not edited by hand: it is the token's own Secret that
     * changed, and AWS does not know that token.
     */
    private static boolean saysAnotherToken(ConnectionSecretState secret, ConnectionDetails wanted) {
        return wanted.token().isPresent()
                && password(secret)
                        .filter(password -> secret.says(wanted.withToken(password)))
                        .isPresent();
    }

    private static Optional<AuthToken> password(ConnectionSecretState secret) {
        return Optional.ofNullable(secret.data().get("password")).map(AuthToken::new);
    }

    private static void rotation(PlanDraft draft, ClusterInputs in) {
        draft.add(Step.refused(
                new ClusterAction.Unsupported("spec.auth.token.secretRef"),
                "RotateAuthToken",
                in.observed().names().connectionSecret(),
                Impact.IN_PLACE,
                "the content of the token's Secret changed; rotation is not supported by this version yet, and the "
                        + "cache keeps its token: put the old one back"));
    }

    /** So that a change of the token's Secret is known for what it is, also where the connection Secret is gone. */
    private static void keepHash(PlanDraft draft, CacheCluster cr, ClusterInputs in, ConnectionDetails wanted) {
        wanted.token()
                .filter(token -> Tokens.canKeep(in))
                .filter(token ->
                        Tokens.applied(in).filter(hash -> hash.matches(token)).isEmpty())
                .ifPresent(token -> Tokens.keepHash(draft, cr, in, token));
    }

    /** Written under another name before the spec was edited: removed once the new one is there. */
    private static void removeLeft(PlanDraft draft, ClusterInputs in) {
        in.leftSecrets()
                .forEach(left -> draft.ready(
                        new ClusterAction.DeleteConnectionSecret(left),
                        "DeleteConnectionSecret",
                        left,
                        Impact.NONE,
                        "removes the connection Secret of the name that the spec gave before"));
    }

    private static void write(PlanDraft draft, ConnectionDetails wanted) {
        draft.ready(
                new ClusterAction.WriteConnectionSecret(wanted),
                NAME,
                wanted.secretName(),
                Impact.NONE,
                "writes what clients need to connect");
    }

    /** Outer empty: it is not known now. Inner empty: the cache has none. */
    private static Optional<Optional<AuthToken>> token(
            PlanDraft draft, CacheClusterSpec spec, ClusterInputs in, ExistingCache cache) {
        if (!cache.group().map(ReplicationGroupState::authTokenEnabled).orElse(false)) {
            return Optional.of(Optional.empty());
        }
        return switch (Tokens.find(spec, in, true)) {
            case Tokens.Search.Found(AuthToken token) -> Optional.of(Optional.of(token));
            case Tokens.Search.Changed(String secretName) -> tokenThatTheCacheHas(draft, in, secretName);
            case Tokens.Search.Wrong(Problem problem) -> {
                draft.problem(problem);
                yield Optional.empty();
            }
            case Tokens.Search.Unheard unheard -> Optional.empty();
            case Tokens.Search.Generate generate -> Optional.empty();
            case Tokens.Search.NotNeeded notNeeded -> Optional.empty();
        };
    }

    /** The connection Secret may still hold it: then clients lose nothing. */
    private static Optional<Optional<AuthToken>> tokenThatTheCacheHas(
            PlanDraft draft, ClusterInputs in, String secretName) {
        Optional<AuthToken> held = in.connectionSecret()
                .found()
                .filter(ConnectionSecretState::ours)
                .flatMap(ConnectionSteps::password)
                .filter(password -> Tokens.applied(in)
                        .filter(hash -> hash.matches(password))
                        .isPresent());
        if (held.isPresent()) {
            rotation(draft, in);
        } else {
            draft.problem(
                    ClusterReason.TokenLost,
                    "spec.auth.token.secretRef",
                    "Secret " + secretName
                            + " holds another token than the cache has, and the connection Secret has not "
                            + "the right one either: put the old token back into " + secretName);
        }
        return held.map(Optional::of);
    }

    /** In cluster mode enabled only the members tell the nodes' addresses. */
    private static boolean nodesKnown(ClusterInputs in, ExistingCache cache) {
        return cache.group().isEmpty()
                || !clustered(cache)
                || in.observed().members().answer().isPresent();
    }

    private static boolean clustered(ExistingCache cache) {
        return cache.group().map(g -> g.clusterMode().equals("enabled")).orElse(false);
    }

    private static ConnectionDetails details(
            CacheClusterSpec spec, String name, ExistingCache cache, Endpoint endpoint, Optional<AuthToken> token) {
        boolean clustered = clustered(cache);
        boolean listed = clustered || cache.group().isEmpty();
        boolean tls = cache.group()
                .map(ReplicationGroupState::transitEncryption)
                .orElseGet(() -> cache.speaker()
                        .map(CacheClusterState::transitEncryption)
                        .orElse(false));
        return new ConnectionDetails(
                name,
                spec.engine().replicated() ? "redis" : "memcached",
                endpoint,
                clustered ? Optional.empty() : reader(cache),
                tls,
                clustered,
                listed ? nodes(cache) : List.of(),
                token,
                spec.connectionSecret().labels(),
                spec.connectionSecret().annotations());
    }

    private static Optional<Endpoint> reader(ExistingCache cache) {
        return cache.group().flatMap(g -> g.nodeGroups().stream().findFirst()).flatMap(NodeGroup::readerEndpoint);
    }

    private static List<Endpoint> nodes(ExistingCache cache) {
        return cache.members().stream()
                .flatMap(member -> member.nodes().stream())
                .flatMap(node -> node.endpoint().stream())
                .toList();
    }
}
