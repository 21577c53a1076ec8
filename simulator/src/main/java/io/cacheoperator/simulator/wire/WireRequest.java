package io.cacheoperator.simulator.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An HTTP request, apart from any server.
 *
 * @param path  the path as sent, without the query string
 * @param query the raw query string, empty if there is none
 * @param body  the body, already decompressed
 */
public record WireRequest(String method, String path, String query, Map<String, String> headers, byte[] body) {
    public WireRequest {
        Map<String, String> caseless = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        caseless.putAll(headers);
        headers = caseless;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The query string, percent-decoded as a whole: to look for something in it, not to split it. */
    public String decodedQuery() {
        return URLDecoder.decode(query, StandardCharsets.UTF_8);
    }
}
