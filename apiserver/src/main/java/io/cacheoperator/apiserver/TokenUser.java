package io.cacheoperator.apiserver;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * A user whom the API server knows by a bearer token.
 *
 * @param name the user's name, a subject of role bindings
 * @param token the secret; never part of {@link #toString()}
 * @param groups the groups the user is in; {@code system:masters} may do everything
 */
public record TokenUser(String name, String token, List<String> groups) {
    private static final int TOKEN_BYTES = 24;

    public TokenUser {
        groups = List.copyOf(groups);
        if (!name.matches("[A-Za-z0-9:._@-]+") || !token.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException(
                    "user " + name + ": name or token has a character that a token file cannot hold");
        }
    }

    /** A user with a new random token. */
    public static TokenUser named(String name, String... groups) {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return new TokenUser(name, HexFormat.of().formatHex(random), List.of(groups));
    }

    /** The user's line in the API server's {@code --token-auth-file}. */
    String tokenFileLine() {
        return "%s,%s,%s,\"%s\"%n".formatted(token, name, name, String.join(",", groups));
    }

    @Override
    public String toString() {
        return "TokenUser[name=%s, groups=%s]".formatted(name, groups);
    }
}
