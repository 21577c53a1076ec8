package io.cacheoperator.aws;

/** Where to connect. */
public record Endpoint(String host, int port) {

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
