package io.cacheoperator.aws;

/** An AUTH token. Its value never reaches {@code toString}. */
public record AuthToken(String value) {

    @Override
    public String toString() {
        return "AuthToken[redacted]";
    }
}
