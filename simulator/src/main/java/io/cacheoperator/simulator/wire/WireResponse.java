package io.cacheoperator.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An HTTP response, apart from any server. */
public record WireResponse(int status, Map<String, String> headers, byte[] body) {
    public WireResponse {
        headers = Map.copyOf(headers);
    }

    static WireResponse xml(int status, String requestId, String body) {
        return new WireResponse(
                status,
                Map.of("Content-Type", "text/xml;charset=UTF-8", "x-amzn-RequestId", requestId),
                body.getBytes(StandardCharsets.UTF_8));
    }

    /** The body as text, for tests and logs. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
