package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.AuthToken;
import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Outcome;
import io.cacheoperator.k8s.OwnedSecrets;
import io.cacheoperator.k8s.OwnedSecrets.Written;
import io.cacheoperator.k8s.SecretIndex;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads and writes the Secrets of a cluster: its token's and the one that applications connect with. */
final class ClusterSecrets {

    private static final String TOKEN = "token";
    private static final String CONNECTION = "connection";
    private static final String OPAQUE = "Opaque";

    /** The operation of a {@link Failure} that is not AWS's. */
    static final String WRITE = "WriteSecret";

    private static final int UNPROCESSABLE = 422;

    private final SecretIndex<CacheCluster> index;
    private final OwnedSecrets secrets;

    ClusterSecrets(SecretIndex<CacheCluster> index, String fieldManager) {
        this.index = index;
        this.secrets = new OwnedSecrets(index, fieldManager);
    }

    /** The names of all Secrets that a cluster reads or writes. */
    static Set<String> names(CacheCluster cr, ClusterSettings settings) {
        ClusterNames names = ClusterNames.of(ClusterObserver.owner(cr, settings), cr.getSpec());
        Set<String> all = new HashSet<>(Set.of(names.tokenSecret(), names.connectionSecret()));
        cr.getSpec().auth().tokenSecret().ifPresent(ref -> all.add(ref.name()));
        return all;
    }

    Observation<TokenSecret> token(CacheCluster cr, ClusterNames names) {
        return cr.getSpec()
                .auth()
                .tokenSecret()
                .map(ref -> mapped(
                        index.usersOwn(cr, ref.name()),
                        secret -> new TokenSecret(
                                ref.name(),
                                false,
                                false,
                                marked(secret),
                                value(secret, ref.key()),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())))
                .orElseGet(() -> keptToken(cr, names));
    }

    /** The operator's own Secret of the token, whether it is generated or the user's. */
    Observation<TokenSecret> keptToken(CacheCluster cr, ClusterNames names) {
        return mapped(
                index.own(cr, names.tokenSecret()),
                secret -> new TokenSecret(
                        names.tokenSecret(),
                        OwnedSecrets.belongsTo(secret, cr, TOKEN),
                        OwnedSecrets.refersTo(secret, cr),
                        true,
                        value(secret, TokenSecret.CURRENT),
                        value(secret, TokenSecret.PREVIOUS),
                        value(secret, TokenSecret.PENDING),
                        Optional.ofNullable(decoded(secret).get(TokenSecret.APPLIED))
                                .flatMap(TokenHash::parse)));
    }

    /** Connection Secrets of this cluster that have another name than the spec gives now. */
    List<String> left(CacheCluster cr, ClusterNames names) {
        return index.ownedBy(cr, CONNECTION).stream()
                .filter(secret -> OwnedSecrets.referencedBy(secret, cr))
                .map(secret -> secret.getMetadata().getName())
                .filter(name -> !name.equals(names.connectionSecret()))
                .sorted()
                .toList();
    }

    Observation<ConnectionSecretState> connection(CacheCluster cr, ClusterNames names) {
        return mapped(
                index.own(cr, names.connectionSecret()),
                secret -> new ConnectionSecretState(
                        OwnedSecrets.belongsTo(secret, cr, CONNECTION),
                        OwnedSecrets.referencedBy(secret, cr),
                        Optional.ofNullable(secret.getType()).orElse(OPAQUE),
                        marked(secret) ? decoded(secret) : Map.of(),
                        given(secret.getMetadata().getLabels()),
                        given(secret.getMetadata().getAnnotations())));
    }

    /** One of ours that lost its label is watched no more: as good as one that says nothing, so that it is written anew. */
    private static boolean marked(Secret secret) {
        return given(secret.getMetadata().getLabels()).containsKey(SecretIndex.LABEL);
    }

    /** Written once, before the call that carries the token: an existing one is never touched here. */
    Outcome write(CacheCluster cr, ClusterAction.WriteTokenSecret action) {
        Secret desired = tokenSecret(
                cr,
                action.secretName(),
                Map.of(
                        TokenSecret.CURRENT,
                        action.current().value(),
                        TokenSecret.APPLIED,
                        TokenHash.of(action.current(), cr.getMetadata().getUid())
                                .text()));
        return outcome(action.secretName(), () -> secrets.create(cr, desired));
    }

    /** Tokens that stand there stay. */
    Outcome write(CacheCluster cr, ClusterAction.KeepTokenHash action) {
        Optional<Secret> existing = index.own(cr, action.secretName()).found();
        Map<String, String> data =
                new HashMap<>(existing.map(ClusterSecrets::decoded).orElse(Map.of()));
        data.put(TokenSecret.APPLIED, action.applied().text());
        Secret desired = tokenSecret(cr, action.secretName(), data);
        return outcome(action.secretName(), () -> written(cr, TOKEN, desired, existing));
    }

    /** AWS never gives a token back: its Secret is no part of what Kubernetes collects, and goes as the last step of a deletion. */
    private static Secret tokenSecret(CacheCluster cr, String name, Map<String, String> data) {
        return OwnedSecrets.outliving(OwnedSecrets.secret(cr, name, TOKEN, OPAQUE, Map.of(), Map.of(), encoded(data)));
    }

    Outcome write(CacheCluster cr, ClusterAction.WriteConnectionSecret action) {
        ConnectionDetails details = action.details();
        Secret desired = OwnedSecrets.secret(
                cr,
                details.secretName(),
                CONNECTION,
                ConnectionData.secretType(details),
                details.labels(),
                details.annotations(),
                encoded(ConnectionData.of(details)));
        Optional<Secret> existing = index.own(cr, details.secretName()).found();
        return outcome(details.secretName(), () -> written(cr, CONNECTION, desired, existing));
    }

    private Written written(CacheCluster cr, String purpose, Secret desired, Optional<Secret> existing) {
        if (existing.isEmpty()) {
            return secrets.create(cr, desired);
        }
        Secret seen = existing.get();
        boolean mayWrite =
                OwnedSecrets.belongsTo(seen, cr, purpose) && desired.getType().equals(seen.getType());
        return mayWrite ? secrets.apply(cr, desired, seen) : new Written.Taken();
    }

    /** Removes a Secret that was written for this very resource; any other stays. */
    Outcome delete(CacheCluster cr, ClusterAction.DeleteConnectionSecret action) {
        index.own(cr, action.name())
                .found()
                .filter(secret ->
                        OwnedSecrets.belongsTo(secret, cr, CONNECTION) && OwnedSecrets.referencedBy(secret, cr))
                .ifPresent(secrets::delete);
        return new Outcome.Done();
    }

    /** Removes the Secret of a token that no cache has any more. */
    Outcome delete(CacheCluster cr, ClusterAction.DeleteTokenSecret action) {
        index.own(cr, action.name())
                .found()
                .filter(secret -> OwnedSecrets.belongsTo(secret, cr, TOKEN))
                .ifPresent(secrets::delete);
        return new Outcome.Done();
    }

    Outcome adopt(CacheCluster cr, ClusterAction.AdoptSecrets action) {
        for (String name : action.secretNames()) {
            Outcome outcome = index.own(cr, name)
                    .found()
                    .map(seen -> outcome(name, () -> secrets.adopt(cr, seen)))
                    .orElseGet(Outcome.Done::new);
            if (!(outcome instanceof Outcome.Done)) {
                return outcome;
            }
        }
        return new Outcome.Done();
    }

    Outcome release(CacheCluster cr, ClusterAction.ReleaseSecrets action) {
        action.secretNames().forEach(name -> secrets.release(cr, name));
        return new Outcome.Done();
    }

    /** Where another stands there the next plan sees it, and says so. */
    private static Outcome outcome(String name, Supplier<Written> write) {
        try {
            return switch (write.get()) {
                case Written.Done done -> new Outcome.Done();
                case Written.Taken() ->
                    new Outcome.Failed(new Failure(
                            Failure.Kind.EXISTS, WRITE, "SecretTaken", "Secret " + name + " exists already"));
            };
        } catch (KubernetesClientException thrown) {
            return new Outcome.Failed(refused(name, thrown));
        }
    }

    /**
     * What an admission policy, a quota or the API server itself has against a Secret is for the user to read: thrown, it would end the pass
     * before the status is written.
     *
     * @throws KubernetesClientException the same, if it is not about the Secret: JOSDK tries again
     */
    private static Failure refused(String name, KubernetesClientException thrown) {
        Failure.Kind kind = switch (thrown.getCode()) {
            case HttpURLConnection.HTTP_FORBIDDEN -> Failure.Kind.ACCESS;
            case HttpURLConnection.HTTP_BAD_REQUEST, UNPROCESSABLE -> Failure.Kind.INVALID;
            default -> throw thrown;
        };
        String code =
                Optional.ofNullable(thrown.getStatus()).map(Status::getReason).orElse("Refused");
        String words =
                Optional.ofNullable(thrown.getStatus()).map(Status::getMessage).orElse("no reason given");
        return new Failure(kind, WRITE, code, "Kubernetes refuses Secret " + name + ": " + words);
    }

    private static <T> Observation<T> mapped(Observation<Secret> secret, Function<Secret, T> mapper) {
        return switch (secret) {
            case Observation.Unknown<Secret> unknown -> Observation.unknown(unknown.why());
            case Observation.Absent<Secret> absent -> new Observation.Absent<>(absent.asOf(), absent.source());
            case Observation.Present<Secret> present ->
                new Observation.Present<>(mapper.apply(present.state()), present.asOf(), present.source());
        };
    }

    private static Optional<AuthToken> value(Secret secret, String key) {
        return Optional.ofNullable(decoded(secret).get(key)).map(AuthToken::new);
    }

    private static Map<String, String> decoded(Secret secret) {
        Map<String, String> decoded = new HashMap<>();
        given(secret.getData())
                .forEach((key, value) ->
                        decoded.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        return decoded;
    }

    private static Map<String, String> encoded(Map<String, String> plain) {
        Map<String, String> encoded = new LinkedHashMap<>();
        plain.forEach((key, value) ->
                encoded.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return encoded;
    }

    private static Map<String, String> given(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
