package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.AuthToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * By what the token is known again that AWS was given, for AWS never gives one back. Kept in a Secret beside it, never in
 * status; not in {@code toString} either, for a user's token may be guessed.
 *
 * @param salt differs from cluster to cluster
 * @param at when the token had last changed in AWS, where it did so after the cache was made
 */
public record TokenHash(String salt, String hash, Optional<Instant> at) {

    private static final char BETWEEN = ':';
    private static final char AT = '@';

    static TokenHash of(AuthToken token, String salt) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt.getBytes(StandardCharsets.UTF_8));
            return new TokenHash(
                    salt,
                    HexFormat.of().formatHex(digest.digest(token.value().getBytes(StandardCharsets.UTF_8))),
                    Optional.empty());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    TokenHash changedAt(Optional<Instant> instant) {
        return new TokenHash(salt, hash, instant);
    }

    /** Reads {@link #text}; empty where somebody wrote something else. */
    static Optional<TokenHash> parse(String text) {
        int end = text.lastIndexOf(AT);
        String plain = end < 0 ? text : text.substring(0, end);
        int between = plain.lastIndexOf(BETWEEN);
        if (between < 0) {
            return Optional.empty();
        }
        try {
            Optional<Instant> at = end < 0 ? Optional.empty() : Optional.of(Instant.parse(text.substring(end + 1)));
            return Optional.of(new TokenHash(plain.substring(0, between), plain.substring(between + 1), at));
        } catch (DateTimeParseException notOurs) {
            return Optional.empty();
        }
    }

    boolean matches(AuthToken token) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.UTF_8), of(token, salt).hash().getBytes(StandardCharsets.UTF_8));
    }

    String text() {
        return salt
                + BETWEEN
                + hash
                + at.map(instant -> AT + instant.toString()).orElse("");
    }

    @Override
    public String toString() {
        return "TokenHash[redacted]";
    }
}
