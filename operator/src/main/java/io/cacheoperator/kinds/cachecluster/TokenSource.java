package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.AuthToken;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Makes AUTH tokens: 64 characters of [A-Za-z0-9] with all three classes, safe in URIs, YAML and shells. AWS accepts 16
 * to 128 printable characters.
 */
final class TokenSource implements Supplier<AuthToken> {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 64;

    private final RandomGenerator random;

    /** @param random a cryptographically strong generator */
    TokenSource(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public AuthToken get() {
        String token;
        do {
            StringBuilder characters = new StringBuilder(LENGTH);
            for (int i = 0; i < LENGTH; i++) {
                characters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            token = characters.toString();
        } while (!hasAllClasses(token));
        return new AuthToken(token);
    }

    private static boolean hasAllClasses(String token) {
        return token.chars().anyMatch(Character::isUpperCase)
                && token.chars().anyMatch(Character::isLowerCase)
                && token.chars().anyMatch(Character::isDigit);
    }
}
