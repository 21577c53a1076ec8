package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.AuthToken;
import io.cacheoperator.aws.ReplicationGroupState;
import io.cacheoperator.core.Impact;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Problem;
import io.cacheoperator.kinds.cachecluster.AuthSpec.SecretKeyRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the AUTH token that a cluster is made with, or that its clients need. */
final class Tokens {

    /**
     * What both creating and changing a cache takes; aws-behaviour.md, 1.1 (AuthToken). Creating permits few special
     * characters, modifying forbids a few others.
     */
    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9!&#$^<>-]{16,128}");

    /** So long after it was made a cache's token may show as changed without anybody having done so. */
    private static final Duration MAKING = Duration.ofHours(1);

    private Tokens() {}

    /** What came of looking. */
    sealed interface Search {

        /** The cache has no AUTH token. */
        record NotNeeded() implements Search {}

        record Found(AuthToken token) implements Search {}

        /** The Secret holds another token than the one that the cache has. */
        record Changed(String secretName) implements Search {}

        /** There is none yet and the operator makes it. */
        record Generate(String secretName) implements Search {}

        /** Kubernetes has not been heard yet. */
        record Unheard(String secretName) implements Search {}

        record Wrong(Problem problem) implements Search {}
    }

    /** @param cacheHasOne whether a cache exists that a token was given to, so that a lost one cannot be made anew */
    static Search find(CacheClusterSpec spec, ClusterInputs in, boolean cacheHasOne) {
        Optional<SecretKeyRef> given = spec.auth().tokenSecret();
        String name = given.map(SecretKeyRef::name).orElse(in.observed().names().tokenSecret());
        if (in.keptToken().isUnknown()) {
            return new Search.Unheard(in.observed().names().tokenSecret());
        }
        Search search = switch (in.tokenSecret()) {
            case Observation.Unknown<TokenSecret> unknown -> new Search.Unheard(name);
            case Observation.Absent<TokenSecret> absent ->
                given.map(ref -> missing(ref, "does not exist")).orElseGet(() -> generate(name, cacheHasOne));
            case Observation.Present<TokenSecret> present ->
                given.map(ref -> brought(ref, present.state()))
                        .orElseGet(() -> generated(name, present.state(), cacheHasOne));
        };
        boolean another = cacheHasOne && search instanceof Search.Found(AuthToken token) && isAnother(in, token);
        return another ? new Search.Changed(name) : search;
    }

    private static boolean isAnother(ClusterInputs in, AuthToken token) {
        return applied(in)
                .filter(hash -> !hash.matches(token) && !changedInAws(in, hash))
                .isPresent();
    }

    /**
     * Whether somebody gave AWS another token since: then the Secret's new content is that one, as far as anyone can tell. That
     * the token moves is all that AWS shows of it (aws-behaviour.md, 1.1.7).
     */
    private static boolean changedInAws(ClusterInputs in, TokenHash hash) {
        Optional<Instant> known = hash.at()
                .or(() -> group(in).flatMap(ReplicationGroupState::createTime).map(at -> at.plus(MAKING)));
        return tokenChangedAt(in)
                .filter(changed -> known.filter(changed::isAfter).isPresent())
                .isPresent();
    }

    private static Optional<ReplicationGroupState> group(ClusterInputs in) {
        return in.observed().group().found();
    }

    private static Optional<Instant> tokenChangedAt(ClusterInputs in) {
        return group(in).flatMap(ReplicationGroupState::authTokenLastModified);
    }

    /** By what the token is known that AWS was given; empty where nobody recorded it. */
    static Optional<TokenHash> applied(ClusterInputs in) {
        return in.keptToken().found().filter(TokenSecret::ours).flatMap(TokenSecret::applied);
    }

    /** Whether the operator's own Secret can be written: it is there already, or its name is free. */
    static boolean canKeep(ClusterInputs in) {
        return !in.keptToken().isUnknown()
                && in.keptToken().found().map(TokenSecret::ours).orElse(true);
    }

    /** The step that records by what a token is known. */
    static void keepHash(PlanDraft draft, CacheCluster cr, ClusterInputs in, AuthToken token) {
        String secret = in.observed().names().tokenSecret();
        String salt = Objects.requireNonNullElse(cr.getMetadata().getUid(), secret);
        Optional<Instant> changed = applied(in).isPresent() ? tokenChangedAt(in) : Optional.empty();
        draft.ready(
                new ClusterAction.KeepTokenHash(
                        secret, TokenHash.of(token, salt).changedAt(changed)),
                "WriteTokenSecret",
                secret,
                Impact.NONE,
                "records by what the AUTH token is known again");
    }

    private static Search brought(SecretKeyRef ref, TokenSecret secret) {
        Optional<AuthToken> token = secret.current().filter(t -> !t.value().isEmpty());
        if (token.isEmpty()) {
            return missing(ref, "has no value under key " + ref.key());
        }
        return ACCEPTED.matcher(token.get().value()).matches()
                ? new Search.Found(token.get())
                : wrong(
                        ClusterReason.TokenInvalid,
                        "spec.auth.token.secretRef",
                        "key " + ref.key() + " of Secret " + ref.name()
                                + " is no token that AWS accepts: 16 to 128 letters, digits and !&#$^<>-");
    }

    private static Search generated(String name, TokenSecret secret, boolean cacheHasOne) {
        if (!secret.ours()) {
            return wrong(
                    ClusterReason.SecretNotOurs,
                    "metadata.name",
                    "Secret " + name + " exists and is not the operator's: remove it, or give a token of your own in "
                            + "spec.auth.token.secretRef");
        }
        Optional<AuthToken> current = secret.current().filter(t -> !t.value().isEmpty());
        if (current.isPresent()) {
            return new Search.Found(current.get());
        }
        return cacheHasOne && secret.applied().isPresent()
                ? wrong(
                        ClusterReason.TokenLost,
                        "spec.auth.token.secretRef",
                        "the cache has a token that Secret " + name
                                + " does not hold, and rotation is not supported by "
                                + "this version yet: name the Secret with the token in spec.auth.token.secretRef")
                : generate(name, cacheHasOne);
    }

    private static Search generate(String name, boolean cacheHasOne) {
        return cacheHasOne
                ? wrong(
                        ClusterReason.TokenLost,
                        "spec.auth.token.secretRef",
                        "the cache has a token and Secret " + name
                                + " with it is gone: restore the Secret, or give the "
                                + "token in spec.auth.token.secretRef if you have it elsewhere")
                : new Search.Generate(name);
    }

    private static Search missing(SecretKeyRef ref, String what) {
        return wrong(
                ClusterReason.TokenSecretMissing,
                "spec.auth.token.secretRef",
                "Secret " + ref.name() + " " + what + ": create it, or remove secretRef to have a token generated");
    }

    private static Search wrong(ClusterReason reason, String field, String message) {
        return new Search.Wrong(Problem.userMustAct(reason, field, message));
    }
}
