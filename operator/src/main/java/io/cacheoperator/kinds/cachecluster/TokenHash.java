package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.AuthToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * By what the token is known again that AWS was given, for AWS never gives one back. Kept in a Secret beside it, never in
 * status; not in {@code toString} either, for a user's token may be guessed.
 *
 * @param salt differs from cluster to cluster
 */
public record TokenHash(String salt, String hash) {

    private static final char BETWEEN = ':';

    static TokenHash of(AuthToken token, String salt) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt.getBytes(StandardCharsets.UTF_8));
            return new TokenHash(
                    salt, HexFormat.of().formatHex(digest.digest(token.value().getBytes(StandardCharsets.UTF_8))));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Reads {@link #text}; empty where somebody wrote something else. */
    static Optional<TokenHash> parse(String text) {
        int between = text.lastIndexOf(BETWEEN);
        return between < 0
                ? Optional.empty()
                : Optional.of(new TokenHash(text.substring(0, between), text.substring(between + 1)));
    }

    boolean matches(AuthToken token) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.UTF_8), of(token, salt).hash().getBytes(StandardCharsets.UTF_8));
    }

    String text() {
        return salt + BETWEEN + hash;
    }

    @Override
    public String toString() {
        return "TokenHash[redacted]";
    }
}
